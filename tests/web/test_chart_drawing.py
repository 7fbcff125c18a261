"""Charts and time lines as SVG, and their tables as CSV: nothing of a source becomes markup or a formula, days may be any."""

import csv
import io
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from tawthiq.web.charts.axes import ticks
from tawthiq.web.charts.bars import Bar, bars
from tawthiq.web.charts.columns import Column, columns
from tawthiq.web.charts.sheets import as_csv, harmless
from tawthiq.web.timeline.bins import Amount, Unit, begin_of, end_of, histogram, index_of, unit_for
from tawthiq.web.timeline.lanes import Lane, Reach, Stretch, time_line
from tawthiq.web.timeline.scale import scale_of

HOSTILE = "\"><script>alert(1)</script><style>'&\x00\ud800"
SVG = "{http://www.w3.org/2000/svg}"
ANY_TEXT = st.text(max_size=30) | st.just(HOSTILE)


@given(
    st.lists(st.builds(Bar, ANY_TEXT, st.integers(0, 10**9), st.none() | st.integers(0, 10**9)), max_size=6),
    st.booleans(),
)
def test_bars_are_xml_whatever_the_labels_say_and_each_has_its_line(rows: list[Bar], rtl: bool) -> None:
    picture = ElementTree.fromstring(bars(rows, name="x", title=HOSTILE, description=HOSTILE, rtl=rtl))
    assert len([node for node in picture if node.tag == f"{SVG}g"]) == len(rows)
    assert not list(picture.iter(f"{SVG}script"))
    assert all("style" not in node.attrib for node in picture.iter())


def test_the_longest_bar_fills_the_room_and_the_others_are_in_proportion() -> None:
    picture = ElementTree.fromstring(bars([Bar("a", 10), Bar("b", 5), Bar("c", 0)], name="x", title="t"))
    widths = [float(node.attrib["width"]) for node in picture.iter(f"{SVG}rect")]
    assert widths[0] == 2 * widths[1]
    assert widths[2] == 0


def test_a_reach_is_hatched_beyond_its_lowest_number() -> None:
    picture = bars([Bar("a", 3, 9)], name="toll", title="t")
    assert 'fill="url(#toll-reach)"' in picture
    assert "3–9" in picture


def test_in_arabic_bars_begin_at_the_right() -> None:
    def first(rtl: bool) -> float:
        picture = ElementTree.fromstring(bars([Bar("a", 1)], name="x", title="t", rtl=rtl))
        return float(next(picture.iter(f"{SVG}text")).attrib["x"])

    assert first(rtl=True) > first(rtl=False)


def test_columns_tell_what_is_certain_from_what_is_possible() -> None:
    found = [Column("1", "one", 2, 5, "2–5", "/timeline/?from=x"), Column("2", "two", 0, 0, "0")]
    picture = ElementTree.fromstring(columns(found, name="x", title="t"))
    assert len(list(picture.iter(f"{SVG}a"))) == 1
    kinds = [node.attrib.get("class") for node in picture.iter(f"{SVG}rect")]
    assert kinds.count("bar-low") == 1
    assert kinds.count("bar-reach") == 1


@given(st.integers(0, 10**12))
def test_marks_of_an_axis_reach_the_highest_number_and_are_few(highest: int) -> None:
    marks = ticks(highest)
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert 2 <= len(marks) <= 12


DAYS = st.dates()


@given(DAYS, st.sampled_from(list(Unit)))
def test_every_day_lies_in_the_stretch_that_it_is_counted_in(day: date, unit: Unit) -> None:
    index = index_of(day, unit)
    assert begin_of(index, unit) <= day <= end_of(index, unit)
    assert index_of(begin_of(index, unit), unit) == index or begin_of(index, unit) == date.min


AMOUNTS = st.lists(
    st.builds(lambda a, b, n: Amount(min(a, b), max(a, b), n, n), DAYS, DAYS, st.integers(1, 9)), max_size=12
)


@given(AMOUNTS)
def test_nothing_is_counted_twice_as_certain_and_nothing_is_lost(amounts: list[Amount]) -> None:
    if not amounts:
        assert histogram(amounts, Unit.YEAR) == []
        return
    unit = unit_for(min(each.first for each in amounts), max(each.last for each in amounts))
    found = histogram(amounts, unit)
    assert len(found) <= 400
    assert all(each.certain <= each.possible for each in found)
    whole = sum(each.low for each in amounts if index_of(each.first, unit) == index_of(each.last, unit))
    assert sum(each.certain for each in found) == whole
    assert sum(each.possible for each in found) >= sum(each.high for each in amounts)


