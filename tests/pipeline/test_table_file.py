"""Bytes of spreadsheets to cells: typed dates, encodings, errors, formulas, and files that mean harm."""

import zipfile
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tawthiq.pipeline import table_archive
from tawthiq.pipeline.table_file import may_be_table, read_table
from tawthiq.records.errors import UnreadableInput


def workbook(*rows: tuple[object, ...], hidden: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if hidden:
        book.create_sheet("kept").append(["secret"])
        book["kept"].sheet_state = "hidden"
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with something replaced in one of its parts."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for info in source.infolist():
            body = source.read(info)
            made.writestr(info.filename, body.replace(old, new) if info.filename == part else body)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_of_a_workbook_are_text_as_people_see_it() -> None:
    moment = datetime(2024, 3, 5, 14, 30)  # noqa: DTZ001  a cell has no zone
    data = workbook(("رقم", "يوم"), (1, date(2024, 3, 5)), (2.5, moment), (), (True, "a\nb"))
    (sheet,) = read_table("x.xlsx", data).sheets
    assert sheet.rows == (("رقم", "يوم"), ("1", "2024-03-05"), ("2.5", "2024-03-05 14:30"), (), ("TRUE", "a\nb"))


def test_a_formula_is_never_evaluated_and_one_without_a_result_is_told_like_an_error() -> None:
    data = workbook(("a", "b"), ("=1+1", "#REF!"))
    (sheet,) = read_table("x.xlsx", data).sheets
    assert sheet.errors == {(1, 0), (1, 1)}
    assert sheet.rows == (("a", "b"),)


def test_hidden_sheets_are_there_and_called_hidden() -> None:
    assert [(sheet.name, sheet.hidden) for sheet in read_table("x.xlsx", workbook(("a",), hidden=True)).sheets] == [
        ("Sheet", False), ("kept", True),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_its_encoding_and_by_its_separator(encoding: str, delimiter: str) -> None:
    data = f"المكان{delimiter}النوع\r\nالباب{delimiter}قصف\r\n".encode(encoding)
    (sheet,) = read_table("x.csv", data).sheets
    assert sheet.rows == (("المكان", "النوع"), ("الباب", "قصف"))


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    (sheet,) = read_table("x.csv", b'a,b\n\n"c\nd",e\n\n\n').sheets
    assert sheet.rows == (("a", "b"), (), ("c\nd", "e"))


def test_one_cell_in_the_last_corner_does_not_lay_out_the_whole_sheet() -> None:
    data = changed(workbook(("a", "b"), ("c", "d")), SHEET, b'r="B2"', b'r="XFD1048576"')
    with pytest.raises(UnreadableInput, match="spans"):
        read_table("x.xlsx", data)


def test_a_part_with_entities_is_refused() -> None:
    data = changed(
        workbook(("a",)), SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'
    )
    with pytest.raises(UnreadableInput, match="document type"):
        read_table("x.xlsx", data)


def test_what_unfolds_too_far_is_refused_whatever_its_header_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_archive, "MOST_UNFOLDED", 500_000)
    data = bytearray(changed(workbook(("a",)), SHEET, b"</worksheet>", b" " * 5_000_000 + b"</worksheet>"))
    with pytest.raises(UnreadableInput, match="unfolds"):
        read_table("x.xlsx", bytes(data))
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        told = archive.getinfo(SHEET)
    honest, lie = told.file_size.to_bytes(4, "little"), (10).to_bytes(4, "little")
    with pytest.raises(UnreadableInput):
        read_table("x.xlsx", bytes(data).replace(honest, lie))


def test_a_csv_with_too_many_rows_is_refused_and_never_cut_off() -> None:
    with pytest.raises(UnreadableInput, match="rows"):
        read_table("x.csv", b"a,b\n" * 50_001)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_reason(data: bytes) -> None:
    for each in (data, b"PK\x03\x04" + data):
        try:
            table = read_table("x", each)
        except UnreadableInput:
            continue
        assert any(row for sheet in table.sheets for row in sheet.rows)


@settings(deadline=None)
@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_workbook_is_a_table_or_a_reason(at: int, byte: int) -> None:
    data = bytearray(workbook(("a", "b"), ("c", "d")))
    data[at % len(data)] = byte
    with suppress(UnreadableInput):
        assert read_table("x.xlsx", bytes(data)).sheets


def test_a_table_is_known_by_its_name_or_its_type() -> None:
    assert may_be_table("A.XLSX", "")
    assert may_be_table("x", "text/csv; charset=utf-8")
    assert not may_be_table("x.html", "text/html")
