"""What weeks, months, seasons, years and parts of them resolve to.

Days are in `time_values`, durations in `time_durations`. A month or season without a year is the most recent past one; one that
runs at publication ends there. "Beginning of a month" is its first ten days, "late in a month"
from the twenty-first, "end" its last day, "middle" the fifteenth, each with a precision that says it is no exact day.
"""

from datetime import date, timedelta

from tawthiq.records.period import Period, Precision
from tawthiq.text import calendars
from tawthiq.text.time_values import NO_BASE, Resolved, Slots, open_time, single, whole
from tawthiq.text.vocabulary import Month

_THIRD = 10
_MIDDLE = 15
_LATE = 21


def month(slots: Slots) -> Resolved | None:
    """A month with a year, with "last" or "next", or alone: then the most recent past one."""
    named = slots.month()
    if not _is_month(slots, named):
        return None
    if slots.has("Y"):
        return _month_of_year(named, slots.number("Y"), "month and year")
    if slots.base is None:
        return open_time("no year is given and the day of publication is not known")
    modifier = slots.number("mod") if slots.has("mod") else None
    if slots.has("whole") and slots["whole"].value == "year":
        return _month_of_year(named, slots.base.year + (modifier or 0), "month of the year meant")
    return until_base(_recent_month(slots.base, named, modifier), slots.base)


def _is_month(slots: Slots, named: Month) -> bool:
    """Whether the words around an ambiguous month name make it one."""
    if slots.has("Y"):
        return True
    if slots.has("named"):
        return slots["named"].value == "month"
    near = slots.has("near") and named.calendar != "jalali" and slots["M"].raw != "verb"
    return not named.needs_number or slots.has("mod") or near


def _month_of_year(named: Month, year: int, reason: str) -> Resolved:
    calendar = named.calendar
    if calendar != "gregorian" and year > 1900:
        return _foreign_in_year(named, year)
    ends = calendars.month_range(calendar, year, named.number)
    if calendar != "gregorian":
        reason += f", {calendar}"
    return whole(ends[0] if ends else None, ends[1] if ends else None, Precision.MONTH, reason, "month")


def _foreign_in_year(named: Month, year: int) -> Resolved:
    """A Hijri or Jalali month of a Gregorian year ("Ramadan 2012"): the one that begins in it."""
    middle = round((year - 622) * 33 / 32) if named.calendar == "hijri" else year - 621
    for own in (middle - 1, middle, middle + 1):
        ends = calendars.month_range(named.calendar, own, named.number)
        if ends and ends[0].year == year:
            return whole(*ends, Precision.MONTH, f"the month that begins in that year, {named.calendar}", "month")
    return open_time("there is no such month")


def _recent_month(base: date, named: Month, modifier: int | None) -> Resolved:
    if named.calendar != "gregorian":
        return _recent_foreign(base, named)
    year = base.year - (named.number > base.month)
    if modifier is not None and modifier < 0 and named.number == base.month:
        year -= 1
    if modifier is not None and modifier > 0:
        year = base.year + (named.number <= base.month)
    return _month_of_year(named, year, "the most recent such month counted from publication")


def _recent_foreign(base: date, named: Month) -> Resolved:
    middle = round((base.year - 622) * 33 / 32) if named.calendar == "hijri" else base.year - 621
    for year in (middle + 1, middle, middle - 1, middle - 2):
        ends = calendars.month_range(named.calendar, year, named.number)
        if ends and ends[0] <= base:
            return whole(*ends, Precision.MONTH, f"the most recent such month, {named.calendar}", "month")
    return open_time("there is no such month")


def months(slots: Slots) -> Resolved | None:
    """Two months named together: from the first of one to the last of the other."""
    first, last = slots.month("M"), slots.month("M2")
    if first.calendar != "gregorian" or last.calendar != "gregorian":
        return None
    if first.needs_number and last.needs_number and not slots.has("Y"):
        return None
    if not slots.has("Y") and slots.base is None:
        return open_time("no year is given and the day of publication is not known")
    year = slots.number("Y") if slots.has("Y") else slots.base.year - (last.number > slots.base.month)  # type: ignore[union-attr]
    begin = calendars.month_range("gregorian", year - (first.number > last.number), first.number)
    end = calendars.month_range("gregorian", year, last.number)
    return whole(
        begin[0] if begin else None, end[1] if end else None, Precision.RANGE, "from the first month to the last"
    )


