"""How the positions of a slot stand to each other: one source, agreed, developing, or disputed.

A source supersedes what it told before. Of what stands, two claims dispute each other when they cannot both be right, come
from different independent sources, and the later one does not merely count more people some days on: early tolls rise.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from tawthiq.linking.independence import independent
from tawthiq.linking.positions import Relation, Unit, Value
from tawthiq.records.claim import Claim, Standing

EARLY = 31  # days after which a higher number is no more the growth of an early toll
Positions = Sequence[Sequence[Unit[Value]]]


def standing(positions: Positions[Value], relation: Relation[Value]) -> tuple[Standing, tuple[tuple[int, int], ...]]:
    """The standing of a slot, and the pairs of positions (by their places) that independent sources hold against each other."""
    superseded = _superseded([claim for position in positions for unit in position for claim in unit.claims])
    if len(positions) == 1:
        return (Standing.AGREED if len(_sources(positions[0])) > 1 else Standing.SINGLE), ()
    differ = False
    disputes: list[tuple[int, int]] = []
    for (place, first), (other, second) in combinations(enumerate(positions), 2):
        pairs = list(_contrary(first, second, relation))
        differ = differ or any(_development(one, later, superseded) for one, later in pairs)
        if any(_dispute(one, later, superseded) for one, later in pairs):
            disputes.append((place, other))
    if disputes:
        return Standing.DISPUTED, tuple(disputes)
    if differ:
        return Standing.DEVELOPING, ()
    several = any(len(_sources(position)) > 1 for position in positions)
    return (Standing.AGREED if several else Standing.SINGLE), ()


def _sources(position: Sequence[Unit[Value]]) -> set[str]:
    return {claim.source for unit in position for claim in unit.claims}


def _contrary(
    first: Sequence[Unit[Value]], second: Sequence[Unit[Value]], relation: Relation[Value]
) -> Iterator[tuple[Claim, Claim]]:
    for one, other in product(first, second):
        if relation.contrary(one.value, other.value):
            yield from product(one.claims, other.claims)


def _superseded(claims: Sequence[Claim]) -> set[Claim]:
    """Claims after which their own source told again."""
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_source[claim.source].append(claim)
    return {
        claim
        for told in by_source.values()
        if len(told) > 1
        for claim in told
        if any(before(claim, other) and not independent(claim, other) for other in told)
    }


def before(one: Claim, other: Claim) -> bool:
    """Whether one claim was told before the other, by day, and on one day by the moment of publication where both have it."""
    if one.told is None or other.told is None:
        return False
    if one.told != other.told:
        return one.told < other.told
    if one.told_at is None or other.told_at is None or (one.told_at.tzinfo is None) != (other.told_at.tzinfo is None):
        return False
    return one.told_at < other.told_at


def _development(one: Claim, other: Claim, superseded: set[Claim]) -> bool:
    """Whether a source corrected itself, or the later telling counts more."""
    if not independent(one, other):
        return before(one, other) or before(other, one)
    return one in superseded or other in superseded or _rises(one, other) or _rises(other, one)


def _dispute(one: Claim, other: Claim, superseded: set[Claim]) -> bool:
    return independent(one, other) and not _development(one, other, superseded)


def _rises(one: Claim, other: Claim) -> bool:
    """Whether the other claim, told soon after, counts more people."""
    if not before(one, other) or one.told is None or other.told is None:
        return False
    more = one.maximum is not None and other.minimum is not None and one.maximum < other.minimum
    return more and (other.told - one.told).days <= EARLY
