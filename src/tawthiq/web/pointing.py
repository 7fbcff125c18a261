"""Where characters of a report stand in its preserved file, for the report's page: looked up when someone asks.

The payload is checked against the digest that the log recorded before anything is said of it.
"""

from dataclasses import dataclass
from hashlib import sha256

from tawthiq.archive.captures import capture_of
from tawthiq.archive.models import Report
from tawthiq.page.pointers import Source
from tawthiq.pipeline.export_parts import close, part_bytes, part_in, part_page
from tawthiq.pipeline.payload import decode
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import TawthiqError
from tawthiq.records.pointer import Pointer
from tawthiq.records.span import Span
from tawthiq.web.custody import open_archive

LARGEST_PAYLOAD = 8 * 1024 * 1024
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A pointer as it is shown: the path with its frames before it, and ranges as words."""

    path: tuple[str, ...]
    characters: str
    bytes: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Pointed:
    """The places of some characters, at most MOST_SHOWN; `unpacked` when bytes are counted without the content encoding.

    Without places the file is too large, a document of sheets, or was read otherwise: nothing is claimed of it.
    """

    span: Span
    places: tuple[Place, ...] = ()
    unpacked: bool = False


def pointed(report: Report, span: Span) -> Pointed:
    """Where `span` of the report's text stands in the preserved bytes."""
    row = report.capture
    if row.kind == SourceKind.EXPORT:
        return _in_export(report, span)
    if row.length > LARGEST_PAYLOAD or report.sheets.exists():  # known without loading the file
        return Pointed(span)
    try:
        with open_archive() as folder:
            record = folder.record(capture_of(row))
        if len(record.payload) > LARGEST_PAYLOAD or sha256(record.payload).hexdigest() != row.sha256:
            return Pointed(span)
        data = decode(record, LARGEST_PAYLOAD).data
        source = Source(data, row.content_type)
    except TawthiqError:
        return Pointed(span)
    if source.text != report.text or span.end > len(source.text):
        return Pointed(span)
    places = tuple(_place(pointer) for pointer in source.pointers(span)[:MOST_SHOWN])
    return Pointed(span, places, data != record.payload)


def _in_export(report: Report, span: Span) -> Pointed:
    """Where `span` of a page of an exported chat stands in the preserved export."""
    capture = capture_of(report.capture)
    try:
        with open_archive() as folder:
            part = part_in(folder, capture)
            if part is None:
                return Pointed(span)
            found = part_page(part_bytes(folder.path, capture, part), capture, part)
    except TawthiqError:
        return Pointed(span)
    finally:
        close()
    if found.page.text != report.text or span.end > len(report.text):
        return Pointed(span)
    return Pointed(span, tuple(_place(pointer) for pointer in found.pointers(span)[:MOST_SHOWN]))


def _place(pointer: Pointer) -> Place:
    path = (*pointer.frames, pointer.path) if pointer.path else ()
    return Place(path, _words(pointer.characters), _words(pointer.bytes), pointer.note)


def _words(span: Span | None) -> str:
    return f"{span.start}–{span.end}" if span else ""
