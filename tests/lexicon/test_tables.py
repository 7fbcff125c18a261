"""Tables: every kind of broken line is named with file, line and column; every table that ships is sound."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.lexicon import tables
from tawthiq.lexicon.tables import decoded, load, parse, wording
from tawthiq.records.errors import BadLexicon

DATA = Path(__file__).resolve().parents[2] / "src/tawthiq/lexicon/data"
NOUNS = ("forms", "act", "strength", "gloss")
CURATED = ("code", "kind", "country", "parent", "admin1", "latitude", "longitude", "names_ar", "names_en")
HEAD = "# Nouns.\nforms\tact\tstrength\tgloss\n"
GOOD = "قصف\t?shelling\tmeans\tbombardment\n"


def broken(text: str, table: str = "ar/act_nouns.tsv", columns: tuple[str, ...] = NOUNS) -> str:
    with pytest.raises(BadLexicon) as caught:
        list(parse(table, text, columns))
    assert "docs/lexicons.md" in str(caught.value)
    return f"{caught.value.item} {caught.value.happened}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "ar/act_nouns.tsv:1:1 the table has no header"),
        ("# only a comment\n", ":1:1 the table has no header"),
        ("forms\tact\tgloss\tstrength\n", ":1:3 the header is"),
        ("forms\tact\tstrength\n", ":1:4 the header is"),
        (HEAD + GOOD + "غارة\tairstrike\tmeans\n", ":4:3 3 cells where 4 are due"),
        (HEAD + "غارة\tairstrike\tmeans\traid\tmore\n", ":3:5 5 cells where 4 are due"),
        (HEAD + "غارة airstrike means raid\n", ":3:1 1 cell where 4 are due: cells are parted by tabs"),
        (HEAD + "غارة\t\tmeans\traid\n", ':3:2 "act" is empty; write "-" for nothing'),
        (HEAD + "غارة\tbombing\tmeans\traid\n", ':3:2 "act" is "bombing", which is none of airstrike, shelling'),
        (HEAD + "غارة\tairstrike\tstrong\traid\n", ':3:3 "strength" is "strong", which is none of means'),
        (HEAD + "غارة|\tairstrike\tmeans\traid\n", ":3:1 .*empty alternative"),
        (HEAD + "غا\u200fرة\tairstrike\tmeans\traid\n", r":3:1 .*invisible character U\+200F"),
        (HEAD + "غارة\tairstrike\tmeans\tan\u00a0air raid\n", r":3:4 .*U\+00A0"),
        (HEAD + 'غارة\tairstrike\tmeans\t"a ""raid"""\n', ":3:4 .*as spreadsheets write it"),
        (HEAD + GOOD + "\n# again\n" + GOOD, ":6:1 .*repeats an earlier line"),
    ],
)
def test_a_broken_line_is_named_with_file_line_and_column(text: str, told: str) -> None:
    assert re.search(told, broken(text))


@pytest.mark.parametrize(
    ("table", "columns", "cells", "told"),
    [
        ("en/actor_aliases", ("alias", "actor", "country", "wording"), ("the guard", "iran", "Iran", "name"), ":2:3"),
        ("en/actor_aliases", ("alias", "actor", "country", "wording"), ("the guard", "iran", "-", "nickname"), ":2:4"),
        (
            "ar/months",
            ("form", "month", "calendar", "needs", "gloss"),
            ("شباط", "13", "gregorian", "free", "-"),
            ":2:2",
        ),
        (
            "ar/months",
            ("form", "month", "calendar", "needs", "gloss"),
            ("شباط", "two", "gregorian", "free", "-"),
            ":2:2",
        ),
        ("ar/weekdays", ("form", "weekday", "gloss"), ("الأحد", "7", "-"), ":2:2"),
        ("ar/casualty_harms", ("forms", "harm", "side", "gloss"), ("مقتل", "dead", "noun", "-"), ":2:2"),
        ("ar/place_types", ("forms", "kind", "site", "gloss"), ("حي", "quarter", "no", "-"), ":2:2"),
        ("ar/act_kinship", ("act", "kindred"), ("airstrike", "shelling|war"), ":2:2"),
        ("places/curated", CURATED, ("SY.x", "town", "SY", "SY", "-", "95", "36", "س", "X"), ":2:6"),
        ("places/curated", CURATED, ("SY.x", "town", "SY", "SY", "-", "36,5", "36", "س", "X"), ":2:6 .*point"),
        ("places/curated", CURATED, ("SY.x", "town", "SY", "SY.nowhere", "-", "-", "-", "س", "X"), ":2:4 .*no place"),
        ("weights_place", ("feature", "weight"), ("near", "much"), ":2:2"),
    ],
)
def test_a_cell_that_its_column_does_not_know_is_named(
    table: str, columns: tuple[str, ...], cells: tuple[str, ...], told: str
) -> None:
    text = "\t".join(columns) + "\n" + "\t".join(cells) + "\n"
    assert re.search(table + r"\.tsv" + told, broken(text, f"{table}.tsv", columns))


