"""The gazetteer: names of places in Arabic and English, and what they may denote.

Curated places (lexicon/data/places/curated.tsv), countries (countries.tsv) and the towns of GeoNames (geonames.tsv, CC BY
4.0, cut down by tools/places_table.py) are read once, when first asked for. A name leads to every place that bears it;
choosing among homonyms is the reader's task. Keys are folded names without article and spaces, so that "كفر نبل" and
"كفرنبل" are one key. `with_packs` joins the places of packs that a person added (place_pack.py): they are asked after
the embedded ones, never vouch for a bare name, and a place that both hold is one. What people decided about places and
parties is laid over all of it by `authority_places.with_overlay`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from tawthiq.lexicon.folded import is_definite, name_key, name_words
from tawthiq.lexicon.place_pack import PlacePack
from tawthiq.lexicon.tables import Row, load
from tawthiq.records.authority import Overlay
from tawthiq.records.place import Place, PlaceKind

LONGEST_NAME = 5
DEEPEST = 12  # places inside each other; a chain of parents that goes on is a circle in somebody's data
OPEN_SOURCES = ("gn.", "wof.")
LARGE_TOWN = 100_000
COMMON = "~"  # before a name in the curated table: it is also a common word, and vouches for no bare mention
CURATED = ("code", "kind", "country", "parent", "admin1", "latitude", "longitude", "names_ar", "names_en")
GEONAMES = ("code", "country", "admin1", "latitude", "longitude", "population", "names_ar", "names_en")
COUNTRIES = ("code", "latitude", "longitude", "names_ar", "names_en", "capital_ar", "capital_en")


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Places by key and by code; one is equal to itself only. `sure` holds the keys that curated tables or countries name.

    `definite` and `indefinite` hold the keys of names that begin with the Arabic article, and without. `by_key`, `by_code`
    and `first_words` are the embedded tables and people's own entries; `packs` are asked after them.

    `overlay` is what people decided, for readers of parties; of its places, `standing` tells which place stands for a code
    now (None: none does any more), and `never` holds (key, code) of words that never mean a place, "" for any.
    """

    by_key: dict[str, tuple[Place, ...]]
    by_code: dict[str, Place]
    first_words: frozenset[str]
    sure: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    packs: tuple[PlacePack, ...] = ()
    overlay: Overlay | None = None
    standing: Mapping[str, Place | None] = field(default_factory=dict)
    never: frozenset[tuple[str, str]] = frozenset()

    def named(self, name: str) -> tuple[Place, ...]:
        """Every place that bears the name, curated ones first; empty when none does."""
        return self.of_key(name_key(name))

    def of_key(self, key: str) -> tuple[Place, ...]:
        """Every place that bears the name with this key, embedded ones first; empty when none does."""
        embedded = self.by_key.get(key, ())
        if not self.packs:
            return self._in_force(key, embedded) if self.overlay else embedded
        found = list(embedded)
        for pack in self.packs:
            for code in pack.codes_of(key):
                place = pack.place(code)
                if place is not None and not any(_same_place(place, other) for other in found):
                    found.append(place)
        return self._in_force(key, found) if self.overlay else tuple(found)

    def _in_force(self, key: str, found: Sequence[Place]) -> tuple[Place, ...]:
        """The places as people's decisions leave them, each once."""
        if (key, "") in self.never:
            return ()
        kept: dict[str, Place] = {}
        for place in found:
            now = self.standing.get(place.code, place)
            if now is not None and not {(key, place.code), (key, now.code)} & self.never:
                kept.setdefault(now.code, now)
        return tuple(kept.values())

    def agrees(self, key: str, definite: bool) -> bool:
        """Whether the name with this key is written so, with the Arabic article or without: "خمس" (five) is not "الخمس"."""
        if key in self.by_key:
            return key in (self.definite if definite else self.indefinite)
        return any(is_definite(place.name.split()[0]) == definite for place in self.of_key(key))

    def holds(self, key: str) -> bool:
        """Whether some place bears the name with this key."""
        if self.overlay:
            return bool(self.of_key(key))
        return key in self.by_key or any(pack.codes_of(key) for pack in self.packs)

    def begins(self, key: str) -> bool:
        """Whether some name may begin with the words of this key."""
        return key in self.first_words or any(pack.begins(key) for pack in self.packs)

    def vouches_for(self, place: Place) -> bool:
        """Whether a curated table lists the place with coordinates, or it is a large town of the embedded ones."""
        if place.code.startswith(OPEN_SOURCES):
            return place.code in self.by_code and place.population >= LARGE_TOWN
        return place.latitude is not None

    def within(self, place: Place, wider: Place) -> bool:
        """Whether `place` lies in `wider` by the chain of parents (a country holds all its places)."""
        if wider.kind is PlaceKind.COUNTRY:
            return place.country == wider.country
        at: Place | None = place
        for _ in range(DEEPEST):
            if at is None or at.code == wider.code:
                return at is not None
            at = self.of_code(at.parent) if at.parent else None
        return False

    def of_code(self, code: str) -> Place | None:
        """The place that stands for a code, or None."""
        if code in self.standing:
            return self.standing[code]
        embedded = self.by_code.get(code)
        if embedded is not None or not self.packs:
            return embedded
        return next((place for pack in self.packs if (place := pack.place(code)) is not None), None)


