"""Readers' comments that are numbered: "1 - name - moment" above the text, "2- name: text", "3. text", under a heading.

Numbers must count up from 1, or down to it, right below the heading: lists inside an article begin elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawthiq.page.line_kinds import FURNITURE, is_count
from tawthiq.page.records import Record, Signature, is_name, name_of, recorded, signature, speaker
from tawthiq.page.tree import Line, Tree
from tawthiq.page.wording import cues_of
from tawthiq.records.span import Span

_NUMBER = re.compile(r"^[#(\[]?\s?([\d٠-٩۰-۹]{1,4})\s*[.)\]:\-–—]\s*(?=[^\W\d])")
_SIGNED = re.compile(r"^([^:\n]{2,45}?)\s*[:：]\s+(?=\S)")
_CLOSING = frozenset({"related_heading", "copyright", "comment_form", "disclaimer", "about_opening", "about_sure"})
_NEAR = 3  # lines between the heading and the first number: counters, orders of sorting
_LINK = 0.9
_LONE = 2  # lines of a comment that stands alone: its head and its text


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that a number opens: which line, which number, and where its words begin."""

    at: int
    number: int
    start: int


def numbered_records(tree: Tree, lines: Sequence[Line]) -> list[Record]:
    """The numbered comments among the lines of a section whose first line is its heading; none where numbers do not count."""
    heads = _counting([head for at, line in enumerate(lines) if (head := _head(tree, at, line))])
    if not heads or heads[0].at > _NEAR:
        return []
    ends = [*(head.at for head in heads[1:]), _end_of_last(tree, lines, heads)]
    parts = [(_kept(tree, lines[head.at : end]), head.start) for head, end in zip(heads, ends, strict=True)]
    reading = _name_below if _are_names_below(tree, parts) else _record
    return [reading(tree, kept, start) for kept, start in parts]


def _head(tree: Tree, at: int, line: Line) -> _Head | None:
    words = tree.of(line)
    match = _NUMBER.match(words)
    return _Head(at, int(match.group(1)), line.start + match.end()) if match else None


def _counting(heads: list[_Head]) -> list[_Head]:
    """The heads whose numbers count up from 1, or down to 1; the others are lines inside comments."""
    if not heads:
        return []
    step = 1 if heads[0].number == 1 else -1
    due, found = heads[0].number, []
    for head in heads:
        if head.number == due and due > 0:
            found.append(head)
            due += step
    return found if step == 1 or due == 0 else []


def _end_of_last(tree: Tree, lines: Sequence[Line], heads: Sequence[_Head]) -> int:
    """The line behind the last comment: it has no more lines than the longest before it, and stops at furniture and links."""
    longest = max((after.at - before.at for before, after in pairwise(heads)), default=_LONE)
    end = heads[-1].at + 1
    while end < min(len(lines), heads[-1].at + longest):
        line = lines[end]
        if cues_of(tree.of(line)) & _CLOSING or line.linked >= _LINK * len(line):
            break
        end += 1
    return end


def _kept(tree: Tree, lines: Sequence[Line]) -> list[Line]:
    """The lines of one comment without the buttons and counters below it."""
    kept = list(lines)
    while len(kept) > 1 and (cues_of(tree.of(kept[-1])) & FURNITURE or is_count(tree.of(kept[-1]))):
        kept.pop()
    return kept


def _record(tree: Tree, kept: Sequence[Line], start: int) -> Record:
    """The comment in `kept`, whose first words after its number begin at `start`: its name and moment, if any, stand first."""
    head = tree.text[start : kept[0].end]
    whole = Span(kept[0].start, kept[-1].end)
    inline = record_of_line(tree, kept[0], start)
    if inline:
        return recorded(whole, Span(inline.comment.span.start, kept[-1].end), Signature(inline.comment.author, None))
    told = _told(head)
    if len(kept) > 1 and (told or is_name(head)):
        signed = Signature(told.author or None, told.when) if told else Signature(name_of(head), None)
        return recorded(whole, Span(kept[1].start, kept[-1].end), signed)
    return recorded(whole, Span(start, kept[-1].end), Signature(None, None))


def record_of_line(tree: Tree, line: Line, start: int) -> Record | None:
    """The comment on one line whose words from `start` on are a name, a colon and text; None for any other line."""
    match = _SIGNED.match(tree.text[start : line.end])
    if not match or not is_name(match.group(1)):
        return None
    text = Span(start + match.end(), line.end)
    return recorded(Span(line.start, line.end), text, Signature(match.group(1).strip(), None))


def _told(head: str) -> Signature | None:
    return speaker(head) or signature(head)


def _are_names_below(tree: Tree, parts: Sequence[tuple[Sequence[Line], int]]) -> bool:
    """Whether each comment is two lines of which the second, shorter than the first, signs it."""
    if not all(len(kept) == 2 and (_told(tree.of(kept[1])) or is_name(tree.of(kept[1]))) for kept, _ in parts):
        return False
    heads = [tree.text[start : kept[0].end] for kept, start in parts]
    return not any(map(_told, heads)) and sum(map(len, heads)) > sum(len(kept[1]) for kept, _ in parts)


def _name_below(tree: Tree, kept: Sequence[Line], start: int) -> Record:
    below = tree.of(kept[1])
    told = _told(below)
    signed = Signature(told.author or None, told.when) if told else Signature(name_of(below), None)
    return recorded(Span(kept[0].start, kept[1].end), Span(start, kept[0].end), signed)
