"""The words of drawings in both languages (lexicon table drawing_words), and numbers as drawings write them."""

from datetime import date
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.records.drawing import BarRow

COLUMNS = ("code", "en", "ar")
ARABIC, ENGLISH = "ar", "en"
_ISOLATE, _POP = "\u2066", "\u2069"  # left-to-right isolate and its end (UAX 9)


@cache
def _words() -> dict[str, dict[str, str]]:
    rows = load("drawing_words", COLUMNS)
    return {language: {row["code"]: row[language] for row in rows} for language in (ARABIC, ENGLISH)}


def word(language: str, code: str, **values: object) -> str:
    """The words with this code, filled in. Raises KeyError for a code or language that the table does not have."""
    return _words()[language][code].format(**values)


def number(value: int) -> str:
    """A whole number with its thousands grouped, alike in both languages."""
    return f"{value:,}"


def amount(row: BarRow, language: str) -> str:
    """The number of a row in words: one number, both ends, or a floor that is left open."""
    low, high = number(row.low), number(row.high)
    if row.low == row.high:
        return word(language, "floor", low=low) if row.is_floor else low
    return word(language, "open_range" if row.is_floor else "range", low=low, high=high)


def isolated(day: date | None) -> str:
    """A day as YYYY-MM-DD, isolated: after Arabic letters its parts would change places. Empty for none."""
    return f"{_ISOLATE}{day}{_POP}" if day else ""


def days(first: date | None, last: date | None, language: str) -> str:
    """A stretch of days in words, each as YYYY-MM-DD."""
    if first is None and last is None:
        return word(language, "undated")
    begin, end = isolated(first), isolated(last)
    if last is None:
        return word(language, "from_day", first=begin)
    if first is None:
        return word(language, "until_day", last=end)
    return begin if first == last else word(language, "days", first=begin, last=end)
