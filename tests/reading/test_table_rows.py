"""Rows of tables as events: every value has the characters of its cell, and what cannot be read stays open with its reason."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.page.table_text import SEPARATOR, cell_text, table_text
from tawthiq.reading.table_contract import mapping_from_json, mapping_to_json
from tawthiq.reading.table_guess import guessed_columns, guessed_heading, guessed_mapping, guessed_order, needs_order
from tawthiq.reading.table_rows import read_rows
from tawthiq.reading.table_values import count_of, day_of
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.period import Period
from tawthiq.records.table import (
    ColumnRole,
    DayOrder,
    RowProblem,
    Table,
    TableColumn,
    TableMapping,
    TableReading,
    TableSheet,
)

CELLS = st.text(max_size=30)
ROWS = st.lists(st.lists(CELLS, max_size=7).map(tuple), max_size=8).map(tuple)
ROLES = (
    ColumnRole.ACT, ColumnRole.FIRST, ColumnRole.PLACE, ColumnRole.PARTY, ColumnRole.COUNT, ColumnRole.SPEAKER,
    ColumnRole.IDENTIFIER,
)  # fmt: skip
COLUMNS = tuple(
    TableColumn(at, role, *(("killed", "all") if role is ColumnRole.COUNT else ())) for at, role in enumerate(ROLES)
)


def read(rows: tuple[tuple[str, ...], ...], mapping: TableMapping) -> tuple[str, TableReading]:
    sheet = TableSheet("", rows)
    text = table_text(Table((sheet,), "utf-8"), "t")
    return text.page.text, read_rows(text, mapping, sheet)


def one(*cells: str, roles: tuple[ColumnRole, ...], **facts: object) -> tuple[str, TableReading]:
    columns = tuple(TableColumn(at, role) for at, role in enumerate(roles))
    usual: dict[str, object] = {"act": "shelling", "speaker": "a monitor"}
    return read((cells,), TableMapping("", 0, columns, **{**usual, **facts}))  # type: ignore[arg-type]


@settings(deadline=None)
@given(ROWS)
def test_every_cell_has_its_characters_and_every_character_one_zone(rows: tuple[tuple[str, ...], ...]) -> None:
    text = table_text(Table((TableSheet("", rows),), "utf-8"), "t")
    filled = [row for row in rows if row]
    assert [[span.of(text.page.text) for span in line.cells] for line in text.lines] == [
        [cell_text(cell) for cell in row] for row in filled
    ]
    assert "".join(zone.span.of(text.page.text) for zone in text.page.zones) == text.page.text
    assert text.page.text.count("\n") == len(filled)
    text.page.text.encode()


@settings(deadline=None)
@given(ROWS)
def test_values_are_cells_and_no_row_goes_without_a_word(rows: tuple[tuple[str, ...], ...]) -> None:
    text, found = read(rows, TableMapping("", 0, COLUMNS))
    assert [row.number for row in found.rows] == [at for at, row in enumerate(rows, start=1) if row]
    assert found.whole + found.open + found.out == len(found.rows)
    for row in found.rows:
        assert row.event is not None or row.problems
    for row in (row for row in found.rows if row.event is not None):
        event = found.reading.events[row.event or 0]
        cells = [cell.strip() for cell in row.cells]
        mentions = [event.trigger, *(place.mention for place in event.places), *(who.mention for who in event.by)]
        mentions += [count.mention for count in event.counts] + ([event.when.mention] if event.when else [])
        for mention in mentions:
            assert mention.span.of(text) == mention.text
            assert mention.text in cells


@settings(deadline=None)
@given(st.text())
def test_any_cell_is_a_day_or_a_reason_and_a_number_or_a_reason(text: str) -> None:
    assert isinstance(day_of(text, DayOrder.UNTOLD), Period | RowProblem)
    bounds = count_of(text)
    assert isinstance(bounds, RowProblem) or bounds != (None, None)


@pytest.mark.parametrize(
    ("cell", "order", "told"),
    [
        ("2024-03-05", DayOrder.UNTOLD, date(2024, 3, 5)),
        ("٥/٣/٢٠٢٤", DayOrder.DAY_FIRST, date(2024, 3, 5)),
        ("05/03/2024", DayOrder.MONTH_FIRST, date(2024, 5, 3)),
        ("25/03/2024", DayOrder.UNTOLD, date(2024, 3, 25)),
        ("03/25/2024", DayOrder.UNTOLD, date(2024, 3, 25)),
        ("5 آذار 2024", DayOrder.UNTOLD, date(2024, 3, 5)),
        ("1445-09-15", DayOrder.UNTOLD, date(2024, 3, 25)),
    ],
)
def test_days_are_read_in_the_order_that_was_chosen(cell: str, order: DayOrder, told: date) -> None:
    found = day_of(cell, order)
    assert isinstance(found, Period)
    assert found.first == found.last == told


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("05/03/2024", RowProblem.DAY_OR_MONTH),
        ("05/03/24", RowProblem.DATE_OPEN),
        ("31/02/2024", RowProblem.DATE_OPEN),
        ("before 5 March 2024", RowProblem.DATE_OPEN),
        ("5 March 2024?", RowProblem.DATE_OPEN),
        ("soon", RowProblem.DATE_OPEN),
    ],
)
def test_a_day_that_can_be_doubted_stays_open(cell: str, why: RowProblem) -> None:
    assert day_of(cell, DayOrder.UNTOLD) is why


@pytest.mark.parametrize(
    ("cell", "told"),
    [("3", (3, 3)), ("٣", (3, 3)), ("at least 12", (12, None)), ("3-5", (3, 5)), ("0", (0, 0)), ("12 قتيلا", (12, 12))],
)
def test_numbers_keep_the_bounds_that_were_told(cell: str, told: tuple[int, int | None]) -> None:
    assert count_of(cell) == told


@pytest.mark.parametrize("cell", ["3?", "many", "3 or so, 5 at most, perhaps 7", "12.5", "99999999999999999999", "-"])
def test_a_number_that_can_be_doubted_stays_open(cell: str) -> None:
    assert count_of(cell) is RowProblem.COUNT_OPEN


def test_a_place_is_narrowed_by_the_wider_columns_and_never_contradicts_them() -> None:
    roles = (ColumnRole.PLACE, ColumnRole.GOVERNORATE, ColumnRole.DESCRIPTION)
    _, inside = one("al-Bab", "Aleppo Governorate", "shells fell", roles=roles)
    assert [place.resolved.code for place in inside.reading.events[0].places if place.resolved] == [
        "sy.bab", "sy.aleppo",
    ]  # fmt: skip
    _, elsewhere = one("al-Bab", "Raqqa", "shells fell", roles=roles)
    assert elsewhere.reading.events[0].places[0].resolved is None
    assert [problem.kind for problem in elsewhere.rows[0].problems] == [RowProblem.PLACE_ELSEWHERE]


@pytest.mark.parametrize("cell", ["قرب الباب", "near al-Bab", "Aleppo countryside"])
def test_what_lies_near_a_place_is_not_the_place(cell: str) -> None:
    _, found = one(cell, "shells fell", roles=(ColumnRole.PLACE, ColumnRole.DESCRIPTION))
    assert found.reading.events[0].places[0].resolved is None
    assert found.rows[0].problems


def test_one_act_for_all_rows_stands_on_the_description() -> None:
    text, found = one("two houses burned", roles=(ColumnRole.DESCRIPTION,))
    event = found.reading.events[0]
    assert (event.act, event.trigger.text, event.source) == ("shelling", "two houses burned", None)
    assert text == "two houses burned\n"


def test_groups_are_part_of_all_where_all_are_counted_as_well() -> None:
    columns = (
        TableColumn(0, ColumnRole.DESCRIPTION), TableColumn(1, ColumnRole.COUNT, "killed", "all"),
        TableColumn(2, ColumnRole.COUNT, "killed", "children"),
    )  # fmt: skip
    mapping = TableMapping("", 0, columns, act="shelling", speaker="a monitor")
    _, found = read((("a", "3", "1"), ("b", "", "1")), mapping)
    assert [[count.part_of for count in event.counts] for event in found.reading.events] == [[False, True], [False]]


def test_a_speaker_makes_a_statement_and_an_empty_one_is_told() -> None:
    columns = (TableColumn(0, ColumnRole.DESCRIPTION), TableColumn(1, ColumnRole.SPEAKER))
    text, found = read((("a mill burned", "A baker"), ("b", "")), TableMapping("", 0, columns, act="shelling"))
    (statement,) = found.reading.statements
    assert statement.speaker
    assert statement.speaker.mention.text == "A baker"
    assert statement.content.of(text) == "a mill burned"
    assert [event.source for event in found.reading.events] == [0, None]
    assert [problem.kind for problem in found.rows[1].problems] == [RowProblem.NO_SPEAKER]


def test_headings_tell_what_columns_hold_in_both_languages() -> None:
    sheet = TableSheet(
        "", (("Weekly list",), ("No.", "Date of incident", "المحافظة", "Children killed"), ("1", "x", "y", "2"))
    )
    heading = guessed_heading(sheet)
    found = [(column.role, column.harm, column.group) for column in guessed_columns(sheet, heading)]
    assert heading == 2
    assert found == [
        (ColumnRole.IDENTIFIER, "", ""), (ColumnRole.FIRST, "", ""), (ColumnRole.GOVERNORATE, "", ""),
        (ColumnRole.COUNT, "killed", "children"),
    ]  # fmt: skip


def test_the_order_of_days_is_asked_unless_one_cell_tells_it() -> None:
    open_sheet = TableSheet("", (("05/03/2024",), ("06/07/2024",)))
    assert needs_order(open_sheet, 0, [0])
    assert guessed_order(open_sheet, 0, [0]) is DayOrder.UNTOLD
    assert guessed_order(TableSheet("", (("05/03/2024",), ("25/07/2024",))), 0, [0]) is DayOrder.DAY_FIRST
    assert guessed_order(TableSheet("", (("05/23/2024",), ("25/07/2024",))), 0, [0]) is DayOrder.UNTOLD


def test_a_mapping_comes_back_as_it_went() -> None:
    rows = (("type", "source", "killed"), ("airstrike", "A baker", "3"))
    mapping = guessed_mapping(TableSheet("s", rows), "a monitor")
    assert mapping_from_json(mapping_to_json(mapping)) == mapping
    assert mapping.acts == (("airstrike", "airstrike"),)


@pytest.mark.parametrize(
    "changed",
    [
        {"columns": [{"index": 0, "role": "act"}, {"index": 1, "role": "act"}]},
        {"columns": [], "act": ""},
        {"speaker": "", "columns": [{"index": 0, "role": "act"}]},
        {"speaker": "\ud800"},
        {"heading": True},
        {"heading": -1},
        {"act": "unheard"},
        {"acts": [["a", "b", "c"]]},
        {"columns": "act"},
    ],
)
def test_an_unsound_mapping_is_refused(changed: dict[str, object]) -> None:
    sound = mapping_to_json(TableMapping("", 1, (TableColumn(0, ColumnRole.ACT),), speaker="a monitor"))
    mapping_from_json(sound)
    with pytest.raises(UnreadableInput):
        mapping_from_json({**sound, **changed})


def test_cells_are_parted_by_a_separator_that_is_no_part_of_them() -> None:
    text = table_text(Table((TableSheet("", (("a | b", "c\nd"),)),), "utf-8"), "t")
    assert text.page.text == f"a | b{SEPARATOR}c d\n"
    assert [span.of(text.page.text) for span in text.lines[0].cells] == ["a | b", "c d"]
