"""A table as a text: one line a row, cells in order parted by a separator, so that every cell has its characters.

Pure, and the same for the same cells. Rows without a cell have no line. A line's end inside a cell becomes a space and what no
text may hold (control characters, lone surrogates) becomes U+FFFD, each one sign for one sign.
"""

import re
from dataclasses import dataclass

from tawthiq.records.page import Page, Zone, ZoneKind
from tawthiq.records.span import Span
from tawthiq.records.table import Table, TableSheet
from tawthiq.text.language import language

SEPARATOR = " | "
_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\ud800-\udfff\ufffe\uffff]")
_TOLD_BY = 20_000  # characters by which the language is told


@dataclass(frozen=True, slots=True)
class TableLine:
    """One row of a sheet in the text: `number` counts from 1 in the sheet, `cells` are the ranges of its cells."""

    sheet: str
    number: int
    span: Span
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TableText:
    """The page of a table and the lines of its rows."""

    page: Page
    lines: tuple[TableLine, ...]


def cell_text(value: str) -> str:
    """A cell's characters as they stand in the text: as many, on one line."""
    return _IMPOSSIBLE.sub("\ufffd", _BREAKS.sub(" ", value))


def table_text(table: Table, id: str, outlet: str | None = None) -> TableText:  # noqa: A002 (the contract's name)
    """The page of a table, hidden sheets included: what is preserved is shown. `outlet` is who says so in all rows."""
    parts: list[str] = []
    zones: list[Zone] = []
    lines: list[TableLine] = []
    at = 0
    for sheet in table.sheets:
        if len(table.sheets) > 1:
            title = f"[{cell_text(sheet.name)}]\n"
            zones.append(Zone(ZoneKind.OTHER, Span(at, at + len(title)), "the name of a sheet"))
            parts.append(title)
            at += len(title)
        for number, cells in enumerate(sheet.rows, start=1):
            if cells:
                line = _line(sheet, number, cells, at)
                lines.append(line)
                parts.append(SEPARATOR.join(cell_text(cell) for cell in cells) + "\n")
                zones.append(Zone(ZoneKind.BODY, Span(at, line.span.end + 1), f"row {number}"))
                at = line.span.end + 1
    text = "".join(parts)
    page = Page(
        id=id,
        language=language(text[:_TOLD_BY]),
        text=text,
        zones=tuple(zones),
        title=None,
        byline=None,
        agency=None,
        published=None,
        published_metadata=None,
        outlet=outlet,
        comments=(),
        encoding=table.encoding,
        notes=table.notes,
    )
    return TableText(page, tuple(lines))


def _line(sheet: TableSheet, number: int, cells: tuple[str, ...], start: int) -> TableLine:
    spans: list[Span] = []
    at = start
    for cell in cells:
        spans.append(Span(at, at + len(cell)))
        at += len(cell) + len(SEPARATOR)
    return TableLine(sheet.name, number, Span(start, at - len(SEPARATOR)), tuple(spans))
