"""Texts of one incident that repeat each other, found without regard to how many other reports do.

Copy families (`copies`) leave out wording that very many reports of an archive hold, for most of that is standing phrases. A
dispatch that very many outlets print is such wording too. Among the reports of one incident no such limit is needed: a text
that shares half of its word triples with an earlier one, twenty at least, repeats it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from tawthiq.linking.shingles import Shingler
from tawthiq.records.reading import Document

LEAST_SHARED, LEAST_SHARE = 20, 0.5  # triples in common; their share of the shorter text's


def repeated(documents: Mapping[str, Document]) -> dict[str, str]:
    """For each document that repeats an earlier one, in the order given, that one; it repeats none itself."""
    if len(documents) < 2:
        return {}
    shingler = Shingler()
    told = {identifier: set(shingler.shingles(document)) for identifier, document in documents.items()}
    if sum(map(len, told.values())) - len(set().union(*told.values())) < LEAST_SHARED:
        return {}  # too few triples stand twice for any two texts to share enough
    holders: dict[int, list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    found: dict[str, str] = {}
    for identifier, shingles in told.items():
        shared = Counter(other for shingle in shingles for other in holders[shingle])
        alike = [other for other, count in shared.items() if _repeats(count, min(sizes[other], len(shingles)))]
        if alike:
            found[identifier] = max(alike, key=lambda other: (shared[other], other))
            continue
        sizes[identifier] = len(shingles)
        for shingle in shingles:
            holders[shingle].append(identifier)
    return found


def _repeats(shared: int, smaller: int) -> bool:
    return shared >= LEAST_SHARED and shared >= LEAST_SHARE * smaller
