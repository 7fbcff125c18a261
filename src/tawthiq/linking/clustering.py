"""Clusters of occurrences from scored pairs: average linkage with cannot-links.

Connected components would chain neighbouring strikes into one incident through a report that lies between them. Here two
clusters join only while the average of all their pairs speaks for it, pairs never scored speaking against, and never
where two of their members must stay apart. What must stand together does so before anything else. Clusters never reach over
pairs that score nothing, so each connected part of the positive scores may be clustered by itself.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

UNSCORED = -3.0  # logarithm of odds of a pair with too little in common to be scored
Pair = tuple[int, int]
Join = tuple[float, int, int, int, int]  # the average negated, two clusters, and their sizes when it was reckoned


@dataclass(frozen=True, slots=True)
class Cluster:
    """Occurrences told of one incident.

    `weakest` is the lowest average at which two parts joined, None where nothing was joined by score.
    """

    members: tuple[int, ...]
    weakest: float | None


def clusters(
    count: int, scores: Mapping[Pair, float], apart: Collection[Pair], together: Collection[Pair] = ()
) -> list[Cluster]:
    """A partition of 0..`count`-1 in the order of first members.

    `scores`, `apart` and `together` hold pairs, lower number first. A pair of `together` is joined unless pairs of `apart`
    forbid it.
    """
    members = {number: [number] for number in range(count)}
    weakest: dict[int, float] = {}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for (first, second), value in scores.items():
        excess = value - UNSCORED
        sums[first][second] = sums[second][first] = excess
    forbidden: dict[int, set[int]] = defaultdict(set)
    for first, second in apart:
        forbidden[first].add(second)
        forbidden[second].add(first)
    _join_all(together, members, sums, forbidden)
    queue = list(_joins(members, sums, forbidden))
    heapq.heapify(queue)
    while queue:
        negative, first, second, first_size, second_size = heapq.heappop(queue)
        stale = len(members.get(first, ())) != first_size or len(members.get(second, ())) != second_size
        if stale or second in forbidden[first]:
            continue
        weakest[first] = min([-negative, *(weakest[part] for part in (first, second) if part in weakest)])
        _join(first, second, members, sums, forbidden)
        for join in _joins_of(first, members, sums, forbidden):
            heapq.heappush(queue, join)
    return [Cluster(tuple(sorted(found)), weakest.get(number)) for number, found in sorted(members.items())]


def _join_all(
    together: Collection[Pair],
    members: dict[int, list[int]],
    sums: dict[int, dict[int, float]],
    forbidden: dict[int, set[int]],
) -> None:
    """Join the pairs in order, and those that earlier ones made one, where nothing forbids it."""
    held = {number: number for number in members}
    for pair in sorted(together):
        first, second = sorted(held[number] for number in pair)
        if first != second and second not in forbidden[first]:
            for number in members[second]:
                held[number] = first
            _join(first, second, members, sums, forbidden)


def _joins(
    members: Mapping[int, list[int]], sums: Mapping[int, dict[int, float]], forbidden: Mapping[int, set[int]]
) -> Iterator[Join]:
    for first in members:
        yield from (join for join in _joins_of(first, members, sums, forbidden) if join[1] == first)


def _joins_of(
    first: int,
    members: Mapping[int, list[int]],
    sums: Mapping[int, dict[int, float]],
    forbidden: Mapping[int, set[int]],
) -> Iterator[Join]:
    """The joins of one cluster with another that the average of their pairs speaks for, and nothing forbids."""
    size = len(members[first])
    for other, total in sorted(sums.get(first, {}).items()):
        average = total / (size * len(members[other])) + UNSCORED
        if average > 0 and other not in forbidden.get(first, ()):
            low, high = min(first, other), max(first, other)
            yield -average, low, high, len(members[low]), len(members[high])


def _join(
    first: int,
    second: int,
    members: dict[int, list[int]],
    sums: dict[int, dict[int, float]],
    forbidden: dict[int, set[int]],
) -> None:
    """Make one cluster of two, under the lower number."""
    members[first] += members.pop(second)
    for other, total in sums.pop(second, {}).items():
        del sums[other][second]
        if other != first:
            joined = sums[first].get(other, 0.0) + total
            sums[first][other] = sums[other][first] = joined
    for other in forbidden.pop(second, set()):
        forbidden[other].discard(second)
        forbidden[other].add(first)
        forbidden[first].add(other)
