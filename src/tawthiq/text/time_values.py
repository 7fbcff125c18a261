"""What a time expression resolves to: from the items of a matched rule to a period of days, with the reason.

Owns the meaning of each rule of `time_rules`. Everything relative counts from `base`, the text's own day; without it such
expressions stay open. Nothing is invented: a day without a year takes the most recent past one and says so, an impossible date
stays open, a weekday that contradicts its date is named in the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tawthiq.records.period import Period, Precision
from tawthiq.text import calendars
from tawthiq.text.items import Item
from tawthiq.text.vocabulary import Month

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_BASE = "counts from the day of publication, which is not known"
_IMPOSSIBLE = "there is no such date"


@dataclass(frozen=True, slots=True)
class Slots:
    """The named items of one match. `base` is the day that relative words count from."""

    items: dict[str, Item]
    language: str
    base: date | None

    def __getitem__(self, name: str) -> Item:
        return self.items[name]

    def has(self, name: str) -> bool:
        """Whether the rule set this slot."""
        return name in self.items

    def without(self, name: str) -> "Slots":
        """The same slots but one."""
        return Slots({own: item for own, item in self.items.items() if own != name}, self.language, self.base)

    def number(self, name: str, default: int = 0) -> int:
        """The whole number in a slot, or `default`."""
        value = self.items[name].value if name in self.items else default
        return int(value) if isinstance(value, int | float) else default

    def month(self, name: str = "M") -> Month:
        """The month in a slot."""
        value = self.items[name].value
        assert isinstance(value, Month)
        return value


@dataclass(frozen=True, slots=True)
class Resolved:
    """A period, or None with the reason why it stays open.

    `kind` tells `time_ranges` what the expression is; "until:W" ends it at the item in slot W.
    """

    period: Period | None
    reason: str
    kind: str = "day"


Resolver = Callable[[Slots], Resolved | None]


def whole(first: date | None, last: date | None, precision: Precision, reason: str, kind: str = "range") -> Resolved:
    """A resolved range, or an open one when either end does not exist or the range runs backwards."""
    if first is None or last is None or last < first:
        return Resolved(None, _IMPOSSIBLE, kind)
    return Resolved(Period(first, last, precision), reason, kind)


def single(day: date | None, reason: str) -> Resolved:
    """A resolved day."""
    return whole(day, day, Precision.DAY, reason, "day")


def open_time(reason: str, kind: str = "open") -> Resolved:
    """An expression that the text leaves open."""
    return Resolved(None, reason, kind)


def recent_weekday(base: date, weekday: int, *, today: bool = True) -> date | None:
    """The most recent `weekday` up to `base`; the day itself counts unless `today` is false."""
    back = (base.weekday() - weekday) % 7
    return calendars.shift_days(base, -(back or (0 if today else 7)))


def day_of(slots: Slots) -> Resolved | None:
    """A day given by day and month, numbers, or its place in a month."""
    if slots.has("a"):
        return _numeric(slots)
    if slots.has("M"):
        return _day_month(slots)
    return _day_of_month(slots)


def _numeric(slots: Slots) -> Resolved | None:
    first, second = slots["a"], slots["b"]
    if not slots.has("c"):
        return _short_numeric(slots, slots.number("a"), slots.number("b"))
    third = slots["c"]
    numbers = [slots.number(name) for name in "abc"]
    if first.kind in "YI":
        return _dated(numbers[0], numbers[1], numbers[2], "year, month, day in figures")
    if third.kind in "NQ":
        if not (len(third.raw) == 2 and len(first.raw) <= 2 and len(second.raw) <= 2):
            return None
        numbers[2] += 2000 if numbers[2] < 70 else 1900
    return _figures(slots, *numbers)


def _figures(slots: Slots, day: int, month: int, year: int) -> Resolved:
    """Day, month and year in figures, unless only the other way round makes a date or English leaves it open."""
    if month > 12 >= day:
        return _dated(year, day, month, "month, day, year in figures: the second is over twelve")
    if slots.language == "en" and day <= 12 and day != month:
        weekday = slots.number("W") if slots.has("W") else None
        fitting = [(m, d) for m, d in ((month, day), (day, month)) if _fits(year, m, d, weekday)]
        if weekday is None or len(fitting) != 1:
            return open_time("day and month may be either way round")
        return _dated(year, fitting[0][0], fitting[0][1], "the weekday tells day from month")
    return _dated(year, month, day, "day, month, year in figures")


def _fits(year: int, month: int, day: int, weekday: int | None) -> bool:
    found = calendars.gregorian(year, month, day)
    return found is not None and found.weekday() == weekday


def _dated(year: int, month: int, day: int, reason: str) -> Resolved:
    calendar = "gregorian"
    if 1300 <= year <= 1500:
        calendar = "hijri" if year >= 1420 else "jalali"
    return single(
        calendars.in_calendar(calendar, year, month, day),
        reason if calendar == "gregorian" else f"{reason}, {calendar}",
    )


def _short_numeric(slots: Slots, first: int, second: int) -> Resolved | None:
    """Day and month in figures without a year."""
    day, month = (first, second) if second <= 12 else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if slots.language == "en" and first <= 12 and second <= 12 and not slots.has("W"):
        return open_time("day and month may be either way round, and no year is given")
    return _yearless(slots, day, month, "gregorian")


def _day_month(slots: Slots) -> Resolved | None:
    month, day = slots.month(), slots.number("D")
    if not 1 <= day <= 31:
        return None
    if not slots.has("Y"):
        return _yearless(slots, day, month.number, month.calendar)
    year = slots.number("Y")
    calendar = _calendar_of(month, year)
    reason = "day, month and year" if calendar == "gregorian" else f"day, month and year, {calendar}"
    return single(calendars.in_calendar(calendar, year, month.number, day), reason)


def _calendar_of(month: Month, year: int) -> str:
    """The month's own calendar, unless the year belongs to none but the Gregorian."""
    return "gregorian" if month.calendar != "gregorian" and year > 1900 else month.calendar


