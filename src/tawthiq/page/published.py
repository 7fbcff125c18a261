"""When a page says it was published: the date as displayed, and the one in its metadata, side by side.

A visible date counts when it stands by the title or the body, alone or with words such as "published", never in a
top bar (those tell the day of the visit). It is kept as displayed: no shift through UTC, no completion; a year alone
is no date.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time

from tawthiq.page.wording import cues_of, normal, words_of
from tawthiq.records.page import DateSource, PageDate
from tawthiq.records.period import Precision
from tawthiq.text.dates import calendar_dates

LONGEST = 140
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})\s*[:٫]\s*(\d{2})(?:\s*:\s*\d{2})?\s*([^\W\d_]\.?\s?[^\W\d_]\.?(?!\w)|[^\W\d_]{1,10})?"
)
_ZONE = re.compile(
    r"(?:gmt|utc)\s*(?:[+-]\s*\d{1,2}(?::?\d{2})?)?|(?<=:\d\d)\s?[+-]\d{2}:\d{2}(?!\d)|بتوقيت\s+[^\W\d_]+(?:\s+المكرمة)?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class SeenDate:
    """A date on the page: its value, its characters, and whether words mark it as published or updated."""

    value: PageDate
    start: int
    end: int
    marked: str | None


def dates_of_line(text: str, start: int, end: int) -> list[SeenDate]:
    """The full dates that a short line tells, in order. Lines that give the day of the visit tell none."""
    line = text[start:end]
    if not 6 <= len(line) <= LONGEST or not _DIGIT.search(line):
        return []
    cues = cues_of(line)
    if cues & {"today_prefix", "copyright", "event_field"}:
        return []
    found = []
    previous = 0
    for when in calendar_dates(line):
        period = when.period
        if period is None or period.precision not in (Precision.DAY, Precision.HOUR) or period.first != period.last:
            continue
        span = when.mention.span
        if line[span.end : span.end + 1] == "-" and line[span.end + 1 : span.end + 2].isalnum():
            continue
        marked = _marked(line[previous : span.start], cues if previous == 0 else frozenset())
        value, reach = _with_clock(line, span.start, span.end, period.first)
        found.append(SeenDate(value, start + span.start, start + reach, marked))
        previous = reach
    return found


def _marked(before: str, cues: frozenset[str]) -> str | None:
    words = cues_of(before.strip(" :|-–")) | cues
    if "updated_prefix" in words:
        return "updated"
    return "published" if "date_prefix" in words else None


def _with_clock(line: str, start: int, end: int, day: date) -> tuple[PageDate, int]:
    """The date with the clock and zone that stand in or beside it, and where they end."""
    reach, clock = end, None
    for begin, limit in ((start, end + 12), (end, end + 40), (max(0, start - 24), start)):
        match = _CLOCK.search(_digits_folded(line[begin:limit]))
        if match and (begin != end or match.start() <= 16):
            clock, length = _time(match)
            reach = max(end, begin + length) if begin >= start and clock else end
            break
    zone = _ZONE.search(line, start, reach + 24) if clock else None
    if zone:
        reach = max(reach, zone.end())
    value = PageDate(day, clock, zone.group().strip() if zone else None, DateSource.VISIBLE, line[start:reach].strip())
    return value, start + len(line[start:reach].rstrip())


def _digits_folded(words: str) -> str:
    """`words` with eastern digits as western ones, character for character."""
    return "".join(str(unicodedata.decimal(character, character)) for character in words).lower()


def _time(match: re.Match[str]) -> tuple[time | None, int]:
    """The clock of a match, its half of the day applied, and where it ends; a word that is no half does not belong to it."""
    hour, minute, half = int(match.group(1)), int(match.group(2)), normal(match.group(3) or "")
    after, before = half in words_of("afternoon"), half in words_of("morning")
    if after and hour < 12:
        hour += 12
    elif before and hour == 12:
        hour = 0
    try:
        return time(hour, minute), match.end() if after or before else match.end(2)
    except ValueError:
        return None, 0


def best_date(seen: list[SeenDate]) -> SeenDate | None:
    """The publication date among dates near the title: marked as published first, then unmarked, never an update."""
    published = [date for date in seen if date.marked == "published"]
    unmarked = [date for date in seen if date.marked is None]
    return next(iter(published or unmarked), None)
