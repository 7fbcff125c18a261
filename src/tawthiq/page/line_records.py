"""Readers' comments by their lines alone: "author, moment, text" in any of the orders in which pages print them, repeated.

Each line is first classed: a signature (name and moment), a moment, an announcement ("name says:"), a name, a button, or
text. Then the order is found that explains most of the section: signature before the text; moment, then name; name, text
and the moment behind it; name, text and buttons. Where the elements around the signatures part the records, they give the
edges. Nothing here reads names of elements.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawthiq.page.line_kinds import Classed, Kind, name_at
from tawthiq.page.records import Record, Signature, recorded
from tawthiq.page.tree import Line, Tree
from tawthiq.page.wording import cues_of
from tawthiq.records.span import Span

_CLOSING = frozenset({"related_heading", "copyright", "comment_form", "about_opening"})
_LINK = 0.9
_MOST_LINES = 80
"""Lines of one comment: what stands further from a signature is not its text."""


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a record begins and where its text begins, as indexes of lines, with what its head tells."""

    first: int
    body: int
    author: str | None
    when: str | None


def line_records(tree: Tree, classed: Sequence[Classed], least: int) -> list[Record]:
    """The records that the best of the orders finds among lines already classed."""
    best: list[Record] = []
    for layout in (_signed_first, _moment_first, _moment_last, _closed_by_buttons):
        heads = layout(tree, classed)
        heads = [head for number, head in enumerate(heads) if _has_text(classed, heads, number)]
        if len(heads) >= (least if layout is _signed_first else max(least, 2)):
            records = _records(tree, classed, heads)
            if _worth(records) > _worth(best):
                best = records
    return best


def _worth(records: list[Record]) -> float:
    """How much a reading of a section explains: names and moments found, and a little for the text."""
    signed = sum(1.0 + (record.comment.author is not None) + (record.comment.date is not None) for record in records)
    return signed + sum(len(record.comment.span) for record in records) / 1_000_000


def _signed_first(tree: Tree, classed: Sequence[Classed]) -> list[_Head]:
    """Name and moment on one line or on two, or "name says:" with or without a moment, each before its text."""
    heads: list[_Head] = []
    following = _behind_buttons(classed)
    number = 0
    while number < len(classed):
        kind, signed = classed[number].kind, classed[number].signed
        behind = following[number + 1]
        dated = behind is not None and classed[behind].kind is Kind.MOMENT
        if kind is Kind.SIGNED and signed is not None:
            heads.append(_Head(number, number + 1, signed.author, signed.when))
        elif kind in (Kind.NAME, Kind.SAID) and dated and behind is not None:
            author = signed.author if signed else name_at(tree, classed[number])
            heads.append(_Head(number, behind + 1, author, _moment_at(classed, behind)))
            number = behind
        elif kind is Kind.SAID and signed is not None:
            heads.append(_Head(number, number + 1, signed.author, None))
        number += 1
    return heads


def _moment_first(tree: Tree, classed: Sequence[Classed]) -> list[_Head]:
    """A moment, the name below it, then the text."""
    heads: list[_Head] = []
    following = _behind_buttons(classed)
    for number, item in enumerate(classed):
        behind = following[number + 1]
        if item.kind is Kind.MOMENT and behind is not None and classed[behind].kind in (Kind.NAME, Kind.SAID):
            heads.append(_Head(number, behind + 1, name_at(tree, classed[behind]), _moment_at(classed, number)))
    return heads


def _moment_last(tree: Tree, classed: Sequence[Classed]) -> list[_Head]:
    """A name, the text, and the moment behind it."""
    moments = [number for number, item in enumerate(classed) if item.kind is Kind.MOMENT]
    if not moments:
        return []
    opening = _first_name(classed, moments[0])
    starts = [] if opening is None else [opening]
    behind = _behind_buttons(classed)
    starts += [at for moment in moments if (at := behind[moment + 1]) is not None]
    starts = [at for at in starts if classed[at].kind in (Kind.NAME, Kind.SAID)]
    heads = []
    for number, start in enumerate(starts):
        following = starts[number + 1] if number + 1 < len(starts) else len(classed)
        inside = bisect_left(moments, following) - 1
        if inside >= 0 and moments[inside] > start + 1:
            heads.append(_Head(start, start + 1, name_at(tree, classed[start]), _moment_at(classed, moments[inside])))
    return heads