def test_a_feature_of_the_weights_may_name_any_mark() -> None:
    text = 'feature\tweight\nleft |\t0.5\n\u200f"\t-0.25\n'
    assert [row["weight"] for row in parse("weights_count.tsv", text, ("feature", "weight"))] == ["0.5", "-0.25"]


def test_a_code_that_is_given_twice_is_named() -> None:
    row = "SY.x\ttown\tSY\tSY\t-\t-\t-\t{}\t{}\n"
    text = "\t".join(CURATED) + "\n" + row.format("س", "X") + row.format("ص", "Y")
    assert ":3:1" in broken(text, "places/curated.tsv", CURATED)


def test_an_alias_of_no_party_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "en").mkdir(parents=True)
    (data / "actors.tsv").write_text("code\tname_ar\tname_en\tcountry\niran\tإيران\tIran\tIR\n", encoding="utf-8")
    (data / "en" / "nationalities.tsv").write_text("adjective\tactor\nmartian\tmars\n", encoding="utf-8")
    monkeypatch.setattr("tawthiq.lexicon.tables.resources.files", lambda _package: tmp_path)
    tables.load.cache_clear()
    tables._party_codes.cache_clear()
    try:
        with pytest.raises(BadLexicon, match=r'en/nationalities\.tsv:2:2: "actor" is "mars"'):
            load("en/nationalities", ("adjective", "actor"))
        with pytest.raises(BadLexicon, match=r"en/months\.tsv: the table cannot be read"):
            load("en/months", ("form", "month", "calendar", "needs", "gloss"))
    finally:
        tables.load.cache_clear()
        tables._party_codes.cache_clear()


def test_bytes_that_are_no_utf8_are_named_where_they_stand() -> None:
    with pytest.raises(BadLexicon) as caught:
        decoded("ar/act_nouns.tsv", HEAD.encode() + "غارة\tair".encode() + b"\xe9\n")
    assert caught.value.item == "ar/act_nouns.tsv:3:2"


def test_what_editors_leave_behind_is_harmless() -> None:
    text = decoded("t.tsv", b"\xef\xbb\xbf" + (HEAD + GOOD).replace("\n", "\r\n").encode())
    (row,) = parse("ar/act_nouns.tsv", text, NOUNS)
    assert (row["forms"], row["gloss"], row.at) == ("قصف", "bombardment", "ar/act_nouns.tsv:3")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_rows_or_a_named_mistake(text: str) -> None:
    try:
        rows = list(parse("ar/act_nouns.tsv", HEAD + text, NOUNS))
    except BadLexicon as error:
        file, line, column = error.item.split(":")
        assert file == "ar/act_nouns.tsv"
        assert 1 <= int(line) <= (HEAD + text).count("\n") + 1
        assert int(column) >= 1
    else:
        assert all(row["act"].removeprefix("?") and row["forms"] for row in rows)


def header(path: Path) -> tuple[str, ...]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple(next(line for line in lines if line.strip() and not line.startswith("# ") and line != "#").split("\t"))


@pytest.mark.parametrize("table", sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*.tsv")))
def test_every_table_is_sound_and_opens_with_what_it_holds(table: str) -> None:
    assert (DATA / table).read_text(encoding="utf-8").startswith("# ")
    assert load(table.removesuffix(".tsv"), header(DATA / table))


def test_a_row_is_shown_as_it_is_written() -> None:
    row = load("ar/act_nouns", NOUNS)[0]
    assert wording(row.at) == tuple(row[column] for column in NOUNS)
    assert wording("ar/act_nouns.tsv:100000") is None
    assert wording("nowhere.tsv:1") is None
    assert wording("ar/source_nouns.tsv") is None