def positioned(slots: Slots) -> Resolved | None:
    """Beginning, middle or end of a month, year or week."""
    late = slots["pos"].kind == "y" and slots.number("pos") == 2
    position = "X" if late else {"B": "B", "X": "X", "Z": "Z", "O": "B", "y": "B"}[slots["pos"].kind]
    if slots["pos"].kind == "O" and (slots["pos"].value != 1 or slots["pos"].prefix.endswith("ال")):
        return None
    very_end = slots.number("pos") == 2 and not late
    container = month(unweak(slots)) if slots.has("M") else _unit_container(slots) if slots.has("U") else year(slots)
    if container is None or container.period is None:
        return container
    ends = container.period
    if (ends.last - ends.first).days > 300:
        return _part_of_year(ends, position, very_end)
    if (ends.last - ends.first).days < 20:
        first = ends.first if position == "B" else ends.first + timedelta(days=2 if position == "Z" else 4)
        last = ends.first + timedelta(days=2) if position == "B" else ends.last
        return whole(first, last, Precision.WEEK, f"part of it: {container.reason}")
    return _part_of_month(ends, position, very_end, container.reason)


def unweak(slots: Slots) -> Slots:
    """The slots with a month that its surroundings have confirmed."""
    item = slots["M"]
    named = slots.month()._replace(needs_number=False)
    return Slots({**slots.items, "M": item._replace(value=named)}, slots.language, slots.base)


def _unit_container(slots: Slots) -> Resolved | None:
    unit = str(slots["U"].value)
    if unit not in ("month", "year", "week"):
        return None
    if unit == "year" and slots.has("Y"):
        ends = calendars.year_range(slots.number("Y"))
        return whole(ends[0] if ends else None, ends[1] if ends else None, Precision.YEAR, "year")
    if slots.base is None:
        return open_time(NO_BASE)
    return unit_range(slots.base, unit, slots.number("mod"))


def _part_of_month(ends: Period, position: str, very_end: bool, why: str) -> Resolved:
    first, last = ends.first, ends.last
    if position == "B":
        return whole(first, first + timedelta(days=_THIRD - 1), Precision.WEEK, f"the first ten days: {why}")
    if position == "Z":
        middle = first + timedelta(days=_MIDDLE - 1)
        return whole(middle, middle, Precision.WEEK, f"about the fifteenth, no exact day: {why}")
    begin = last if very_end else first + timedelta(days=_LATE - 1)
    return whole(begin, last, Precision.WEEK, f"the end, no exact day: {why}")


def _part_of_year(ends: Period, position: str, very_end: bool) -> Resolved:
    year = ends.first.year
    months_of = {"B": (1, 3), "Z": (5, 8), "X": (12, 12) if very_end else (10, 12)}[position]
    first = calendars.month_range("gregorian", year, months_of[0])
    last = calendars.month_range("gregorian", year, months_of[1])
    return whole(
        first[0] if first else None, last[1] if last else None, Precision.RANGE, "a part of the year, no exact month"
    )