def _closed_by_buttons(tree: Tree, classed: Sequence[Classed]) -> list[_Head]:
    """A name, the text, and buttons to answer below it; no moment anywhere."""
    if any(item.kind is Kind.MOMENT for item in classed):
        return []
    answers = [
        n for n, item in enumerate(classed) if item.kind is Kind.BUTTON and "reply" in cues_of(tree.of(item.line))
    ]
    if len(answers) < 2:
        return []
    opening = _first_name(classed, answers[0])
    starts = [] if opening is None else [opening]
    behind = _behind_buttons(classed)
    starts += [at for answer in answers if (at := behind[answer + 1]) is not None]
    starts = [at for at in dict.fromkeys(starts) if classed[at].kind in (Kind.NAME, Kind.SAID)]
    return [_Head(start, start + 1, name_at(tree, classed[start]), None) for start in starts]


def _first_name(classed: Sequence[Classed], before: int) -> int | None:
    """The line of a name right before the first text of a section; None when there is none before line `before`."""
    for number in range(1, before):
        if classed[number].kind is Kind.TEXT and classed[number - 1].kind in (Kind.NAME, Kind.SAID):
            return number - 1
    names = [number for number in range(before) if classed[number].kind in (Kind.NAME, Kind.SAID)]
    return names[-2] if len(names) > 1 else None


def _behind_buttons(classed: Sequence[Classed]) -> list[int | None]:
    """For each line and for the end, the first line at or behind it that is no button."""
    found: list[int | None] = [None]
    for number in range(len(classed) - 1, -1, -1):
        found.append(found[-1] if classed[number].kind is Kind.BUTTON else number)
    return found[::-1]


def _moment_at(classed: Sequence[Classed], number: int) -> str | None:
    signed = classed[number].signed
    return signed.when if signed else None


def _has_text(classed: Sequence[Classed], heads: Sequence[_Head], number: int) -> bool:
    """Whether text stands between a head and the next one, and not more than a comment may have."""
    body = heads[number].body
    following = heads[number + 1].first if number + 1 < len(heads) else min(len(classed), body + _MOST_LINES)
    return body < following <= body + _MOST_LINES and any(
        classed[at].kind in (Kind.TEXT, Kind.NAME, Kind.SIGNED, Kind.SAID) for at in range(body, following)
    )


def _records(tree: Tree, classed: Sequence[Classed], heads: Sequence[_Head]) -> list[Record]:
    records = []
    for number, head in enumerate(heads):
        last = heads[number + 1].first if number + 1 < len(heads) else _end_of_last(tree, classed, heads)
        text = [item for item in classed[head.body : last] if item.kind is not Kind.BUTTON]
        while len(text) > 1 and text[-1].kind is Kind.MOMENT:
            text.pop()
        if text:
            whole = Span(classed[head.first].line.start, classed[last - 1].line.end)
            words = Span(text[0].line.start, text[-1].line.end)
            records.append(recorded(whole, words, Signature(head.author, head.when)))
    return records


def _end_of_last(tree: Tree, classed: Sequence[Classed], heads: Sequence[_Head]) -> int:
    """Where the last record ends: with its element among its equals, or after as many lines as the longest before it.

    Lines of one block element (parted by <br>) are never torn apart.
    """
    first, body = heads[-1].first, heads[-1].body
    longest = max((after.first - before.body for before, after in pairwise(heads)), default=1)
    edge = _edge(tree, classed[heads[-2].first].line, classed[first].line) if len(heads) > 1 else 0
    end = body
    while end < len(classed):
        line = classed[end].line
        if cues_of(tree.of(line)) & _CLOSING or (end > body and line.linked >= _LINK * len(line)):
            break
        torn = end > body and line.element == classed[end - 1].line.element
        if line.end > edge and end - body >= longest and not torn:
            break
        end += 1
    return max(end, first + 1)


def _edge(tree: Tree, before: Line, last: Line) -> int:
    """The end of the element around `last` that stands beside the one around `before`."""
    others = set(tree.ancestors(before.element))
    inside = last.start
    for index in tree.ancestors(last.element):
        if index in others:
            break
        inside = tree.elements[index].end
    return inside