def with_packs(packs: Sequence[PlacePack]) -> Gazetteer:
    """The embedded gazetteer joined with packs, in the order given."""
    return replace(gazetteer(), packs=tuple(packs))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded at the first call (about a third of a second) and kept."""
    by_key: dict[str, list[Place]] = {}
    by_code: dict[str, Place] = {}
    first_words: set[str] = set()
    sure: set[str] = set()
    definite: set[str] = set()
    indefinite: set[str] = set()
    for place, names, is_sure in (*_countries(), *_curated(), *_geonames()):
        by_code[place.code] = place
        for written in names:
            name = written.removeprefix(COMMON)
            words = name_words(name)
            key = "".join(words)
            if not key:
                continue
            held = by_key.setdefault(key, [])
            if not any(_same_place(place, other) for other in held):
                held.append(place)
            first_words.update("".join(words[:count]) for count in range(1, len(words) + 1))
            (definite if is_definite(name.split()[0]) else indefinite).add(key)
            if is_sure and name == written:
                sure.add(key)
    return Gazetteer(
        by_key={key: tuple(held) for key, held in by_key.items()},
        by_code=by_code,
        first_words=frozenset(first_words),
        sure=frozenset(sure),
        definite=frozenset(definite),
        indefinite=frozenset(indefinite),
    )


def _same_place(place: Place, other: Place) -> bool:
    """Whether a place of an open gazetteer repeats a listed one of its name: by code, or by country and coordinates."""
    if place.code == other.code:
        return True
    if not place.code.startswith(OPEN_SOURCES) or place.country != other.country:
        return False
    if place.kind is PlaceKind.GOVERNORATE or other.kind is PlaceKind.GOVERNORATE:
        return place.kind is other.kind
    if place.latitude is None or other.latitude is None or place.longitude is None or other.longitude is None:
        return False
    return abs(place.latitude - other.latitude) + abs(place.longitude - other.longitude) < 0.15


def _countries() -> Iterator[tuple[Place, tuple[str, ...], bool]]:
    for row in load("places/countries", COUNTRIES):
        names = row.alternatives("names_ar") + row.alternatives("names_en")
        place = Place(row["code"], row.alternatives("names_ar")[0], row.alternatives("names_en")[0], PlaceKind.COUNTRY,
                      row["code"], _number(row, "latitude"), _number(row, "longitude"), None, 0)  # fmt: skip
        yield place, names, True
        capitals = row.alternatives("capital_ar") + row.alternatives("capital_en")
        if capitals and row["code"] not in ("SY", "IQ", "YE", "PS", "LB", "LY", "SD"):
            yield _capital(row, capitals), capitals, True


def _capital(row: Row, names: tuple[str, ...]) -> Place:
    """The capital of a country outside the curated region; its coordinates are left open."""
    return Place(f"{row['code']}.capital", names[0], names[-1], PlaceKind.CITY, row["code"], None, None, row["code"], 0)


def _curated() -> Iterator[tuple[Place, tuple[str, ...], bool]]:
    located = _located()
    for row in load("places/curated", CURATED):
        names = row.alternatives("names_ar") + row.alternatives("names_en")
        bare = tuple(name.removeprefix(COMMON) for name in names)
        arabic = bare[: len(row.alternatives("names_ar"))] or bare
        latitude, longitude = _number(row, "latitude"), _number(row, "longitude")
        if latitude is None:
            keys = ((row["parent"], name_key(name)) for name in bare)
            latitude, longitude = next((located[key] for key in keys if key in located), (None, None))
        english = bare[len(row.alternatives("names_ar")) :] or bare
        place = Place(row["code"], arabic[0], english[0], PlaceKind(row["kind"]), row["country"], latitude, longitude,
                      row.optional("parent") or row["country"], 0)  # fmt: skip
        yield place, names, True


def _located() -> dict[tuple[str, str], tuple[float | None, float | None]]:
    """Coordinates of GeoNames towns by governorate and key, for curated places without; none for a name borne twice."""
    found: dict[tuple[str, str], tuple[float | None, float | None]] = {}
    for place, names, _ in _geonames():
        for key in {name_key(name) for name in names}:
            at = (place.parent or "", key)
            found[at] = (None, None) if at in found else (place.latitude, place.longitude)
    return {at: coordinates for at, coordinates in found.items() if coordinates[0] is not None}


@cache
def _geonames() -> tuple[tuple[Place, tuple[str, ...], bool], ...]:
    return tuple(_geonames_rows())


def _geonames_rows() -> Iterator[tuple[Place, tuple[str, ...], bool]]:
    parents = {
        (row["country"], row["admin1"]): row["code"] for row in load("places/curated", CURATED) if row["admin1"] != "-"
    }
    for row in load("places/geonames", GEONAMES):
        arabic, latin = row.alternatives("names_ar"), row.alternatives("names_en")
        population = int(row["population"])
        kind = PlaceKind.CITY if population >= 50_000 else PlaceKind.TOWN if population >= 5_000 else PlaceKind.VILLAGE
        parent = parents.get((row["country"], row["admin1"]), row["country"])
        place = Place(row["code"], (arabic or latin)[0], (latin or arabic)[0], kind, row["country"],
                      float(row["latitude"]), float(row["longitude"]), parent, population)  # fmt: skip
        yield place, arabic + latin, population >= LARGE_TOWN


def _number(row: Row, column: str) -> float | None:
    value = row.optional(column)
    return None if value is None else float(value)
