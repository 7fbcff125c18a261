"""Words, numbers and punctuation of a text, each with its range and its comparison form.

A token never crosses white space. Arabic diacritics, tatweel and invisible controls stay inside the word they stand in.
"""

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


_form = lru_cache(maxsize=1 << 15)(fold)


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
    return tuple(
        Token(match.start(), match.end(), word := match.group(), _form(word), match.lastgroup or "mark")
        for match in _TOKEN.finditer(text, start, end)
    )
