"""Place packs: gazetteers that a person adds, searched where they lie.

A pack is one UTF-8 file of three parts: a header (one line of JSON), places (a line each: code, kind, country, parent,
latitude, longitude, population, Arabic name, English name; tab-separated, sorted by code) and names (a line each: key,
then the codes of the places that bear it; sorted by key; no code where names of several words only begin so). Both parts
are sorted by bytes and found by halving, so that a pack costs neither time nor memory until it is asked. Keys are those
of `folded.name_key`. "-" stands for nothing.

Pure: the bytes come from `store.place_packs`, which maps the file into memory; `pipeline.place_building` writes packs.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from tawthiq.records.errors import UnreadableInput
from tawthiq.records.place import Place, PlaceKind

SCHEMA = "tawthiq/places/1"
NOTHING = "-"
_REMEMBERED = 1 << 14
_LONGEST_HEADER = 4096


class Bytes(Protocol):
    """What a pack is searched in: bytes, or a file mapped into memory."""

    def __len__(self) -> int: ...
    def __getitem__(self, part: slice, /) -> bytes: ...
    def find(self, sought: bytes, start: int, end: int, /) -> int:
        """Where `sought` first stands, or -1."""

    def rfind(self, sought: bytes, start: int, end: int, /) -> int:
        """Where `sought` last stands, or -1."""


@dataclass(frozen=True, slots=True)
class PackHeader:
    """What a pack says of itself; `digest` is the SHA-256 (hex) of everything behind the header's line."""

    name: str
    source: str
    places: int
    names: int
    places_bytes: int
    digest: str

    def line(self) -> bytes:
        """The header as the first line of a pack."""
        facts = {"schema": SCHEMA, **{name: getattr(self, name) for name in self.__slots__}}
        return json.dumps(facts, ensure_ascii=False).encode() + b"\n"


class PlacePack:
    """One pack. Raises UnreadableInput, at once, for bytes that are no pack or whose digest differs."""

    def __init__(self, data: Bytes, item: str) -> None:
        self._data = data
        self.header, first = read_header(data, item)
        self._places = (first, first + self.header.places_bytes)
        self._names = (self._places[1], len(data))
        if _digest(data, first) != self.header.digest:
            raise _not_a_pack(item, "its content is not what its header says: the file was changed or cut off")
        self.codes_of = lru_cache(maxsize=_REMEMBERED)(self._codes_of)
        self.begins = lru_cache(maxsize=_REMEMBERED)(self._begins)
        self.place = lru_cache(maxsize=_REMEMBERED)(self._place)

    def _codes_of(self, key: str) -> tuple[str, ...]:
        """The codes of the places that bear a name, given its key; empty when none does."""
        return tuple(filter(None, self._named(key).decode().split("\t")[1:]))

    def _begins(self, key: str) -> bool:
        """Whether some name begins with the words of this key."""
        return bool(self._named(key))

    def _named(self, key: str) -> bytes:
        line = self._line(self._names, key.encode())
        return line if line.startswith(key.encode() + b"\t") else b""

    def _place(self, code: str) -> Place | None:
        """The place of a code, or None."""
        line = self._line(self._places, code.encode())
        return place_of(line.decode()) if line.startswith(code.encode() + b"\t") else None

    def _line(self, part: tuple[int, int], wanted: bytes) -> bytes:
        """The first line of a part whose first cell is not below `wanted`, without its end; empty when there is none."""
        data, (low, high) = self._data, part
        while low < high:
            middle = (low + high) // 2
            start = max(data.rfind(b"\n", low, middle) + 1, low)
            end = data.find(b"\n", start, high)
            if data[start:end].partition(b"\t")[0] < wanted:
                low = end + 1
            else:
                high = start
        return data[low : data.find(b"\n", low, part[1])] if low < part[1] else b""


def place_of(line: str) -> Place:
    """The place in one line of a pack."""
    code, kind, country, parent, latitude, longitude, population, arabic, latin = line.split("\t")
    return Place(
        code=code,
        name=arabic if arabic != NOTHING else latin,
        name_en=latin if latin != NOTHING else arabic,
        kind=PlaceKind(kind),
        country=country,
        latitude=float(latitude) if latitude != NOTHING else None,
        longitude=float(longitude) if longitude != NOTHING else None,
        parent=parent if parent != NOTHING else None,
        population=int(population),
    )


def read_header(data: Bytes, item: str) -> tuple[PackHeader, int]:
    """The header of a pack and where its places begin. Raises UnreadableInput when `data` is no pack."""
    end = data.find(b"\n", 0, min(len(data), _LONGEST_HEADER)) + 1
    try:
        facts = json.loads(data[0:end])
        if facts.pop("schema") != SCHEMA:
            raise _not_a_pack(item, f"it is not of the form {SCHEMA}")
        header = PackHeader(**facts)
        if not 0 <= header.places_bytes <= len(data) - end:
            raise _not_a_pack(item, "it is cut off")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _not_a_pack(item, "it has no header of a place pack") from error
    return header, end


def _digest(data: Bytes, first: int) -> str:
    found = hashlib.sha256()
    for start in range(first, len(data), 1 << 20):
        found.update(data[start : start + (1 << 20)])
    return found.hexdigest()


def _not_a_pack(item: str, happened: str) -> UnreadableInput:
    return UnreadableInput(
        item=item, happened=happened, advice="remove it with `tawthiq places remove` and add its source again"
    )
