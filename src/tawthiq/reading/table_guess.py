"""What the columns of a table may hold, by their headings and by a look at their cells: for people to correct.

Headings are compared with lexicon/data/import_columns.tsv after folding. A column whose heading says nothing is taken for dates
where most of its cells are; nothing else is told by cells alone.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.reading.table_contract import LONGEST, MOST_VALUES
from tawthiq.reading.table_values import act_of, cell_key, day_of
from tawthiq.records.period import Period
from tawthiq.records.table import ColumnRole, DayOrder, RowProblem, TableColumn, TableMapping, TableSheet
from tawthiq.text.folding import fold

LOOKED_AT = 200
_HEADS = 20  # rows among which a heading is sought
_NOT_LETTERS = re.compile(r"[\W_]+")
_MOSTLY = 0.6
MONTHS = 12


def guessed_heading(sheet: TableSheet) -> int:
    """The row (from 1) in which most cells are known headings; the first with something where none is known, 0 for none."""
    rows = [(number, row) for number, row in enumerate(sheet.rows[:_HEADS], start=1) if row]
    known = max(rows, key=lambda each: (_known_in(each[1]), -each[0]), default=None)
    if known and _known_in(known[1]):
        return known[0]
    first = rows[0] if rows else None
    return first[0] if first and not any(_figures(cell) for cell in first[1]) else 0


def guessed_columns(sheet: TableSheet, heading: int) -> tuple[TableColumn, ...]:
    """What each column may hold; a role is given once, to the first column that fits."""
    headings = sheet.rows[heading - 1] if 0 < heading <= len(sheet.rows) else ()
    rows = [row for row in sheet.rows[heading : heading + LOOKED_AT] if row]
    width = max(map(len, [headings, *rows]), default=0)
    found: list[TableColumn] = []
    for index in range(width):
        told = _columns().get(_key(headings[index])) if index < len(headings) else None
        if told is None and _are_dates([row[index] for row in rows if index < len(row)]):
            told = (ColumnRole.FIRST, "", "")
        if told and not any((each.role, each.harm, each.group) == told for each in found):
            found.append(TableColumn(index, *told))
    return tuple(found)


def guessed_order(sheet: TableSheet, heading: int, indices: Sequence[int]) -> DayOrder:
    """The order of figures that the days tell by themselves: some day above twelve, none against it."""
    cells = [row[index] for row in sheet.rows[heading:] for index in indices if index < len(row) and row[index]]
    told = {_starts_above_twelve(cell) for cell in cells} - {None}
    if len(told) != 1:
        return DayOrder.UNTOLD
    return DayOrder.DAY_FIRST if told.pop() else DayOrder.MONTH_FIRST


def needs_order(sheet: TableSheet, heading: int, indices: Sequence[int]) -> bool:
    """Whether a day of the table can be read both ways."""
    cells = {row[index] for row in sheet.rows[heading:] for index in indices if index < len(row)}
    return any(day_of(cell.strip(), DayOrder.UNTOLD) is RowProblem.DAY_OR_MONTH for cell in cells)


_ENDS_IN_YEAR = re.compile(r"\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*\d{4}")


def _starts_above_twelve(cell: str) -> bool | None:
    """Whether of two figures before a year the first cannot be a month (True) or the second cannot (False)."""
    match = _ENDS_IN_YEAR.match(cell)
    if match is None:
        return None
    one, two = int(match[1]), int(match[2])
    return None if (one > MONTHS) is (two > MONTHS) else one > MONTHS


def _known_in(row: Sequence[str]) -> int:
    return sum(_key(cell) in _columns() for cell in row if cell)


def _figures(cell: str) -> bool:
    return any(sign.isdecimal() for sign in cell)


def _are_dates(cells: Sequence[str]) -> bool:
    told = [cell.strip() for cell in cells if cell.strip()]
    dated = sum(
        any(not sign.isalnum() for sign in cell) and isinstance(day_of(cell, DayOrder.DAY_FIRST), Period)
        for cell in told
    )
    return bool(told) and dated >= _MOSTLY * len(told)


@cache
def _columns() -> Mapping[str, tuple[ColumnRole, str, str]]:
    rows = load("import_columns", ("heading", "role", "harm", "group"))
    return {
        _key(row["heading"]): (ColumnRole(row["role"]), row.optional("harm") or "", row.optional("group") or "")
        for row in rows
    }


def _key(heading: str) -> str:
    return _NOT_LETTERS.sub("", fold(heading))


def guessed_mapping(sheet: TableSheet, speaker: str = "") -> TableMapping:
    """What a sheet's columns may hold, with the acts that its values tell by themselves: for a person to look through."""
    heading = guessed_heading(sheet)
    columns = guessed_columns(sheet, heading)
    act = next((column.index for column in columns if column.role is ColumnRole.ACT), None)
    values = {} if act is None else {row[act].strip(): "" for row in sheet.rows[heading:] if act < len(row)}
    dated = [column.index for column in columns if column.role in (ColumnRole.FIRST, ColumnRole.LAST)]
    return TableMapping(
        sheet=sheet.name,
        heading=heading,
        columns=columns,
        acts=tuple({cell_key(value): act_of(value) for value in values if value}.items())[:MOST_VALUES],
        speaker=speaker,
        order=guessed_order(sheet, heading, dated),
        headings=tuple(cell[:LONGEST] for cell in (sheet.rows[heading - 1] if heading else ())),
    )
