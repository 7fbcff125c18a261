"""Which pairs of occurrences are worth scoring: those with something in common that lie within a window of days.

Something in common is a key: a gazetteer entry, a telling word of a place name, a cell of the map or its neighbours, a number
killed, a copied dispatch, a rarely named person; or several very rare words of the reports. Keys are numbers made of one
occurrence alone, so they can be stored, looked up and joined anywhere. Occurrences without a day meet every other one that has
a rare key of theirs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import floor

import xxhash

from tawthiq.linking.occurrences import TOLD_AFTER, Occurrence
from tawthiq.linking.statistics import Statistics
from tawthiq.records.count import Harm

WINDOW = 3  # days between two stated periods that may still be one occurrence
UPDATED = 10  # the same where the later report says that the toll rose
ALIKE_WORDS = 3  # so many very rare words shared
# A very rare word stands in so many reports at most: fewer the more reports there are, so that a report meets no more others.
RAREST, MOST_RARE, MEETINGS = 5, 30, 600_000
OFTEN = 200  # reports: a name in more of them is no key of its own without a day
CELL = 0.1  # degrees, some ten kilometres


def keys(occurrence: Occurrence, statistics: Statistics) -> frozenset[int]:
    """Numbers below 2**63; two occurrences `in_window` that share one are worth scoring."""
    return frozenset(_key(*parts) for parts in _keys(occurrence, statistics))


def word_keys(occurrence: Occurrence, statistics: Statistics) -> frozenset[int]:
    """The very rare words of the report; two occurrences `in_window` that share `ALIKE_WORDS` are worth scoring."""
    most = min(MOST_RARE, max(RAREST, MEETINGS // max(statistics.documents, 1)))
    count = statistics.words.get
    return frozenset([word for word in occurrence.report if 1 < count(word, 1) <= most])


def in_window(first: Occurrence, second: Occurrence) -> bool:
    """Whether the days of two occurrences may be those of one; a missing day may be any."""
    if first.first is None or first.last is None or second.first is None or second.last is None:
        return True
    early, late = (first, second) if first.first <= second.first else (second, first)
    return (late.first or 0) - (early.last or 0) <= (UPDATED if late.details.rising else WINDOW)


def candidates(occurrences: Sequence[Occurrence], statistics: Statistics) -> list[tuple[int, int]]:
    """Pairs of indices, lower first, sorted."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for number, occurrence in enumerate(occurrences):
        for key in keys(occurrence, statistics):
            buckets[key].append(number)
    pairs: set[tuple[int, int]] = set()
    for members in buckets.values():
        if len(members) > 1:
            pairs.update(_near_in_time(members, occurrences))
    pairs.update(_alike(occurrences, statistics))
    return sorted(pairs)


def _alike(occurrences: Sequence[Occurrence], statistics: Statistics) -> Iterator[tuple[int, int]]:
    """Pairs within the window, of different reports that share at least `ALIKE_WORDS` very rare words."""
    told_in: dict[str, list[int]] = defaultdict(list)
    for number, occurrence in enumerate(occurrences):
        told_in[occurrence.reference.document].append(number)
    holders: dict[int, list[str]] = defaultdict(list)
    for document, members in told_in.items():
        words = word_keys(occurrences[members[0]], statistics)
        shared = Counter(earlier for word in words for earlier in holders[word])
        for earlier, count in shared.items():
            if count >= ALIKE_WORDS:
                met = ((a, b) for a in told_in[earlier] for b in members if in_window(occurrences[a], occurrences[b]))
                yield from ((min(pair), max(pair)) for pair in met)
        for word in words:
            holders[word].append(document)


@lru_cache(maxsize=1 << 16)
def _key(*parts: str | int) -> int:
    return xxhash.xxh3_64_intdigest("\t".join(map(str, parts)).encode("utf-8", "surrogatepass")) >> 1


def _keys(occurrence: Occurrence, statistics: Statistics) -> Iterator[tuple[str | int, ...]]:
    dated = occurrence.first is not None
    killed = [minimum for minimum, _ in occurrence.tolls[Harm.KILLED] if minimum > 1]
    for place in occurrence.places:
        if place.code and (dated or not place.wide):
            yield ("code", place.code)
        for word in place.words:
            rare = _rare(word, statistics)
            if dated or rare:
                yield ("name", word)
            if not rare:
                yield from (("killed in", word, number) for number in killed)
        yield from (("sound", sound) for sound in place.sounds if _rare(sound, statistics))
    if occurrence.places and occurrence.places[0].latitude is not None and occurrence.places[0].longitude is not None:
        north, east = floor(occurrence.places[0].latitude / CELL), floor(occurrence.places[0].longitude / CELL)
        yield from (("cell", north + i, east + j) for i in (0, 1) for j in (0, 1))
    yield from (("killed", number, day) for number in killed for day in _few_days(occurrence))
    if not any(place.words for place in occurrence.places):
        yield from (("name", word) for word in _named(occurrence, statistics))
        if dated:
            yield ("act", occurrence.act.value)
    yield from (("person", person) for person in statistics.rare_people(occurrence.people))
    if occurrence.family is not None:
        yield ("copy", occurrence.family)


def _few_days(occurrence: Occurrence) -> range:
    """The days on which an occurrence can have happened, where they are few."""
    if occurrence.first is None or occurrence.last is None or occurrence.last - occurrence.first > TOLD_AFTER:
        return range(0)
    return range(occurrence.first, occurrence.last + 1)


def _named(occurrence: Occurrence, statistics: Statistics) -> Iterable[int]:
    """Words of place names, of whatever report, that stand in this one."""
    names = (word for word in occurrence.report if word in statistics.names)
    return names if occurrence.first is not None else (word for word in names if _rare(word, statistics))


def _rare(word: int, statistics: Statistics) -> bool:
    return statistics.names.get(word, 1) <= OFTEN and statistics.rare_name(word)


def _near_in_time(members: list[int], occurrences: Sequence[Occurrence]) -> Iterator[tuple[int, int]]:
    """Pairs within one bucket that lie `in_window`."""
    undated = [number for number in members if occurrences[number].first is None]
    order = sorted((n for n in members if occurrences[n].first is not None), key=lambda n: (occurrences[n].first, n))
    open_ones: list[int] = []
    for number in order:
        first = occurrences[number].first or 0
        open_ones = [other for other in open_ones if (occurrences[other].last or 0) + UPDATED >= first]
        for other in open_ones:
            if in_window(occurrences[other], occurrences[number]):
                yield (other, number) if other < number else (number, other)
        open_ones.append(number)
    for number in undated:
        for other in members:
            if other < number or (other > number and occurrences[other].first is not None):
                yield (other, number) if other < number else (number, other)
