"""Pointers as JSON values: what `tawthiq page --pointers` adds to page/1 (docs/contracts.md)."""

from tawthiq.page.pointers import Source
from tawthiq.records.page import Page
from tawthiq.records.pointer import Pointer
from tawthiq.records.span import Span


def pointers_to_json(page: Page, data: bytes, content_type: str | None) -> list[dict[str, object]] | None:
    """The pointers of the whole text in order, cut where a zone ends; None for a document of pages (PDF, scan)."""
    if page.sheets:
        return None
    source = Source(data, content_type)
    if source.text != page.text:
        return None
    return [pointer_to_json(pointer) for zone in page.zones for pointer in source.pointers(zone.span)]


def pointer_to_json(pointer: Pointer) -> dict[str, object]:
    """One pointer: code points of the text, the node in a browser, the bytes of the file."""
    found: dict[str, object] = {
        "start": pointer.span.start,
        "end": pointer.span.end,
        "path": pointer.path,
        "characters": _range(pointer.characters),
        "bytes": _range(pointer.bytes),
    }
    if pointer.frames:
        found["frames"] = list(pointer.frames)
    if pointer.note:
        found["note"] = pointer.note
    return found


def _range(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
