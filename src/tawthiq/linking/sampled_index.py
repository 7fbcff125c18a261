"""An inverted index over a sample of shingles, and the pairs of documents that it says are worth comparing in full.

Above some length a document is indexed by a fourth of its shingles, the same fourth in every document. A shingle that many
documents hold is a standing phrase and brings no pair together. Only shingles met twice get a list of their own, which
keeps the index small.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

SAMPLED = 4  # from KEEP_ALL shingles on, those whose number is divisible by it are indexed
KEEP_ALL = 32
MOST_DOCUMENTS = 30  # a shingle in more documents than this is a standing phrase
CANDIDATE_SHARED, CANDIDATE_CONTAINMENT = 2, 0.10


@dataclass(frozen=True, slots=True)
class SampledIndex:
    """The holders of each shingle that several documents hold, and the frequent shingles among them.

    `sampled` and `further` count the indexed shingles of each document, frequent ones left out: those that every document
    is indexed by, and those that only short documents keep besides.
    """

    shared: dict[int, list[int]]
    frequent: frozenset[int]
    sampled: list[int]
    further: list[int]
    short: list[bool]

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs that share enough; two short documents are compared on all they keep, others on the sample."""
        telling = (holders for shingle, holders in self.shared.items() if shingle not in self.frequent)
        pairs = Counter(chain.from_iterable(combinations(holders, 2) for holders in telling))
        for (first, second), count in pairs.items():
            if count >= CANDIDATE_SHARED and count >= CANDIDATE_CONTAINMENT * self._smaller(first, second):
                yield first, second

    def _smaller(self, first: int, second: int) -> int:
        if self.short[first] and self.short[second]:
            return min(self.sampled[number] + self.further[number] for number in (first, second))
        return min(self.sampled[first], self.sampled[second])


def indexed(shingles: Sequence[list[int]]) -> SampledIndex:
    """The index over the shingles of each document."""
    first_holder: dict[int, int] = {}
    shared: dict[int, list[int]] = {}
    sampled, further = [0] * len(shingles), [0] * len(shingles)
    short = [len(found) < KEEP_ALL for found in shingles]
    for number, found in enumerate(shingles):
        kept = _kept(found)
        sampled[number] = sum(not shingle % SAMPLED for shingle in kept) if short[number] else len(kept)
        further[number] = len(kept) - sampled[number]
        for shingle in kept:
            first = first_holder.setdefault(shingle, number)
            if first != number:
                shared.setdefault(shingle, [first]).append(number)
    frequent = frozenset(shingle for shingle, holders in shared.items() if len(holders) > MOST_DOCUMENTS)
    for shingle in frequent:
        counts = further if shingle % SAMPLED else sampled
        for number in shared[shingle]:
            counts[number] -= 1
    return SampledIndex(shared, frequent, sampled, further, short)


def _kept(found: list[int]) -> Collection[int]:
    """The shingles of one document that enter the index."""
    return set(found) if len(found) < KEEP_ALL else {shingle for shingle in found if not shingle % SAMPLED}
