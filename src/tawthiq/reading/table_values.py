"""What the cell of a table says: a time, a place, a party, a number of people, read by the readers of selected characters.

A cell is read whole and by itself. Figures of a day follow the order that people chose for the table; where both orders are
possible and none was chosen, the time stays open. A place is narrowed by the wider places of its row and settled only when
one entry is left.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.lexicon.tables import load
from tawthiq.reading.correcting_selection import readings
from tawthiq.reading.marked import mark
from tawthiq.reading.places import place_mentions
from tawthiq.reading.prepared import prepare
from tawthiq.reading.triggers import triggers
from tawthiq.records.event import Act
from tawthiq.records.period import Period, Precision
from tawthiq.records.place import Place, PlaceKind
from tawthiq.records.reading import Document
from tawthiq.records.reading_correction import Slot, Value
from tawthiq.records.span import Span
from tawthiq.records.table import ColumnRole, DayOrder, RowProblem
from tawthiq.text.calendars import from_hijri, gregorian, month_range
from tawthiq.text.dates import times
from tawthiq.text.folding import fold
from tawthiq.text.language import language
from tawthiq.text.numbers import numbers

LONGEST = 300
"""Characters of a cell that holds one value; what is longer is prose, and stays open."""
_HIJRI = range(1300, 1500)
_YEARS = range(1900, 2200)
_FIGURES = re.compile(
    r"(\d{1,4})\s*[-/.\u060d]\s*(\d{1,2})\s*[-/.\u060d]\s*(\d{1,4})(?:[T ,]+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_MONTH = re.compile(r"(\d{4})\s*[-/]\s*(\d{1,2})|(\d{1,2})\s*[-/]\s*(\d{4})")
_RANGE = re.compile(
    r"(\d{4}-\d{2}-\d{2})\s*[:~]\s*(\d{4}-\d{2}-\d{2})"
)  # as Uwazi takes ranges, and as it exports them
_HALF_RANGE = re.compile(r"[:~]\s*\d{4}-\d{2}-\d{2}|\d{4}-\d{2}-\d{2}\s*[:~]")
_MOST_MONTHS = 12
_WITHIN = "::"  # Uwazi's sign between a place and what is within it
_DOUBT = re.compile(r"[?\u061f]")
_MORE = re.compile(r"[^\W_]|[?\u061f]")
_KINDS = {
    ColumnRole.COUNTRY: {PlaceKind.COUNTRY},
    ColumnRole.GOVERNORATE: {PlaceKind.GOVERNORATE, PlaceKind.REGION},
    ColumnRole.DISTRICT: {PlaceKind.DISTRICT, PlaceKind.COUNTRYSIDE, PlaceKind.CITY, PlaceKind.TOWN},
}
_WIDE = {PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.REGION}


def cell_key(text: str) -> str:
    """By what cells of one meaning are one: folded, spaces made one."""
    return " ".join(fold(text).split())


@lru_cache(maxsize=20_000)
def day_of(text: str, order: DayOrder) -> Period | RowProblem:
    """The time that a cell tells, or why it stays open."""
    plain = "".join(_figure(sign) for sign in text).strip()
    whole = _FIGURES.fullmatch(plain)
    if whole:
        return _of_figures(whole, order)
    between = _RANGE.fullmatch(plain)
    if between:
        return _from_to(day_of(between[1], order), day_of(between[2], order))
    if _HALF_RANGE.fullmatch(plain):
        return RowProblem.DATE_OPEN
    month = _MONTH.fullmatch(plain)
    if month:
        year, number = (int(month[1]), int(month[2])) if month[1] else (int(month[4]), int(month[3]))
        days = (
            month_range("hijri" if year in _HIJRI else "gregorian", year, number)
            if 1 <= number <= _MOST_MONTHS
            else None
        )
        return Period(*days, Precision.MONTH) if days else RowProblem.DATE_OPEN
    if plain.isascii() and plain.isdigit():
        first = gregorian(int(plain), 1, 1) if int(plain[:5]) in _YEARS and len(plain) == len("2024") else None
        return Period(first, first.replace(month=12, day=31), Precision.YEAR) if first else RowProblem.DATE_OPEN
    told = language(text)
    found = [
        when
        for when in (*times(text, told, None), *times(text, told, None, general=True))
        if when.period and not _rest(text, when.mention.span)
    ]
    periods = {when.period for when in found if when.period}
    return periods.pop() if len(text) <= LONGEST and len(periods) == 1 else RowProblem.DATE_OPEN


def _from_to(first: Period | RowProblem, last: Period | RowProblem) -> Period | RowProblem:
    """Both days of a range in one cell."""
    if isinstance(first, RowProblem) or isinstance(last, RowProblem):
        return RowProblem.DATE_OPEN
    if last.first < first.first:
        return RowProblem.DATE_BACKWARDS
    return first if first == last else Period(first.first, last.last, Precision.RANGE)


def _rest(text: str, span: Span) -> bool:
    """Whether a cell says more than the characters at `span`: letters, or a mark of doubt."""
    return bool(_MORE.search(text[: span.start] + " " + text[span.end :]))


def _figure(sign: str) -> str:
    """Any decimal digit as the western one; other signs as they are."""
    return str(int(sign)) if sign.isdecimal() else sign


def _of_figures(match: "re.Match[str]", order: DayOrder) -> Period | RowProblem:
    one, two, three = (int(match[group]) for group in (1, 2, 3))
    if len(match[1]) == len("2024"):
        return _day(one, two, three)
    if len(match[3]) != len("2024") or len(match[1]) > len("31"):
        return RowProblem.DATE_OPEN  # a year of two figures is of no century
    if one > _MOST_MONTHS or one == two:
        return _day(three, two, one)
    if two > _MOST_MONTHS:
        return _day(three, one, two)
    if order is DayOrder.UNTOLD:
        return RowProblem.DAY_OR_MONTH
    return _day(three, two, one) if order is DayOrder.DAY_FIRST else _day(three, one, two)


def _day(year: int, month: int, day: int) -> Period | RowProblem:
    known = from_hijri(year, month, day) if year in _HIJRI else gregorian(year, month, day) if year in _YEARS else None
    return Period(known, known, Precision.DAY) if known else RowProblem.DATE_OPEN


@lru_cache(maxsize=20_000)
def count_of(text: str) -> tuple[int | None, int | None] | RowProblem:
    """The bounds of the one number that a cell tells, or why it stays open."""
    plain = "".join(_figure(sign) for sign in text).strip()
    if plain.isascii() and plain.isdigit() and len(plain) <= len("9999999"):
        return int(plain), int(plain)
    values = _read(text, Slot.COUNT)
    found = {(value.minimum, value.maximum) for value in values}
    numbered = numbers(text, language(text)) if values else []
    sure = len(numbered) == 1 and not _DOUBT.search(text)
    sure = sure and (any(value.code for value in values) or not _rest(text, numbered[0].span))
    return found.pop() if sure and len(found) == 1 else RowProblem.COUNT_OPEN


@lru_cache(maxsize=20_000)
def parties_of(text: str, known: Gazetteer) -> tuple[Value, ...]:
    """The parties that a cell names; none where it names none that is known."""
    return _read(text, Slot.BY, known)


@lru_cache(maxsize=20_000)
def act_of(text: str) -> str:
    """The code of the act that a cell tells, empty where it tells none or several."""
    key = cell_key(text).replace(" ", "_")
    if key in {act.value for act in Act}:
        return key
    if not text or len(text) > LONGEST:
        return ""
    found = {trigger.act.value for trigger in triggers(mark(prepare(_document(text))), ())}
    return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """Entries that a cell may mean, and the kind that its words tell; `whole` says that they are the place itself."""

    places: tuple[Place, ...] = ()
    worded: PlaceKind | None = None
    whole: bool = True


@lru_cache(maxsize=50_000)
def places_named(text: str, known: Gazetteer) -> NamedPlaces:
    """The entries that bear the name in a cell; what stands near a place ("near al-Bab") is not the place."""
    if not text.strip() or len(text) > LONGEST:
        return NamedPlaces()
    if text.count(_WITHIN) == 1 and "|" not in text:
        text = text.partition(_WITHIN)[2]
    named = known.named(text) or known.named(_without_kind(text))
    if named:
        return NamedPlaces(named)
    read = place_mentions(prepare(_document(text)), known)
    if not read:
        return NamedPlaces()
    entries = {place.code: place for each in read for place in (each.resolved, *each.candidates) if place}
    whole = len(read) == 1 and not _rest(text, read[0].mention.span) and read[0].resolved is not None
    return NamedPlaces(tuple(entries.values()), read[0].kind, whole)


def _without_kind(text: str) -> str:
    """A name without the word before or after it that says of what kind the place is."""
    words = text.split()
    if len(words) > 1 and fold(words[0]) in _kind_words():
        return " ".join(words[1:])
    return " ".join(words[:-1]) if len(words) > 1 and fold(words[-1]) in _kind_words() else ""


@cache
def _kind_words() -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in load("import_place_words", ("word",)))


def narrowed(
    found: NamedPlaces, role: ColumnRole, wider: Sequence[Place], known: Gazetteer
) -> tuple[tuple[Place, ...], RowProblem | None]:
    """The entries that are left by the column and by the row's `wider` places, and why they are not one."""
    if not found.places:
        return (), RowProblem.PLACE_UNKNOWN
    left = [place for place in found.places if _fits(place, role)] or list(found.places)
    for around in wider:
        inside = [place for place in left if known.within(place, around)]
        if not inside and around.kind in _WIDE:
            return tuple(left), RowProblem.PLACE_ELSEWHERE
        left = inside or left
    return tuple(left), None if len(left) == 1 and found.whole else RowProblem.PLACE_AMBIGUOUS


def _fits(place: Place, role: ColumnRole) -> bool:
    return place.kind in _KINDS[role] if role in _KINDS else place.kind not in _WIDE


def _read(text: str, slot: Slot, known: Gazetteer | None = None) -> tuple[Value, ...]:
    if not text.strip() or len(text) > LONGEST:
        return ()
    return readings(_document(text), Span(0, len(text)), slot, known)


def _document(text: str) -> Document:
    return Document("cell", text, language=language(text), readable=(Span(0, len(text)),))