def _yearless(slots: Slots, day: int, month: int, calendar: str) -> Resolved:
    """A day and month whose year is the most recent past one; a weekday beside them decides where it can."""
    base = slots.base
    if base is None:
        return open_time("no year is given and the day of publication is not known")
    years = _years_around(base, calendar)
    found = [d for year in years if (d := calendars.in_calendar(calendar, year, month, day)) is not None]
    if slots.has("W"):
        fitting = [d for d in found if d.weekday() == slots.number("W") and abs((d - base).days) < 370]
        if fitting:
            return single(
                min(fitting, key=lambda d: (d > base, abs((d - base).days))), "the year by weekday and publication"
            )
    modifier = slots.number("mod") if slots.has("mod") else 0
    if slots.has("whole") and slots["whole"].value == "year" and calendar == "gregorian":
        return single(calendars.gregorian(base.year + modifier, month, day), "the day of the year meant")
    past = [d for d in found if (d < base if modifier < 0 else d <= base)]
    future = [d for d in found if d > base]
    if modifier > 0 and future:
        return single(min(future), "the next one after publication")
    if not past:
        return open_time(_IMPOSSIBLE)
    return single(max(past), "the year is not given: the most recent past one counted from publication")


def _years_around(base: date, calendar: str) -> list[int]:
    offset = {"gregorian": 0, "jalali": -621, "hijri": 0}[calendar]
    middle = base.year + offset if calendar != "hijri" else round((base.year - 622) * 33 / 32)
    return [middle - 2, middle - 1, middle, middle + 1]


def _day_of_month(slots: Slots) -> Resolved | None:
    """ "The sixth of this month": the month by the word beside it, where there is none the last that has had it."""
    if not slots.has("U") or slots["U"].value != "month":
        return None
    if slots.base is None:
        return open_time(NO_BASE)
    ahead = not slots.has("mod") and slots.number("D") > slots.base.day
    first = calendars.shift_months(slots.base.replace(day=1), -1 if ahead else slots.number("mod"))
    day = calendars.gregorian(first.year, first.month, slots.number("D")) if first else None
    return single(day, "a day of the month counted from publication")


def checked_weekday(found: Resolved, slots: Slots) -> Resolved:
    """`found`, with the contradiction named where the weekday beside it is another."""
    if found.period is None or not slots.has("W") or found.period.first != found.period.last:
        return found
    said, real = slots.number("W"), found.period.first.weekday()
    if said == real:
        return Resolved(found.period, found.reason + "; the weekday agrees", found.kind)
    return Resolved(
        found.period, f"{found.reason}; conflict: the text says {DAYS[said]}, the date is a {DAYS[real]}", found.kind
    )


