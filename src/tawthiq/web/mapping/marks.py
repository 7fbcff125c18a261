"""What a map shows, in words and numbers of the reader: places with how many incidents each, and how far each name reaches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tawthiq.archive.models import IncidentPlace
from tawthiq.archive.queries.incident_places import PlaceCount
from tawthiq.web import labels
from tawthiq.web.mapping.extents import Extent, extent

Degrees = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on a map; `address` is where it leads."""

    code: str
    kind: str
    name: str
    count: int
    extent: Extent
    address: str

    @property
    def area(self) -> bool:
        """Whether the name tells no point."""
        return self.extent.area

    @property
    def where(self) -> str:
        """The place in words that keep what is open: "somewhere in Raqqa (governorate)"."""
        return somewhere(self.name, self.kind) if self.area else self.name


def somewhere(name: str, kind: str) -> str:
    """An area in words: no point of it is meant."""
    known = labels.label("place_kind", kind) if kind else ""
    if known:
        return _("somewhere in %(place)s (%(kind)s)") % {"place": name, "kind": known}
    return _("somewhere in %(place)s") % {"place": name}


def named(name: str, name_en: str) -> str:
    """The name of a place in the active language."""
    return (name_en or name) if labels.active_language() == "en" else (name or name_en)


def mark_of(place: PlaceCount, address: str) -> Mark:
    """A place that incidents share, as a map shows it."""
    reach = extent(place.code, place.kind, place.latitude, place.longitude)
    return Mark(place.code, place.kind, named(place.name, place.name_en), place.incidents, reach, address)


def row_mark(row: IncidentPlace, address: str) -> Mark:
    """A place of one incident; its coordinates are known."""
    assert row.latitude is not None
    assert row.longitude is not None
    reach = extent(row.code, row.kind, row.latitude, row.longitude)
    return Mark(row.code, row.kind, named(row.name, row.name_en), 1, reach, address)


def corners(marks: Iterable[Mark]) -> list[Degrees]:
    """What a frame must hold to show the marks: each middle, and of areas as far as they reach (countries by their middle)."""
    found: list[Degrees] = []
    for mark in marks:
        middle = mark.extent
        found.append((middle.latitude, middle.longitude))
        if mark.area and mark.kind != "country":
            north = middle.kilometres / 111
            found += [
                (min(85.0, middle.latitude + north), middle.longitude),
                (max(-85.0, middle.latitude - north), middle.longitude),
            ]
    return found


def joined_positions(rows: Sequence[IncidentPlace]) -> list[list[Degrees]]:
    """The places of each incident that its sources dispute, in the order of positions; rows come ordered by incident."""
    found: dict[int, list[Degrees]] = {}
    for row in rows:
        if row.latitude is not None and row.longitude is not None:
            middle = extent(row.code, row.kind, row.latitude, row.longitude)
            found.setdefault(row.incident_id, []).append((middle.latitude, middle.longitude))
    return [points for points in found.values() if len(set(points)) > 1]
