"""The time of day that a report gives for an event: its words, and the stretches of the day that they can mean.

Looked for first in the event's own time expression, then in its sentence, nearest to the event (lexicon tables hour_words). A
clock time without "am" or "pm", or a part of the day to settle it, stays open between morning and evening; one of another
zone is kept in its words and compared with nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.linking.phrases import Phrases
from tawthiq.records.event import Event
from tawthiq.records.reading import Reading
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import Statement

DAY, HALF_A_DAY = 24 * 60, 12 * 60  # minutes
LEEWAY = 60  # minutes by which clock times may differ and still be one: "around half past twelve"
REACH = 80  # characters between an event and a time of day in its sentence, at most
SENTENCE = 120  # characters of a sentence looked at on either side, so that words near enough are whole
TAIL = 24  # characters after a clock time in which its part of day or zone stands
CLOCK_WIDTH = 8  # characters that a clock time in digits takes, with a space
_O_CLOCK = "ساع"  # in every word for "o'clock": an hour follows it, whatever stands behind
_ENDS = re.compile(r"[.!?؟…]+(?=\s|$)|[\n\r\u2028\u2029]")
_CLOCK = re.compile(r"(?<![\d:/.])(\d{1,2})[:٫.](\d{2})(?![\d:/.])")
_BARE_HOUR = re.compile(r"(\d{1,2})(?![\d:/.,٪%])")
Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hour:
    """A time of day as worded, and the stretches of minutes after midnight it can mean; none where it is not compared."""

    mention: Mention
    stretches: Stretches

    @property
    def code(self) -> str | None:
        """The stretches as "HH:MM-HH:MM", several parted by commas."""
        return ",".join(f"{_clock(first)}-{_clock(last)}" for first, last in self.stretches) or None


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    first: int
    last: int
    alone: bool


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@cache
def _words() -> Phrases[_Word]:
    columns = ("forms", "kind", "from", "to", "alone", "gloss")
    rows = [*load("ar/hour_words", columns), *load("en/hour_words", columns)]
    made = [
        (form, _Word(row["kind"], _minutes(row["from"]), _minutes(row["to"]), row["alone"] == "yes"))
        for row in rows
        for form in row.alternatives("forms")
    ]
    return Phrases(sorted(made, key=lambda entry: not entry[1].alone))


def _minutes(cell: str) -> int:
    hours, _, minutes = cell.partition(":")
    return 60 * int(hours) + int(minutes or 0) if hours.isdecimal() else 0


def hour_of(text: str, event: Event, reading: Reading) -> Hour | None:
    """The time of day that a report gives for one of its events; None where it gives none."""
    if event.when:
        own = list(_Row(text, event.when.mention.span).hours(inside=True))
        if own:
            return own[0]
    around = _sentence(text, event.trigger.span)
    taken = [other.when.mention.span for other in reading.events if other is not event and other.when]
    taken += [lead for said in reading.statements if (lead := _lead(said))]
    found = [hour for hour in _Row(text, around).hours(inside=False) if not _overlaps(hour.mention.span, taken)]
    near = [(gap, hour) for hour in found if (gap := _gap(hour.mention.span, event.trigger.span)) <= REACH]
    return min(near, key=lambda entry: (entry[0], entry[1].mention.span.start))[1] if near else None


def _lead(said: Statement) -> Span | None:
    """What stands between the words of saying and what is said: "said on Tuesday evening that"."""
    if said.cue is None or said.cue.span.end >= said.content.start:
        return None
    return Span(said.cue.span.end, said.content.start)


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _gap(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _sentence(text: str, at: Span) -> Span:
    low, high = max(0, at.start - SENTENCE), min(len(text), at.end + SENTENCE)
    start = max((match.end() for match in _ENDS.finditer(text, low, at.start)), default=low)
    stop = _ENDS.search(text, at.end, high)
    return Span(start, max(at.end, stop.start() if stop else high))


class _Row:
    """The words of time in one stretch of a text, and the clock times that they settle."""

    def __init__(self, text: str, span: Span) -> None:
        self._text, self._span = text, span
        self._words = _words().within(text, span)

    def hours(self, *, inside: bool) -> Iterator[Hour]:
        """The times of day; `inside` a time expression, words count that mean other things elsewhere."""
        used = -1
        for place, (mention, _) in enumerate(self._words):
            if mention.span.start >= used and (hour := self._hour(place, inside=inside)):
                used = hour.mention.span.end
                yield hour
        if inside and used < 0:
            for match in _CLOCK.finditer(self._text, self._span.start, self._span.end):
                if hour := self._digits(match.start(), match):
                    yield hour

    def _hour(self, place: int, *, inside: bool) -> Hour | None:
        mention, word = self._words[place]
        if word.kind == "clock":
            return self._after_clock_word(place)
        if word.kind == "hour" and self._behind(mention.span.end, "part"):
            return self._settled(mention.span, word.first)
        if word.kind == "part" and (word.alone or inside):
            return self._clock_before(mention) or Hour(mention, _stretches(word))
        return None

    def _after_clock_word(self, place: int) -> Hour | None:
        """What follows "at" or "o'clock": digits with minutes, a number, or a word for the hour."""
        head = self._words[place][0]
        at = head.span.end
        while self._text[at : at + 1] == " ":
            at += 1
        if match := _CLOCK.match(self._text, at, self._span.end):
            return self._digits(head.span.start, match)
        if bare := _BARE_HOUR.match(self._text, at, self._span.end):
            settled = _O_CLOCK in head.text or self._behind(bare.end(), "part")
            return self._settled(Span(head.span.start, bare.end()), 60 * int(bare[1])) if settled else None
        if place + 1 < len(self._words):
            named, word = self._words[place + 1]
            if word.kind == "hour" and named.span.start - head.span.end <= 1:
                return self._settled(Span(head.span.start, named.span.end), word.first)
        return None

    def _clock_before(self, part: Mention) -> Hour | None:
        """A clock time in digits just before a part of the day: "12:30 ظهراً" (at noon), "4:15 pm"."""
        low = max(self._span.start, part.span.start - CLOCK_WIDTH)
        for match in _CLOCK.finditer(self._text, low, part.span.start):
            if not self._text[match.end() : part.span.start].strip():
                return self._digits(match.start(), match)
        return None

    def _digits(self, start: int, match: re.Match[str]) -> Hour | None:
        hour, minute = int(match[1]), int(match[2])
        return self._settled(Span(start, match.end()), 60 * hour + minute) if minute < 60 else None

    def _behind(self, at: int, kind: str) -> tuple[Mention, _Word] | None:
        """The word of a kind that stands shortly after `at`."""
        return next(((m, w) for m, w in self._words if w.kind == kind and 0 <= m.span.start - at <= TAIL), None)

    def _settled(self, span: Span, moment: int) -> Hour | None:
        """A clock time, `moment` minutes after midnight as told, settled by the part of day or zone behind it."""
        if moment > DAY:
            return None
        zone, part = self._behind(span.end, "zone"), self._behind(span.end, "part")
        end = max([span.end, *(found[0].span.end for found in (zone, part) if found)])
        mention = Mention.at(self._text, span.start, end)
        if zone:
            return Hour(mention, ())
        moments = [moment % DAY]
        if 60 <= moment < 13 * 60:
            moments = sorted({moment % HALF_A_DAY, moment % HALF_A_DAY + HALF_A_DAY})
        if part:
            parts = _stretches(part[1])
            within = [m for m in moments if any(low - LEEWAY <= m <= high + LEEWAY for low, high in parts)]
            moments = within or moments
        return Hour(mention, tuple((m, m) for m in moments))


def _stretches(word: _Word) -> Stretches:
    if word.first <= word.last:
        return ((word.first, word.last),)
    return ((0, word.last), (word.first, DAY - 1))


def may_be_one(first: Stretches, second: Stretches) -> bool:
    """Whether two times of day can be one, with an hour's leeway; also across midnight."""
    return any(
        low - LEEWAY <= other_high and other_low <= high + LEEWAY
        for a in first
        for b in second
        for (low, high), (other_low, other_high) in ((a, b), (a, _shifted(b)), (_shifted(a), b))
    )


def _shifted(stretch: tuple[int, int]) -> tuple[int, int]:
    return stretch[0] + DAY, stretch[1] + DAY
