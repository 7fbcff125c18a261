"""The dates that a person can say a page was published on: those seen on it, its metadata's, or characters they name.

No characters, no date: the page's own words or its metadata must say it, or the answer is that the page does not say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tawthiq.page.published import dates_of_line
from tawthiq.records.page import DateSource, PageDate
from tawthiq.records.period import Precision
from tawthiq.records.span import Span
from tawthiq.text.dates import calendar_dates

NONE, METADATA, WORDS, PRESENT = "none", "metadata", "words", "present"
MOST = 60
_FROM_TOP, _FROM_BOTTOM = 400, 200  # lines with digits; elsewhere a person can name the words
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Choice:
    """A date of publication that can be chosen: its key in the form, its value, the characters that say it."""

    key: str
    value: PageDate
    span: Span | None


class Why(StrEnum):
    """Why a date cannot be taken."""

    ABSENT = "the characters do not stand on the page"
    OTHER_DAY = "the characters say another day"
    NO_DAY = "neither the characters nor the person give a day"
    UNKNOWN = "no such choice was offered"


class NotSaid(ValueError):
    """The page does not say what the person chose; `day` is what its characters say instead, if anything."""

    def __init__(self, why: Why, day: date | None = None) -> None:
        super().__init__(why.value)
        self.why, self.day = why, day


def choices(text: str, lines: Sequence[Span], shown: PageDate | None, metadata: PageDate | None) -> list[Choice]:
    """The dates seen on the page, in its order, `shown` (the present one) among them; then its metadata's."""
    found: dict[str, Choice] = {}
    with_digits = [line for line in lines if _DIGIT.search(text, line.start, line.end)]
    for line in [*with_digits[:_FROM_TOP], *with_digits[_FROM_TOP:][-_FROM_BOTTOM:]]:
        if len(found) >= MOST:
            break
        for seen in dates_of_line(text, line.start, line.end):
            key = f"{seen.start}-{seen.end}"
            found[key] = Choice(key, seen.value, Span(seen.start, seen.end))
    if shown and shown.source is DateSource.VISIBLE and not any(each.value == shown for each in found.values()):
        place = text.find(shown.text) if shown.text else -1
        span = Span(place, place + len(shown.text)) if place >= 0 else None
        key = f"{span.start}-{span.end}" if span else PRESENT
        found[key] = Choice(key, shown, span)
    several = sorted(found.values(), key=lambda choice: (choice.span or Span(0, 0)).start)
    known = metadata or (shown if shown and shown.source is DateSource.METADATA else None)
    return [*several, *([Choice(METADATA, known, None)] if known else [])]


def key_of(shown: PageDate | None, offered: Sequence[Choice]) -> str:
    """The key of the present date among those offered."""
    if shown is None:
        return NONE
    if shown.source is DateSource.METADATA:
        return METADATA
    return next((choice.key for choice in offered if choice.value == shown), NONE)


def named(text: str, words: str, day: str) -> Choice:
    """The date that characters of the page say, which the person names, with the day if they give it (ISO).

    Raises NotSaid when the characters do not stand on the page, say another day than the one given, or none is given.
    """
    words = words.strip()
    place = text.find(words) if words else -1
    if place < 0:
        raise NotSaid(Why.ABSENT)
    read = next(
        (
            when.period.first
            for when in calendar_dates(words)
            if when.period and when.period.precision in (Precision.DAY, Precision.HOUR)
        ),
        None,
    )
    try:
        given = date.fromisoformat(day) if day else None
    except ValueError:
        given = None
    if read and given and read != given:
        raise NotSaid(Why.OTHER_DAY, read)
    value = given or read
    if value is None:
        raise NotSaid(Why.NO_DAY)
    span = Span(place, place + len(words))
    return Choice(WORDS, PageDate(value, None, None, DateSource.VISIBLE, words), span)
