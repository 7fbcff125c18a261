"""The mapping by which a table of another program comes in: what its columns hold is known, nothing is guessed of them.

Acts and parties that we wrote come back by their names in either language; other words are read as in any table, or stay open.
"""

from collections.abc import Mapping
from functools import cache

from tawthiq.lexicon.tables import Row, load
from tawthiq.publication.exchange import terms
from tawthiq.reading.table_contract import LONGEST, MOST_VALUES
from tawthiq.reading.table_values import act_of, cell_key
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.exchange import ExchangeForm
from tawthiq.records.table import ColumnRole, TableColumn, TableMapping, TableSheet


def ready_mapping(form: ExchangeForm, sheet: TableSheet, speaker: str = "") -> TableMapping:
    """The mapping of a sheet whose first row are headings of `form`. `speaker` says who says it where no column does.

    Raises UnreadableInput where the headings are not those of the form, or nobody is named who says so.
    """
    headings = sheet.rows[0] if sheet.rows else ()
    columns = _columns(form, headings)
    roles = {column.role: column.index for column in columns}
    if ColumnRole.DESCRIPTION not in roles and ColumnRole.ACT not in roles:
        raise UnreadableInput(
            item="the table",
            happened=f"its headings are not those of {form.value}",
            advice="import it without --from, and with a mapping of your own",
        )
    if ColumnRole.SPEAKER not in roles and not speaker:
        raise UnreadableInput(
            item="the table", happened="no column says who says so", advice="name who does: --speaker NAME"
        )
    return TableMapping(
        sheet=sheet.name,
        heading=1,
        columns=columns,
        act="" if ColumnRole.ACT in roles else "other",
        acts=tuple(_acts(sheet, roles.get(ColumnRole.ACT)).items())[:MOST_VALUES],
        parties=tuple(_parties(sheet, roles.get(ColumnRole.PARTY)).items())[:MOST_VALUES],
        speaker=speaker,
        headings=tuple(cell[:LONGEST] for cell in headings),
    )


def _columns(form: ExchangeForm, headings: tuple[str, ...]) -> tuple[TableColumn, ...]:
    told = _headings("uwazi" if form is ExchangeForm.UWAZI else "rows")
    found: list[TableColumn] = []
    for index, heading in enumerate(headings):
        row = told.get(heading.strip())
        if row is None:
            continue
        column = TableColumn(index, ColumnRole(row["role"]), row.optional("harm") or "", row.optional("group") or "")
        if not any((each.role, each.harm, each.group) == (column.role, column.harm, column.group) for each in found):
            found.append(column)
    return tuple(found)


def _values(sheet: TableSheet, index: int | None) -> list[str]:
    if index is None:
        return []
    cells = (row[index].strip() for row in sheet.rows[1:] if index < len(row))
    return [cell for cell in dict.fromkeys(cells) if cell and len(cell) <= LONGEST]


def _acts(sheet: TableSheet, index: int | None) -> Mapping[str, str]:
    named = {cell_key(terms.term("act", code, each)): code for code in terms.codes("act") for each in terms.LANGUAGES}
    return {cell_key(cell): named.get(cell_key(cell)) or act_of(cell) for cell in _values(sheet, index)}


def _parties(sheet: TableSheet, index: int | None) -> Mapping[str, str]:
    """Parties by the names under which we write them; other cells are left to the reader of parties."""
    found = ((cell_key(cell), _named_parties().get(cell_key(cell))) for cell in _values(sheet, index))
    return {key: code for key, code in found if code}


@cache
def _named_parties() -> Mapping[str, str]:
    rows = load("actors", ("code", "name_ar", "name_en", "country"))
    return {cell_key(row[name]): row["code"] for row in rows for name in ("name_ar", "name_en")}


@cache
def _headings(form: str) -> Mapping[str, Row]:
    rows = load("exchange_columns", ("form", "heading", "role", "harm", "group"))
    return {row["heading"]: row for row in rows if row["form"] == form}
