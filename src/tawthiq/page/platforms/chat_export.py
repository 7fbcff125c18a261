"""Chats that survive as text: WhatsApp's "export chat" and messages copied out of Telegram Desktop.

WhatsApp writes a message as "12/03/2021, 14:05 - Name: text" (Android) or "[12/03/2021, 14:05:33] Name: text" (iPhone), with
the digits, marks of direction and order of day and month of the phone's language; a line without such a head goes on with
the message before. Telegram copies "Name, [12.03.2021 14:05]" above the text. Every message is a post of its author, and
all of them are body: a chat has no outlet but those who write in it.

The order of day and month is read from the whole file: a number past 12, or the one order in which time does not run
backwards; dates written with full stops begin with the day everywhere. Where nothing tells, no date is given. A year of
two digits is one of this century, since both services began in it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from tawthiq.page.painting import Canvas
from tawthiq.page.wording import cues_of, normal, words_of
from tawthiq.records.page import DateSource, PageDate, Post, Zone, ZoneKind
from tawthiq.records.span import Span

_MARK = "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]*"
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_DAY = rf"(?P<day>\d{{1,4}}{_MARK}[/.\-]{_MARK}\d{{1,2}}{_MARK}[/.\-]{_MARK}\d{{2,4}})"
_CLOCK = (
    r"(?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[\s\u202f]{0,2}(?:[AaPp]\.?\s?[Mm]\.?|[صم]|صباح\w*|مساء\w*|ظهر\w*))?)"
)
_BETWEEN = rf"{_MARK}[,،]?{_MARK}\s{_MARK}(?:[^\W\d_]{{1,4}}\s)?"  # the word is French "à", Turkish "saat" and the like
_HEADS = (
    re.compile(rf"^{_MARK}{_DAY}{_BETWEEN}{_CLOCK}{_MARK}\s[-–]\s{_MARK}"),
    re.compile(rf"^{_MARK}\[{_MARK}{_DAY}{_BETWEEN}{_CLOCK}{_MARK}\]\s{_MARK}"),
)
_COPIED = re.compile(rf"^(?P<name>[^\n\[\]]{{1,60}}?),\s\[{_MARK}{_DAY}{_BETWEEN}{_CLOCK}\]:?\s*$")
_NAME = re.compile(rf"(?P<name>[^:\n]{{1,60}}?){_MARK}:(?:\s|$){_MARK}")
_NUMBER = re.compile(r"\d+")
_DAY_ALONE = re.compile(r"(?<!\d)\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}(?!\d)")
_CLOCK_ALONE = re.compile(_CLOCK)
_FIRST_LINES = 12  # lines in which a chat must have begun
_FEWEST = 2
_LONGEST_REMARK = 160


@dataclass(slots=True)
class _Entry:
    """A message or a remark of the service: its moment as displayed, without marks, and ranges of its name and words."""

    start: int
    moment: str
    name: str | None
    named: tuple[int, int]
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ChatExport:
    """A chat as text taken apart: its zones, and its messages in order."""

    zones: tuple[Zone, ...]
    posts: tuple[Post, ...]


def read_chat(text: str) -> ChatExport | None:
    """The chat that `text` is an export of, or None when it is none: two messages or more, from its first lines on."""
    if not any(_head_of(line) for line in text[:4000].split("\n")[:_FIRST_LINES]):
        return None
    entries = _entries(text)
    told = [entry for entry in entries if entry.name]
    if len(told) < _FEWEST:
        return None
    order = order_of([entry.moment for entry in entries])
    canvas = Canvas(text)
    posts = [post for entry in entries if (post := _painted(text, canvas, entry, order))]
    return ChatExport(canvas.zones(), tuple(posts))


def _head_of(line: str) -> re.Match[str] | None:
    matches = (pattern.match(line) for pattern in (*_HEADS, _COPIED))
    return next((match for match in matches if match), None)


def _entries(text: str) -> list[_Entry]:
    """The messages of a text, each until the next one's head."""
    entries: list[_Entry] = []
    position = 0
    for line in text.split("\n"):
        if match := _head_of(line):
            entries.append(_entry(line, match, position))
        elif entries and line.strip():
            begin = entries[-1].words[0]
            entries[-1].words = begin, position + len(line.rstrip())
        position += len(line) + 1
    return entries


