"""A report's text cut into pieces under the marks that overlap them, so that HTML can show what nests and what crosses.

Pure: takes a text and marks, returns pieces. Offsets are code points throughout; the browser gets none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawthiq.records.span import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters that carry one value. `id` is the fragment that leads there, `record` the statement or event it is of."""

    id: str
    kind: str
    record: str
    span: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch under one set of marks; `starts` are the marks that begin here and whose fragments lead here."""

    text: str
    marks: tuple[Mark, ...]
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring zones of one kind, as one block of the page."""

    kind: str
    span: Span


def pieces(text: str, within: Span, marks: Sequence[Mark]) -> list[Piece]:
    """The pieces of `text` inside `within`, in order; together they are exactly those characters.

    An empty mark (a value whose characters are none) is left out. A mark that begins before `within` and reaches into it
    colours its pieces but does not start there.
    """
    inside = sorted(
        (mark for mark in marks if len(mark.span) and mark.span.overlaps(within)),
        key=lambda mark: (mark.span.start, -mark.span.end, mark.id),
    )
    cuts = {within.start, within.end}
    for mark in inside:
        cuts.update(cut for cut in (mark.span.start, mark.span.end) if within.start < cut < within.end)
    edges = sorted(cuts)
    found, open_marks, coming = [], list[Mark](), iter(inside)
    pending = next(coming, None)
    for start, end in pairwise(edges):
        while pending and pending.span.start <= start:
            open_marks.append(pending)
            pending = next(coming, None)
        open_marks = [mark for mark in open_marks if mark.span.end > start]
        starts = tuple(mark.id for mark in open_marks if mark.span.start == start)
        found.append(Piece(text[start:end], tuple(open_marks), starts))
    return found


def stretches(zones: Iterable[tuple[str, Span]], length: int) -> list[Stretch]:
    """Neighbouring zones of one kind joined; characters that no zone covers stand as "other"."""
    joined: list[Stretch] = []
    at = 0
    for kind, span in sorted(zones, key=lambda zone: zone[1]):
        if span.start > at:
            _join(joined, "other", Span(at, span.start))
        if span.end > max(at, span.start):
            _join(joined, kind, Span(max(at, span.start), span.end))
        at = max(at, span.end)
    if at < length:
        _join(joined, "other", Span(at, length))
    return joined


def _join(joined: list[Stretch], kind: str, span: Span) -> None:
    if joined and joined[-1].kind == kind and joined[-1].span.end == span.start:
        joined[-1] = Stretch(kind, Span(joined[-1].span.start, span.end))
    else:
        joined.append(Stretch(kind, span))
