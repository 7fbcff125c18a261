"""Word triples ("shingles") of a text as numbers, and where each stands.

Words are compared in the form of `text.folding`, so spelling variants of alef, taa marbuta (ة) and tatweel make no difference.
A triple never crosses from one readable stretch into the next. Numbers come from xxHash and fixed mixing, never from
Python's salted `hash`: the same text gives the same shingles in every process.
"""

import re
from dataclasses import dataclass, field

import xxhash

from tawthiq.records.reading import Document
from tawthiq.records.span import Span
from tawthiq.text.folding import fold

SIZE = 3
# Arabic marks, tatweel and invisible controls stay inside the word they stand in.
_WORD = re.compile(
    r"[\w\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u200b-\u200f\u202a-\u202e\u2066-\u2069]+"
)
_MASK = (1 << 60) - 1  # two digits of a Python integer
_SECOND, _THIRD = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F  # odd constants: position in the triple matters


@dataclass(slots=True)
class Shingler:
    """Turns documents into shingles; remembers each word form that it met, since texts repeat their words."""

    _known: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def shingles(self, document: Document) -> list[int]:
        """The shingles of a document's readable stretches, in text order."""
        found: list[int] = []
        for span in stretches(document):
            words = [
                self._known.get(word) or self._learn(word) for word in _WORD.findall(document.text, *_bounds(span))
            ]
            found += [
                first[0] ^ second[1] ^ third[2]
                for first, second, third in zip(words, words[1:], words[2:], strict=False)
            ]
        return found

    def _learn(self, word: str) -> tuple[int, int, int]:
        number = xxhash.xxh3_64_intdigest(fold(word).encode("utf-8", "surrogatepass"))
        mixed = (number & _MASK, (number * _SECOND >> 3) & _MASK, (number * _THIRD >> 3) & _MASK)
        self._known[word] = mixed
        return mixed


def positions(document: Document) -> list[Span]:
    """The characters that each shingle of `Shingler.shingles` covers, in the same order."""
    found: list[Span] = []
    for span in stretches(document):
        words = [match.span() for match in _WORD.finditer(document.text, *_bounds(span))]
        found += [Span(first[0], last[1]) for first, last in zip(words, words[SIZE - 1 :], strict=False)]
    return found


def stretches(document: Document) -> tuple[Span, ...]:
    """What of a document is compared: its readable stretches, or all of it where none are marked."""
    return document.readable if document.readable is not None else (Span(0, len(document.text)),)


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
