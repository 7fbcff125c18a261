"""Words, numbers and punctuation of a text, each with its range and its comparison form.

A token never crosses white space. Arabic diacritics, tatweel and invisible controls stay inside the word they stand in.
Letters that a writer repeats for stress ("انفجااار", an explosion) are compared as one.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import regex

from tawthiq.records.span import Span
from tawthiq.text.folding import fold

_TOKEN = regex.compile(
    r"(?P<number>\p{Nd}+(?:[.,٫٬]\p{Nd}+)*)"
    r"|(?P<word>[\p{L}](?:[\p{L}\p{M}\p{Cf}\u0640]|['’](?=\p{L}))*)"
    r"|(?P<mark>[^\s\p{Cf}])"
)
_STRETCHED = re.compile("([\u0621-\u064a])\\1{2,}")
_DOUBLED = "ل"
"""The one letter that a word is commonly spelled with twice in a row ("الله"), and so keeps twice when stretched."""
_GAP = re.compile("[ \n]")
_LONGEST_REMEMBERED = 40
"""Code points; longer stretches without a space are addresses or noise, and do not recur."""
_token = tuple.__new__
"""Builds a `Token` without the keyword handling of its constructor: there is one a word."""


class Token(NamedTuple):
    """A word, number or mark at code points `start`..`end`; `folded` is its comparison form (may be empty)."""

    start: int
    end: int
    text: str
    folded: str
    kind: str


def tokens(text: str, within: Span | None = None) -> list[Token]:
    """The tokens of `text` (or of the part `within`) in order; `kind` is "word", "number" or "mark"."""
    return list(_tokens(text, within.start, within.end) if within else _tokens(text, 0, len(text)))


@lru_cache(maxsize=8)
def _tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of one text; the last few texts are remembered, since several readers ask for the same one."""
    found: list[Token] = []
    at = start
    for stretch in _GAP.split(text[start:end]):
        if stretch:
            cut = _remembered(stretch) if len(stretch) <= _LONGEST_REMEMBERED else _cut(stretch)
            for begins, ends, word, folded, kind in cut:
                found.append(_token(Token, (at + begins, at + ends, word, folded, kind)))
        at += len(stretch) + 1
    return tuple(found)


def _cut(stretch: str) -> tuple[tuple[int, int, str, str, str], ...]:
    """The tokens of a stretch without a space, with their ranges in it."""
    return tuple(
        (match.start(), match.end(), match.group(), _compared(match.group()), match.lastgroup or "mark")
        for match in _TOKEN.finditer(stretch)
    )


def _compared(word: str) -> str:
    """The comparison form of a word: folded, and not stretched."""
    return _STRETCHED.sub(lambda run: run[1] * (2 if run[1] == _DOUBLED else 1), fold(word))


_remembered = lru_cache(maxsize=1 << 15)(_cut)
