"""The words of drawings in both languages (lexicon table drawing_words), and numbers as drawings write them."""

from datetime import date
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.records.drawing import BarRow

COLUMNS = ("code", "en", "ar")
ARABIC, ENGLISH = "ar", "en"


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


def days(first: date | None, last: date | None, language: str) -> str:
    """A stretch of days in words, in the form YYYY-MM-DD."""
    if first is None and last is None:
        return word(language, "undated")
    if last is None:
        return word(language, "from_day", first=first)
    if first is None:
        return word(language, "until_day", last=last)
    return str(first) if first == last else word(language, "days", first=first, last=last)
