"""Whether a short line tells a moment: a calendar date, a clock, or "three hours ago". No value is read here.

Vocabulary: the months of lexicon/data/{ar,en}/months.tsv, and of lexicon/data/{ar,en}/page_lines.tsv the word lists month_word,
time_unit, ago_word and moment_filler and the cue relative_time.
"""

import re
from functools import cache, lru_cache

from tawthiq.lexicon.tables import load
from tawthiq.page.wording import cues_of, normal, words_of

_CLOCK = re.compile(r"(?<![\d.])\d{1,2}\s?[:٫hH]\s?\d{2}(?:\s?:\s?\d{2})?(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])\d{1,4}\s?([/.\-])\s?\d{1,2}\s?\1\s?\d{2,4}(?!\d)|(?<!\d)\d{4}年\d{1,2}月\d{1,2}日")
_SHORT = re.compile(
    r"(?:^|[·•|]\s?|[-–—]\s)\d{1,3}\s?(?:h|hr|hrs|m|min|mins|d|w|wk|mo|mon|y|yr|yrs|س|د|ي)\.?$", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"(?<!\w)\d+|[^\W\d_]+(?:['’][^\W\d_]+)?")
_LEFTOVER = re.compile(r"[^\W\d_]+(?:[.'’\-][^\W\d_]+)*")
_FAR = 3  # pieces between a number and the word that it counts, or between that and "ago"
LONGEST = 90


@cache
def _months() -> frozenset[str]:
    """Names of months in their comparison form, and the first words of names that have two ("تشرين الثاني", November)."""
    forms = _forms()
    first = {form.split()[0] for form in forms if " " in form and not form.isascii()}
    return frozenset(forms | {word for word in first if len(word) > 2}) | words_of("month_word")


@cache
def _second_words() -> frozenset[str]:
    """Further words of the names of months."""
    return frozenset(word for form in _forms() for word in form.split()[1:] if word.isalpha())


@cache
def _forms() -> frozenset[str]:
    columns = ("form", "month", "calendar", "needs", "gloss")
    rows = [row for language in ("ar", "en") for row in load(f"{language}/months", columns)]
    return frozenset(normal(form) for row in rows for form in row.alternatives("form"))


@lru_cache(maxsize=4096)
def moment(line: str) -> tuple[int, int] | None:
    """Where `line` tells a moment, or None. Lines longer than LONGEST characters are not looked at."""
    if len(line) > LONGEST:
        return None
    numbered = _DIGIT.search(line)
    if not numbered and "relative_time" not in cues_of(line):
        return None
    pieces = [match.span() for match in _PIECE.finditer(line)]
    words = [normal(line[start:end]) for start, end in pieces]
    spans = _ago(line, pieces, words)
    if numbered:
        spans += [match.span() for pattern in (_CLOCK, _NUMERIC) for match in pattern.finditer(line)]
        spans += _days(line, pieces, words)
    if spans:
        return min(start for start, _ in spans), _with_half_of_day(max(end for _, end in spans), pieces, words)
    if short := _SHORT.search(line):
        return short.start() + len(short.group()) - len(short.group().lstrip("·•|(-–— ")), short.end()
    if "relative_time" in cues_of(line):
        return (numbered.start() if numbered and numbered.start() > 8 else 0), len(line)
    return None


def _with_half_of_day(end: int, pieces: list[tuple[int, int]], words: list[str]) -> int:
    """The end of a moment with the "pm" or "مساء" (in the evening) behind it."""
    halves = words_of("afternoon") | words_of("morning")
    following = [at for at, (start, _) in enumerate(pieces) if start >= end][:1]
    return pieces[following[0]][1] if following and words[following[0]] in halves else end


def _days(line: str, pieces: list[tuple[int, int]], words: list[str]) -> list[tuple[int, int]]:
    """Where a month's name stands beside a number, with the numbers around it ("28 April 2024", "March 12th, 2015")."""
    months = _months()
    found = []
    for at, word in enumerate(words):
        if word in months:
            first, last = _reach(line, pieces, words, at, -1), _reach(line, pieces, words, at, 1)
            if first < at or last > at:
                found.append((pieces[first][0], pieces[last][1]))
    return found


def _reach(line: str, pieces: list[tuple[int, int]], words: list[str], at: int, step: int) -> int:
    """The furthest number to one side of a month's name; other names of months and single fillers may stand between."""
    months, fillers = _months() | _second_words(), words_of("moment_filler")
    reached, number, skipped = at, at + step, 0
    while 0 <= number < len(words):
        if line[pieces[number][0]].isdigit():
            reached, skipped = number, 0
        elif words[number] not in months:
            skipped += 1
            if skipped > 1 or words[number] not in fillers:
                break
        number += step
    return reached


def _ago(line: str, pieces: list[tuple[int, int]], words: list[str]) -> list[tuple[int, int]]:
    """Where units of time stand beside a word that says "ago" ("2 weeks ago", "il y a 3 jours", "منذ ساعتين" two hours ago)."""
    units, agos = words_of("time_unit"), words_of("ago_word")
    near = [at for at, word in enumerate(words) if word in agos]
    for at, word in enumerate(words) if near else ():
        if word not in units:
            continue
        numbers = [n for n in range(max(0, at - _FAR), min(len(words), at + 2)) if line[pieces[n][0]].isdigit()]
        beside = [n for n in near if abs(n - at) <= _FAR]
        if beside and (numbers or at - 1 in near):
            used = [at, *numbers[-1:], *beside]
            return [(pieces[min(used)][0], pieces[max(used)][1])]
    return []


def tells_time(when: str) -> bool:
    """Whether a moment tells more than a day: a clock, an hour of the day, or the time passed since."""
    if _CLOCK.search(when) or _SHORT.search(when) or "relative_time" in cues_of(when):
        return True
    words = {normal(match.group()) for match in _PIECE.finditer(when)}
    return not words.isdisjoint(words_of("ago_word") | words_of("afternoon") | words_of("morning"))


@lru_cache(maxsize=4096)
def beside_moment(line: str) -> str | None:
    """What stands in `line` beside its moment ("" when nothing), or None when it tells no moment."""
    span = moment(line)
    if span is None:
        return None
    rest = f"{line[: span[0]]} {line[span[1] :]}"
    fillers = words_of("moment_filler")
    words = [word for word in _LEFTOVER.findall(rest) if normal(word) not in fillers]
    return " ".join(words)
