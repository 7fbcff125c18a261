"""Cells of CSV files: values as text and back, with nothing in them that a spreadsheet would run.

A cell of text that begins like a formula (= + - @, their full-width forms, tab, carriage return, line feed; also behind white
space and invisible marks) gets an apostrophe before it, and so does one that begins with an apostrophe: whoever takes one
leading apostrophe away from each cell of text has exactly what was there (after OWASP's "CSV injection").
Numbers and dates are ours and need none. Lines end with CR LF and quotation marks are doubled (RFC 4180).
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import IO, Any

import regex

GUARD = "'"
BYTE_ORDER_MARK = "\ufeff"
_RUNS = regex.compile(r"'|[\s\p{Cf}\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_LARGEST_CELL = 1 << 30

Encoder = Callable[[Any], str]


def text_cell(text: str) -> str:
    """Text as a cell that no spreadsheet runs."""
    return f"{GUARD}{text}" if text and _RUNS.match(text) else text


def text_of(cell: str) -> str:
    """The text behind a cell that `text_cell` made."""
    return cell[1:] if cell.startswith(GUARD) else cell


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _boolean(value: bool | None) -> str:
    return "" if value is None else "true" if value else "false"


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def moment(value: datetime | None) -> str:
    """A moment in UTC as RFC 3339 has it; one without a zone is taken for UTC."""
    if value is None:
        return ""
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()


def _listed(value: tuple[Any, ...]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


ENCODERS: Mapping[str, Encoder] = {
    "text": text_cell, "integer": _number, "number": _number, "boolean": _boolean, "date": _day, "datetime": moment,
    "array": _listed, "numbers": _listed, "pairs": _listed,
}  # fmt: skip
DECODERS: Mapping[str, Callable[[str], Any]] = {
    "text": text_of,
    "integer": lambda cell: int(cell) if cell else None,
    "number": lambda cell: float(cell) if cell else None,
    "boolean": lambda cell: cell == "true" if cell else None,
    "date": lambda cell: date.fromisoformat(cell) if cell else None,
    "datetime": lambda cell: datetime.fromisoformat(cell) if cell else None,
    "array": lambda cell: tuple(json.loads(cell)) if cell else (),
    "numbers": lambda cell: tuple(json.loads(cell)) if cell else (),
    "pairs": lambda cell: tuple(tuple(pair) for pair in json.loads(cell)) if cell else (),
}


def writer(stream: IO[str]) -> Any:
    """What writes rows of cells to a stream that was opened with newline=""."""
    return csv.writer(stream, lineterminator="\r\n")


def rows(stream: IO[str]) -> Iterator[list[str]]:
    """The rows of cells of a stream that was opened with newline=""; cells may be as long as texts are.

    Raises ValueError for what is no CSV.
    """
    csv.field_size_limit(_LARGEST_CELL)
    try:
        yield from csv.reader(stream, strict=True)
    except csv.Error as error:
        raise ValueError(str(error)) from error
