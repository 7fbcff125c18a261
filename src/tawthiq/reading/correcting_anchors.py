"""Characters that a person pointed at, found again in the text as it is now.

They are where they stood when the same words stand there with the same context. Else that place with the words is meant
whose context agrees best, and at least half of the kept context must; of places that agree equally none can be told.
"""

import re
import unicodedata
from collections.abc import Iterator

from tawthiq.records.reading_correction import TextAnchor
from tawthiq.records.span import Span

AROUND = 40  # characters of context kept either side
AGREEING = 0.5
_SPACE = re.compile(r"\s+")
_MARKS = frozenset({"Mn", "Me"})
_JOINERS = frozenset("\u200d\ufe0e\ufe0f") | frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_EDGES = " \t\r\n\u00a0\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def anchored(text: str, span: Span) -> TextAnchor:
    """The anchor of the characters at `span`."""
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return TextAnchor(span.start, span.end, span.of(text), before, after)


def found(anchor: TextAnchor, text: str) -> Span | None:
    """Where the anchor's words stand in `text`; None when they do not, or when it cannot be told where."""
    if not anchor.text:
        return None
    if text.startswith(anchor.before + anchor.text + anchor.after, anchor.start - len(anchor.before)):
        return anchor.span  # no other place can agree better
    agreement = {start: _agreement(anchor, text, start) for start in _places(anchor.text, text)}
    best = max(agreement.values(), default=-1)
    if best < AGREEING * (len(_folded(anchor.before)) + len(_folded(anchor.after))):
        return None
    likest = [start for start, agreeing in agreement.items() if agreeing == best]
    start = anchor.start if anchor.start in likest else likest[0] if len(likest) == 1 else None
    return None if start is None else Span(start, start + len(anchor.text))


def snapped(text: str, span: Span) -> Span:
    """The characters meant by a selection: no spaces or invisible marks at its edges, no letter cut from its marks.

    Empty when nothing is left of it.
    """
    start, end = min(span.start, len(text)), min(span.end, len(text))
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if start == end:
        return Span(start, start)
    while start > 0 and _belongs_before(text, start):
        start -= 1
    while end < len(text) and _belongs_before(text, end):
        end += 1
    return Span(start, end)


def _belongs_before(text: str, at: int) -> bool:
    """Whether the character at `at` is part of what the one before it begins: a vowel sign, or half of a joined emoji."""
    if text[at] in _EDGES or text[at - 1] in _EDGES:
        return False
    return text[at] in _JOINERS or text[at - 1] == "\u200d" or unicodedata.category(text[at]) in _MARKS


def _places(words: str, text: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _agreement(anchor: TextAnchor, text: str, start: int) -> int:
    """How many characters of the kept context stand around the words at `start`, counted outward; spacing is one space."""
    end = start + len(anchor.text)
    before, after = text[max(0, start - 2 * AROUND) : start], text[end : end + 2 * AROUND]
    return _alike(_folded(anchor.before)[::-1], _folded(before)[::-1]) + _alike(_folded(anchor.after), _folded(after))


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text)


def _alike(one: str, other: str) -> int:
    """How many first characters two strings share."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
