"""The one loader of vocabulary tables: tab-separated text with a header, validated, with errors that name the place.

A table lives in lexicon/data as `NAME.tsv` (language-neutral) or `LANGUAGE/NAME.tsv`. Lines that are empty or begin with
"# " are comments. Cells hold no tabs; "|" separates alternatives; "-" stands for nothing. Each table is read into frozen
rows by `load`, whose caller names the columns it demands. docs/lexicons.md tells a documenter how to add rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tawthiq.records.errors import BadLexicon


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `at` is "file:line" for explanations and errors."""

    cells: Mapping[str, str]
    at: str

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

    Raises BadLexicon naming file, line and column when the table is missing, a cell is empty or a line has too few or
    too many cells.
    """
    try:
        text = (resources.files("tawthiq.lexicon") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadLexicon(
            item=f"{name}.tsv",
            happened=f"the table cannot be read ({error})",
            advice="reinstall Tawthiq or restore the file",
        ) from error
    return tuple(parse(f"{name}.tsv", text, columns))


def wording(at: str) -> tuple[str, ...] | None:
    """The cells of the line that a row's `at` names, for explanations; None when there is no such line."""
    file, _, number = at.rpartition(":")
    lines = _lines(file) if number.isdigit() else ()
    if not 0 < int(number or 0) <= len(lines):
        return None
    return tuple(cell.strip() for cell in lines[int(number) - 1].split("\t"))


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
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("# ") or line == "#":
            continue
        cells = tuple(cell.strip() for cell in line.rstrip("\r").split("\t"))
        if header is None:
            header = cells
            if header != columns:
                raise _bad(file, number, 1, f"the header is {list(header)}, not {list(columns)}")
            continue
        if len(cells) != len(columns):
            raise _bad(file, number, len(cells), f"{len(cells)} cells where {len(columns)} are due")
        for position, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
            if not cell:
                raise _bad(file, number, position, f'"{column}" is empty; write "-" for nothing')
        yield Row(dict(zip(columns, cells, strict=True)), f"{file}:{number}")
    if header is None:
        raise _bad(file, 1, 1, "the table has no header")


def _bad(file: str, line: int, column: int, happened: str) -> BadLexicon:
    return BadLexicon(
        item=f"{file}:{line}:{column}", happened=happened, advice="mend the table; docs/lexicons.md shows the form"
    )
