"""Two texts of one page side by side: which words only one of them has.

Pure. Words are compared folded and without punctuation, in their order (`page.aligning`); what is shown is always each
text's own characters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import regex

from tawthiq.page.aligning import aligned
from tawthiq.text.folding import fold

MOST_WORDS = 6_000
_WORD = regex.compile(r"\S+\s*|^\s+")
_MARKS = regex.compile(r"[^\p{L}\p{M}\p{Nd}]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words that both texts have, or that this one has alone."""

    text: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both texts as runs; `compared` is false when they were too long to be compared, and nothing is marked."""

    ours: tuple[Run, ...]
    theirs: tuple[Run, ...]
    compared: bool


def compare(ours: str, theirs: str) -> Comparison:
    """The two texts with the words marked that only one has; the runs of each join to exactly its characters."""
    first, second = _WORD.findall(ours), _WORD.findall(theirs)
    if max(len(first), len(second)) > MOST_WORDS:
        return Comparison(_whole(ours), _whole(theirs), compared=False)
    places = aligned(list(map(_form, first)), list(map(_form, second)))
    shared = {number for number, place in enumerate(places) if place is not None}
    shared_too = {place for place in places if place is not None}
    return Comparison(tuple(_runs(first, shared)), tuple(_runs(second, shared_too)), compared=True)


def _form(word: str) -> str:
    """What of a word is compared; a mark that stands alone is compared as it is."""
    form = fold(word).strip()
    return _MARKS.sub("", form) or form


def _whole(text: str) -> tuple[Run, ...]:
    return (Run(text, alone=False),) if text else ()


def _runs(words: list[str], shared: set[int]) -> Iterator[Run]:
    def alone(number: int) -> bool:
        return number not in shared and not words[number].isspace()

    for lonely, numbers in groupby(range(len(words)), key=alone):
        yield Run("".join(words[number] for number in numbers), lonely)
