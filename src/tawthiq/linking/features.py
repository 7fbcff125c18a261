"""The score of two occurrences: a visible list of named features, each with a weight from lexicon/data/link_weights.tsv.

Weights are natural logarithms of odds and add up; a missing value weighs nothing either way. A shared copy is evidence only
where the rest already speaks for one occurrence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, cos, exp, fsum, log, radians, sin, sqrt

from tawthiq.lexicon.tables import load
from tawthiq.linking.occurrences import Occurrence, PlaceView
from tawthiq.records.count import Harm

NEAR, SAME_SPOT, FAR = 6.0, 0.8, 40.0  # kilometres
EARTH = 6371.0  # kilometres
MANY_WORDS, SOME_WORDS = 0.32, 0.14  # shares of the rarity-weighted words of the shorter context
COMMON_WORD = 0.08  # a word in more than this share of the documents is not rare
Features = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many documents words stand, out of how many."""

    documents: Mapping[str, int]
    total: int

    def weight(self, word: str) -> float:
        """The inverse document frequency of a word; 0 for common ones."""
        count = self.documents.get(word, 1)
        return log(self.total / count) if count <= max(3.0, COMMON_WORD * self.total) else 0.0


@cache
def weights() -> dict[tuple[str, str], float]:
    """The table of weights by feature and value."""
    rows = load("link_weights", ("feature", "value", "weight", "meaning"))
    return {(row["feature"], row["value"]): float(row["weight"]) for row in rows}


def score(features: Features) -> float:
    """The logarithm of the odds that the two are one occurrence. A shared copy never turns the balance."""
    table = weights()
    alone = table["prior", "any"] + sum(table[feature] for feature in features if feature[0] != "copy")
    return alone + table["copy", "shared"] if alone > 0 and ("copy", "shared") in features else alone


def probability(odds_logarithm: float) -> float:
    """The share, 0 to 1, behind a logarithm of odds."""
    return 1 / (1 + exp(-max(-60.0, min(60.0, odds_logarithm))))


def features(first: Occurrence, second: Occurrence, rarity: Rarity) -> Features:
    """What was found for each feature, in a fixed order; features with a missing value are absent."""
    found = [
        ("act", _act(first, second)),
        ("date", _date(first, second)),
        ("place", _place(first, second)),
        ("killed", _toll(first, second, Harm.KILLED)),
        ("injured", _toll(first, second, Harm.INJURED)),
        ("actor", _actor(first, second)),
        ("words", _words(first, second, rarity)),
        ("copy", "shared" if first.family is not None and first.family == second.family else None),
    ]
    return tuple((name, value) for name, value in found if value is not None)


@cache
def _kinship() -> frozenset[tuple[str, str]]:
    rows = load("act_kinship", ("act", "kindred"))
    pairs = {(row["act"], other) for row in rows for other in row.alternatives("kindred")}
    return frozenset(pairs | {(second, first) for first, second in pairs})


def _act(first: Occurrence, second: Occurrence) -> str:
    if first.act is second.act:
        return "same"
    return "kindred" if (first.act.value, second.act.value) in _kinship() else "different"


def _date(first: Occurrence, second: Occurrence) -> str | None:
    if first.first is None or second.first is None or first.last is None or second.last is None:
        return None
    gap = max(first.first - second.last, second.first - first.last)
    if first.dated and second.dated:
        if gap > 0:
            return "next_day" if gap == 1 else "apart"
        return "same_day" if first.first == first.last and second.first == second.last else "overlap"
    if gap > 0:
        return "published_late" if gap <= 3 else "apart"
    if not first.dated and not second.dated:
        return "published" if abs(first.last - second.last) <= 1 else "published_late"
    dated, other = (first, second) if first.dated else (second, first)
    return "published" if other.last is not None and dated.last is not None and other.last - dated.last <= 1 else None


def _place(first: Occurrence, second: Occurrence) -> str | None:
    """How the places of two events lie to each other, judged by the most specific place of each."""
    if not first.places or not second.places:
        return None
    one, other = first.places[0], second.places[0]
    distance = _distance(one, other)
    wide = one.wide or other.wide
    if _same(one, other):
        return "same_area" if wide else "same_spot" if one.code and one.code == other.code else "same_name"
    if distance is not None and not wide:
        return _by_distance(distance)
    if relation := _by_names(first, second):
        return relation
    return "different" if first.language == second.language or (one.code and other.code) else None


def _by_names(first: Occurrence, second: Occurrence) -> str | None:
    """What the rest of the places tell: one inside the other, or a wider area in common."""
    if _inside(first.places[0], second.places) or _inside(second.places[0], first.places):
        return "same_area" if first.places[0].wide and second.places[0].wide else "inside"
    common = [a for a in first.places for b in second.places if _same(a, b)]
    if not common:
        return None
    return "same_area" if all(place.wide for place in common) else "inside"


def _by_distance(kilometres: float) -> str:
    if kilometres <= NEAR:
        return "same_spot" if kilometres <= SAME_SPOT else "near"
    return "different" if kilometres <= FAR else "far"


def _same(one: PlaceView, other: PlaceView) -> bool:
    if one.code and other.code:
        return one.code == other.code
    return bool(one.words) and bool(other.words) and (one.words <= other.words or other.words <= one.words)


def _inside(place: PlaceView, others: tuple[PlaceView, ...]) -> bool:
    """Whether the place's parent, or the place itself, is among the other event's places."""
    return any((place.parent and place.parent == other.code) or _same(place, other) for other in others)


def _distance(one: PlaceView, other: PlaceView) -> float | None:
    """Great-circle kilometres between two places, or None where one has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    south, north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _toll(first: Occurrence, second: Occurrence, harm: Harm) -> str | None:
    """The best agreement of any whole count of one event with any of the other."""
    found = {_range(one, other) for one in first.tolls[harm] for other in second.tolls[harm]}
    return next((value for value in ("equal", "compatible", "close", "contrary") if value in found), None)


def _range(one: tuple[int, int | None], other: tuple[int, int | None]) -> str:
    if one == other and one[1] is not None:
        return "equal"
    low, high = (one, other) if one[0] <= other[0] else (other, one)
    if low[1] is None or low[1] >= high[0]:
        return "compatible"
    return "close" if high[0] <= low[1] + 2 or high[0] <= low[1] * 1.6 else "contrary"


def _actor(first: Occurrence, second: Occurrence) -> str | None:
    if not first.actors or not second.actors:
        return None
    return "same" if first.actors & second.actors else "different"


def _words(first: Occurrence, second: Occurrence, rarity: Rarity) -> str | None:
    """How many rare words the two contexts share; unknown across languages."""
    if first.language != second.language:
        return None
    shared = fsum(rarity.weight(word) for word in first.words & second.words)
    least = min(fsum(rarity.weight(word) for word in words) for words in (first.words, second.words))
    if least <= 0:
        return None
    share = shared / least
    return "many" if share >= MANY_WORDS else "some" if share >= SOME_WORDS else "none"
