"""Which pairs of occurrences are worth scoring: those with something in common that lie within a window of days.

Something in common is a gazetteer entry, a telling word of a place name, a cell of the map or its neighbours, a number
killed, a copied dispatch, or reports that share several very rare words. Events without a place of their own meet those
whose place their report names, and those without one that tell the same act.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import floor

from tawthiq.linking.occurrences import Occurrence
from tawthiq.records.count import Harm

WINDOW = 3  # days between two stated periods that may still be one occurrence
VERY_RARE, ALIKE_WORDS = 4, 4  # a word in so many reports at most; so many such words shared
CELL = 0.1  # degrees, some ten kilometres
UNDATED = -(10**6)  # sorts undated occurrences together
Key = tuple[str | int, ...]


def candidates(occurrences: Sequence[Occurrence]) -> list[tuple[int, int]]:
    """Pairs of indices, lower first, sorted."""
    buckets: dict[Key, list[int]] = defaultdict(list)
    for number, occurrence in enumerate(occurrences):
        for key in set(_keys(occurrence)):
            buckets[key].append(number)
    pairs: set[tuple[int, int]] = set()
    for members in buckets.values():
        if len(members) > 1:
            pairs.update(_near_in_time(members, occurrences))
    pairs.update(_near_in_time_of_alike(occurrences))
    return sorted(pairs)


def _near_in_time_of_alike(occurrences: Sequence[Occurrence]) -> Iterator[tuple[int, int]]:
    """Pairs within the window, of different reports that share at least `ALIKE_WORDS` very rare words."""
    told_in: dict[str, list[int]] = defaultdict(list)
    for number, occurrence in enumerate(occurrences):
        told_in[occurrence.reference.document].append(number)
    holders: dict[str, list[str]] = defaultdict(list)
    for document, members in told_in.items():
        for word in occurrences[members[0]].report.words:
            holders[word].append(document)
    shared = Counter(
        pair for documents in holders.values() if len(documents) <= VERY_RARE for pair in combinations(documents, 2)
    )
    for (first, second), count in shared.items():
        if count >= ALIKE_WORDS:
            yield from _near_in_time(told_in[first] + told_in[second], occurrences)


def _keys(occurrence: Occurrence) -> Iterator[Key]:
    for place in occurrence.places:
        if place.code:
            yield ("code", place.code)
        yield from (("name", word) for word in place.words)
    if occurrence.places and occurrence.places[0].latitude is not None and occurrence.places[0].longitude is not None:
        north, east = floor(occurrence.places[0].latitude / CELL), floor(occurrence.places[0].longitude / CELL)
        yield from (("cell", north + i, east + j) for i in (0, 1) for j in (0, 1))
    for minimum, _ in occurrence.tolls[Harm.KILLED]:
        if minimum > 1:
            yield ("killed", minimum)
    if not any(place.words for place in occurrence.places):
        yield from (("name", word) for word in occurrence.named)
        yield ("act", occurrence.act.value)
    if occurrence.family is not None:
        yield ("copy", occurrence.family)


def _near_in_time(members: list[int], occurrences: Sequence[Occurrence]) -> Iterator[tuple[int, int]]:
    """Pairs within one bucket whose days, the window added, meet; undated ones meet each other only."""
    order = sorted(members, key=lambda number: (_first(occurrences[number]), number))
    open_ones: list[int] = []
    for number in order:
        first = _first(occurrences[number])
        open_ones = [other for other in open_ones if _last(occurrences[other]) + WINDOW >= first]
        for other in open_ones:
            yield (other, number) if other < number else (number, other)
        open_ones.append(number)


def _first(occurrence: Occurrence) -> int:
    return UNDATED if occurrence.first is None else occurrence.first


def _last(occurrence: Occurrence) -> int:
    return UNDATED if occurrence.last is None else occurrence.last
