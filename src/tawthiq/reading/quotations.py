"""Quotations of a text: pairs of quotation marks, found line by line, broken and unbalanced marks included.

A mark opens or closes by its shape where shapes tell («, »), else by its neighbours: white space or a one-letter particle
before an opening mark, a letter or punctuation before a closing one. A quotation left open runs to the end of its
sentence or line, or to a mark that can only close in one of the next lines (a quotation over several paragraphs). Marks
inside an open quotation pair among themselves and are not quotations of their own.
"""

from dataclasses import dataclass

import regex

from tawthiq.records.span import Span

_MARKS = regex.compile(r"[«»“”„\"‹›]|''|``|(?<!\p{L})‘|’(?!\p{L})")
_LINE = regex.compile(r"[^\n]+")
_PREFIX = regex.compile(r"(?:(?<!\p{L})[وفبلك]{1,2}|ـ|[(\[:،,\-–—])$")
_STOP = regex.compile(r"(?<!\b\p{L})[.!?؟](?=\s|$)")
_FEWEST_SPACES = 2  # a quotation left open holds three words at least before a stop can end it
_FARTHEST_LINES = 4
_OPENING, _CLOSING = "«“„‹``", "»›''"


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks: `inner` without the marks and white space, `outer` with the marks.

    `closed` is false when no closing mark was found and the line's end stands for it.
    """

    inner: Span
    outer: Span
    closed: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool


def quotations(text: str, within: tuple[Span, ...]) -> tuple[Quotation, ...]:
    """The outermost quotations of the stretches `within`, in text order."""
    found: list[Quotation] = []
    for stretch in within:
        lines = [(match.start(), match.end()) for match in _LINE.finditer(text, stretch.start, stretch.end)]
        marks = [_marks(text, start, end) for start, end in lines]
        skip_until = -1
        for index, (_, end) in enumerate(lines):
            here = [mark for mark in marks[index] if mark.start >= skip_until]
            pairs, opened = _paired(here)
            found.extend(_quotation(text, opening.end, closing, opening.start) for opening, closing in pairs)
            if opened is not None:
                later = _closing_later(marks[index + 1 : index + 1 + _FARTHEST_LINES])
                line_end = _sentence_end(text, opened.end, end)
                found.append(_quotation(text, opened.end, later, opened.start, line_end=line_end))
                if later is not None:
                    skip_until = later.end
    return tuple(found)


def _sentence_end(text: str, start: int, end: int) -> int:
    """Where the sentence ends in which a quotation was left open."""
    for stop in _STOP.finditer(text, start, end):
        if text.count(" ", start, stop.start()) >= _FEWEST_SPACES:
            return int(stop.start())
    return end


def _quotation(text: str, start: int, closing: _Mark | None, outer: int, line_end: int = 0) -> Quotation:
    end = closing.start if closing else line_end
    piece = text[start:end]
    inner_start = start + len(piece) - len(piece.lstrip())
    inner_end = max(inner_start, start + len(piece.rstrip()))
    return Quotation(Span(inner_start, inner_end), Span(outer, closing.end if closing else end), closing is not None)


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    return [_mark(text, match.start(), match.end(), start, end) for match in _MARKS.finditer(text, start, end)]


def _mark(text: str, at: int, after: int, line_start: int, line_end: int) -> _Mark:
    """What a mark can be, by shape and neighbours."""
    shape = text[at:after]
    before, following = text[max(line_start, at - 4) : at], text[after : min(line_end, after + 1)]
    spaced_before = not before or before[-1].isspace()
    spaced_after = not following or following.isspace() or following in ".،,؛:!?؟)]"
    looks_opening = (spaced_before or bool(_PREFIX.search(before))) and not (not following or following.isspace())
    looks_closing = not spaced_before and spaced_after
    if shape in ("«", "»", "‹", "›"):
        # Some pages print guillemets mirrored or doubled (»like this»); neighbours overrule the shape.
        opens = shape in "«‹" or (looks_opening and not looks_closing)
        closes = shape in "»›" or (looks_closing and not looks_opening)
        return _Mark(at, after, opens, closes)
    if looks_opening == looks_closing:
        return _Mark(at, after, shape not in _CLOSING, shape not in _OPENING or shape == "“")
    return _Mark(at, after, looks_opening, looks_closing)


def _paired(marks: list[_Mark]) -> tuple[list[tuple[_Mark, _Mark]], _Mark | None]:
    """Outermost pairs of one line, and the mark that was opened and not closed."""
    pairs: list[tuple[_Mark, _Mark]] = []
    stack: list[_Mark] = []
    last_closing: _Mark | None = None
    for mark in marks:
        if stack and mark.closes and (not mark.opens or len(stack) == 1):
            opening = stack.pop()
            last_closing = mark
            if not stack:
                pairs.append((opening, mark))
        elif mark.opens:
            stack.append(mark)
    if not stack:
        return pairs, None
    if len(stack) > 1 and last_closing and last_closing.start > stack[0].start:
        return [*pairs, (stack[0], last_closing)], None
    return pairs, stack[0]


def _closing_later(lines: list[list[_Mark]]) -> _Mark | None:
    """The first mark of the next lines, when it can only close."""
    for marks in lines:
        if marks:
            first = marks[0]
            if first.closes and not first.opens:
                return first
            if not (first.opens and len(marks) % 2 == 1):
                return None
            closers = [mark for mark in marks[1:] if mark.closes and not mark.opens]
            return closers[-1] if closers else None
    return None
