"""What weeks, days of weeks, numbered days and the rest of a period resolve to.

Weeks begin on Monday (ISO 8601). A week "of" a month counts seven days from the month's first; a week "of" a day is the
one that holds it. "For the third day" runs from two days before the text's own day up to it.
"""

from datetime import date, timedelta

from tawthiq.records.period import Precision
from tawthiq.text import calendars
from tawthiq.text.time_periods import month, unit_range, unweak
from tawthiq.text.time_values import NO_BASE, Resolved, Slots, day_of, open_time, single, whole

_THIRD = 3
"""English says "a third" for the part and for the place."""
_LONGEST_RUN = 2000
_DAY_FOLLOWS = 2
"""What the lexicon says of words that do not hold "day" themselves ("entered its third ...")."""


def week_in(slots: Slots) -> Resolved | None:
    """ "The first week of October": seven days counted from the month's first; "last" its last seven. ISO 8601 for years."""
    if slots["U"].value != "week":
        return None
    if slots.has("Y") and not slots.has("M"):
        return _week_of_year(slots, slots.number("Y"))
    if slots.has("whole") and slots["whole"].value == "year" and not slots.has("M"):
        return _week_of_year(slots, slots.base.year + slots.number("mod")) if slots.base else open_time(NO_BASE)
    named = slots if not slots.has("whole") or slots["whole"].value == "year" else slots.without("whole")
    container = month(unweak(named)) if slots.has("M") else _whole_month(slots)
    if container is None or container.period is None:
        return container
    ends = container.period
    if slots["D"].kind in "LX":
        return whole(ends.last - timedelta(days=6), ends.last, Precision.WEEK, "the last seven days of the month")
    first = ends.first + timedelta(days=7 * (slots.number("D") - 1))
    last = min(first + timedelta(days=6), ends.last)
    return whole(first, last, Precision.WEEK, "a week of the month, counted from its first day")


def _week_of_year(slots: Slots, year: int) -> Resolved:
    """A numbered week of a year (ISO 8601); the last one where the text says "last"."""
    last_week = slots["D"].kind in "LX"
    try:
        number = date(year, 12, 28).isocalendar().week if last_week else slots.number("D")
        first = date.fromisocalendar(year, number, 1)
    except ValueError:
        return open_time("there is no such week")
    return whole(first, calendars.shift_days(first, 6), Precision.WEEK, "a week of the year, ISO 8601")


def _whole_month(slots: Slots) -> Resolved | None:
    if not slots.has("whole") or slots["whole"].value != "month":
        return None
    return unit_range(slots.base, "month", slots.number("mod")) if slots.base else open_time(NO_BASE)


def week_of(slots: Slots) -> Resolved | None:
    """ "The week of 16 September"."""
    if slots["U"].value != "week":
        return None
    day = day_of(slots)
    if day is None or day.period is None:
        return day
    ends = calendars.week_of(day.period.first)
    reason = f"the week that holds it: {day.reason}"
    return whole(ends[0] if ends else None, ends[1] if ends else None, Precision.WEEK, reason)


def week_days(slots: Slots) -> Resolved | None:
    """ "Last week from Tuesday to Thursday"."""
    if slots["U"].value != "week" or not (slots.has("join") or slots["W2"].prefix.startswith("و")):
        return None
    if slots.base is None:
        return open_time(NO_BASE)
    week = calendars.week_of(slots.base)
    first, last = (
        calendars.shift_days(week[0], 7 * slots.number("mod") + slots.number(name)) if week else None
        for name in ("W", "W2")
    )
    return whole(first, last, Precision.RANGE, "those weekdays of the week meant")


def nth_weekday(slots: Slots) -> Resolved | None:
    """ "The second Friday of July", "of this month"."""
    if slots.has("U") and slots["U"].value != "month":
        return None
    if slots.has("U") and slots.base is None:
        return open_time(NO_BASE)
    container = month(unweak(slots)) if slots.has("M") else None
    if slots.has("U") and slots.base is not None:
        container = unit_range(slots.base, "month", slots.number("mod"))
    if container is None or container.period is None:
        return container
    first = container.period.first
    day = calendars.shift_days(first, (slots.number("W") - first.weekday()) % 7 + 7 * (slots.number("D") - 1))
    if day is None or (day.month, day.year) != (first.month, first.year):
        return open_time("the month has no such weekday")
    return single(day, f"that weekday of the month: {container.reason}")


def rest(slots: Slots) -> Resolved | None:
    """ "The rest of the month": from the text's own day to the end."""
    if slots.base is None:
        return open_time(NO_BASE)
    if slots["U"].value not in ("week", "month", "year"):
        return None
    ends = unit_range(slots.base, str(slots["U"].value), slots.number("mod")).period
    return whole(slots.base, ends.last if ends else None, Precision.RANGE, "from the text's own day to the end")


def numbered_day(slots: Slots) -> Resolved | None:
    """ "For the third day": two days before the text's own day up to it; "the third day" of something stays open."""
    share = slots["D"].value
    count = _THIRD if isinstance(share, float) and abs(share * _THIRD - 1) < 1e-6 else slots.number("D")
    if slots.has("T") and not slots["T"].prefix.endswith("ل"):
        return open_time("a day counted from something else")
    unsaid = slots.has("own") and slots.number("own") == _DAY_FOLLOWS and not slots.has("day")
    if unsaid or not 2 <= count <= _LONGEST_RUN:
        return None
    if slots.base is None:
        return open_time(NO_BASE)
    return whole(
        calendars.shift_days(slots.base, 1 - count), slots.base, Precision.RANGE, "day after day up to publication"
    )
