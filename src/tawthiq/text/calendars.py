"""Calendar arithmetic: Hijri and Jalali dates to Gregorian, ends of months, weeks, seasons.

Hijri dates follow the Umm al-Qura tables of `hijridate` (1343 to 1500 AH), which are what news of the region prints. Jalali
(Solar Hijri) dates follow the 2,820-year arithmetic of A. Birashk, "A Comparative Calendar of the Iranian, Muslim Lunar, and
Christian Eras" (1993), as given by Dershowitz and Reingold, "Calendrical Calculations", chapter 15. Weeks begin on Monday
(ISO 8601). Every function returns None instead of a date that does not exist.
"""

from calendar import monthrange
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

_JALALI_EPOCH = date(622, 3, 22).toordinal()
_CYCLE = 2820
_CYCLE_DAYS = 1_029_983


def gregorian(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is none."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def from_hijri(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a Hijri one, or None outside the tables."""
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def to_hijri(day: date) -> tuple[int, int, int] | None:
    """Year, month and day of a Gregorian date in the Hijri calendar, or None outside the tables (1924 to 2077)."""
    try:
        found = Gregorian(day.year, day.month, day.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return found.year, found.month, found.day


def from_jalali(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a Jalali one, or None when it does not exist."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1 <= year <= 3000):
        return None
    if day > (31 if month <= 6 else 30):
        return None
    shifted = year - 474
    in_cycle = shifted % _CYCLE + 474
    ordinal = (
        _JALALI_EPOCH - 1 + _CYCLE_DAYS * (shifted // _CYCLE) + 365 * (in_cycle - 1) + (31 * in_cycle - 5) // 128
        + (31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6) + day
    )  # fmt: skip
    return date.fromordinal(ordinal)


def in_calendar(calendar: str, year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a day of "gregorian", "hijri" or "jalali"."""
    convert = {"gregorian": gregorian, "hijri": from_hijri, "jalali": from_jalali}[calendar]
    return convert(year, month, day)


def month_range(calendar: str, year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a month of any of the calendars."""
    first = in_calendar(calendar, year, month, 1)
    if calendar == "gregorian":
        return (first, first.replace(day=monthrange(year, month)[1])) if first else None
    following = in_calendar(calendar, year + month // 12, month % 12 + 1, 1)
    return (first, following - timedelta(days=1)) if first and following else None


def year_range(year: int) -> tuple[date, date] | None:
    """First and last day of a Gregorian year."""
    first, last = gregorian(year, 1, 1), gregorian(year, 12, 31)
    return (first, last) if first and last else None


def shift_months(day: date, by: int) -> date | None:
    """The same day `by` months on, drawn back to the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift_days(day: date, by: int) -> date | None:
    """The day `by` days on, or None beyond the calendar."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def week_of(day: date) -> tuple[date, date] | None:
    """Monday and Sunday of the day's week."""
    first = shift_days(day, -day.weekday())
    last = shift_days(first, 6) if first else None
    return (first, last) if first and last else None


def season_range(year: int, first_month: int) -> tuple[date, date] | None:
    """The meteorological season that begins in `first_month` of `year`; winter runs into the next year."""
    first = gregorian(year, first_month, 1)
    ending = month_range("gregorian", year + (first_month + 2 > 12), (first_month + 1) % 12 + 1)
    return (first, ending[1]) if first and ending else None
