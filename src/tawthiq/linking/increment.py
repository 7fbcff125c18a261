"""Links that grow: where the events that a new one may be linked with are looked up, and which events stay together.

An event is found by its keys (linking.candidates) within a range of days. One number holds both: the upper 41 bits of a key,
of which the last tells whether the event's own days are many, and the first day. What is looked up holds every event that
would be a candidate, and some that are none: those are compared for nothing.

The law behind it: incidents depend on nothing but statistics and the pairs of one connected part (linking.clustering). So it
is enough to cluster anew the parts that hold a new event, or that a new event is likely to belong to.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tawthiq.linking.candidates import UPDATED, WINDOW, candidates, keys
from tawthiq.linking.clustering import Pair
from tawthiq.linking.occurrences import LONGEST_PERIOD, TOLD_AFTER, Occurrence
from tawthiq.linking.pairs import compared
from tawthiq.linking.scoring import Weights
from tawthiq.linking.statistics import Statistics

DAY_BITS = 22  # proleptic Gregorian ordinals up to the year 9999; 0 stands for an unknown day
BLOCK = 20_000  # dated occurrences that are compared at once
_ANY_DAY = (1 << DAY_BITS) - 1


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an occurrence, as `Occurrence` has them; `rising` says that the words update an earlier toll."""

    first: int | None
    last: int | None
    rising: bool


def buckets(occurrence: Occurrence, statistics: Statistics) -> list[int]:
    """The numbers, below 2**63, under which an occurrence is found."""
    day = 0 if occurrence.first is None else max(1, occurrence.first)
    return sorted({_base(key, long=_is_long(occurrence)) + day for key in keys(occurrence, statistics)})


def ranges(occurrence: Occurrence, statistics: Statistics) -> Iterator[tuple[int, int]]:
    """The ranges of such numbers, both ends included, in which all of its candidates stand."""
    first, last = occurrence.first, occurrence.last
    for key in sorted(keys(occurrence, statistics)):
        short, long = _base(key, long=False), _base(key, long=True)
        if first is None or last is None:
            yield short, short + _ANY_DAY
            yield long, long + _ANY_DAY
            continue
        yield short, short  # those without a day
        yield short + max(1, first - TOLD_AFTER - UPDATED), short + last + UPDATED
        yield long + max(1, first - LONGEST_PERIOD - UPDATED), long + last + UPDATED


def days_meet(one: Days, other: Days) -> bool:
    """What `candidates.in_window` says of two occurrences, by their days alone."""
    early, late = (one, other) if (one.first or 0) <= (other.first or 0) else (other, one)
    if late.first is None or early.first is None or early.last is None:
        return True
    return late.first - early.last <= (UPDATED if late.rising else WINDOW)


def _is_long(occurrence: Occurrence) -> bool:
    return occurrence.first is not None and (occurrence.last or 0) - occurrence.first > TOLD_AFTER


def _base(key: int, *, long: bool) -> int:
    return ((key >> DAY_BITS) & ~1 | long) << DAY_BITS


def connected(members: Iterable[int], pairs: Iterable[Pair]) -> list[list[int]]:
    """The members in groups that chains of pairs connect, each sorted, in the order of their first."""
    root = {member: member for member in members}

    def top(member: int) -> int:
        while root[member] != member:
            root[member] = member = root[root[member]]
        return member

    for first, second in pairs:
        low, high = sorted((top(first), top(second)))
        root[high] = low
    found: dict[int, list[int]] = defaultdict(list)
    for member in sorted(root):
        found[top(member)].append(member)
    return list(found.values())


def likely_pairs(occurrences: Sequence[Occurrence], statistics: Statistics, weights: Weights) -> Iterator[Pair]:
    """Every pair of numbers that scores for one occurrence, lower first; some come twice.

    Occurrences are taken a stretch of time after the other, so that no more than those of one stretch are compared at once.
    """
    for block in _stretches_of_time(occurrences):
        for first, second in candidates([occurrences[number] for number in block], statistics):
            one, other = sorted((block[first], block[second]))
            if compared(occurrences[one], occurrences[other], statistics, weights).score > 0:
                yield one, other


def _stretches_of_time(occurrences: Sequence[Occurrence]) -> Iterator[list[int]]:
    """Numbers of occurrences, so that any two that may be candidates stand in one list: those without a day in all."""
    dated = sorted(
        (number for number, one in enumerate(occurrences) if one.first is not None),
        key=lambda n: occurrences[n].first or 0,
    )
    undated = [number for number, one in enumerate(occurrences) if one.first is None]
    if not dated:
        yield undated
    for start in range(0, len(dated), BLOCK):
        block = dated[start : start + BLOCK]
        begins = (occurrences[block[0]].first or 0) - UPDATED - LONGEST_PERIOD
        before = start
        while before and (occurrences[dated[before - 1]].first or 0) >= begins:
            before -= 1
        yield sorted([*dated[before:start], *block, *undated])
