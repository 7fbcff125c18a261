"""How an item was collected, as pairs of a code and a value: the circumstances that its log entry and its visit state.

Codes are words of a table where the dossier is written; values that are codes themselves (the state of the clock, the way out,
the stance towards robots.txt) are the log's own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from tawthiq.custody.entry import parsed_json
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry
from tawthiq.store import ArchiveFolder

Facts = Iterator[tuple[str, str]]
_STATED = (
    ("tool", "program"),
    ("python", "python"),
    ("exit", "way-out"),
    ("robots", "robots"),
    ("user_agent", "named-itself"),
)

_LARGEST = 4 * 1024 * 1024


def facts_of(archive: ArchiveFolder, capture: Capture, entry: LogEntry) -> tuple[tuple[str, str], ...]:
    """What is known of how a capture came about, in the order in which it is told. What nobody stated is left out."""
    stated = _mapping(entry.event.facts.get("facts")) if entry.event else {}
    visit = _visit(archive, capture)
    found = (
        ("collected-as", capture.kind.value),
        *_circumstances(stated),
        *_browser(visit),
        *_answer(_main(visit) or _fetched(archive, capture), capture),
        ("sha256", capture.sha256),
        ("file", capture.path),
        ("file-sha256", capture.file_sha256),
        ("log-index", str(capture.log_index)),
    )
    return tuple((code, value) for code, value in found if value)


def _circumstances(stated: Mapping[str, Any]) -> Facts:
    for name, code in _STATED:
        if isinstance(stated.get(name), str):
            yield code, stated[name]
    clock = _mapping(stated.get("clock"))
    if clock:
        state = {True: "synchronized", False: "not-synchronized"}.get(clock.get("synchronized"), "unknown")  # type: ignore[arg-type]
        yield "clock", state
        for name in ("error_seconds", "behind_log_seconds"):
            if isinstance(clock.get(name), int | float) and clock[name]:
                yield f"clock-{name.replace('_', '-')}", f"{clock[name]:g}"


def _browser(visit: Mapping[str, Any]) -> Facts:
    browser = _mapping(visit.get("browser"))
    if browser:
        yield "browser", f"{browser.get('name')} {browser.get('version')}"
        yield "window", f"{browser.get('width')} × {browser.get('height')}"
        yield "logged-in", "yes" if visit.get("logged_in") else "no"
    if visit.get("stopped"):
        yield "stopped", str(visit["stopped"])


def _answer(exchange: Mapping[str, Any], capture: Capture) -> Facts:
    if capture.status is not None:
        yield "status", str(capture.status)
    yield "media-type", capture.content_type or ""
    for name, code in (
        ("server_address", "server"),
        ("tls", "tls"),
        ("protocol", "protocol"),
        ("body_form", "body-form"),
    ):
        if isinstance(exchange.get(name), str):
            yield code, exchange[name]
    conversions = exchange.get("conversions")
    if isinstance(conversions, list):
        yield "conversions", "; ".join(str(each) for each in conversions)


def _visit(archive: ArchiveFolder, capture: Capture) -> Mapping[str, Any]:
    if capture.kind is not SourceKind.BROWSER:
        return {}
    try:
        return archive.visit_facts(capture)
    except TawthiqError:
        return {}


def _main(visit: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is known of the exchange that answered for the page itself."""
    exchanges, main = visit.get("exchanges"), visit.get("main")
    if isinstance(exchanges, list) and isinstance(main, int) and 0 <= main < len(exchanges):
        return _mapping(exchanges[main])
    return {}


def _fetched(archive: ArchiveFolder, capture: Capture) -> Mapping[str, Any]:
    """What the metadata record of a fetched address knows of the exchange that brought the page (store.keeping)."""
    if capture.kind is not SourceKind.URL:
        return {}
    try:
        with (archive.path / capture.path).open("rb") as stream:
            records = ArchiveIterator(stream, parse_http=False, record_types=WarcRecordType.metadata)
            last = [record.reader.read(_LARGEST) for record in records][-1:]
        exchanges = parsed_json(last[0], capture.id).get("exchanges") if last else None
    except (OSError, ValueError, RuntimeError, AttributeError, TawthiqError):
        return {}
    return _mapping(exchanges[-1]) if isinstance(exchanges, list) and exchanges else {}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
