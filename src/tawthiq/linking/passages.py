"""Passages that two texts share, found from their shingles: runs of triples that stand in both.

Triples that very many documents hold (an outlet's standing phrases) are no evidence of copying: a run counts for what it
holds beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.linking.shingles import SIZE


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive shingles, `length` of them, at index `first` of one text and `second` of the other."""

    first: int
    second: int
    length: int

    @property
    def words(self) -> int:
        """How many words the run covers."""
        return self.length + SIZE - 1


def shared_runs(first: Sequence[int], second: Sequence[int]) -> list[Run]:
    """The longest runs of the first text, left to right, that stand unbroken in the second as well."""
    shared = set(first).intersection(second)
    where: dict[int, list[int]] = {}
    for index, shingle in enumerate(second):
        if shingle in shared:
            where.setdefault(shingle, []).append(index)
    runs = []
    at = 0
    while at < len(first):
        if first[at] not in shared:
            at += 1
            continue
        found = (Run(at, start, _common(first, at, second, start)) for start in where[first[at]])
        run = max(found, key=lambda run: run.length)
        runs.append(run)
        at += run.length
    return runs


def telling(shingles: Sequence[int], frequent: frozenset[int], stands_for: int) -> int:
    """How many of the shingles are no standing phrase; each one known to be frequent stands for `stands_for` of them."""
    if frequent.isdisjoint(shingles):
        return len(shingles)
    return max(0, len(shingles) - stands_for * sum(shingle in frequent for shingle in shingles))


def _common(first: Sequence[int], at: int, second: Sequence[int], start: int) -> int:
    """How many shingles the two texts have in common from here on."""
    most = min(len(first) - at, len(second) - start)
    length = 1
    while length < most and first[at + length] == second[start + length]:
        length += 1
    return length
