"""From the bytes of a spreadsheet to its cells: CSV and TSV in any encoding, XLSX. A formula is never evaluated.

A date that a workbook holds as such becomes year-month-day, a whole number has no decimal point, and what a formula gave when
the file was saved stands for it. Merged cells hold their value once. What is bounded is refused with a reason, never cut off.
Files of other programs that hold rows in another form are `publication.exchange.foreign_tables`.
"""

import csv
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import PurePosixPath

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tawthiq.pipeline.people_lists import decoded
from tawthiq.pipeline.table_archive import look_into
from tawthiq.publication.exchange.foreign_tables import foreign_table, form_of
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.table import Table, TableSheet

LARGEST = 30_000_000
"""Bytes of a file that is read as a table."""
MOST_ROWS = 50_000
"""Rows with something in them, of all sheets together."""
MOST_COLUMNS = 256
LONGEST_CELL = 50_000
_ZIP = b"PK\x03\x04"
_SEPARATORS = ",;\t|"
_NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"GIF8", b"{\\rtf")
TABLE_TYPES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media types of tables that are read here, by the ending of a file's name."""


def may_be_table(name: str, content_type: str) -> bool:
    """Whether a file's name or type says that it is a table that can be read here."""
    told = content_type.partition(";")[0].strip().lower()
    return told in TABLE_TYPES.values() or PurePosixPath(name.lower()).suffix in TABLE_TYPES


def read_table(name: str, data: bytes) -> Table:
    """The cells of a file called `name`. Raises UnreadableInput with a reason for what cannot be read, or not whole."""
    if len(data) > LARGEST:
        raise _refused(name, f"it has {len(data):,} bytes, more than {LARGEST:,}", "split the table")
    foreign = foreign_table(name, data)
    table = _bounded(name, foreign) if foreign else _own(name, data)
    rows = sum(bool(row) for sheet in table.sheets for row in sheet.rows)
    if not rows:
        raise _refused(name, "no cell of it holds anything", "choose the file that holds the table")
    if rows > MOST_ROWS:
        raise _refused(name, f"it has {rows:,} rows, more than {MOST_ROWS:,}", "split the table")
    return table


def _own(name: str, data: bytes) -> Table:
    return _workbook(name, data) if data.startswith(_ZIP) else _text(name, data)


def media_type(data: bytes) -> str:
    """The media type under which a table of these bytes is kept."""
    zipped = data.startswith(_ZIP)
    if form_of(data):
        return "application/zip" if zipped else "application/json"
    return TABLE_TYPES[".xlsx"] if zipped else TABLE_TYPES[".csv"]


def _bounded(name: str, table: Table) -> Table:
    """A table of another program's file, its rows within the same bounds."""
    sheets = (
        TableSheet(sheet.name, tuple(_row(name, number, row) for number, row in enumerate(sheet.rows, start=1)))
        for sheet in table.sheets
    )
    return Table(tuple(sheets), table.encoding, table.notes)


def _text(name: str, data: bytes) -> Table:
    if data.startswith(_NO_TEXT):
        raise _refused(name, "it is neither CSV nor XLSX", "save the table as XLSX or CSV")
    text, encoding = decoded(name, data)
    text = text.removeprefix("\ufeff")
    if text.count("\0") > len(text) // 50:
        raise _refused(name, "it is neither CSV nor XLSX", "save the table as XLSX or CSV")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_SEPARATORS, key=lambda sign: (first.count(sign), -_SEPARATORS.index(sign)))
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST))
    rows: list[tuple[str, ...]] = []
    try:
        for cells in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            rows.append(_row(name, len(rows) + 1, cells))
    except csv.Error as error:
        raise _refused(f"{name}: row {len(rows) + 1}", str(error), "mend the row, or save the table as XLSX") from error
    return Table((TableSheet("", _trimmed(rows)),), encoding)


def _workbook(name: str, data: bytes) -> Table:
    looked = look_into(data, name)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheets = []
            for place, about in enumerate(book.sheets_metadata):
                cells = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                rows = [_row(name, number, map(_shown, row)) for number, row in enumerate(cells, start=1)]
                errors = looked.errors[place] if place < len(looked.errors) else frozenset()
                hidden = about.visible is not SheetVisibleEnum.Visible
                sheets.append(TableSheet(about.name, _trimmed(rows), hidden, errors))
    except UnreadableInput:
        raise
    except BaseException as error:  # a panic of the library is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise _refused(name, "it is damaged, or no workbook of XLSX", "save it as XLSX or CSV again") from error
    return Table(tuple(sheets), "workbook")


def _row(name: str, number: int, cells: Iterable[str]) -> tuple[str, ...]:
    """A row's cells up to the last that holds something."""
    row = list(cells)
    while row and not row[-1].strip():
        row.pop()
    if len(row) > MOST_COLUMNS:
        raise _refused(f"{name}: row {number}", f"it has more than {MOST_COLUMNS} columns", "leave out columns")
    if any(len(cell) > LONGEST_CELL for cell in row):
        advice = "look for a quotation mark that is never closed, on this row or before it"
        raise _refused(f"{name}: row {number}", f"a cell has more than {LONGEST_CELL:,} characters", advice)
    return tuple(row)


def _trimmed(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows up to the last that holds something."""
    last = max((number for number, row in enumerate(rows, start=1) if row), default=0)
    return tuple(rows[:last])


def _shown(value: str | float | bool | date | datetime | time | timedelta) -> str:
    """A cell's value as characters."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
    return str(value)


def _refused(name: str, happened: str, advice: str) -> UnreadableInput:
    return UnreadableInput(item=name, happened=happened, advice=advice)
