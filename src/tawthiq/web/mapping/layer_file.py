"""A layer that a person sends: GeoJSON (RFC 7946) or TopoJSON, bounded, checked, and reduced to areas and their names.

Pure. What is no polygon is left out, and so is every property but the first that looks like a name: attributes of a team's
own layers may hold what nobody else is to see. The result is GeoJSON again, the same bytes for the same input.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from tawthiq.records.errors import UnreadableInput
from tawthiq.web.charts.legible import legible, shortened
from tawthiq.web.mapping.outlines import Outline, outline, topology_polygons

LARGEST = 8 << 20  # bytes of the file that is sent
MOST_AREAS, MOST_POINTS = 5_000, 400_000
LONGEST_NAME = 120
_FEWEST = 3  # positions; RFC 7946, 3.1.6: a ring has four or more
# Properties that hold a name in the layers of OCHA, geoBoundaries, GADM and Natural Earth, the first that is there counts.
NAMES = (
    "name", "name_ar", "name_en", "shapename", "adm3_ar", "adm3_en", "adm2_ar", "adm2_en", "adm1_ar", "adm1_en",
    "name_3", "name_2", "name_1", "adm1_name", "adm2_name", "admin",
)  # fmt: skip
Polygon = list[list[list[float]]]


@dataclass(frozen=True, slots=True)
class Layer:
    """The areas of a layer, each with its name (may be empty) and its polygons of rings of positions."""

    areas: tuple[tuple[str, tuple[Polygon, ...]], ...]

    def as_bytes(self) -> bytes:
        """The layer as GeoJSON with no other properties than names."""
        features = [
            {
                "type": "Feature",
                "properties": {"name": name},
                "geometry": {"type": "MultiPolygon", "coordinates": list(polygons)},
            }
            for name, polygons in self.areas
        ]
        whole = {"type": "FeatureCollection", "features": features}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()

    def outlines(self) -> tuple[Outline, ...]:
        """The areas as maps draw them."""
        return tuple(outline(name, [ring for polygon in polygons for ring in polygon]) for name, polygons in self.areas)


def read_layer(data: bytes) -> Layer:
    """The layer in a file. Raises UnreadableInput, which says what is wrong and what to send instead."""
    if len(data) > LARGEST:
        raise _refused(f"it is larger than {LARGEST >> 20} MB", "simplify the outlines, for instance with mapshaper")
    try:
        whole = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _refused("it is no JSON in UTF-8", "export it as GeoJSON in WGS 84 (EPSG:4326)") from error
    try:
        areas = tuple(_areas(whole))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        raise _refused(
            "its geometries break the rules of GeoJSON and TopoJSON", "export it again as GeoJSON"
        ) from error
    if not areas:
        raise _refused("it holds no area (Polygon or MultiPolygon)", "send a layer of areas, not of points or lines")
    return Layer(areas)


def _areas(whole: Any) -> Iterator[tuple[str, tuple[Polygon, ...]]]:
    points = 0
    for count, (name, polygons) in enumerate(_polygons_of(whole), start=1):
        kept = tuple(made for polygon in polygons if (made := _polygon(polygon)))
        points += sum(len(ring) for polygon in kept for ring in polygon)
        if count > MOST_AREAS or points > MOST_POINTS:
            raise _refused(
                f"it holds more than {MOST_AREAS} areas or {MOST_POINTS} points",
                "simplify the outlines, for instance with mapshaper",
            )
        if kept:
            yield name, kept


def _polygons_of(whole: Any) -> Iterator[tuple[str, Sequence[Any]]]:
    if not isinstance(whole, dict):
        return
    if whole.get("type") == "Topology":
        for properties, polygons in topology_polygons(whole):
            yield _name(properties), polygons
        return
    features = whole["features"] if whole.get("type") == "FeatureCollection" else [whole]
    for feature in features:
        is_feature = feature.get("type") == "Feature"
        geometry = feature.get("geometry") if is_feature else feature
        yield _name(feature.get("properties") if is_feature else None), list(_of_geometry(geometry, 0))


def _of_geometry(geometry: Any, depth: int) -> Iterator[Any]:
    if not isinstance(geometry, dict) or depth > 4:
        return
    kind = geometry.get("type")
    if kind == "Polygon":
        yield geometry["coordinates"]
    elif kind == "MultiPolygon":
        yield from geometry["coordinates"]
    elif kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _of_geometry(part, depth + 1)


def _polygon(rings: Sequence[Any]) -> Polygon:
    if not isinstance(rings, list):
        raise ValueError("the rings of a polygon are a list")
    return [[_position(position) for position in ring] for ring in rings if len(ring) > _FEWEST]


def _position(position: Sequence[Any]) -> list[float]:
    longitude, latitude = float(position[0]), float(position[1])
    if not isfinite(longitude + latitude) or abs(longitude) > 360 or abs(latitude) > 90:
        raise _refused("its coordinates are no degrees", "export it in WGS 84 (EPSG:4326), longitude before latitude")
    return [round(longitude, 5), round(latitude, 5)]


def _name(properties: Any) -> str:
    if not isinstance(properties, Mapping):
        return ""
    folded = {str(key).casefold(): value for key, value in properties.items()}
    found = next((folded[key] for key in NAMES if isinstance(folded.get(key), str) and folded[key].strip()), "")
    return shortened(legible(found), LONGEST_NAME)


def _no_constant(_name: str) -> float:
    raise ValueError("NaN and Infinity are no JSON")


def _refused(happened: str, advice: str) -> UnreadableInput:
    return UnreadableInput(item="the layer", happened=happened, advice=advice)
