"""How much of the world a name says: a point with its reach, or an area within which something was, nobody knows where.

A governorate is no point (lexicon table places/extents). Its reach is that of its own places in the gazetteer, where five or
more are known; else the table's. Areas are drawn around the middle of those places, not at the seat of the government.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from math import isfinite

from tawthiq.lexicon.distance import kilometres
from tawthiq.lexicon.gazetteer import DEEPEST, gazetteer
from tawthiq.lexicon.tables import load
from tawthiq.records.place import Place, PlaceKind

AREA = "area"
ENOUGH = 5  # places inside an area, to measure it by them
MOST_INSIDE = 0.9  # share of them that its circle holds
_COLUMNS = ("kind", "drawn", "kilometres")


@dataclass(frozen=True, slots=True)
class Extent:
    """A middle in degrees and a reach in kilometres. `area`: somewhere within; else the place itself, about there."""

    area: bool
    latitude: float
    longitude: float
    kilometres: float
    measured: bool = False


def is_area(kind: str) -> bool:
    """Whether a name of this kind tells no point; so does a name of no known kind."""
    return _table().get(kind, _table()["other"])[0]


@lru_cache(maxsize=1 << 12)
def extent(code: str, kind: str, latitude: float, longitude: float) -> Extent:
    """The extent of a place by its code, what was named of it, and its coordinates."""
    area, reach = _table().get(kind, _table()["other"])
    inside = _inside().get(code, ()) if area and kind != PlaceKind.COUNTRYSIDE else ()
    if len(inside) < ENOUGH or kind == PlaceKind.COUNTRY:
        return Extent(area, latitude, longitude, reach)
    north, south = max(p[0] for p in inside), min(p[0] for p in inside)
    east, west = max(p[1] for p in inside), min(p[1] for p in inside)
    if east - west > 180:  # both sides of the antimeridian: its middle is none of theirs
        return Extent(area, latitude, longitude, reach)
    middle = _point((north + south) / 2, (east + west) / 2)
    distances = sorted(kilometres(middle, _point(*place)) or 0.0 for place in inside)
    return Extent(
        area, *_coordinates(middle), max(5.0, distances[int(MOST_INSIDE * (len(distances) - 1))]), measured=True
    )


@cache
def _table() -> dict[str, tuple[bool, float]]:
    return {row["kind"]: (row["drawn"] == AREA, float(row["kilometres"])) for row in load("places/extents", _COLUMNS)}


@cache
def _inside() -> dict[str, tuple[tuple[float, float], ...]]:
    """The coordinates of all places inside each place of the gazetteer, by the chain of parents."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    places = gazetteer().by_code
    for place in places.values():
        if place.latitude is None or place.longitude is None or not isfinite(place.latitude + place.longitude):
            continue
        parent = place.parent
        for _ in range(DEEPEST):
            if not parent:
                break
            found[parent].append((place.latitude, place.longitude))
            wider = places.get(parent)
            parent = wider.parent if wider else None
    return {code: tuple(points) for code, points in found.items()}


def _point(latitude: float, longitude: float) -> Place:
    return Place("", "", "", PlaceKind.OTHER, "", latitude, longitude, None, 0)


def _coordinates(place: Place) -> tuple[float, float]:
    assert place.latitude is not None
    assert place.longitude is not None
    return place.latitude, place.longitude
