"""Records put together as one person might be, for counting only: average-linkage clustering of the scored pairs.

Connected components would chain neighbours: one doubtful pair joins two families of records. Here two groups are joined
only while the mean weight of all pairs between them is above a limit; a pair that was never scored counts as weakly against,
and no pair counts for more than `MOST_BITS`, so that one strong likeness outvotes nobody. The order of the pairs makes no
difference.
"""

import heapq
from collections.abc import Sequence

Edge = tuple[int, int, float]

UNSCORED_BITS = -2.0
MOST_BITS = 12.0


def grouped(edges: Sequence[Edge], limit: float) -> list[tuple[int, ...]]:
    """Groups of two and more record numbers, each in order, the groups in order of their first.

    `limit` is the mean weight in bits above which two groups are joined.
    """
    work = _Groups(edges)
    heap = [(-bits, first, second, 0, 0) for first, second, bits in work.pairs() if bits > limit]
    heapq.heapify(heap)
    while heap:
        _, first, second, seen_first, seen_second = heapq.heappop(heap)
        if work.current(first, seen_first) and work.current(second, seen_second):
            kept = work.join(first, second)
            for other in work.sums[kept]:
                mean = work.mean(kept, other)
                if mean > limit:
                    low, high = min(kept, other), max(kept, other)
                    heapq.heappush(heap, (-mean, low, high, work.turns[low], work.turns[high]))
    return sorted(tuple(sorted(members)) for members in work.members.values() if len(members) > 1)


class _Groups:
    """Groups under way: for each pair of neighbours the sum of weights and the number of scored pairs between them."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self.sums: dict[int, dict[int, tuple[float, int]]] = {}
        self.members: dict[int, list[int]] = {}
        self.turns: dict[int, int] = {}
        for first, second, bits in edges:
            for own, other in ((first, second), (second, first)):
                self.sums.setdefault(own, {})[other] = (min(bits, MOST_BITS), 1)
                self.members.setdefault(own, [own])
                self.turns.setdefault(own, 0)

    def pairs(self) -> list[Edge]:
        """Each pair of neighbours once, with its mean weight."""
        return [(a, b, self.mean(a, b)) for a, others in self.sums.items() for b in others if a < b]

    def current(self, group: int, turn: int) -> bool:
        """Whether the group is as it was at that turn."""
        return self.turns.get(group) == turn

    def mean(self, first: int, second: int) -> float:
        """The mean weight of all pairs between two groups, unscored ones included."""
        total, scored = self.sums[first][second]
        every = len(self.members[first]) * len(self.members[second])
        return round((total + UNSCORED_BITS * (every - scored)) / every, 9)

    def join(self, first: int, second: int) -> int:
        """Put two groups together under the number of the one with more neighbours; that number."""
        first, second = sorted((first, second), key=lambda group: (-len(self.sums[group]), group))
        del self.sums[first][second]
        for other, (total, scored) in self.sums.pop(second).items():
            if other == first:
                continue
            before, count = self.sums[first].get(other, (0.0, 0))
            self.sums[first][other] = self.sums[other][first] = (before + total, count + scored)
            del self.sums[other][second]
        self.members[first] += self.members.pop(second)
        self.turns[first] += 1
        del self.turns[second]
        return first
