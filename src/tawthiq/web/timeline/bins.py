"""Stretches of time in which incidents are counted: days, weeks from Monday, months, years, decades, centuries. Pure.

An incident whose period lies wholly in a stretch is certainly there; one whose period reaches over several may be in any of
them. Nothing is put into a stretch by guessing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from enum import StrEnum
from functools import lru_cache

MOST = 400  # stretches in one picture
WANTED = 60


class Unit(StrEnum):
    """How long a stretch is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@dataclass(frozen=True, slots=True)
class Amount:
    """What an incident, or several of one period, count for: how many, and the lowest and highest numbers claimed."""

    first: date
    last: date
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Bin:
    """One stretch with both its days included; `certain` is what lies wholly in it, `possible` all that may be in it."""

    first: date
    last: date
    certain: int
    possible: int


@lru_cache(maxsize=1 << 14)
def index_of(day: date, unit: Unit) -> int:
    """The number of the stretch that holds a day; neighbours have neighbouring numbers."""
    if unit is Unit.DAY:
        return day.toordinal()
    if unit is Unit.WEEK:
        return (day.toordinal() - 1) // 7  # 1 January of the year 1 was a Monday
    if unit is Unit.MONTH:
        return day.year * 12 + day.month - 1
    return day.year // {Unit.YEAR: 1, Unit.DECADE: 10, Unit.CENTURY: 100}[unit]


def begin_of(index: int, unit: Unit) -> date:
    """The first day of a stretch, no earlier than the calendar's first."""
    if unit in (Unit.DAY, Unit.WEEK):
        return date.fromordinal(max(1, min(date.max.toordinal(), index if unit is Unit.DAY else index * 7 + 1)))
    if unit is Unit.MONTH:
        return date(max(MINYEAR, min(MAXYEAR, index // 12)), index % 12 + 1, 1)
    years = {Unit.YEAR: 1, Unit.DECADE: 10, Unit.CENTURY: 100}[unit]
    return date(max(MINYEAR, min(MAXYEAR, index * years)), 1, 1)


def end_of(index: int, unit: Unit) -> date:
    """The last day of a stretch, no later than the calendar's last."""
    following = begin_of(index + 1, unit)
    if following <= begin_of(index, unit):
        return date.max
    return date.fromordinal(following.toordinal() - 1)


def unit_for(first: date, last: date, wanted: Unit | None = None) -> Unit:
    """The unit wished for, or the finest of which few enough stretches reach from one day to the other."""
    most, units = (MOST, list(Unit)) if wanted else (WANTED, list(Unit))
    for unit in units[units.index(wanted) :] if wanted else units:
        if index_of(last, unit) - index_of(first, unit) < most:
            return unit
    return Unit.CENTURY


def histogram(amounts: Iterable[Amount], unit: Unit) -> list[Bin]:
    """All stretches from the first to the last that may hold anything; empty where there is nothing."""
    certain: dict[int, int] = defaultdict(int)
    changes: dict[int, int] = defaultdict(int)
    for amount in amounts:
        begin, end = sorted((index_of(amount.first, unit), index_of(amount.last, unit)))
        if begin == end:
            certain[begin] += amount.low
        changes[begin] += amount.high
        changes[end + 1] -= amount.high
    if not changes:
        return []
    found, possible = list[Bin](), 0
    for index in range(min(changes), max(changes)):
        possible += changes.get(index, 0)
        found.append(Bin(begin_of(index, unit), end_of(index, unit), certain.get(index, 0), possible))
    return found
