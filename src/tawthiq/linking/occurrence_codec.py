"""The occurrences of one report as bytes, and back: the form in which an archive remembers them between two linkings.

First a header (four bytes of length, then JSON) with all that is text, day or count and the lengths of what follows; then
numbers of words as sorted columns of 32 bits and keys of names as a column of 64 bits, little-endian. The report's copy family
is no part of it: that changes while the report stays as it is. Nothing but `encoded` writes this form, and a change of it
changes `FORM`, by which an archive knows that it must link anew.
"""

import json
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tawthiq.linking.details import Details
from tawthiq.linking.occurrences import Occurrence, ReportView
from tawthiq.linking.place_names import PlaceView
from tawthiq.records.count import Group, Harm
from tawthiq.records.event import Act
from tawthiq.records.incident import EventReference

FORM = 2
_LENGTH = struct.Struct("<I")
_WORDS, _KEYS = "I", "Q"  # 32 and 64 bits
Fields = list[Any]


def encoded(occurrences: Sequence[Occurrence]) -> bytes:
    """The occurrences of one report, in text order; b"" for none."""
    if not occurrences:
        return b""
    view = occurrences[0].told_in
    columns = [view.words, view.title, view.tags, *(occurrence.words for occurrence in occurrences)]
    header = [
        [view.outlet, view.language, view.published],
        [_fields(occurrence) for occurrence in occurrences],
        [len(column) for column in columns],
    ]
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    words = b"".join(_written(_WORDS, sorted(column)) for column in columns)
    return _LENGTH.pack(len(text)) + text + words + _written(_KEYS, sorted(view.people))


def decoded(data: bytes, document: str, family: int | None) -> tuple[Occurrence, ...]:
    """The occurrences that `encoded` wrote, told in `document`, whose copy family has the number `family`."""
    if not data:
        return ()
    (length,) = _LENGTH.unpack_from(data)
    text_end = _LENGTH.size + length
    (outlet, language, published), events, lengths = json.loads(
        data[_LENGTH.size : text_end].decode("utf-8", "surrogatepass")
    )
    words_end = text_end + 4 * sum(lengths)
    columns = _columns(_read(_WORDS, data[text_end:words_end]), lengths)
    view = ReportView(
        outlet=outlet,
        language=language,
        published=published,
        words=next(columns),
        title=next(columns),
        tags=next(columns),
        people=frozenset(_read(_KEYS, data[words_end:])),
        family=family,
    )
    return tuple(_occurrence(document, fields, next(columns), view) for fields in events)


def _fields(told: Occurrence) -> Fields:
    return [
        told.reference.event,
        told.country,
        told.act.value,
        told.first,
        told.last,
        int(told.dated),
        int(told.precise),
        [_place_fields(place) for place in told.places],
        sorted(told.actors),
        [[harm.value, *tolls] for harm, tolls in told.tolls.items()],
        sorted([harm.value, group.value, number] for harm, group, number in told.numbers),
        [
            sorted(told.details.weapons),
            sorted(told.details.sites),
            sorted(told.details.hours),
            int(told.details.rising),
        ],
    ]


def _occurrence(document: str, fields: Fields, words: frozenset[int], view: ReportView) -> Occurrence:
    index, country, act, first, last, dated, precise, places, actors, tolls, numbers, details = fields
    weapons, sites, hours, rising = details
    return Occurrence(
        reference=EventReference(document, index),
        country=country,
        act=Act(act),
        first=first,
        last=last,
        dated=bool(dated),
        precise=bool(precise),
        places=tuple(map(_place, places)),
        actors=frozenset(actors),
        tolls={Harm(harm): tuple((least, most) for least, most in ranges) for harm, *ranges in tolls},
        numbers=frozenset((Harm(harm), Group(group), number) for harm, group, number in numbers),
        details=Details(frozenset(weapons), frozenset(sites), frozenset(hours), bool(rising)),
        words=words,
        told_in=view,
    )


def _place_fields(place: PlaceView) -> Fields:
    where = [place.latitude, place.longitude]
    return [
        sorted(place.words),
        sorted(place.sounds),
        place.code,
        place.parent,
        *where,
        place.population,
        int(place.wide),
        place.shown,
    ]


def _place(fields: Fields) -> PlaceView:
    words, sounds, code, parent, latitude, longitude, population, wide, shown = fields
    return PlaceView(
        frozenset(words), frozenset(sounds), code, parent, latitude, longitude, population, bool(wide), shown
    )


def _columns(words: "array[int]", lengths: Iterable[int]) -> Iterator[frozenset[int]]:
    at = 0
    for length in lengths:
        yield frozenset(words[at : at + length])
        at += length


def _written(kind: str, numbers: Iterable[int]) -> bytes:
    column = array(kind, numbers)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _read(kind: str, data: bytes) -> "array[int]":
    column = array(kind)
    column.frombytes(data)
    if sys.byteorder == "big":
        column.byteswap()
    return column
