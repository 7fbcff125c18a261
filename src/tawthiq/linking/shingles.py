"""Word triples ("shingles") of a text as numbers, and where each stands.

Words are compared in the form of `text.folding`, so spelling variants of alef, taa marbuta (ة) and tatweel make no difference.
A triple never crosses from one readable stretch into the next. Numbers come from xxHash and fixed mixing, never from
Python's salted `hash`: the same text gives the same shingles in every process.
"""

import re
from functools import lru_cache

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
_BITS = 32  # of a word's number: a shingle then takes 36 bits at most, and fits one key with a report's number
_SECOND, _THIRD = 3, 7  # odd and different: the place of a word in its triple matters


class _Numbers(dict[str, int]):
    """A number for each word form, the same for all forms that fold alike; learnt when first asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = number = _number(word)
        return number


@lru_cache(maxsize=1 << 17)
def _number(word: str) -> int:
    return xxhash.xxh3_64_intdigest(fold(word).encode("utf-8", "surrogatepass")) >> (64 - _BITS)


class Shingler:
    """Turns documents into shingles; remembers each word form that it met, since texts repeat their words."""

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def shingles(self, document: Document) -> list[int]:
        """The shingles of a document's readable stretches, in text order."""
        found: list[int] = []
        number = self._numbers.__getitem__
        for span in stretches(document):
            words = list(map(number, _WORD.findall(document.text, span.start, span.end)))
            triples = zip(words, words[1:], words[2:], strict=False)
            found += [first + _SECOND * second + _THIRD * third for first, second, third in triples]
        return found


def positions(document: Document) -> list[tuple[int, int]]:
    """Where each shingle of `Shingler.shingles` begins and ends in the text, in the same order."""
    found: list[tuple[int, int]] = []
    for span in stretches(document):
        words = [match.span() for match in _WORD.finditer(document.text, span.start, span.end)]
        found += [(first[0], last[1]) for first, last in zip(words, words[SIZE - 1 :], strict=False)]
    return found


def stretches(document: Document) -> tuple[Span, ...]:
    """What of a document is compared: its readable stretches, or all of it where none are marked."""
    return document.readable if document.readable is not None else (Span(0, len(document.text)),)
