"""A page's text as numbered lines, for people who mark it line by line, by keyboard or on a phone.

Blank lines have no number. A line that is too long to be one thing in a list is cut at blanks.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.records.page import Zone
from tawthiq.records.span import Span

LONGEST = 2_000  # code points
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a numbered line that lies in one zone; `span` begins and ends with a visible character."""

    line: int
    kind: str
    span: Span
    text: str


def lines_of(text: str) -> list[Span]:
    """The lines of `text` that show something, without the white space around them; line 1 is the first."""
    found = []
    for match in _LINE.finditer(text):
        start, end = _stripped(text, *match.span())
        while end - start > LONGEST:
            blank = text.rfind(" ", start + 1, start + LONGEST)
            cut = blank if blank > start else start + LONGEST
            found.append(Span(*_stripped(text, start, cut)))
            start, _ = _stripped(text, cut, end)
        found.append(Span(start, end))
    return found


def segments(text: str, lines: Sequence[Span], zones: Sequence[Zone], first: int, last: int) -> list[Segment]:
    """The segments of lines `first` to `last` (numbered from 1, both included)."""
    found = []
    ends = [zone.span.end for zone in zones]
    for number in range(first, last + 1):
        line = lines[number - 1]
        for zone in zones[bisect_right(ends, line.start) :]:
            if zone.span.start >= line.end:
                break
            start, end = _stripped(text, max(line.start, zone.span.start), min(line.end, zone.span.end))
            if start < end:
                found.append(Segment(number, zone.kind.value, Span(start, end), text[start:end]))
    return found


def line_at(lines: Sequence[Span], place: int) -> int:
    """The number of the line that holds the character at `place`, or of the next one; the last one after all."""
    return min(len(lines), bisect_left([line.end for line in lines], place + 1) + 1)


def of_lines(lines: Sequence[Span], first: int, last: int) -> Span | None:
    """The characters from the beginning of line `first` to the end of line `last`; None when there are no such lines."""
    if not 1 <= first <= last <= len(lines):
        return None
    return Span(lines[first - 1].start, lines[last - 1].end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
