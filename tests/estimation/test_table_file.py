"""Tables as people and spreadsheets write them, and what is wrong with them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.estimation.table_file import Asked, read_table
from tawthiq.records.errors import WrongUsage
from tawthiq.records.estimate import Columns, NoEstimate, OverlapTable

COUNTED = Asked("n")


def table(text: str, asked: Asked = COUNTED) -> OverlapTable:
    (only,), _ = read_table("t.csv", text.encode(), asked)
    return only.table


PLAIN = table("A,B,C,n\n1,0,0,12\n0,1,1,5\n")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffA,B,C,n\n1,0,0,12\n0,1,1,5\n",
        "A;B;C;n\r\n1;0;0;12\r\n0;1;1;5\r\n",
        'A\tB\tC\tn\n"1"\t"0"\t0\t12\n\n0\t1\t1\t5\n\n',
        "A,B,C,n\n١,٠,٠,١٢\n٠,١,١,٥\n",
        "A,B,C,n\n۱,۰,۰,۱۲\n۰,۱,۱,۵\n",
        "A,B,C,n\nobs,un,un,12\nun,obs,obs,5\nun,un,un,NA\n",
        "A,B,C,n\nنعم,لا,لا,12\nلا,نعم,نعم,5\nلا,لا,لا,0\n",
        "A,B,C,n\n1,0,0,7\n0,1,1,5.0\n1,0,0,5\n0,0,0,\n1,1,1,0\n",
        "n,A,B,C\n12,Yes,No,No\n5,no,YES,yes\n",
    ],
)
def test_one_table_written_differently_is_one_table(text: str) -> None:
    assert table(text) == PLAIN


def test_counts_may_be_grouped() -> None:
    assert table('A,B,n\n1,0,"1,234"\n0,1,"١٬٢٣٤"\n').observed == 2468


def test_utf_16_and_windows_1256_are_read() -> None:
    text = "أهلية,دولية,عدد\n1,0,12\n0,1,5\n"
    for encoding in ("utf-16", "windows-1256"):
        (only,), _ = read_table("t.csv", text.encode(encoding), Asked("عدد"))
        assert (only.table.lists, only.table.observed) == (("أهلية", "دولية"), 17)


def test_a_row_is_one_unit_without_a_column_of_frequencies() -> None:
    found = table("A,B,C\n1,0,0\n1,0,0\n0,1,1\n", Asked())
    assert found.cells == (((0, 1, 1), 1), ((1, 0, 0), 2))
    assert found.kind is Columns.LISTS


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("c1,c2,c3", Columns.OCCASIONS),
        ("c1,c2,d3", Columns.LISTS),
        ("c1,c3,c2", Columns.LISTS),
        ("A,B,C", Columns.LISTS),
    ],
)
def test_numbered_columns_of_units_are_occasions(heading: str, kind: Columns) -> None:
    assert table(f"{heading}\n1,0,1\n0,1,0\n", Asked()).kind is kind
    assert table(f"{heading}\n1,0,1\n0,1,0\n", Asked(kind=Columns.LISTS)).kind is Columns.LISTS


@pytest.mark.parametrize(
    ("text", "asked", "where", "why"),
    [
        ("", COUNTED, "t.csv", "no rows"),
        ("A,B,n\n", COUNTED, "t.csv", "no rows"),
        ("A,B,n\n1,0\n", COUNTED, "t.csv:2", "2 cells"),
        ("A,A,n\n1,0,2\n", COUNTED, "t.csv:1", "stands twice"),
        ("A,,n\n1,0,2\n", COUNTED, "t.csv:1", "empty"),
        ("A,B,n\n1,0,3\n0,2,4\n", COUNTED, "t.csv:3", "neither 0 nor 1"),
        ("A,B,n\n1,0,3\n0,,4\n", COUNTED, "t.csv:3", '"B" says in or out'),
        ("A,B,n\n1,0,3\n0,1,-4\n", COUNTED, "t.csv:3", "its count is -4"),
        ("A,B,n\n1,0,3\n0,1,2.5\n", COUNTED, "t.csv:3", 'its count is "2.5"'),
        ("A,B,n\n1,0,3\n0,1,NA\n", COUNTED, "t.csv:3", 'its count is "NA"'),
        ("A,B,n\n1,0,3\n0,1,99999999999\n", COUNTED, "t.csv:3", "its count is 99999999999"),
        ("A,B,n\n1,0,900000000\n0,1,900000000\n", COUNTED, "t.csv:3", "add up to more"),
        ("A,B,n\n1,0,3\n0,1,4\n", Asked(), "t.csv:1", '"n" holds numbers'),
        ("A,B,n\n1,0,3\n", Asked("m"), "--freq m", "no column"),
        ("A,B,n\n1,0,3\n", Asked("n", strata=("age",)), "--strata age", "no column"),
        ('A,B,n\n1,0,"3\n0,1,4\n', COUNTED, "t.csv:2", ""),
    ],
)
def test_what_is_no_table_is_refused_by_file_and_line(text: str, asked: Asked, where: str, why: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        table(text, asked)
    assert refused.value.item == where
    assert why in refused.value.happened
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(("text", "asked"), [("A,B,n\n0,0,3\n1,0,4\n", COUNTED), ("A,B\n1,0\n0,0\n", Asked())])
def test_units_that_no_list_names_are_refused(text: str, asked: Asked) -> None:
    with pytest.raises(NoEstimate, match=r"whom no list names|no list names this row"):
        table(text, asked)


def test_other_columns_are_added_up_and_told_or_kept_apart() -> None:
    text = b"A,B,town,n\n1,0,north,3\n0,1,north,4\n1,0,south,5\n1,1,south,6\n"
    (whole,), cautions = read_table("t.csv", text, COUNTED)
    assert whole.table.cells == (((0, 1), 4), ((1, 0), 8), ((1, 1), 6))
    assert [(caution.code, dict(caution.values)) for caution in cautions] == [("pooled_strata", {"columns": "town"})]
    parts, cautions = read_table("t.csv", text, Asked("n", strata=("town",)))
    assert [(part.stratum, part.table.observed) for part in parts] == [
        ((("town", "north"),), 7),
        ((("town", "south"),), 11),
    ]
    assert cautions == ()


def test_a_list_left_out_takes_along_those_whom_only_it_names() -> None:
    (only,), cautions = read_table("t.csv", b"A,B,C,n\n1,0,0,3\n0,1,1,4\n0,0,1,5\n", Asked("n", left_out=("C",)))
    assert (only.table.lists, only.table.observed) == (("A", "B"), 7)
    assert [(caution.code, dict(caution.values)) for caution in cautions] == [("left_out", {"lists": "C", "gone": "5"})]


def test_a_list_that_holds_nobody_is_no_list() -> None:
    (only,), cautions = read_table("t.csv", b"A,B,C,n\n1,0,0,3\n0,1,0,4\n", COUNTED)
    assert only.table.lists == ("A", "B")
    assert [caution.code for caution in cautions] == ["empty_list"]


@given(st.permutations(["1,0,0,12", "0,1,1,5", "1,1,1,0", "0,1,0,7"]))
def test_the_order_of_rows_changes_nothing(rows: list[str]) -> None:
    assert table("\n".join(["A,B,C,n", *rows])) == table("A,B,C,n\n1,0,0,12\n0,1,0,7\n0,1,1,5\n")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_clear_refusal(data: bytes) -> None:
    with suppress(WrongUsage):
        tables, _ = read_table("t.csv", data, Asked())
        assert all(any(pattern) and count > 0 for part in tables for pattern, count in part.table.cells)
