"""When a page says it was published and last changed: the dates as displayed, and those in its metadata, side by side.

A visible date counts when it stands by the title or the body, alone or with words such as "published", never in a
top bar (those tell the day of the visit). It is kept as displayed: no shift through UTC, no completion; a year alone
is no date, nor are "three hours ago". An update is never taken for the publication. Figures that can be read two ways
are settled by what else the page tells, or left open (`unsure_dates`). Vocabulary: date_prefix,
updated_prefix, zone_name and others of lexicon/data/{ar,en}/page_lines.tsv.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from tawthiq.page.short_years import displayed, with_whole_year
from tawthiq.page.unsure_dates import UNSURE_LANGUAGES, doubt, figures_folded, settled
from tawthiq.page.wording import cues_of, normal, phrases_of, words_of
from tawthiq.records.page import DateSource, PageDate
from tawthiq.records.period import Precision
from tawthiq.records.span import Span
from tawthiq.text.dates import calendar_dates

LONGEST = 140
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})\s*[:٫]\s*(\d{2})(?:\s*:\s*(\d{2}))?\s*([^\W\d_]\.?\s?[^\W\d_]\.?(?!\w)|[^\W\d_]{1,10})?"
)
_DOTTED_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2})\s?[.h]\s?(\d{2})(?![\d.])()(?=\s*(?:uhr|gmt|utc|h\b|$))()")
_DIGIT = re.compile(r"\d")
_UTC = frozenset({"Z", "UTC", "GMT", "+00:00", "+0000", "+00"})
_EAST, _WEST = 14, -12  # hours by which the clocks of the world are before and behind UTC
_PHRASE = 5  # words of the longest phrase that marks a date


@dataclass(frozen=True, slots=True)
class SeenDate:
    """A date on the page: its value, its characters, and whether words mark it as published or updated."""

    value: PageDate
    start: int
    end: int
    marked: str | None


@dataclass(frozen=True, slots=True)
class PageDates:
    """The dates of a page: of publication and of its last change, as displayed (else by metadata), and by metadata.

    `notes` tell which displayed dates could be read two ways.
    """

    published: PageDate | None
    published_metadata: PageDate | None
    updated: PageDate | None
    updated_metadata: PageDate | None
    notes: tuple[str, ...] = ()


def dates_of_line(text: str, start: int, end: int) -> list[SeenDate]:
    """The full dates that a short line tells, in order. Lines that give the day of the visit tell none."""
    line = text[start:end]
    if not 6 <= len(line) <= LONGEST or not _DIGIT.search(line):
        return []
    cues = cues_of(line)
    if cues & {"today_prefix", "copyright", "event_field"}:
        return []
    found: list[SeenDate] = []
    previous = 0
    for day, span in _days_of(line):
        if line[span.end : span.end + 1] == "-" and line[span.end + 1 : span.end + 2].isalnum():
            continue
        before = line[previous : span.start]
        marked = marked_as(before)
        if marked is None and found and _is_same_day_again(found[-1], day, before):
            marked = found[-1].marked
        value, reach = _with_clock(line, span.start, span.end, day)
        found.append(SeenDate(value, start + span.start, start + reach, marked))
        previous = reach
    return found


def _days_of(line: str) -> list[tuple[date, Span]]:
    """The full dates of a line and where they stand; short years count where no date is written in full."""
    found = _whole_days(line)
    longer = None if found else with_whole_year(line)
    if longer is None:
        return found
    text, inserted = longer
    return [
        (day, Span(displayed(span.start, inserted), displayed(span.end, inserted)))
        for day, span in _whole_days(text)
        if span.start < inserted < span.end
    ]


def _whole_days(line: str) -> list[tuple[date, Span]]:
    found = []
    for when in calendar_dates(line):
        period = when.period
        if period and period.precision in (Precision.DAY, Precision.HOUR) and period.first == period.last:
            found.append((period.first, when.mention.span))
    return found


def _is_same_day_again(before: SeenDate, day: date, between: str) -> bool:
    """Whether a date repeats the one before it in another calendar ("الموافق ...", corresponding to)."""
    return before.value.day == day and len(between) <= 20


def marked_as(before: str) -> str | None:
    """What the words before a date say of it: "published", "updated", or None. They end with such words or open the line."""
    words = normal(before).split()
    for kind, cue in (("updated", "updated_prefix"), ("published", "date_prefix")):
        phrases = phrases_of(cue)
        if any(" ".join(words[-count:]) in phrases for count in range(1, min(_PHRASE, len(words)) + 1)):
            return kind
    cues = cues_of(before.strip(" :|-–"))
    if "updated_prefix" in cues:
        return "updated"
    return "published" if "date_prefix" in cues else None


def _with_clock(line: str, start: int, end: int, day: date) -> tuple[PageDate, int]:
    """The date with the clock and zone that stand in or beside it, and where they end."""
    reach, clock, zone_from = end, None, end
    for begin, limit in ((start, end + 12), (end, end + 40), (max(0, start - 24), start)):
        window = figures_folded(line[begin:limit])
        match = _CLOCK.search(window) or (_DOTTED_CLOCK.search(window) if begin == end else None)
        if match and (begin != end or match.start() <= 16):
            clock, length = _time(match)
            reach = max(end, begin + length) if begin >= start and clock else end
            zone_from = begin + match.end(2)
            break
    zone = _zone(line, zone_from, max(reach, zone_from) + 26) if clock else None
    if zone and zone[1] > start:
        reach = max(reach, zone[1])
    value = PageDate(day, clock, zone[0] if zone else None, DateSource.VISIBLE, line[start:reach].strip())
    return value, start + len(line[start:reach].rstrip())


@cache
def _zone_pattern() -> re.Pattern[str]:
    """A zone after a clock: an offset, UTC with or without one, an abbreviation in capitals, "بتوقيت ..." (... time)."""
    names = sorted((re.escape(name) for name in phrases_of("zone_name")), key=len, reverse=True)
    capitals = "|".join(name.upper() for name in names if name.isascii())
    worded = "|".join(name for name in names if not name.isascii())
    return re.compile(
        rf"(?:(?i:gmt|utc)\s*(?:[+-]\s*\d{{1,2}}(?::?\d{{2}})?)?|(?<=\d)\s?[+-]\d{{2}}:?\d{{2}}(?!\d)|\b(?:{capitals})\b"
        rf"|(?:{worded})(?!\w)|بتوقيت\s+[^\W\d_]+(?:\s+المكرمة)?)"
    )


def _zone(line: str, start: int, limit: int) -> tuple[str, int] | None:
    match = _zone_pattern().search(line, start, limit)
    return (match.group().strip(), match.end()) if match else None


def _time(match: re.Match[str]) -> tuple[time | None, int]:
    """The clock of a match, its half of the day applied, and where it ends; a word that is no half does not belong to it."""
    hour, minute, second, half = int(match[1]), int(match[2]), int(match[3] or 0), normal(match[4] or "")
    after, before = half in words_of("afternoon"), half in words_of("morning")
    if after and hour < 12:
        hour += 12
    elif before and hour == 12:
        hour = 0
    ends = match.end(3) if match[3] else match.end(2)
    try:
        return time(hour, minute, second), match.end() if after or before else ends
    except ValueError:
        return None, 0


def best_date(seen: Sequence[SeenDate], told: PageDate | None = None) -> SeenDate | None:
    """The publication date among dates near the title: marked as published first, then unmarked, never an update.

    Among several unmarked dates, the one of the day that the metadata tells (`told`) is the page's.
    """
    published = [one for one in seen if one.marked == "published"]
    unmarked = [one for one in seen if one.marked is None]
    agreeing = [one for one in published or unmarked if told and one.value.day == told.day]
    return next(iter(agreeing or published or unmarked), None)


def latest_update(seen: Sequence[SeenDate]) -> SeenDate | None:
    """The first date that is marked as an update."""
    return next((one for one in seen if one.marked == "updated"), None)


def dates_of_page(
    seen: list[SeenDate],
    machine: list[SeenDate],
    published: PageDate | None,
    updated: PageDate | None,
    *,
    url: str | None = None,
    language: Callable[[], str] | None = None,
) -> PageDates:
    """The page's dates from those displayed (`seen`), those of time elements (`machine`), and those of its metadata.

    `url` is its address and `language` tells its language when asked; without it the day is taken to stand first.
    """
    changed = latest_update(machine)
    published = published or (found.value if (found := best_date(machine)) else None)
    updated = updated or (changed.value if changed else None)
    best, last = best_date(seen, published), latest_update(seen)
    others = [one.value for one in seen]
    notes: list[str] = []
    decided: list[PageDate | None] = []
    for shown, told in ((best, published), (last, updated)):
        witnesses = [*others, *filter(None, (published, updated))]
        day = settled(shown.value, told, witnesses, url) if shown else None
        if shown and day is None and (language is None or language() not in UNSURE_LANGUAGES):
            day = shown.value.day
        if shown and day is None:
            notes += filter(None, [doubt(shown.value)])
        decided.append(replace(shown.value, day=day) if shown and day else told)
    return PageDates(decided[0], published, decided[1], updated, tuple(dict.fromkeys(notes)))


def disagreement(shown: PageDate | None, told: PageDate | None) -> str | None:
    """A note where the displayed day and the metadata's differ; it says when the metadata's zone alone explains that."""
    if shown is None or told is None or shown.day == told.day:
        return None
    note = f"the page displays {shown.day} and its metadata says {told.day}"
    if told.zone in _UTC and told.clock is not None and _is_utc_of(shown, datetime.combine(told.day, told.clock)):
        return f"{note}; the day differs as the metadata is given in UTC"
    return note


def _is_utc_of(shown: PageDate, told: datetime) -> bool:
    """Whether some zone's clock shows the displayed day, and its clock if there is one, at the instant `told` in UTC."""
    if shown.clock is None:
        return any((told + timedelta(hours=hours)).date() == shown.day for hours in (_WEST, _EAST))
    offset = datetime.combine(shown.day, shown.clock) - told
    return timedelta(hours=_WEST) <= offset <= timedelta(hours=_EAST)
