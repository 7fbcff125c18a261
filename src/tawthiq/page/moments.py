"""Whether a short line tells a moment: a calendar date, a clock, or "three hours ago". No value is read here."""

import re
from functools import lru_cache

from tawthiq.page.wording import cues_of, normal, words_of
from tawthiq.text.dates import calendar_dates

_CLOCK = re.compile(r"(?<!\d)\d{1,2}\s*[:٫]\s*\d{2}(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)\d{1,4}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}(?!\d)")
_DAY_MONTH = re.compile(r"^\w{3,9}\s+\d{1,2}(?:\s+at\b.*)?$")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LEFTOVER = re.compile(r"[^\W\d_]+")
LONGEST = 90


@lru_cache(maxsize=4096)
def moment(line: str) -> tuple[int, int] | None:
    """Where `line` tells a moment, or None. Lines longer than LONGEST characters are not looked at."""
    if len(line) > LONGEST:
        return None
    if _DIGIT.search(line):
        spans = [match.span() for pattern in (_CLOCK, _NUMERIC) for match in pattern.finditer(line)]
        if _YEAR.search(line):
            spans += [(when.mention.span.start, when.mention.span.end) for when in calendar_dates(line)]
        if spans:
            return min(start for start, _ in spans), max(end for _, end in spans)
    if "relative_time" in cues_of(line):
        match = _DIGIT.search(line)
        return (match.start() if match and match.start() > 8 else 0), len(line)
    return None


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
