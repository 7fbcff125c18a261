"""When two values of one slot can both be right, and when they cannot: one relation a kind of slot.

Numbers and days are ranges; places contain each other or share a name; parties and acts are sets of codes with their kinship
(lexicon tables actor_kinship, act_contrary). Where nothing can be told, as of two street names without coordinates, values
stand side by side and contradict nothing.
"""

from collections.abc import Mapping
from functools import cache
from math import asin, cos, inf, radians, sin, sqrt

from tawthiq.lexicon.tables import load
from tawthiq.linking.hours import Stretches, may_be_one
from tawthiq.linking.place_names import PlaceView
from tawthiq.linking.positions import Relation
from tawthiq.linking.quoted import UNNAMED
from tawthiq.records.event import Act

Range = tuple[int, int | None]
Days = tuple[int, int]
Hours = tuple[Stretches, str]
Chain = tuple[PlaceView, ...]
Codes = frozenset[str]

GENERAL = frozenset({Act.KILLING.value, Act.INJURY.value, Act.OTHER.value})  # say what came of it, not how it was done
ONE_SPOT, APART = 0.8, 6.0  # kilometres within which entries are one place, and from which they cannot be
EARTH = 6371.0  # kilometres
WIDE = 1000.0  # a width beyond that of every value that is told


def _numbers_meet(one: Range, other: Range) -> bool:
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])


NUMBERS: Relation[Range] = Relation(
    together=_numbers_meet,
    contrary=lambda one, other: not _numbers_meet(one, other),
    width=lambda value: inf if value[1] is None else value[1] - value[0],
)
OTHERS: Relation[Range] = Relation(_numbers_meet, lambda _one, _other: False, NUMBERS.width)
"""Counts of people of no common group: three medics and five reporters contradict each other in nothing."""


def _days_meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


DAYS: Relation[Days] = Relation(
    together=_days_meet,
    contrary=lambda one, other: not _days_meet(one, other),
    width=lambda value: value[1] - value[0],
)


def _hours_meet(one: Hours, other: Hours) -> bool:
    return one == other if not (one[0] and other[0]) else may_be_one(one[0], other[0])


HOURS: Relation[Hours] = Relation(
    together=_hours_meet,
    contrary=lambda one, other: bool(one[0] and other[0]) and not may_be_one(one[0], other[0]),
    width=lambda value: sum(last - first for first, last in value[0]) + len(value[0]) if value[0] else WIDE * 10,
)


def _place(chain: Chain) -> PlaceView:
    """The place that a telling means: its most specific one that is named."""
    return next((place for place in chain if place.words or place.code), chain[0])


def _places_meet(one: Chain, other: Chain) -> bool:
    first, second = _place(one), _place(other)
    if any(_holds(first, place) for place in other) or any(_holds(second, place) for place in one):
        return True
    distance = kilometres(first, second)
    if distance is not None and not (first.wide or second.wide):
        named = distance <= APART and _share_a_name(one, other)
        return distance <= ONE_SPOT or named
    return _share_a_name(one, other)


def _holds(place: PlaceView, other: PlaceView) -> bool:
    """Whether `other` is the place's own gazetteer entry, or lies in it."""
    return place.code is not None and place.code in (other.code, other.parent)


def _share_a_name(one: Chain, other: Chain) -> bool:
    """Whether the place of one telling is named, within a spelling, anywhere in the other: as itself or as what contains it."""
    first, second = _place(one), _place(other)
    return any(first.words & place.words for place in other) or any(second.words & place.words for place in one)


def _places_contrary(one: Chain, other: Chain) -> bool:
    first, second = _place(one), _place(other)
    if first.wide or second.wide or _places_meet(one, other):
        return False
    distance = kilometres(first, second)
    return distance is not None and distance > APART


def kilometres(first: PlaceView, second: PlaceView) -> float | None:
    """The great-circle distance of two places by the haversine; None where one has no coordinates."""
    if first.latitude is None or first.longitude is None or second.latitude is None or second.longitude is None:
        return None
    north, south = radians(first.latitude), radians(second.latitude)
    chord = sin((south - north) / 2) ** 2
    chord += cos(north) * cos(south) * sin(radians(second.longitude - first.longitude) / 2) ** 2
    return 2 * EARTH * asin(sqrt(chord))


PLACES: Relation[Chain] = Relation(
    together=_places_meet,
    contrary=_places_contrary,
    width=lambda chain: (WIDE if _place(chain).wide else 0) - len(chain),
)


@cache
def _kindred_parties() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in load("actor_kinship", ("actor", "kindred", "gloss")):
        for other in row.alternatives("kindred"):
            found.setdefault(row["actor"], set()).add(other)
            found.setdefault(other, set()).add(row["actor"])
    return {party: frozenset(others) for party, others in found.items()}


def one_party(first: str, second: str) -> bool:
    """Whether two codes name one party, or one that is part of the other."""
    return first == second or second in _kindred_parties().get(first, ())


def _parties_meet(one: Codes, other: Codes) -> bool:
    return any(one_party(a, b) for a in one for b in other)


def named_parties(codes: Codes) -> Codes:
    """The codes that name a party; "unknown" and parties without a code of their own do not."""
    return frozenset(code for code in codes if code.partition(":")[0] not in UNNAMED)


def _parties_contrary(one: Codes, other: Codes) -> bool:
    first, second = named_parties(one), named_parties(other)
    return bool(first and second) and not _parties_meet(first, second)


PARTIES: Relation[Codes] = Relation(_parties_meet, _parties_contrary, len)


@cache
def _contrary_acts() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in load("act_contrary", ("act", "contrary", "gloss")):
        for other in row.alternatives("contrary"):
            found.setdefault(row["act"], set()).add(other)
            found.setdefault(other, set()).add(row["act"])
    return {act: frozenset(others) for act, others in found.items()}


def _acts_meet(one: Codes, other: Codes) -> bool:
    return bool(one & other) or one <= GENERAL or other <= GENERAL


def _acts_contrary(one: Codes, other: Codes) -> bool:
    if _acts_meet(one, other):
        return False
    return all(b in _contrary_acts().get(a, ()) for a in one - GENERAL for b in other - GENERAL)


ACTS: Relation[Codes] = Relation(
    together=_acts_meet, contrary=_acts_contrary, width=lambda codes: WIDE if codes <= GENERAL else len(codes)
)
