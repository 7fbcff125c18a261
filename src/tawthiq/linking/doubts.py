"""What keeps the machine from merging an incident, whatever the score: findings that speak of two occurrences.

A score adds up, so likeness of wording can outweigh the one word that differs: a dispatch copied with another village in it,
one outlet's form of words, names that somebody made up. Where any two reports of an incident give another place, hour, sort
of site, day or act, tolls that differ much, or no day at all, people decide.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.pairs import Compared
from tawthiq.linking.place_names import PlaceView

DOUBTS = frozenset(
    {
        ("act", "different"),
        ("date", "next_day"),
        ("date", "few_days"),
        ("date", "apart"),
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


def doubted(members: Sequence[Occurrence], pairs: Iterable[Compared]) -> bool:
    """Whether the members of an incident may tell of two; `pairs` are those of its pairs that were compared."""
    if any(not DOUBTS.isdisjoint(pair.features) for pair in pairs):
        return True
    return any(_namesakes(one, other) for one, other in combinations(members, 2))


def _namesakes(one: Occurrence, other: Occurrence) -> bool:
    """Whether the most specific places are two entries of the gazetteer, neither within the other."""
    first, second = _named(one), _named(other)
    if first is None or second is None or first.code == second.code:
        return False
    return first.code != second.parent and second.code != first.parent


def _named(one: Occurrence) -> PlaceView | None:
    return next((place for place in one.places if place.code and not place.wide), None)