def unit_range(base: date, unit: str, by: int) -> Resolved:
    """The week, month or year `by` steps from that of `base`; the current one ends with `base`."""
    if unit in ("week", "weekend"):
        week = calendars.week_of(base)
        first = calendars.shift_days(week[0], 7 * by) if week else None
        last = calendars.shift_days(first, 6) if first else None
        if unit == "weekend" and first and last:
            first = first + timedelta(days=5)
        return whole(first, last, Precision.WEEK, "the week from Monday to Sunday", "week")
    if unit == "month":
        shifted = calendars.shift_months(base.replace(day=1), by)
        ends = calendars.month_range("gregorian", shifted.year, shifted.month) if shifted else None
        return whole(
            ends[0] if ends else None,
            ends[1] if ends else None,
            Precision.MONTH,
            "the month counted from publication",
            "month",
        )
    if unit == "year":
        ends = calendars.year_range(base.year + by)
        return whole(
            ends[0] if ends else None,
            ends[1] if ends else None,
            Precision.YEAR,
            "the year counted from publication",
            "year",
        )
    if unit == "decade":
        first, last = (
            calendars.gregorian(base.year // 10 * 10 + 10 * by, 1, 1),
            calendars.gregorian(base.year // 10 * 10 + 10 * by + 9, 12, 31),
        )
        return whole(first, last, Precision.RANGE, "the decade counted from publication")
    return single(calendars.shift_days(base, by if unit == "day" else 0), "counted from publication")


def until_base(found: Resolved, base: date) -> Resolved:
    """The month or year that runs at `base`, up to that day: a report cannot tell of later ones."""
    period = found.period
    if period is None or found.kind not in ("month", "year") or not period.first <= base < period.last:
        return found
    return Resolved(Period(period.first, base, period.precision), f"{found.reason}; up to publication", found.kind)


def nth(slots: Slots) -> Resolved | None:
    """ "On the 26th": the most recent such day of a month; figures only."""
    if not slots["D"].raw or slots.base is None:
        return None
    for back in (0, -1, -2):
        month_then = calendars.shift_months(slots.base.replace(day=1), back)
        day = calendars.gregorian(month_then.year, month_then.month, slots.number("D")) if month_then else None
        if day is not None and day <= slots.base:
            return single(day, "the most recent such day of a month")
    return None


def month_figures(slots: Slots) -> Resolved | None:
    """Month and year in figures: "3/2015"."""
    if not 1 <= slots.number("a") <= 12:
        return None
    return _month_of_year(
        Month(slots.number("a"), "gregorian", needs_number=False), slots.number("Y"), "month and year in figures"
    )


def part_of_year(slots: Slots) -> Resolved | None:
    """A quarter or half of a year, or a half of a month, by its place."""
    if slots.has("M"):
        return _half_of_month(slots)
    months_in = {0.25: 3, 0.5: 6}.get(float(str(slots["part"].value)))
    place = slots.number("D")
    if months_in is None or not 1 <= place <= 12 // months_in:
        return None
    if not slots.has("Y") and (slots["U"].value != "year" or slots.base is None):
        return None if slots["U"].value != "year" else open_time(NO_BASE)
    of_year = slots.number("Y") if slots.has("Y") else slots.base.year + slots.number("mod")  # type: ignore[union-attr]
    first = calendars.month_range("gregorian", of_year, months_in * (place - 1) + 1)
    last = calendars.month_range("gregorian", of_year, months_in * place)
    return whole(
        first[0] if first else None, last[1] if last else None, Precision.RANGE, "a part of the year by its place"
    )


def _half_of_month(slots: Slots) -> Resolved | None:
    place = slots.number("D")
    if slots["part"].value != 0.5 or place not in (1, 2):
        return None
    found = month(unweak(slots))
    if found is None or found.period is None:
        return found
    middle = found.period.first + timedelta(days=_MIDDLE - 1)
    first, last = (found.period.first, middle) if place == 1 else (middle + timedelta(days=1), found.period.last)
    return whole(first, last, Precision.WEEK, f"a half of it: {found.reason}")


def season(slots: Slots) -> Resolved | None:
    """A season with a year, or the most recent one where "last" or "since the start of" says so; a bare season stays open."""
    if slots.has("Y"):
        return _season(slots, slots.number("Y"), "the season by whole months")
    modifier = slots.number("mod")
    if not slots.has("mod") and not slots.has("start"):
        return None
    if slots.base is None:
        return open_time(NO_BASE)
    if slots.has("whole"):
        return _season(slots, slots.base.year + modifier, "the season of the year meant")
    for of_year in (slots.base.year + (modifier > 0), slots.base.year - 1, slots.base.year - 2):
        found = _season(slots, of_year, "the season counted from publication, by whole months")
        ends = found.period
        begun = ends is not None and ends.first <= slots.base
        over = ends is not None and ends.last < slots.base
        if modifier > 0 or (over if modifier < 0 else begun):
            return found
    return None


def _season(slots: Slots, of_year: int, reason: str) -> Resolved:
    ends = calendars.season_range(of_year, slots.number("V"))
    return whole(ends[0] if ends else None, ends[1] if ends else None, Precision.RANGE, reason)


def year(slots: Slots) -> Resolved | None:
    """A year by its number; Hijri years run from 1 Muharram."""
    if slots.has("named") and not str(slots["named"].value).startswith("year"):
        return None
    number = slots.number("Y")
    if 1300 <= number < 1600:
        first = calendars.from_hijri(number, 1, 1)
        last = calendars.from_hijri(number + 1, 1, 1)
        return whole(first, last - timedelta(days=1) if last else None, Precision.YEAR, "a Hijri year", "year")
    ends = calendars.year_range(number)
    return whole(ends[0] if ends else None, ends[1] if ends else None, Precision.YEAR, "a year by its number", "year")


def years(slots: Slots) -> Resolved | None:
    """From one year to another."""
    first, last = calendars.year_range(slots.number("Y")), calendars.year_range(slots.number("Y2"))
    return whole(first[0] if first else None, last[1] if last else None, Precision.RANGE, "from year to year")


def decade(slots: Slots) -> Resolved | None:
    """ "The seventies"."""
    start = slots.number("decade")
    return whole(
        calendars.gregorian(start, 1, 1),
        calendars.gregorian(start + 9, 12, 31),
        Precision.RANGE,
        "a decade by its name",
    )
