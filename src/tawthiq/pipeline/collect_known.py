"""What an archive holds already, so that a run over the same sources only does what other runs, before or beside it, left.

An address is known by its wire form, whatever spelling it was given in; a file or WARC by the SHA-256 of its bytes,
whatever its name. The latest capture of an address stands for it; what a browser saw and what was fetched are told apart.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress

from tawthiq.capture.address import parse
from tawthiq.pipeline.held_names import HeldNames
from tawthiq.pipeline.provenance import SeenLog
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.log import LogEntry
from tawthiq.store.events import WARC_KEPT, capture_of


class Known:
    """An index of what a log records, by wire address and by digest. `entries` gives those from an index on.

    `seen` is what circumstances depend on, `names` what files were called, both of the same reading of the log.
    """

    def __init__(self, entries: Callable[[int], Iterable[LogEntry]]) -> None:
        self._entries = entries
        self.seen = SeenLog()
        self.names = HeldNames()
        self._addresses: dict[str, Capture] = {}
        self._visited: dict[str, Capture] = {}
        self._files: dict[str, list[Capture]] = {}
        self._warcs: dict[str, list[Capture]] = {}
        self.catch_up()

    def catch_up(self) -> None:
        """Take in what the log has gained, also from other processes. Raises UnreadableInput for a malformed entry."""
        for entry in self._entries(self.seen.size):
            self.seen.take(entry)
            capture = capture_of(entry)
            self.names.take(entry, capture)
            if capture:
                self.add(capture, _stated_address(entry))
            elif entry.event is not None and entry.event.kind == WARC_KEPT:
                self._warcs.setdefault(str(entry.event.facts.get("file_sha256")), [])

    def add(self, capture: Capture, address: str | None = None) -> None:
        """Take one more capture into the index; `address` is its wire form, worked out where it is not given."""
        if capture.kind in (SourceKind.URL, SourceKind.BROWSER):
            captured = self._addresses if capture.kind is SourceKind.URL else self._visited
            with suppress(CaptureFailed):
                captured[address or parse(capture.source).url] = capture
        elif capture.kind is SourceKind.FILE:
            self._files[capture.sha256] = [capture]
        elif capture.kind is SourceKind.EXPORT:
            self._files.setdefault(capture.sha256, []).append(capture)
        else:
            captures = self._warcs.setdefault(capture.file_sha256, [])
            if all(capture.id != other.id for other in captures):
                captures.append(capture)

    def address(self, wire: str, *, visited: bool = False) -> Capture | None:
        """The latest capture of an address in wire form, as it was fetched or, if `visited`, as a browser saw it."""
        return (self._visited if visited else self._addresses).get(wire)

    def digest(self, sha256: str, *, warc: bool) -> tuple[Capture, ...] | None:
        """The captures made from a file with these bytes (a WARC file may have none); None when it is not known."""
        captures = (self._warcs if warc else self._files).get(sha256)
        return None if captures is None else tuple(captures)


def _stated_address(entry: LogEntry) -> str | None:
    """The wire form that collecting logged with a capture."""
    facts = entry.event.facts.get("facts") if entry.event else None
    address = facts.get("address") if isinstance(facts, dict) else None
    return address if isinstance(address, str) else None
