"""Displayed dates all in figures that can be read two ways: 03/12/2021 is 3 December or 12 March.

What else the page tells settles them: a weekday beside the figures, its metadata, its address, another date that it
displays. On pages in languages whose readers put the day first, that reading stands. Else no day is told but a note:
null rather than a guess.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from tawthiq.records.page import PageDate
from tawthiq.text.dates import times

UNSURE_LANGUAGES = frozenset({"en", "und"})
"""Languages whose pages write both orders, and texts whose language is not known."""
_FIGURES = re.compile(r"^\D*(\d{1,2})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(?:\d{4}|\d{2})(?!\d)")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])?(?!\d)")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_BESIDE = 1  # days by which the metadata's zone may put a day beside the one displayed


def figures_folded(words: str) -> str:
    """`words` with eastern digits as western ones, character for character."""
    return "".join(str(unicodedata.decimal(character, character)) for character in words).lower()


def readings(shown: PageDate) -> tuple[date, ...]:
    """The days that a displayed date can mean, the one with the day first before the other."""
    match = _FIGURES.match(figures_folded(shown.text))
    day = shown.day
    if match is None or int(match[1]) != day.day or int(match[3]) != day.month or day.day > 12 or day.day == day.month:
        return (day,)
    other = date(day.year, day.day, day.month)
    periods = (when.period for when in times(shown.text, "en", None))
    by_weekday = [period.first for period in periods if period is not None and period.first in (day, other)]
    return (by_weekday[0],) if by_weekday else (day, other)


def settled(shown: PageDate, told: PageDate | None, others: Iterable[PageDate], url: str | None) -> date | None:
    """The day that `shown` means by what else the page tells, or None where that leaves two readings.

    `told` is the date in its metadata, `others` are further displayed dates.
    """
    possible = readings(shown)
    if len(possible) == 1:
        return possible[0]
    others = list(others)
    sure = [readings(other)[0] for other in (told, *others) if other is not None and len(readings(other)) == 1]
    for nearest in (0, _BESIDE):
        for witness in sure:
            fitting = [day for day in possible if abs((day - witness).days) <= nearest]
            if len(fitting) == 1:
                return fitting[0]
    return _by_address(possible, url) or _by_order(possible, others)


def _by_address(possible: tuple[date, ...], url: str | None) -> date | None:
    """The reading whose year and month, and day if it has one, stand in the page's address ("/2021/12/03/")."""
    for year, month, day in _IN_ADDRESS.findall(url or ""):
        fitting = [
            one
            for one in possible
            if (one.year, one.month) == (int(year), int(month)) and int(day or one.day) == one.day
        ]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _by_order(possible: tuple[date, ...], others: Iterable[PageDate]) -> date | None:
    """The reading in the order of another date all in figures that can be read one way only (25/03/2021)."""
    for other in others:
        match = _FIGURES.match(figures_folded(other.text))
        if match and max(int(match[1]), int(match[3])) > 12:
            return possible[0] if int(match[1]) > 12 else possible[1]
    return None


def doubt(shown: PageDate) -> str | None:
    """The note on a displayed date that can be read two ways; None for every other."""
    possible = readings(shown)
    match = _FIGURES.match(figures_folded(shown.text))
    if match is None or len(possible) == 1:
        return None
    first, second = (f"{day.day} {_MONTHS[day.month - 1]}" for day in possible)
    return f"{shown.text[match.start(1) : match.end()]} can be {first} or {second}"