def _entry(line: str, match: re.Match[str], position: int) -> _Entry:
    moment = line[match.start("day") : match.end("clock")]
    end = position + len(line.rstrip())
    if match.re is _COPIED:
        named = match.span("name")
        name: str | None = match["name"]
        begin = position + len(line)
    else:
        signed = _NAME.match(line, match.end())
        system = "chat_service" in cues_of(_MARKS.sub("", line[match.end() : match.end() + _LONGEST_REMARK]))
        name = signed["name"] if signed and not system else None
        named = (signed.start("name"), signed.end()) if signed and name else (match.end(), match.end())
        begin = position + named[1]
    return _Entry(
        position,
        _MARKS.sub("", moment),
        _MARKS.sub("", name).strip() if name else None,
        (position + named[0], position + named[1]),
        (begin, max(begin, end)),
    )


def order_of(moments: Sequence[str]) -> str | None:
    """The order of the dates in a chat's moments: "ymd", "dmy", "mdy", or None when it cannot be told."""
    days = [day for day in map(_day_in, moments) if day]
    numbers = [_numbers(day) for day in days]
    if all("." in day for day in days) and all(first <= 31 for first, _, _ in numbers):
        return "dmy"
    if all(first > 31 for first, _, _ in numbers):
        return "ymd"
    if any(first > 12 for first, _, _ in numbers) != any(second > 12 for _, second, _ in numbers):
        return "dmy" if any(first > 12 for first, _, _ in numbers) else "mdy"
    running = [order for order in ("dmy", "mdy") if _runs_forward(numbers, order)]
    return running[0] if len(running) == 1 else None


def _day_in(moment: str) -> str | None:
    match = _DAY_ALONE.search(_MARKS.sub("", moment))
    return match.group() if match else None


def _numbers(day: str) -> tuple[int, int, int]:
    first, second, third = (int(number) for number in _NUMBER.findall(day))
    return first, second, third


def _runs_forward(numbers: list[tuple[int, int, int]], order: str) -> bool:
    days = [_sorted(one, order) for one in numbers]
    return all(before <= after for before, after in pairwise(days))


def _sorted(numbers: tuple[int, int, int], order: str) -> tuple[int, int, int]:
    """Year, month and day of three numbers in an order."""
    named = dict(zip(order, numbers, strict=True))
    year = named["y"]
    return year + 2000 if year < 100 else year, named["m"], named["d"]


def _painted(text: str, canvas: Canvas, entry: _Entry, order: str | None) -> Post | None:
    """Paint a message; the post that it is, or None for a remark of the service."""
    begin, end = _trimmed(text, *entry.words)
    if entry.name is None:
        canvas.paint(entry.start, max(end, entry.words[1]), ZoneKind.OTHER, "a remark of the service between messages")
        return None
    canvas.paint(entry.start, entry.words[0], ZoneKind.DATE, "the moment of posting")
    canvas.paint(*entry.named, ZoneKind.BYLINE, "the account that posted")
    words = _MARKS.sub("", text[begin:end])
    if not words.strip():
        return None
    if len(words) < _LONGEST_REMARK and cues_of(words) & {"chat_attachment"}:
        canvas.paint(begin, end, ZoneKind.OTHER, "what is attached to a message")
        return None
    canvas.paint(begin, end, ZoneKind.BODY, "the words of a message")
    return Post(entry.name, None, entry.moment, date_in(entry.moment, order), Span(begin, end))


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    """A range without white space at its edges."""
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end


def date_in(moment: str, order: str | None) -> PageDate | None:
    """The date and clock of a chat's moment whose numbers stand in `order`; None where it is not known."""
    day = _day_in(moment)
    if order is None or day is None:
        return None
    try:
        found = date(*_sorted(_numbers(day), order))
    except ValueError:
        return None
    if not 1990 <= found.year <= 2100:
        return None
    clock = _CLOCK_ALONE.search(_MARKS.sub("", moment).replace(day, " "))
    return PageDate(found, _time(clock.group()) if clock else None, None, DateSource.VISIBLE, moment)


def _time(words: str) -> time | None:
    """The clock, with its half of the day applied."""
    digits = "".join(str(unicodedata.decimal(character, character)) for character in words)
    numbers = [int(number) for number in _NUMBER.findall(digits)]
    half = normal(re.sub(r"[\d:.\s\u202f]*", "", digits, count=1).replace(".", ""))
    hour = numbers[0]
    if half in words_of("afternoon") and hour < 12:
        hour += 12
    elif half in words_of("morning") and hour == 12:
        hour = 0
    try:
        return time(hour, numbers[1], numbers[2] if len(numbers) > 2 else 0)
    except ValueError:
        return None
