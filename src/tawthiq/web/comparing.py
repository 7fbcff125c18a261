"""Two texts of one page side by side: which words only one of them has.

Pure. Words are compared folded and without punctuation, in their order; what is shown is always each text's own
characters. Three words that stand exactly once in either text, in the same order, are anchors (patience diff); between two
anchors what is equal from either end is matched, and what is left, where it is short, by difflib. difflib alone takes
time with the cube of the length on texts made for it; this takes time with the length.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise

import regex

from tawthiq.text.folding import fold

MOST_WORDS = 6_000
SHORT = 200  # words between two anchors up to which difflib compares them
ANCHOR = 3  # words
_WORD = regex.compile(r"\S+\s*|^\s+")
_MARKS = regex.compile(r"[^\p{L}\p{M}\p{Nd}]+")
Place = tuple[int, int]
"""The numbers of one word in the two texts."""


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
    matched = list(_matches(list(map(_form, first)), list(map(_form, second))))
    shared, shared_too = {place for place, _ in matched}, {place for _, place in matched}
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


def _matches(first: list[str], second: list[str]) -> Iterator[Place]:
    """The words that both texts have in the same order, each by its two numbers."""
    anchors = _rising(_anchors(first, second))
    for begin, end in pairwise([(0, 0), *anchors, (len(first), len(second))]):
        yield from _between(first, second, begin, end)


def _anchors(first: list[str], second: list[str]) -> list[Place]:
    """Where the same three words begin that stand once in each text, in the order of the first."""
    ours, theirs = _once(first), _once(second)
    return sorted((place, theirs[words]) for words, place in ours.items() if words in theirs)


def _once(words: list[str]) -> dict[tuple[str, ...], int]:
    triples = [tuple(words[place : place + ANCHOR]) for place in range(len(words) - ANCHOR + 1)]
    often = Counter(triples)
    return {triple: place for place, triple in enumerate(triples) if often[triple] == 1}


def _rising(anchors: Sequence[Place]) -> list[Place]:
    """The longest part of the anchors that rises in the second text as well."""
    ends: list[int] = []
    chains: list[int] = []
    before = [-1] * len(anchors)
    for number, (_, place) in enumerate(anchors):
        at = bisect_left(ends, place)
        before[number] = chains[at - 1] if at else -1
        ends[at : at + 1] = [place]
        chains[at : at + 1] = [number]
    chain: list[Place] = []
    number = chains[-1] if chains else -1
    while number >= 0:
        chain.append(anchors[number])
        number = before[number]
    return chain[::-1]


def _between(first: list[str], second: list[str], begin: Place, end: Place) -> Iterator[Place]:
    """Matches from one anchor up to the next: equal words from the front, from the back, then by difflib."""
    low, other_low = begin
    high, other_high = end
    while low < high and other_low < other_high and first[low] == second[other_low]:
        yield low, other_low
        low, other_low = low + 1, other_low + 1
    while low < high and other_low < other_high and first[high - 1] == second[other_high - 1]:
        high, other_high = high - 1, other_high - 1
        yield high, other_high
    if 0 < high - low <= SHORT and 0 < other_high - other_low <= SHORT:
        matcher = SequenceMatcher(None, first[low:high], second[other_low:other_high], autojunk=False)
        for start, other, size in matcher.get_matching_blocks():
            yield from ((low + start + step, other_low + other + step) for step in range(size))
