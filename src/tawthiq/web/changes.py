"""What changed between two captures, as pieces of text to show: what stayed, what was removed, what was added.

Pure. The text shown is always the pages' own characters, in the order of the later page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tawthiq.page.changes import PARTS
from tawthiq.pipeline.compare_captures import counts
from tawthiq.records.change import CaptureChange, PageChange, Passage, ServerChange
from tawthiq.records.page import Page
from tawthiq.records.span import Span

_KINDS = dict(PARTS)
LONGEST = 360  # characters of unchanged text that are shown whole
_EDGE = 140


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text: `kind` is "same", "removed" or "added". Long unchanged text is shown as its beginning and its `end`."""

    kind: str
    text: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """One part of the page with its pieces; without pieces it is too long to be compared in detail."""

    part: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A comparison in short: `parts` are those of the page that differ, with how many words went and came."""

    how: str
    gone: bool
    after_status: int | None
    server: tuple[ServerChange, ...]
    parts: tuple[tuple[str, int, int], ...]
    surroundings: bool
    reason: str


def shown(change: CaptureChange, status: int | None) -> ShownChange:
    """A comparison as it is shown; `status` is the later capture's answer."""
    page = change.page
    return ShownChange(
        how=change.how.value,
        gone=change.gone,
        after_status=status,
        server=change.server,
        parts=tuple((part, *counts(page, part)) for part in page.parts) if page else (),
        surroundings=bool(page and page.surroundings),
        reason=change.reason,
    )


def changed_parts(change: PageChange, after: Page) -> list[ChangedPart]:
    """The parts that differ, in the order in which they are told."""
    return [ChangedPart(part, tuple(_pieces(part, change, after))) for part in change.parts]


def _pieces(part: str, change: PageChange, after: Page) -> Iterator[Piece]:
    passages = [passage for passage in change.passages if passage.part == part]
    for number, zone in enumerate(after.zones_of(_KINDS[part]) if part in _KINDS else ()):
        if number:
            yield Piece("same", "\n")
        at = zone.start
        while passages and (place := passages[0].after) is not None and place.start <= zone.end:
            yield from _same(Span(at, max(at, place.start)).of(after.text))
            yield from _told(passages.pop(0))
            at = max(at, place.end)
        yield from _same(Span(at, max(at, zone.end)).of(after.text))
    for passage in passages:
        yield from _told(passage)


def _told(passage: Passage) -> Iterator[Piece]:
    if passage.removed:
        yield Piece("removed", passage.removed)
    if passage.added:
        yield Piece("added", passage.added)


def _same(text: str) -> Iterator[Piece]:
    if len(text) > LONGEST:
        yield Piece("same", _to_word(text[:_EDGE]), text[-_EDGE:].partition(" ")[2] or text[-_EDGE:])
    elif text:
        yield Piece("same", text)


def _to_word(text: str) -> str:
    """A beginning without the word that was cut."""
    return text.rpartition(" ")[0] or text
