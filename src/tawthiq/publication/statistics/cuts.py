"""Under which line of each cut an incident stands: one line of its own for whatever is not known or not agreed.

A place that all positions on "where" lie in is the incident's; positions in several are "sources disagree", never a choice.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from tawthiq.lexicon.gazetteer import DEEPEST, gazetteer
from tawthiq.records.claim import Slot
from tawthiq.records.disclosure import DisclosedIncident, DisclosedPlace
from tawthiq.records.place import Place, PlaceKind
from tawthiq.records.statistics import StatisticsFilter

NONE, SEVERAL, OTHER = "(none)", "(several)", "(other)"
UNDATED, WIDE = "(undated)", "(wide)"
MOST_MONTHS, MOST_YEARS = 24, 10
"""A longer stretch of days says too little to be told as possible in each month or year of it."""
REJECTED = "rejected"
BY_ACT, BY_PLACE, BY_DAY, BY_NO_DAY = "act", "place", "day", "undated"


def country_of(incident: DisclosedIncident) -> str:
    """The country (ISO 3166 alpha-2) that every position lies in."""
    return _agreed({place.country for place in incident.places if place.country})


def governorate_of(incident: DisclosedIncident) -> str:
    """The governorate's code; of an incident in one country of which nothing closer is known, the country's with "*"."""
    country = country_of(incident)
    if country in (NONE, SEVERAL):
        return country
    found = _agreed({code for place in incident.places if (code := _governorate(place.code))})
    return f"{country}*" if found == NONE else found


def parties_of(incident: DisclosedIncident) -> frozenset[str]:
    """The parties that any source names as having done it; without a code of the table they are one other party."""
    who = frozenset(claim.code or OTHER for claim in incident.claims if claim.slot == Slot.WHO)
    return who or frozenset((NONE,))


def year_of(incident: DisclosedIncident) -> tuple[str, tuple[str, ...]]:
    """The year, and the years in which it may have been where that is open."""
    first, last = _days(incident)
    if first is None or last is None:
        return UNDATED, ()
    if first.year == last.year:
        return f"{first.year:04}", ()
    open_to = last.year - first.year < MOST_YEARS
    return WIDE, tuple(f"{year:04}" for year in range(first.year, last.year + 1)) if open_to else ()


def month_of(incident: DisclosedIncident) -> tuple[str, tuple[str, ...]]:
    """The month as YYYY-MM, and the months in which it may have been where that is open."""
    first, last = _days(incident)
    if first is None or last is None:
        return UNDATED, ()
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if begin == end:
        return _month(begin), ()
    return WIDE, tuple(_month(each) for each in range(begin, end + 1)) if end - begin < MOST_MONTHS else ()


def refused(incident: DisclosedIncident, wanted: StatisticsFilter) -> str:
    """Why an incident is not counted; empty where it is."""
    if incident.state == REJECTED:
        return REJECTED
    if wanted.acts and incident.act not in wanted.acts:
        return BY_ACT
    if wanted.places and not any(_within(place, code) for place in incident.places for code in wanted.places):
        return BY_PLACE
    if wanted.first is None and wanted.last is None:
        return ""
    first, last = _days(incident)
    if first is None or last is None:
        return BY_NO_DAY
    outside = (wanted.first is not None and last < wanted.first) or (wanted.last is not None and first > wanted.last)
    return BY_DAY if outside else ""


def straddles(incident: DisclosedIncident, wanted: StatisticsFilter) -> bool:
    """Whether an incident that is counted may have happened before or after the days asked for."""
    first, last = _days(incident)
    if first is None or last is None:
        return False
    return bool((wanted.first and first < wanted.first) or (wanted.last and last > wanted.last))


def _days(incident: DisclosedIncident) -> tuple[date | None, date | None]:
    """From and to; where one side is not told it is the other."""
    first, last = incident.first or incident.last, incident.last or incident.first
    return (first, last) if first is None or last is None or first <= last else (last, first)


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _agreed(found: set[str]) -> str:
    return NONE if not found else next(iter(found)) if len(found) == 1 else SEVERAL


@lru_cache(maxsize=1 << 14)
def _governorate(code: str) -> str:
    """The code of the governorate that a place is or lies in; empty where none is known."""
    return next((place.code for place in _upwards(code) if place.kind is PlaceKind.GOVERNORATE), "")


def _within(place: DisclosedPlace, wanted: str) -> bool:
    return wanted in (place.code, place.country) or _lies_in(place.code, wanted)


@lru_cache(maxsize=1 << 14)
def _lies_in(code: str, wanted: str) -> bool:
    return any(place.code == wanted for place in _upwards(code))


def _upwards(code: str) -> Iterator[Place]:
    """A place and those it lies in."""
    at: str | None = code
    for _ in range(DEEPEST):
        place = gazetteer().of_code(at) if at else None
        if place is None:
            return
        yield place
        at = place.parent
