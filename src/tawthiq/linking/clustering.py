"""Clusters of occurrences from scored pairs: average linkage with cannot-links.

Connected components would chain neighbouring strikes into one incident through a report that lies between them. Here two
clusters join only while the average of all their pairs speaks for it, pairs never scored speaking against, and never
where one document tells them as two different events.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

UNSCORED = -3.0  # logarithm of odds of a pair with too little in common to be scored
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Occurrences told of one incident; `weakest` is the lowest average at which two parts joined, None for one alone."""

    members: tuple[int, ...]
    weakest: float | None


def clusters(count: int, scores: Mapping[Pair, float], apart: Collection[Pair]) -> list[Cluster]:
    """A partition of 0..`count`-1 in the order of first members; `scores` and `apart` hold pairs, lower number first."""
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
    queue = [(-value, first, second, 1, 1) for (first, second), value in scores.items() if value > 0]
    heapq.heapify(queue)
    while queue:
        negative, first, second, first_size, second_size = heapq.heappop(queue)
        stale = len(members.get(first, ())) != first_size or len(members.get(second, ())) != second_size
        if stale or second in forbidden[first]:
            continue
        weakest[first] = min(-negative, *(weakest[part] for part in (first, second) if part in weakest), -negative)
        _join(first, second, members, sums, forbidden)
        for other, total in sorted(sums[first].items()):
            average = total / (len(members[first]) * len(members[other])) + UNSCORED
            if average > 0 and other not in forbidden[first]:
                low, high = min(first, other), max(first, other)
                heapq.heappush(queue, (-average, low, high, len(members[low]), len(members[high])))
    return [Cluster(tuple(sorted(found)), weakest.get(number)) for number, found in sorted(members.items())]


def _join(
    first: int,
    second: int,
    members: dict[int, list[int]],
    sums: dict[int, dict[int, float]],
    forbidden: dict[int, set[int]],
) -> None:
    """Make one cluster of two, under the lower number."""
    members[first] += members.pop(second)
    for other, total in sums.pop(second).items():
        del sums[other][second]
        if other != first:
            joined = sums[first].get(other, 0.0) + total
            sums[first][other] = sums[other][first] = joined
    for other in forbidden.pop(second, set()):
        forbidden[other].discard(second)
        forbidden[other].add(first)
        forbidden[first].add(other)
