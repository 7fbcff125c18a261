"""Lists of persons as people really save them: encodings, headings of two languages, and rows that are broken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.pipeline.people_lists import LONGEST_CELL, PersonList, is_person_list, read_list
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.person import ListCell

ARABIC = "الاسم الكامل,العمر,تاريخ الوفاة\nسامر الزيتون,34,2016-03-12\nمريم النهر,طفلة,2016-03-12\n"


def names(found: PersonList) -> list[str]:
    return [record.name.text for record in found.records]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("windows-1256", "windows-1256"), ("utf-16", "utf-16")],
)
def test_an_arabic_list_is_read_in_any_encoding(encoding: str, told: str) -> None:
    found = read_list("l.csv", ARABIC.encode(encoding))
    assert names(found) == ["سامر الزيتون", "مريم النهر"]
    assert found.encoding == told


def test_a_western_list_is_not_taken_for_arabic() -> None:
    assert names(read_list("l.csv", "name,age\nRené Médard,34\n".encode("windows-1252"))) == ["René Médard"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_cells_are_parted_as_the_header_shows(separator: str) -> None:
    found = read_list("l.csv", ARABIC.replace(",", separator).encode())
    assert names(found) == ["سامر الزيتون", "مريم النهر"]


def test_every_value_points_to_its_line_and_column() -> None:
    data = b'name,place\n"Samer\nZaytoun",here\nTareq Nahr,there\n'
    first, second = read_list("l.csv", data).records
    assert first.name.at == ListCell("l.csv", 2, "name")
    assert second.place
    assert second.place.at == ListCell("l.csv", 4, "place")


def test_parts_of_a_name_make_up_the_name() -> None:
    data = "الاسم الأول,اسم الأب,الكنية\nسامر,نبيل,الزيتون\n".encode()
    (record,) = read_list("l.csv", data).records
    assert record.name.text == "سامر نبيل الزيتون"
    assert record.father
    assert record.father.text == "نبيل"


def test_the_persons_own_columns_win_and_an_unknown_one_is_told() -> None:
    data = b"who,name\nSamer Zaytoun,list A\n"
    assert names(read_list("l.csv", data, {"name": "who"})) == ["Samer Zaytoun"]
    with pytest.raises(UnreadableInput, match="no column is called"):
        read_list("l.csv", data, {"name": "whom"})
    with pytest.raises(UnreadableInput, match="is no field"):
        read_list("l.csv", data, {"shoe": "who"})


def test_of_two_columns_of_one_heading_the_first_counts() -> None:
    found = read_list("l.csv", b"name,name,note\nSamer Zaytoun,Tareq Nahr,x\n")
    assert names(found) == ["Samer Zaytoun"]
    assert found.unused == ("name", "note")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,b,c,d", "4 cells where the header has 2"),
        ('=HYPERLINK("http://x.invalid"),34', "formula"),
        ("=1+1,34", "formula"),
        (",34", "names nobody"),
        ("Sa\0mer,34", "NUL"),
        ("x" * (LONGEST_CELL + 1) + ",34", "more than"),
        ("x" * 1_048_576 + ",34", "more than"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_rest_goes_on(row: str, why: str) -> None:
    data = f"name,age\nSamer Zaytoun,34\n{row}\nTareq Nahr,40\n".encode()
    found = read_list("l.csv", data)
    assert names(found) == ["Samer Zaytoun", "Tareq Nahr"]
    assert [error.item for error in found.bad] == ["l.csv:3"]
    assert why in str(found.bad[0])


def test_a_quotation_mark_that_is_never_closed_swallows_no_row_in_silence() -> None:
    rows = "".join(f"Tareq Nahr {number},40\n" for number in range(300))
    found = read_list("l.csv", f'name,age\nSamer Zaytoun,34\n"Nabil,20\n{rows}'.encode())
    assert names(found) == ["Samer Zaytoun"]
    assert "never closed" in str(found.bad[0])


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('"سامر الزيتون,34\nليلى,9', "the name holds what looks like a row"),
        ('سامر الزيتون,34,"note\nليلى,9,note\nنادر,7,', "looks like rows"),
    ],
)
def test_not_even_one_short_row_is_swallowed_in_silence(row: str, why: str) -> None:
    (bad,) = read_list("l.csv", f"name,age,note\nهدى,30,\n{row}\n".encode()).bad
    assert why in bad.happened
    assert bad.item.endswith(":3")


def test_a_note_of_several_lines_is_no_fault() -> None:
    found = read_list("l.csv", 'name,age,note\nسامر الزيتون,34,"first line, then\na second one"\n'.encode())
    assert (len(found.records), found.bad) == (1, ())


def test_short_rows_and_empty_ones_are_no_fault() -> None:
    found = read_list("l.csv", b"name,age,place\nSamer Zaytoun\n,,\n\nTareq Nahr,40\n")
    assert names(found) == ["Samer Zaytoun", "Tareq Nahr"]
    assert found.bad == ()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b\n1,2\n", b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"])
def test_what_is_no_list_of_persons_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        read_list("l.csv", data)
    assert not is_person_list(data)


def test_a_list_is_known_by_its_header() -> None:
    assert is_person_list(ARABIC.encode("windows-1256"))
    assert not is_person_list(b"name\nSamer\n")
    assert not is_person_list(b"<html><body>name,age</body></html>")


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for head in (b"", b"name,age\n"):
        try:
            found = read_list("l.csv", head + data)
        except UnreadableInput:
            continue
        assert all(record.name.text for record in found.records)
        assert len({record.identifier for record in found.records}) == len(found.records)
