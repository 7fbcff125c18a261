"""Words, numbers and punctuation of a text, each with its range and its comparison form.

A token never crosses white space. Arabic diacritics, tatweel and invisible controls stay inside the word they stand in.
"""

from dataclasses import dataclass

import regex

from tawthiq.text.folding import fold

_TOKEN = regex.compile(
    r"(?P<number>\p{Nd}+(?:[.,٫٬]\p{Nd}+)*)"
    r"|(?P<word>[\p{L}](?:[\p{L}\p{M}\p{Cf}\u0640]|['’](?=\p{L}))*)"
    r"|(?P<mark>[^\s\p{Cf}])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark at code points `start`..`end`; `folded` is its comparison form (may be empty)."""

    start: int
    end: int
    text: str
    folded: str
    kind: str


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order; `kind` is "word", "number" or "mark"."""
    return [
        Token(match.start(), match.end(), match.group(), fold(match.group()), str(match.lastgroup))
        for match in _TOKEN.finditer(text)
    ]
