"""Positions: claims of one slot that can all be right together.

A unit is one value and every claim that makes it. Units are taken from the narrowest to the widest and join the first position
all of whose units they go with. A unit that goes with more than one position takes no side: "at least five" supports neither
"seven" nor "nine", so it stands apart. Every claim is in exactly one position, and the order of the input makes no difference.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from tawthiq.records.claim import Claim

Value = TypeVar("Value", bound=Hashable)
Order = tuple[date, str, str, int, int, int]


@dataclass(frozen=True, slots=True)
class Unit(Generic[Value]):
    """One value of a slot and the claims that make it, in the order of telling."""

    value: Value
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Relation(Generic[Value]):
    """How two values of a slot stand to each other.

    `together`: both can be meant at once; `contrary`: they cannot both be right; neither holds where nothing can be told.
    `width` sorts values from the narrowest to the widest.
    """

    together: Callable[[Value, Value], bool]
    contrary: Callable[[Value, Value], bool]
    width: Callable[[Value], float]


def order_of_telling(claim: Claim) -> Order:
    """Sorts claims by the day and moment they were told, undated ones last, then by document and characters."""
    moment = claim.told_at.isoformat() if claim.told_at else ""
    span = claim.mention.span
    return claim.told or date.max, moment, claim.document, span.start, span.end, claim.event


def units(told: Sequence[tuple[Value, Claim]]) -> list[Unit[Value]]:
    """Claims of equal value taken together."""
    found: dict[Value, list[Claim]] = {}
    for value, claim in told:
        found.setdefault(value, []).append(claim)
    return [
        Unit(value, tuple(sorted(claims, key=order_of_telling) if len(claims) > 1 else claims))
        for value, claims in found.items()
    ]


def grouped(made: Sequence[Unit[Value]], relation: Relation[Value]) -> list[list[Unit[Value]]]:
    """The positions as lists of units; each unit stands in exactly one."""
    if len(made) == 1:
        return [list(made)]
    ordered = sorted(made, key=lambda unit: (relation.width(unit.value), order_of_telling(unit.claims[0])))
    firm = _cliques(ordered, relation)
    if len(firm) == 1:
        return firm
    sides: dict[tuple[int, ...], list[Unit[Value]]] = {}
    for home, position in enumerate(firm):
        for unit in position:
            others = [place for place, other in enumerate(firm) if place != home and _goes_with(unit, other, relation)]
            sides.setdefault(tuple(sorted([home, *others])), []).append(unit)
    found: list[list[Unit[Value]]] = []
    for side in sorted(sides, key=lambda places: (len(places), places)):
        found += [sides[side]] if len(side) == 1 else _cliques(sides[side], relation)
    return found


def _cliques(ordered: Sequence[Unit[Value]], relation: Relation[Value]) -> list[list[Unit[Value]]]:
    found: list[list[Unit[Value]]] = []
    for unit in ordered:
        home = next((position for position in found if _goes_with(unit, position, relation)), None)
        if home is None:
            found.append([unit])
        else:
            home.append(unit)
    return found


def _goes_with(unit: Unit[Value], position: Sequence[Unit[Value]], relation: Relation[Value]) -> bool:
    return all(relation.together(unit.value, other.value) for other in position)
