"""Outlines of countries and of teams' own layers: TopoJSON and GeoJSON decoded, and drawn into a frame as SVG paths.

TopoJSON is decoded by its specification (github.com/topojson/topojson-specification, 2.1.4 and 2.2): arcs are sums of
differences on a grid; a negative index means the arc `~index` backwards; rings join arcs and repeat no point between them.
The bundled outlines are those of Natural Earth at 1:50 million through the package world-atlas.
"""

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from tawthiq.web.mapping.frames import HEIGHT, WIDTH, Frame, mercator

BUNDLED = Path(__file__).resolve().parents[1] / "static" / "vendor" / "world-atlas" / "countries-50m.json"
FINER = 10  # units of a path in a unit of the picture, so that paths hold whole numbers
_SHORTEST, _FEWEST = 12, 3  # units of a path between two of its points; points that make an area that can be seen
_PAD = 30  # units of the picture by which a path reaches beyond its edge
Points = list[tuple[float, float]]
Position = Sequence[float]


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """A closed line: longitudes, and heights in the projection (`frames.mercator`), in degrees."""

    longitudes: "array[float]"
    heights: "array[float]"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return min(self.longitudes), min(self.heights), max(self.longitudes), max(self.heights)


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A country or another area: its name as the layer writes it, and its rings, holes among them."""

    name: str
    rings: tuple[tuple[Ring, tuple[float, float, float, float]], ...]

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies inside, by the rule of even and odd."""
        height = mercator(latitude)
        inside = False
        for ring, (west, south, east, north) in self.rings:
            if west <= longitude <= east and south <= height <= north:
                inside ^= _crossed(ring, longitude, height)
        return inside


@cache
def bundled() -> tuple[Outline, ...]:
    """The countries that the program brings along, decoded once."""
    return from_topology(json.loads(BUNDLED.read_bytes()), "countries")


def from_topology(topology: Mapping[str, Any], name: str) -> tuple[Outline, ...]:
    """The areas of one object of a TopoJSON file. Raises KeyError, IndexError, TypeError or ValueError where it is none."""
    arcs = _arcs(topology)
    geometries = topology["objects"][name].get("geometries", [topology["objects"][name]])
    return tuple(
        outline(
            str((geometry.get("properties") or {}).get("name", "")),
            [ring for polygon in _polygons(geometry, arcs) for ring in polygon],
        )
        for geometry in geometries
    )


def outline(name: str, rings: Sequence[Sequence[Position]]) -> Outline:
    """An area of rings of positions (longitude, latitude)."""
    made = (
        Ring(array("d", (p[0] for p in ring)), array("d", (mercator(p[1]) for p in ring))) for ring in rings if ring
    )
    return Outline(name, tuple((ring, ring.box) for ring in made))


def _arcs(topology: Mapping[str, Any]) -> list[Points]:
    transform = topology.get("transform")
    if transform is None:
        return [[(float(x), float(y)) for x, y, *_ in arc] for arc in topology["arcs"]]
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            points.append((x * wide + west, y * high + south))
        found.append(points)
    return found


def topology_polygons(topology: Mapping[str, Any]) -> Iterator[tuple[Any, list[list[Points]]]]:
    """The properties and polygons of every area in all objects of a TopoJSON file; raises as `from_topology` does."""
    arcs = _arcs(topology)
    for thing in topology["objects"].values():
        for geometry in thing.get("geometries", [thing]):
            yield geometry.get("properties"), _polygons(geometry, arcs)


def _polygons(geometry: Mapping[str, Any], arcs: Sequence[Points]) -> list[list[Points]]:
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return []
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [[_joined(ring, arcs) for ring in polygon] for polygon in polygons]


def _joined(ring: Sequence[int], arcs: Sequence[Points]) -> Points:
    points: Points = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _crossed(ring: Ring, longitude: float, height: float) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    inside = False
    xs, ys = ring.longitudes, ring.heights
    before = len(xs) - 1
    for at in range(len(xs)):
        if (ys[at] > height) != (ys[before] > height):
            x = xs[at] + (height - ys[at]) / (ys[before] - ys[at]) * (xs[before] - xs[at])
            inside ^= longitude < x
        before = at
    return inside


@lru_cache(maxsize=256)
def country_at(latitude: float, longitude: float) -> int | None:
    """Which of the bundled outlines holds a point, by its place among them."""
    return next((at for at, found in enumerate(bundled()) if found.holds(latitude, longitude)), None)


@lru_cache(maxsize=32)
def paths(outlines: tuple[Outline, ...], frame: Frame) -> tuple[tuple[int, str], ...]:
    """The outlines that the frame shows, each by its place among them and as the data of an SVG path.

    Coordinates are in units of a tenth of the picture's (`FINER`), from its upper left corner.
    """
    drawn = (
        (at, "".join(_ring_path(ring, box, frame) for ring, box in found.rings)) for at, found in enumerate(outlines)
    )
    return tuple((at, data) for at, data in drawn if data)


def _ring_path(ring: Ring, box: tuple[float, float, float, float], frame: Frame) -> str:
    """A ring as the data of a path, on each turn of the world that the frame shows; empty where it shows none."""
    west, south, east, north = box
    if north < frame.south or south > frame.north:
        return ""
    return "".join(
        _path(ring, frame, turn) for turn in (-360, 0, 360) if east + turn >= frame.west and west + turn <= frame.east
    )


def _path(ring: Ring, frame: Frame, turn: int) -> str:
    scale, left, top = frame.scale, frame.west - turn, frame.north
    points = [((x - left) * scale, (top - y) * scale) for x, y in zip(ring.longitudes, ring.heights, strict=True)]
    for axis, edge, keep_above in (
        (0, -_PAD, True),
        (0, WIDTH + _PAD, False),
        (1, -_PAD, True),
        (1, HEIGHT + _PAD, False),
    ):
        points = _clipped(points, axis, edge, keep_above=keep_above)
    return _data(points)


def _data(points: Points) -> str:
    """A ring as the data of a path: steps from point to point, those shorter than `_SHORTEST` left out."""
    steps, last = list[str](), (0, 0)
    for x, y in points:
        here = (round(x * FINER), round(y * FINER))
        if not steps or abs(here[0] - last[0]) + abs(here[1] - last[1]) >= _SHORTEST:
            steps.append(f"{here[0] - last[0]} {here[1] - last[1]}")
            last = here
    return f"M{steps[0]}l{' '.join(steps[1:])}z".replace(" -", "-") if len(steps) > _FEWEST else ""


def _clipped(points: Points, axis: int, edge: float, *, keep_above: bool) -> Points:
    """A ring cut at one edge (Sutherland and Hodgman 1974); the same list where nothing lies beyond it."""
    values = [point[axis] for point in points]
    if not points or (min(values) >= edge if keep_above else max(values) <= edge):
        return points
    found: Points = []
    before = points[-1]
    kept_before = before[axis] >= edge if keep_above else before[axis] <= edge
    for point in points:
        kept = point[axis] >= edge if keep_above else point[axis] <= edge
        if kept is not kept_before:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            found.append((edge, other) if axis == 0 else (other, edge))
        if kept:
            found.append(point)
        before, kept_before = point, kept
    return found
