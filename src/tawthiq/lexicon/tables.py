"""The one loader of vocabulary tables: tab-separated text with a header, validated, with errors that name the place.

A table lives in lexicon/data as `NAME.tsv` (language-neutral) or `LANGUAGE/NAME.tsv`. Lines that are empty or begin with
"# " are comments. Cells hold no tabs; "|" separates alternatives; "-" stands for nothing. Each table is read into frozen
rows by `load`, whose caller names the columns it demands. docs/lexicons.md tells a documenter how to add rows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tawthiq.lexicon.columns import checks, misfits, spelling
from tawthiq.records.errors import BadLexicon

COMMENT = re.compile(r"#(?: |\s*$)")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `at` is "file:line" for explanations and errors."""

    cells: Mapping[str, str]
    at: str

    @property
    def line(self) -> int:
        """The number of the line in its file, from 1."""
        return int(self.at.rpartition(":")[2])

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def optional(self, column: str) -> str | None:
        """The cell, or None where it says "-"."""
        value = self.cells[column]
        return None if value == "-" else value

    def alternatives(self, column: str) -> tuple[str, ...]:
        """The cell's alternatives; none where it says "-"."""
        value = self.cells[column]
        return () if value == "-" else tuple(part.strip() for part in value.split("|"))


@cache
def load(name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of table `name` (such as "actors" or "ar/months"), which must have exactly `columns`, in that order.

    Raises BadLexicon naming file, line and column when the table is missing or no UTF-8, or a line breaks the form that
    docs/lexicons.md tells: too few or too many cells, an empty one, a code or number that the column does not know.
    """
    file = f"{name}.tsv"
    try:
        data = (resources.files("tawthiq.lexicon") / "data" / file).read_bytes()
    except OSError as error:
        raise BadLexicon(
            item=file, happened=f"the table cannot be read ({error})", advice="reinstall Tawthiq or restore the file"
        ) from error
    rows = tuple(parse(file, decoded(file, data), columns))
    parties = _party_codes() if "actor" in columns else frozenset()
    for row in rows:
        if parties and row["actor"] not in parties:
            position = columns.index("actor") + 1
            raise _bad(file, row.line, position, f'"actor" is "{row["actor"]}", which is no code of actors.tsv')
    return rows


@cache
def _party_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in load("actors", ("code", "name_ar", "name_en", "country")))


def decoded(file: str, data: bytes) -> str:
    """The text of a table; a byte order mark, as some editors write, is left out. Raises BadLexicon where it is no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.rpartition(b"\n")[2]
        raise _bad(
            file, before.count(b"\n") + 1, line.count(b"\t") + 1, "this is no UTF-8; save the file as UTF-8"
        ) from error


def wording(at: str) -> tuple[str, ...] | None:
    """The cells of the line that a row's `at` names, for explanations; None when there is no such line."""
    file, _, number = at.rpartition(":")
    line = int(number) if number.isdecimal() else 0
    lines = _lines(file) if line else ()
    return tuple(cell.strip() for cell in lines[line - 1].split("\t")) if 0 < line <= len(lines) else None


@cache
def _lines(file: str) -> tuple[str, ...]:
    """The lines of a table's file; none when it cannot be read."""
    try:
        text = (resources.files("tawthiq.lexicon") / "data" / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(text.split("\n"))


def parse(file: str, text: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of one table given as text. Raises BadLexicon as `load` does."""
    header: tuple[str, ...] | None = None
    rows: list[Row] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or COMMENT.match(line):
            continue
        cells = tuple(cell.strip(" \r") for cell in line.split("\t"))
        if header is None:
            header = cells
            _check_header(file, number, header, columns)
            continue
        _check_cells(file, number, cells, columns)
        rows.append(Row(dict(zip(columns, cells, strict=True)), f"{file}:{number}"))
    if header is None:
        raise _bad(file, 1, 1, "the table has no header")
    for at, position, wrong in misfits(file.removesuffix(".tsv"), [tuple(row.cells.values()) for row in rows]):
        raise _bad(file, rows[at].line, position + 1, _told(columns[position], rows[at][columns[position]], wrong))
    yield from rows


def _check_header(file: str, number: int, header: tuple[str, ...], columns: tuple[str, ...]) -> None:
    if header != columns:
        pairs = zip(header, columns, strict=False)
        at = next((i for i, (found, due) in enumerate(pairs) if found != due), min(len(header), len(columns)))
        raise _bad(file, number, at + 1, f"the header is {list(header)}, not {list(columns)}")


def _check_cells(file: str, number: int, cells: tuple[str, ...], columns: tuple[str, ...]) -> None:
    if len(cells) != len(columns):
        hint = ": cells are parted by tabs, not by spaces" if len(cells) == 1 else ""
        raise _bad(file, number, len(cells), f"{_cells(len(cells))} where {len(columns)} are due{hint}")
    table = file.removesuffix(".tsv")
    allowed = checks(table)
    for position, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
        wrong = spelling(table, cell) or (allowed[column](cell) if column in allowed else None)
        if wrong:
            raise _bad(file, number, position, _told(column, cell, wrong))


def _told(column: str, cell: str, wrong: str) -> str:
    """A mistake in words: the column, the cell where there is one, and what is wrong with it."""
    return f'"{column}" {wrong}' if not cell else f'"{column}" is "{cell[:_SHOWN]}", which {wrong}'


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _bad(file: str, line: int, column: int, happened: str) -> BadLexicon:
    return BadLexicon(
        item=f"{file}:{line}:{column}", happened=happened, advice="mend the table; docs/lexicons.md shows the form"
    )
