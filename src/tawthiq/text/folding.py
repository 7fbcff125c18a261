"""Folding for comparison, with a map back to every original character.

Owns the one normal form by which Arabic and English words are compared: compatibility forms (NFKC) of each character,
lower case, hamza carriers, taa marbuta (ة), alef maqsura (ى), Persian letters, and eastern digits folded; tatweel
(the stretching stroke), diacritics and bidirectional controls dropped. The form follows Lucene's ArabicNormalizer and
adds what conflict reports were measured to hold. Folded text is for keys only: spans always point into the original.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tawthiq.records.span import Span

_DROPPED = {
    0x0640,  # tatweel
    0x00AD,  # soft hyphen
    0x061C,  # Arabic letter mark
    0xFEFF,  # zero-width no-break space
    *range(0x200B, 0x2010),  # zero-width and directional marks
    *range(0x202A, 0x202F),  # embeddings and overrides
    *range(0x2060, 0x2065),  # invisible operators
    *range(0x2066, 0x206A),  # isolates
}
_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي",
    "ة": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه",
    "ؤ": "و", "ک": "ك", "ڪ": "ك", "گ": "ك",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": '"', "›": '"', "＂": '"',
    "’": "'", "‘": "'", "٪": "%", "٫": ".", "٬": ",",
}  # fmt: skip


_FEW = 48
"""Distinct characters to fold up to which replacing each in turn is quicker than translating the text at once."""
_REMEMBERED = 1 << 16  # distinct code points whose folded form is kept; hostile texts may hold more


def fold_character(character: str) -> str:
    """The folded form of one code point: usually one character, sometimes none, seldom several (ligatures)."""
    return _FOLDS[ord(character)]


def _folded(character: str) -> str:
    out = []
    for part in unicodedata.normalize("NFKC", character):
        if ord(part) in _DROPPED or unicodedata.category(part) in ("Mn", "Me"):
            continue
        digit = unicodedata.decimal(part, None)
        out.append(str(digit) if digit is not None else _LETTERS.get(part) or part.lower())
    return "".join(out)


class _Folds(dict[int, str]):
    """Folded forms by code point, worked out when first met; the shape that `str.translate` asks for."""

    def __missing__(self, code: int) -> str:
        form = _folded(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = form
        return form


_FOLDS = _Folds()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each folded character, the code point of the original that it came from."""

    text: str
    origins: Sequence[int]
    length: int

    def original(self, start: int, end: int) -> Span:
        """The range of the original text behind folded characters `start`..`end`, dropped characters inside included."""
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else self.length
            return Span(at, at)
        return Span(self.origins[start], self.origins[end - 1] + 1)


def fold(text: str) -> str:
    """The comparison form of `text`, without the map."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


@lru_cache(maxsize=8)
def fold_with_map(text: str) -> Folded:
    """The comparison form of `text` with the map back to its characters; the last few texts are remembered."""
    forms = {character: _FOLDS[ord(character)] for character in set(text)}
    folded = _replaced(text, forms)
    uneven = "".join(character for character, form in forms.items() if len(form) != 1)
    if not uneven:
        return Folded(folded, range(len(text)), len(text))
    origins: list[int] = []
    behind = 0
    for match in re.finditer(f"[{re.escape(uneven)}]", text):
        at = match.start()
        origins.extend(range(behind, at))
        origins.extend([at] * len(forms[text[at]]))
        behind = at + 1
    origins.extend(range(behind, len(text)))
    return Folded(folded, origins, len(text))


def _replaced(text: str, forms: dict[str, str]) -> str:
    """`text` with each character's form, one character after the other: some ten of them change in a report."""
    changed = {character: form for character, form in forms.items() if form != character}
    if len(changed) > _FEW or not changed.keys().isdisjoint("".join(changed.values())):
        return text.translate(_FOLDS)
    for character, form in changed.items():
        text = text.replace(character, form)
    return text