def near_day(slots: Slots) -> Resolved | None:
    """Today, yesterday, tomorrow; a date or weekday beside it beats the count."""
    offset = slots.number("E")
    if slots.has("M") or slots.has("a") or slots.has("U"):
        dated = day_of(slots)
        if dated is not None and dated.period is not None:
            return checked_weekday(dated, slots)
    if slots.base is None:
        return open_time(NO_BASE)
    day = calendars.shift_days(slots.base, offset)
    if slots.has("W") and day is not None and day.weekday() != slots.number("W"):
        nearest = recent_weekday(slots.base, slots.number("W"))
        return single(
            nearest, f"the weekday beside it; conflict: that day is a {DAYS[day.weekday()]} counted from publication"
        )
    return single(day, f"{offset:+d} days from the text's own day")


def weekday(slots: Slots) -> Resolved | None:
    """A weekday: with a date the date, else the most recent past one, or as "last", "next" or a week beside it say."""
    if slots.has("M") or slots.has("a"):
        dated = day_of(slots)
        if dated is not None:
            return checked_weekday(dated, slots)
    if slots.base is None:
        return open_time(NO_BASE)
    if slots.has("U") and slots["U"].value != "week":
        return None
    if slots.has("D") and not slots.has("mod"):
        return _weekday_with_day(slots, slots.base, slots.number("W"))
    counted = _weekday_counted(slots, slots.base, slots.number("W"))
    return Resolved(counted.period, counted.reason, "until:W") if slots.has("noun") else counted


def _weekday_counted(slots: Slots, base: date, said: int) -> Resolved:
    """The weekday of this, last or next week where "week", "this" or "next" stands by it, else the most recent one."""
    modifier = slots.number("mod") if slots.has("mod") else None
    if slots.has("U") or (modifier is not None and modifier >= 0):
        return _weekday_of_week(base, said, modifier or 0)
    return single(
        recent_weekday(base, said, today=modifier is None),
        "the most recent such weekday" + ("" if modifier is None else " before the text's own day"),
    )


def _weekday_of_week(base: date, said: int, weeks: int) -> Resolved:
    week = calendars.week_of(base)
    return single(calendars.shift_days(week[0], 7 * weeks + said) if week else None, "that weekday of the week meant")


def _weekday_with_day(slots: Slots, base: date, said: int) -> Resolved:
    """ "Thursday 21": the day of this or the last months that is that weekday; the weekday alone when none is."""
    if slots["D"].kind == "O" and not slots["D"].raw and slots.number("D") <= 5:
        return _nth_weekday(base, said, slots.number("D"))
    recent = recent_weekday(base, said)
    if slots.has("noun") and recent is not None and recent.day != slots.number("D"):
        return Resolved(_weekday_counted(slots, base, said).period, "the most recent such weekday", "until:W")
    for back in (0, -1, -2):
        month = calendars.shift_months(base.replace(day=1), back)
        day = calendars.gregorian(month.year, month.month, slots.number("D")) if month else None
        if day is not None and day.weekday() == said and day <= base + timedelta(days=6):
            return single(day, "weekday and day of the month, counted from publication")
    for ahead in (0, 1):
        month = calendars.shift_months(base.replace(day=1), ahead)
        day = calendars.gregorian(month.year, month.month, slots.number("D")) if month else None
        if not slots.has("noun") and day is not None and day.weekday() == said and day > base:
            return single(day, "weekday and day of the month, which meet only after publication")
    if not slots.has("noun"):
        return open_time("weekday and day of the month do not meet in the months before publication")
    return Resolved(_weekday_counted(slots, base, said).period, "the most recent such weekday", "until:W")


def _nth_weekday(base: date, said: int, place: int) -> Resolved:
    """ "The second Sunday" of the month of `base`."""
    first = base.replace(day=1)
    day = calendars.shift_days(first, (said - first.weekday()) % 7 + 7 * (place - 1))
    if day is None or day.month != base.month:
        return open_time("the month has no such weekday")
    return single(day, "such a weekday of the month, counted from publication")


def weekday_night(slots: Slots) -> Resolved | None:
    """The night between two weekdays, or two days running."""
    first, second = slots.number("W"), slots.number("W2")
    if slots.base is None:
        return open_time(NO_BASE)
    last = recent_weekday(slots.base, second)
    begin = recent_weekday(last, first) if last else None
    return whole(begin, last, Precision.RANGE, "the most recent such weekdays")


def after_midnight(slots: Slots) -> Resolved | None:
    """The hours after midnight of a day: that day and the next."""
    found = near_day(slots) if slots.has("E") else weekday(slots)
    if found is None or found.period is None:
        return found
    last = calendars.shift_days(found.period.first, 1)
    return whole(found.period.first, last, Precision.RANGE, "the night that begins on that day")
