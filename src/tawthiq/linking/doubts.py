"""What keeps the machine from merging an incident, whatever the score: findings that speak of two occurrences.

A score adds up, so likeness of wording can outweigh the one word that differs: a dispatch copied with another village in it,
one outlet's form of words, names that somebody made up. Where any two reports of an incident give another place, hour, sort
of site, day or act, tolls that differ much, or no day at all, people decide.
"""

from collections.abc import Iterable
from itertools import combinations

from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.pairs import Compared
from tawthiq.linking.place_names import PlaceView

Entry = tuple[str | None, str | None]
DOUBTS = frozenset(
    {
        ("act", "different"),
        ("date", "next_day"),
        ("date", "few_days"),
        ("date", "apart"),
        ("date", "overlap"),
        ("date", "published_late"),
        ("date", "unknown"),
        ("date", "both_unknown"),
        ("hour", "different"),
        ("place", "near"),
        ("place", "different"),
        ("place", "far"),
        ("place", "unheard"),
        ("site", "different"),
        ("killed", "contrary"),
    }
)


def doubted(members: Iterable[Occurrence], pairs: Iterable[Compared]) -> bool:
    """Whether the members of an incident may tell of two; `pairs` are those of its pairs that were compared."""
    if any(not DOUBTS.isdisjoint(pair.features) for pair in pairs):
        return True
    areas = {area for member in members if (area := _area(member))}
    if any(one.isdisjoint(other) for one, other in combinations(areas, 2)):
        return True
    named = {(place.code, place.parent) for member in members if (place := _named(member))}
    return any(_are_two(one, other) for one, other in combinations(named, 2))


def _area(one: Occurrence) -> frozenset[int]:
    """The words of the wide areas in which a telling places its event: a governorate, a countryside."""
    return frozenset(word for place in one.places if place.wide for word in place.words)


def _named(one: Occurrence) -> PlaceView | None:
    return next((place for place in one.places if place.code and not place.wide), None)


def _are_two(one: Entry, other: Entry) -> bool:
    """Whether two codes, each with its parent's, are two entries of the gazetteer, neither within the other."""
    return one[0] != other[0] and one[0] != other[1] and other[0] != one[1]
