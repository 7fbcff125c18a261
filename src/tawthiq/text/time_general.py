"""Times of general texts that reports do not mean: days of plans, bare weeks and years, days and months in figures.

Owns the resolvers of `time_rules.BEFORE_RULES` and `BEHIND_RULES`, which `times` uses only when asked for general texts.
A bare day of a month is one of the month that runs; figures without a year take the most recent past one, as everywhere.
"""

import re

from tawthiq.records.period import Precision
from tawthiq.text import calendars
from tawthiq.text.time_periods import unit_range
from tawthiq.text.time_periods import year as numbered_year
from tawthiq.text.time_values import NO_BASE, Resolved, Resolver, Slots, open_time, single, whole
from tawthiq.text.time_weeks import week_of

_DECIMAL_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})")
_DECIMAL_MONTH = re.compile(r"(\d{4})\.(\d{1,2})")
_YEARS = range(100, 2200)


def _day_beside(slots: Slots) -> Resolved | None:
    """ "The past day", "the coming day"."""
    by = slots.number("mod") if slots["mod"].kind != "s" else 1
    return single(calendars.shift_days(slots.base, by), "the day beside the text's own") if slots.base else None


def _bare_day(slots: Slots) -> Resolved | None:
    """ "On the 15th" of the month that runs."""
    item = slots["D"]
    led = slots.has("near") or slots.has("to") or item.prefix.removesuffix("ال") in ("ل", "ول")
    if slots.base is None or not led or not 1 <= slots.number("D") <= 31:
        return None
    day = calendars.gregorian(slots.base.year, slots.base.month, slots.number("D"))
    return single(day, "that day of the month that runs")


def _decimal_day(slots: Slots) -> Resolved | None:
    """ "4.22", "2015.3", and "in 1789" at the end of a sentence."""
    raw = slots["Y"].raw
    of_year, pair = _DECIMAL_MONTH.fullmatch(raw), _DECIMAL_DAY.fullmatch(raw)
    if of_year is not None and int(of_year[2]) <= 12:
        ends = calendars.month_range("gregorian", int(of_year[1]), int(of_year[2]))
        return whole(*ends, Precision.MONTH, "year and month in figures", "month") if ends else None
    if pair is not None:
        return _recent(slots, int(pair[1]), int(pair[2]))
    return _any_year(slots) if slots.has("near") else None


def _figures(slots: Slots) -> Resolved | None:
    """ "4/22" and "22-4"."""
    return _recent(slots, slots.number("a"), slots.number("b"))


def _recent(slots: Slots, first: int, second: int) -> Resolved | None:
    """The most recent day of that month, whichever of the two figures is the month."""
    day, month = (first, second) if second <= 12 else (second, first)
    if slots.base is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    found = [calendars.gregorian(slots.base.year - back, month, day) for back in (0, 1)]
    past = [one for one in found if one is not None and one <= slots.base]
    return single(past[0], "day and month in figures, the most recent one") if past else None


def _following(slots: Slots) -> Resolved | None:
    """ "The following month", counted from the text's own day."""
    if slots.base is None:
        return open_time(NO_BASE)
    unit = str(slots["U"].value)
    return unit_range(slots.base, unit, 1) if unit in ("week", "month", "year", "weekend") else None


def _bare_period(slots: Slots) -> Resolved | None:
    """ "The week": the one that runs."""
    unit = str(slots["U"].value)
    definite = slots["U"].prefix.endswith("ال") or unit == "weekend"
    if slots.base is None or not definite or unit not in ("week", "weekend", "month", "year"):
        return None
    return unit_range(slots.base, unit, 0)


def _bare_season(slots: Slots) -> Resolved | None:
    del slots
    return open_time("a season of no year", "range")


def _any_year(slots: Slots) -> Resolved | None:
    return numbered_year(slots) if slots.number("Y") in _YEARS and isinstance(slots["Y"].value, int) else None


GENERAL_RESOLVERS: dict[str, Resolver] = {
    "day_beside": _day_beside,
    "bare_day": _bare_day,
    "to_day": _bare_day,
    "day_figures": _figures,
    "following": _following,
    "bare_period": _bare_period,
    "bare_season": _bare_season,
    "any_year": _any_year,
    "decimal_day": _decimal_day,
    "week_on": week_of,
}
