"""Outlines of countries: the bundled world atlas decoded and cut to a frame.

TopoJSON by its specification (github.com/topojson/topojson-specification, 2.1.4 and 2.2): arcs are sums of differences on a
grid; a negative index means the arc `~index` backwards. The outlines are those of Natural Earth at 1:50 million through the
package world-atlas. Rings are cut to the frame by Sutherland and Hodgman (1974), side by side.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.records.place import Place, PlaceKind

ATLAS = "web/static/vendor/world-atlas/countries-50m.json"
Spot = tuple[float, float]
"""Longitude and latitude in degrees, or x and y."""


@dataclass(frozen=True, slots=True)
class Box:
    """A frame in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies in it."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def meets(self, other: "Box") -> bool:
        """Whether they share anything."""
        return not (
            other.east < self.west or other.west > self.east or other.north < self.south or other.south > self.north
        )


@dataclass(frozen=True, slots=True, eq=False)
class Country:
    """An area of the atlas: its rings with their boxes, holes among them, and the gazetteer's country, if one lies in it."""

    rings: tuple[tuple[tuple[Spot, ...], Box], ...]
    place: Place | None


@cache
def countries() -> tuple[Country, ...]:
    """All areas of the atlas, decoded once."""
    topology = json.loads((files("tawthiq") / ATLAS).read_bytes())
    arcs = _arcs(topology)
    found = (_rings(geometry, arcs) for geometry in topology["objects"]["countries"]["geometries"])
    named = [place for place in gazetteer().by_code.values() if place.kind is PlaceKind.COUNTRY]
    return tuple(Country(rings, _within(rings, named)) for rings in found)


def cut(ring: Sequence[Spot], box: Box) -> list[Spot]:
    """The part of a ring inside a box, as a ring; empty where nothing is."""
    kept = list(ring)
    for axis, limit, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        kept = _cut_side(kept, axis, limit, sign)
    return kept


def borders_in(box: Box) -> bool:
    """Whether an outline passes through the box, so that a map of it shows where in the world it is."""
    return any(
        box.meets(reach) and any(box.holds(*spot) for spot in ring)
        for country in countries()
        for ring, reach in country.rings
    )


def _cut_side(ring: list[Spot], axis: int, limit: float, sign: int) -> list[Spot]:
    kept: list[Spot] = []
    for at, spot in enumerate(ring):
        before = ring[at - 1]
        inside, was_inside = (spot[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
        if inside != was_inside:
            share = (limit - before[axis]) / (spot[axis] - before[axis])
            kept.append((before[0] + share * (spot[0] - before[0]), before[1] + share * (spot[1] - before[1])))
        if inside:
            kept.append(spot)
    return kept


def _arcs(topology: dict[str, Any]) -> list[list[Spot]]:
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * wide + west, y * high + south))
        found.append(points)
    return found


def _rings(geometry: dict[str, Any], arcs: Sequence[list[Spot]]) -> tuple[tuple[tuple[Spot, ...], Box], ...]:
    arcs_of = geometry.get("arcs", [])
    polygons = arcs_of if geometry["type"] == "MultiPolygon" else [arcs_of]
    return tuple(_boxed(_joined(ring, arcs)) for polygon in polygons for ring in polygon)


def _joined(ring: Sequence[int], arcs: Sequence[list[Spot]]) -> tuple[Spot, ...]:
    points: list[Spot] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


def _boxed(ring: tuple[Spot, ...]) -> tuple[tuple[Spot, ...], Box]:
    xs, ys = [spot[0] for spot in ring], [spot[1] for spot in ring]
    return ring, Box(min(xs), min(ys), max(xs), max(ys))


def _within(rings: Sequence[tuple[tuple[Spot, ...], Box]], places: Sequence[Place]) -> Place | None:
    for place in places:
        if place.latitude is None or place.longitude is None:
            continue
        crossed = sum(
            crossings(ring, place.longitude, place.latitude)
            for ring, box in rings
            if box.holds(place.longitude, place.latitude)
        )
        if crossed % 2:
            return place
    return None


def crossings(ring: Sequence[Spot], x: float, y: float) -> int:
    """How often a ray from a point to the east crosses the ring; an odd number says that the point is inside."""
    return sum(1 for east in _crossed_at(ring, y) if east > x)


def _crossed_at(ring: Sequence[Spot], y: float) -> Iterator[float]:
    for at, (x1, y1) in enumerate(ring):
        x0, y0 = ring[at - 1]
        if (y0 > y) != (y1 > y):
            yield x0 + (y - y0) / (y1 - y0) * (x1 - x0)
