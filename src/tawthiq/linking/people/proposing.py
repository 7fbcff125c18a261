"""Proposals: which pairs of records may be one person, why, and how many persons there may be. Nothing is merged.

How many persons a set of records stands for is told as a range, never as one number: `most` counts records apart unless the
model is sure of them, `least` lets every likely pair carry over to the next and leaves out records that say too little to
be told from others. Neither end corrects for people whom no record names.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tawthiq.linking.people.comparing import COMPARISONS
from tawthiq.linking.people.grouping import Edge, grouped
from tawthiq.linking.people.model import Scored, scores
from tawthiq.linking.people.rarity import ROOM, STEP
from tawthiq.linking.people.rows import PersonRow, person_rows
from tawthiq.linking.people.weights import weights
from tawthiq.linking.uncollected import uncollected
from tawthiq.records.errors import WrongUsage
from tawthiq.records.person import (
    DistinctPersons,
    PairReason,
    PersonPair,
    PersonProposals,
    PersonRecord,
)

DEFAULT_PROBABILITY = 0.5
EVEN = 0.0
"""Groups are joined while the mean odds of their pairs are better than even."""
SURE_BITS = 6.65
"""Odds of a hundred to one, for the upper end of the range."""
MOST_SAME = 10
"""Records of one list that are equal in every value and are still compared: a list of one row a thousand times says it once."""
_TOLD_BY = {comparison.name: comparison.columns[0] for comparison in COMPARISONS}
_VALUES = {"given": "name", "other_names": "name"}


def propose(records: Sequence[PersonRecord], least_probability: float = DEFAULT_PROBABILITY) -> PersonProposals:
    """Pairs at `least_probability` (above 0, below 1) or above, the likeliest first.

    The order of the records makes no difference. Raises WrongUsage when the extra `people` is not installed, when the
    probability is none, or when two records have one identifier.
    """
    if not 0 < least_probability < 1:
        raise WrongUsage(
            item="the least probability", happened=f"{least_probability} is not between 0 and 1", advice="try 0.5"
        )
    ordered = sorted(records, key=lambda record: record.identifier)
    for first, second in pairwise(ordered):
        if first.identifier == second.identifier:
            raise WrongUsage(
                item=first.identifier, happened="two records have this identifier", advice="give each its own"
            )
    compared = list(_not_repeated(ordered))
    with uncollected():
        return _proposed(compared, least_probability, len(ordered) - len(compared))


def _not_repeated(ordered: Iterable[PersonRecord]) -> Iterator[PersonRecord]:
    """The records without those that many others of their list are word for word the same as."""
    seen: Counter[tuple[str, ...]] = Counter()
    for record in ordered:
        told = (record.source, *(f"{name} {value.text}" for name, value in record.values().items()))
        seen[told] += 1
        if seen[told] <= MOST_SAME:
            yield record


def _proposed(ordered: Sequence[PersonRecord], least_probability: float, repeated: int) -> PersonProposals:
    """The proposals among records in the order of their identifiers; `repeated` were left out of them."""
    rows = person_rows(ordered)
    found = scores(rows, len({record.source for record in ordered}), bits_of(least_probability))
    pairs = sorted((_pair(scored, ordered) for scored in found.pairs), key=lambda p: (-p.weight, p.first, p.second))
    groups = grouped(found.edges, EVEN)
    return PersonProposals(
        records=len(ordered) + repeated,
        pairs=tuple(pairs),
        groups=tuple(tuple(ordered[number].identifier for number in group) for group in groups),
        distinct=_distinct(rows, found.edges, found.prior_bits, repeated),
        repeated=repeated,
    )


def bits_of(probability: float) -> float:
    """The logarithm of the odds of a probability, to base 2."""
    return math.log2(probability / (1 - probability))


def _pair(scored: Scored, records: Sequence[PersonRecord]) -> PersonPair:
    first, second = records[scored.first], records[scored.second]
    reasons = sorted(_reasons(scored, first, second), key=lambda reason: (-abs(reason.weight), reason.comparison))
    probability = 1 / (1 + 2 ** -max(-60.0, min(60.0, scored.bits)))
    return PersonPair(first.identifier, second.identifier, round(probability, 6), round(scored.bits, 3), tuple(reasons))


def _reasons(scored: Scored, first: PersonRecord, second: PersonRecord) -> Iterator[PairReason]:
    """What each comparison found, with the two values as they stand in their sources."""
    for comparison, found, bits in scored.found:
        yield PairReason(comparison, found, round(bits, 3), _told(comparison, first), _told(comparison, second))


def _told(comparison: str, record: PersonRecord) -> str | None:
    """The value that a comparison looked at, as written; a father's or a kunya told within the name is the name."""
    value = record.value(_VALUES.get(comparison, comparison))
    if value is None and comparison in ("father", "kunya"):
        value = record.name
    if value is None and comparison == "birth" and record.age is not None:
        value = record.age
    return value.text if value else None


def _distinct(rows: Sequence[PersonRow], edges: Sequence[Edge], prior_bits: float, repeated: int) -> DistinctPersons:
    """The range, with how it was reckoned. Repeated records may be as many persons, and are counted at its upper end."""
    sure = _left(len(rows), grouped([edge for edge in edges if edge[2] >= 0], SURE_BITS)) + repeated
    chained = _components(len(rows), (edge for edge in edges if edge[2] >= 0))
    single = {members[0] for members in chained if len(members) == 1}
    vague = sum(1 for row in rows if row.number in single and prior_bits + _own_bits(row) < 0)
    least = len(chained) - vague
    return DistinctPersons(
        least=min(max(least, min(1, len(rows))), sure),
        most=sure,
        reckoned=(
            f"at most {sure}: records put together only at odds of 100 to 1; at least {least}: every pair likelier than not "
            f"counted as one person, likeness carried on from record to record, and {vague} records left out that tell too "
            "little to be anyone in particular. People whom no record names are in neither number"
        ),
    )


def _left(records: int, groups: Iterable[Sequence[int]]) -> int:
    """How many are left when each group counts as one."""
    return records - sum(len(group) - 1 for group in groups)


def _components(records: int, edges: Iterable[Edge]) -> list[list[int]]:
    """Records connected by pairs, each component in order."""
    parent = list(range(records))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for first, second, _ in edges:
        low, high = sorted((root(first), root(second)))
        parent[high] = low
    members: dict[int, list[int]] = {}
    for number in range(records):
        members.setdefault(root(number), []).append(number)
    return list(members.values())


def _own_bits(row: PersonRow) -> float:
    """The most that another record could have in common with this one, in bits."""
    names = sum(number % ROOM for number in row.words or ()) / STEP
    told = (name for name in _TOLD_BY if name not in _VALUES and getattr(row, _TOLD_BY[name]) is not None)
    return names + sum(max(0.0, weights()[name, _best(name)].bits) for name in told)


def _best(comparison: str) -> str:
    return next(one.levels[0].code for one in COMPARISONS if one.name == comparison)
