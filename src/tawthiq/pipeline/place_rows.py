"""Rows of open gazetteers, one line at a time: GeoNames dumps and Who's On First tables become pack places.

GeoNames: 19 tab-separated columns without a header (https://download.geonames.org/export/dump/readme.txt). Kept are
administrative areas (class A), populated places (P), and the sites, camps, mountains and valleys that news names.
Who's On First: a table with the header WOF_COLUMNS. A line that breaks its form raises UnreadableInput naming it; a line
of a kind that news does not name gives None.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tawthiq.records.errors import UnreadableInput
from tawthiq.records.place import PlaceKind

WOF_COLUMNS = ("id", "kind", "country", "names_ar", "names_en", "latitude", "longitude", "region_id", "county_id",
               "population", "geonames_id")  # fmt: skip
GEONAMES_COLUMNS = 19
MOST_NAMES = 24
LONGEST_CELL = 120
_BY_FEATURE = {
    "ADM1": PlaceKind.GOVERNORATE, "ADM2": PlaceKind.DISTRICT, "ADM3": PlaceKind.DISTRICT, "ADM4": PlaceKind.DISTRICT,
    "PPLC": PlaceKind.CITY, "PPLA": PlaceKind.CITY, "PPLX": PlaceKind.NEIGHBOURHOOD,
    "AIRP": PlaceKind.AIRPORT, "AIRB": PlaceKind.AIRPORT, "AIRF": PlaceKind.AIRPORT, "DAM": PlaceKind.DAM,
    "CMPRF": PlaceKind.CAMP, "CSTM": PlaceKind.CROSSING, "PSTB": PlaceKind.CROSSING, "HSP": PlaceKind.FACILITY,
    "PRN": PlaceKind.FACILITY, "MILB": PlaceKind.FACILITY, "INSM": PlaceKind.FACILITY, "OILR": PlaceKind.FACILITY,
    "OILF": PlaceKind.FACILITY, "PRT": PlaceKind.FACILITY, "MT": PlaceKind.REGION, "MTS": PlaceKind.REGION,
    "WAD": PlaceKind.REGION, "VAL": PlaceKind.REGION, "RGN": PlaceKind.REGION,
}  # fmt: skip
_BY_WOF = {
    "region": PlaceKind.GOVERNORATE, "county": PlaceKind.DISTRICT, "localadmin": PlaceKind.DISTRICT,
    "neighbourhood": PlaceKind.NEIGHBOURHOOD, "macrohood": PlaceKind.NEIGHBOURHOOD, "campus": PlaceKind.FACILITY,
}  # fmt: skip
_GONE = frozenset({"PPLH", "PPLCH"})  # historical places: no report tells of them


@dataclass(frozen=True, slots=True)
class PackRow:
    """One place of an open gazetteer. `parents` are codes of wider places, the nearest first; not all need to exist.

    `key` is how other rows of the source call this place as their parent ("SY.09" in GeoNames), or its code.
    """

    code: str
    key: str
    kind: PlaceKind
    country: str
    parents: tuple[str, ...]
    latitude: float
    longitude: float
    population: int
    names_ar: tuple[str, ...]
    names_en: tuple[str, ...]


def geonames_row(line: str, at: str) -> PackRow | None:
    """The place in one line of a GeoNames dump; `at` is "file:line" for errors."""
    cells = line.split("\t")
    if len(cells) != GEONAMES_COLUMNS:
        raise _bad(at, f"{len(cells)} cells where a GeoNames dump has {GEONAMES_COLUMNS}")
    _id, name, ascii_name, alternates, latitude, longitude, area, feature, country, _cc2, *admin = cells
    population = _whole(at, "population", cells[14])
    kind = _kind(area, feature, population)
    if kind is None:
        return None
    arabic, latin = _names((*alternates.split(","), name), (name, ascii_name, *alternates.split(",")))
    first, second = f"{country}.{admin[0]}", f"{country}.{admin[0]}.{admin[1]}"
    key = {"ADM1": first, "ADM2": second}.get(feature, f"gn.{_id}")
    where = _position(at, country, latitude, longitude)
    code = f"gn.{_whole(at, 'geonameid', _id)}"
    found = PackRow(code, key, kind, country, (second, first), *where, population, arabic, latin)
    return found if arabic or latin else None


def _kind(area: str, feature: str, population: int) -> PlaceKind | None:
    if feature in _BY_FEATURE:
        return _BY_FEATURE[feature]
    return _settlement(population) if area == "P" and feature not in _GONE else None


def _settlement(population: int) -> PlaceKind:
    """City, town or village: no gazetteer tells them apart, so size does, at the bounds of the embedded table."""
    return PlaceKind.CITY if population >= 50_000 else PlaceKind.TOWN if population >= 5_000 else PlaceKind.VILLAGE


def wof_row(line: str, at: str) -> PackRow | None:
    """The place in one line of a Who's On First table."""
    cells = line.split("\t")
    if len(cells) != len(WOF_COLUMNS):
        raise _bad(at, f"{len(cells)} cells where the header has {len(WOF_COLUMNS)}")
    code, sort, country, arabic, latin, latitude, longitude, region, county, people, _geonames = cells
    population = _whole(at, "population", people)
    kind = _settlement(population) if sort == "locality" else _BY_WOF.get(sort)
    if kind is None:
        return None
    own = f"wof.{_whole(at, 'id', code)}"
    parents = tuple(f"wof.{number}" for number in (county, region) if number and number != code)
    names = _names(tuple(arabic.split("|")), tuple(latin.split("|")))
    where = _position(at, country, latitude, longitude)
    return PackRow(own, own, kind, country, parents, *where, population, *names) if any(names) else None


