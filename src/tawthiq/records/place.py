"""Places: entries of the gazetteer, and mentions of them in a text."""

from dataclasses import dataclass
from enum import StrEnum

from tawthiq.records.span import Mention


class PlaceKind(StrEnum):
    """What sort of place a name denotes; governorate, city and countryside are never confused."""

    COUNTRY = "country"
    REGION = "region"
    GOVERNORATE = "governorate"
    DISTRICT = "district"
    COUNTRYSIDE = "countryside"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    NEIGHBOURHOOD = "neighbourhood"
    CAMP = "camp"
    FACILITY = "facility"
    AIRPORT = "airport"
    DAM = "dam"
    CROSSING = "crossing"
    ROAD = "road"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer entry.

    `code` is unique in the gazetteer; `country` an ISO 3166 alpha-2 code; coordinates are WGS 84 degrees or None;
    `parent` the code of the containing place or None.
    """

    code: str
    name: str
    name_en: str
    kind: PlaceKind
    country: str
    latitude: float | None
    longitude: float | None
    parent: str | None
    population: int


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as named in a text, and every gazetteer entry that it may be.

    `resolved` is None while several candidates remain or none is known: a homonym is never settled by population alone.
    """

    mention: Mention
    resolved: Place | None
    candidates: tuple[Place, ...]
    kind: PlaceKind | None