def test_a_month_is_possible_on_each_of_its_days_and_certain_on_none() -> None:
    found = histogram([Amount(date(2021, 5, 1), date(2021, 5, 31), 1, 1)], Unit.DAY)
    assert len(found) == 31
    assert {(each.certain, each.possible) for each in found} == {(0, 1)}
    assert histogram([Amount(date(2021, 5, 1), date(2021, 5, 31), 1, 1)], Unit.MONTH)[0].certain == 1


def test_days_wished_over_centuries_become_longer_stretches() -> None:
    assert unit_for(date(700, 1, 1), date(2021, 1, 1), Unit.DAY) is Unit.DECADE
    assert unit_for(date(2021, 1, 1), date(2021, 2, 1), Unit.DAY) is Unit.DAY


@given(st.lists(DAYS, min_size=1, max_size=8), st.booleans())
def test_days_stand_in_order_on_the_line_and_few_are_named(days: list[date], rtl: bool) -> None:
    scale = scale_of(days, 100, 800, rtl=rtl)
    assert scale is not None
    places = [scale.at(day) for day in sorted(days)]
    assert places == sorted(places, reverse=rtl)
    assert all(99.9 <= place <= 900.1 for place in places)
    assert len(scale.ticks()) <= 16
    assert all(scale.first <= day <= scale.last for day in scale.ticks())


STRETCHES = st.builds(lambda a, b, label: Stretch(min(a, b), max(a, b), label, label, "/x"), DAYS, DAYS, ANY_TEXT)
REACHES = st.builds(Reach, DAYS, st.integers(0, 10**6), st.none() | st.integers(0, 10**6), ANY_TEXT)


@given(st.lists(STRETCHES, max_size=20), st.lists(REACHES, max_size=5), st.booleans())
@settings(max_examples=30)
def test_any_time_line_is_xml_and_shows_every_number(stretches: list[Stretch], reaches: list[Reach], rtl: bool) -> None:
    lanes = [Lane(HOSTILE, stretches=tuple(stretches)), Lane("toll", reaches=tuple(reaches))]
    drawn = time_line(lanes, name="x", title="t", description="d", day_words=date.isoformat, rtl=rtl)
    if not stretches and not reaches:
        assert drawn is None
        return
    picture = ElementTree.fromstring(drawn)
    assert len([node for node in picture.iter() if node.attrib.get("class") == "reach-low"]) == len(reaches)
    assert not list(picture.iter(f"{SVG}script"))


def test_a_day_is_shorter_than_a_month_on_the_line() -> None:
    lane = Lane("x", stretches=(
        Stretch(date(2021, 5, 3), date(2021, 5, 3), "day", "day"),
        Stretch(date(2021, 5, 1), date(2021, 5, 31), "month", "month"),
    ))  # fmt: skip
    drawn = time_line([lane], name="x", title="t", description="d", day_words=date.isoformat, rtl=False)
    picture = ElementTree.fromstring(drawn)
    month, day = (
        float(node.attrib["width"]) for node in picture.iter(f"{SVG}rect") if "stretch" in node.attrib["class"]
    )
    assert month > 20 * day


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u200f=1", "＝1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("cell", FORMULAS)
def test_formulas_are_made_harmless(cell: str) -> None:
    assert harmless(cell).startswith("'")


@given(ANY_TEXT)
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    assert not harmless(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    assert [harmless(cell) for cell in (7, -7, "وكالة الضفة", "a=b", "")] == ["7", "-7", "وكالة الضفة", "a=b", ""]


def test_a_spreadsheet_reads_the_words_and_carries_nothing_out(tmp_path) -> None:
    data = as_csv(("outlet", "number"), [(cell, 1) for cell in FORMULAS] + [('وكالة, "الضفة"', 2)])
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read[-1] == ['وكالة, "الضفة"', "2"]
    book = Workbook()
    for row in read:
        book.active.append(row)
    assert all(cell.data_type != "f" for row in book.active for cell in row)
    book.save(tmp_path / "book.xlsx")
    cells = CalamineWorkbook.from_path(str(tmp_path / "book.xlsx")).get_sheet_by_index(0).to_python()
    first = [str(row[0]) for row in cells]
    assert len([cell for cell in first if cell.startswith("'")]) == len(FORMULAS)