def _position(at: str, country: str, latitude: str, longitude: str) -> tuple[float, float]:
    """Latitude and longitude, checked together with the country's code."""
    if len(country) != 2 or not (country.isascii() and country.isalpha() and country.isupper()):
        raise _bad(at, f'"{country[:20]}" is no country code')
    return _degrees(at, "latitude", latitude, 90), _degrees(at, "longitude", longitude, 180)


def _names(arabic: tuple[str, ...], latin: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names by script, each once, without those that are codes, links or torn."""
    return tuple(_kept(arabic, _is_arabic)), tuple(_kept(latin, _is_latin))


def _kept(names: tuple[str, ...], fits: Callable[[str], bool]) -> list[str]:
    found = dict.fromkeys(" ".join(name.split()) for name in names)
    return [name for name in found if 1 < len(name) <= LONGEST_CELL and fits(name)][:MOST_NAMES]


def _is_arabic(name: str) -> bool:
    return all("\u0600" <= letter <= "\u06ff" or letter in " -'()" for letter in name) and not _is_torn(name)


def _is_latin(name: str) -> bool:
    return len(name) > 2 and name[:1].isupper() and all(map(_is_latin_letter, name))


def _is_latin_letter(letter: str) -> bool:
    if letter.isdigit() or letter in "/:" or not letter.isprintable():
        return False
    return letter < "\u0300" or letter in "‘’ʿʾ" or "\u1e00" <= letter <= "\u1eff"


def _is_torn(name: str) -> bool:
    """Whether a word of the name is a single letter: some alternates are torn ("د مشق" for Damascus)."""
    return any(len(word) == 1 for word in name.split())


def _whole(at: str, column: str, text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise _bad(at, f'"{text[:20]}" is no {column}')
    return int(text)


def _degrees(at: str, column: str, text: str, limit: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) <= limit:
        raise _bad(at, f'"{text[:20]}" is no {column}')
    return round(value, 4)


def _bad(at: str, happened: str) -> UnreadableInput:
    return UnreadableInput(item=at, happened=happened, advice="the line is left out; the others are imported")
