"""One preserved table with its mapping in, its page and reading out, and the stamp by which its report names the mapping."""

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.page.table_text import TableText, table_text
from tawthiq.pipeline.table_file import read_table
from tawthiq.reading.table_rows import read_rows
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.page import Page
from tawthiq.records.reading import Reading
from tawthiq.records.table import Table, TableImport, TableMapping, TableReading

TABLE = " + table "
_DIGITS = 16


def stamp_of(digest: str) -> str:
    """How the stamp of a report names the mapping of this digest."""
    return digest[:_DIGITS]


def mapped(name: str, data: bytes, mapping: TableMapping, known: Gazetteer | None = None) -> TableReading:
    """What a mapping makes of a table. Raises UnreadableInput as `read_table` does, and where the sheet is not there."""
    table = read_table(name, data)
    return _rows(name, table, table_text(table, name), mapping, known)


def mapped_table(name: str, table: Table, mapping: TableMapping, known: Gazetteer | None = None) -> TableReading:
    """What a mapping makes of a table that is read already. Raises UnreadableInput where its sheet is not there."""
    return _rows(name, table, table_text(table, name), mapping, known)


def page_and_reading(
    capture: str, name: str, data: bytes, made: TableImport, known: Gazetteer | None = None
) -> tuple[Page, Reading]:
    """The page and the reading of an imported table. Raises UnreadableInput as `mapped` does."""
    table = read_table(name, data)
    text = table_text(table, capture, made.mapping.speaker or None)
    return text.page, _rows(name, table, text, made.mapping, known).reading


def _rows(name: str, table: Table, text: TableText, mapping: TableMapping, known: Gazetteer | None) -> TableReading:
    sheet = next((each for each in table.sheets if each.name == mapping.sheet), None)
    if sheet is None:
        raise UnreadableInput(
            item=name, happened=f'it has no sheet called "{mapping.sheet}"', advice="choose the sheet anew"
        )
    return read_rows(text, mapping, sheet, known)
