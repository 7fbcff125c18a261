"""How the places of two events lie to each other.

Coordinates decide where both most specific places have them. Otherwise names do: reports often put a street corner before
the village, so a place of one event may match any specific place of the other, and a place that few reports name says
more than a large city, where several strikes fall on one day. Wide areas (a governorate, a countryside) prove nothing.
"""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.place_names import PlaceView
from tawthiq.linking.statistics import Statistics

NEAR, SAME_SPOT, FAR = 6.0, 0.8, 40.0  # kilometres
EARTH = 6371.0  # kilometres
SPECIFIC = 3  # so many of an event's places, from the most specific on, may be where it happened
LARGE_CITY = 150_000  # inhabitants


def nearness(first: Occurrence, second: Occurrence, statistics: Statistics) -> str | None:
    """The value of the feature "place" in link_weights.tsv, or None where a place is missing or cannot be compared."""
    if not first.places or not second.places:
        return _by_wording(first, second, statistics)
    one, other = ((_specific(told) or told.places)[0] for told in (first, second))
    if one.code and one.code == other.code:
        return _of_one_entry(one)
    if _contains(one, other) or _contains(other, one):
        return "contained"
    distance = _distance(one, other)
    if distance is not None and not (one.wide or other.wide):
        return _by_distance(distance)
    return _by_names(first, second, statistics) or _by_wording(first, second, statistics)


def _of_one_entry(place: PlaceView) -> str:
    if place.wide:
        return "same_area"
    return "same_city" if place.population >= LARGE_CITY else "same_spot"


def _contains(one: PlaceView, other: PlaceView) -> bool:
    """Whether the gazetteer says that one lies in the other, a town or city: a neighbourhood in its city."""
    return one.parent is not None and one.parent == other.code and not other.wide


def _by_distance(kilometres: float) -> str:
    if kilometres <= NEAR:
        return "same_spot" if kilometres <= SAME_SPOT else "near"
    return "different" if kilometres <= FAR else "far"


def _by_names(first: Occurrence, second: Occurrence, statistics: Statistics) -> str | None:
    """The best match among the specific places of both; names in two languages are compared by their sound."""
    mine, theirs = _specific(first), _specific(second)
    if first.language != second.language:
        return _by_sound(mine, theirs, statistics)
    found = {_match(a, b, statistics, top=a is mine[0] and b is theirs[0]) for a in mine for b in theirs}
    for value in ("same_name", "rare_name", "same_city", "common_name"):
        if value in found:
            return value
    if not mine or not theirs:
        return None
    return "different"


def _by_sound(mine: Sequence[PlaceView], theirs: Sequence[PlaceView], statistics: Statistics) -> str | None:
    """Whether specific places in two languages sound alike."""
    if any(a.code and a.code == b.code for a in mine for b in theirs):
        return "same_name"
    heard, other = (frozenset(sound for place in places for sound in place.sounds) for places in (mine, theirs))
    if heard & other:
        return "heard" if any(map(statistics.rare_name, heard & other)) else "common_name"
    return "unheard" if heard and other else None


def _by_wording(first: Occurrence, second: Occurrence, statistics: Statistics) -> str | None:
    """Where one event has no place of its own: whether its report names the place of the other anywhere."""
    mine, theirs = _specific(first), _specific(second)
    if bool(mine) == bool(theirs) or first.language != second.language:
        common = any(_same(a, b) for a in first.places for b in second.places)
        return "same_area" if common else None
    place, report = (mine[0], second.report) if mine else (theirs[0], first.report)
    if not place.words or not place.words & report:
        return "not_named" if place.words else None
    return "named" if any(map(statistics.rare_name, place.words & report)) else None


def _match(one: PlaceView, other: PlaceView, statistics: Statistics, *, top: bool) -> str | None:
    same = _same(one, other)
    shared = one.words & other.words
    if not same and not any(statistics.rare_name(word) for word in shared):
        return None
    if max(one.population, other.population) >= LARGE_CITY or not any(
        statistics.rare_name(word) for word in shared or one.words
    ):
        return "same_city" if top else "common_name"
    return "same_name" if top and same else "rare_name"


def _specific(occurrence: Occurrence) -> Sequence[PlaceView]:
    """The named places of an event that may be where it happened, the most specific first."""
    return [place for place in occurrence.places[:SPECIFIC] if not place.wide and (place.words or place.code)]


def _same(one: PlaceView, other: PlaceView) -> bool:
    """Whether two names or entries may be one place: the words of one are all among the other's."""
    if one.code and other.code:
        return one.code == other.code
    if (one.code and one.code == other.parent) or (other.code and other.code == one.parent):
        return False
    return bool(one.words) and bool(other.words) and (one.words <= other.words or other.words <= one.words)


def _distance(one: PlaceView, other: PlaceView) -> float | None:
    """Great-circle kilometres between two places, or None where one has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    south, north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))
