"""`tawthiq people`: pairs of lists as lines of JSON, protected ones without a name, and pairs of an archive."""

import json
import stat
from pathlib import Path

import pytest

from command_line import run
from tawthiq.linking.people import model

FIRST = (
    "الاسم الكامل,اسم الأب,العمر,تاريخ الوفاة,المكان\n"
    "سامر نبيل الزيتون,نبيل,34,2016-03-12,بلدة الغدير\n"
    "مريم النهر,طارق,طفلة,2016-03-12,بلدة الغدير\n"
)
SECOND = (
    "Victim Name,Date of death,Location\nSamer Nabil al-Zaytoun,2016-03-12,Ghadir\nMaryam al-Nahr,2016-03-12,Ghadir\n"
)


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_bytes(FIRST.encode("windows-1256"))
    second.write_text(SECOND, "utf-8")
    return first, second


def lines(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_pairs_of_two_lists_are_written_for_their_owner_alone(
    lists: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "pairs.jsonl"
    assert run("people", "link", *lists, "--output", output) == 0
    found = lines(output)
    assert {(row["first"]["values"]["name"], row["second"]["values"]["name"]) for row in found} == {
        ("سامر نبيل الزيتون", "Samer Nabil al-Zaytoun"),
        ("مريم النهر", "Maryam al-Nahr"),
    }
    assert all(row["decided"] == "proposed" and row["reasons"] for row in found)
    assert {(Path(row["first"]["list"]).name, row["first"]["line"]) for row in found} == {
        ("first.csv", 2),
        ("first.csv", 3),
    }
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    told = capsys.readouterr().err
    assert "4 records in 2 lists: 2 pairs proposed" in told
    assert "between 2 and" in told
    assert "الزيتون" not in told


def test_a_file_that_others_could_read_is_closed_to_them(lists: tuple[Path, Path], tmp_path: Path) -> None:
    output = tmp_path / "pairs.jsonl"
    output.write_text("old")
    output.chmod(0o644)
    assert run("people", "link", *lists, "--output", output) == 0
    assert stat.S_IMODE(output.stat().st_mode) == 0o600


def test_the_same_lists_give_the_same_bytes_and_their_order_does_not_matter(
    lists: tuple[Path, Path], tmp_path: Path
) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    run("people", "link", *lists, "--output", one)
    run("people", "link", *reversed(lists), "--output", two)
    assert one.read_bytes() == two.read_bytes()


def test_a_protected_file_holds_no_value_and_another_run_gives_other_hashes(
    lists: tuple[Path, Path], tmp_path: Path
) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    for output in (one, two):
        assert run("people", "link", *lists, "--output", output, "--protected") == 0
    text = one.read_text("utf-8")
    for value in ("سامر", "Samer", "الغدير", "Ghadir", "2016", "first.csv"):
        assert value not in text
    first, second = lines(one), lines(two)
    assert len(first) == len(second) == 2
    assert {row["first"]["values"]["name"] for row in first}.isdisjoint(
        row["first"]["values"]["name"] for row in second
    )
    places = {row["first"]["values"]["place"] for row in first}
    assert len(places) == 1


def test_bad_rows_and_lists_are_named_and_the_rest_is_done(
    lists: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, output = tmp_path / "broken.csv", tmp_path / "pairs.jsonl"
    broken.write_text("a,b\n1,2\n", "utf-8")
    with lists[1].open("a", encoding="utf-8") as stream:
        stream.write("one,cell,too,many\n")
    assert run("people", "link", *lists, broken, "--output", output) == 3
    told = capsys.readouterr().err
    assert f"{lists[1]}:4" in told
    assert f"{broken}:1" in told
    assert len(lines(output)) == 2


@pytest.mark.parametrize(
    "wrong",
    [("--threshold", "2"), ("--columns", "name"), ("--threshold", "0")],
)
def test_wrong_usage_writes_nothing(lists: tuple[Path, Path], tmp_path: Path, wrong: tuple[str, str]) -> None:
    output = tmp_path / "pairs.jsonl"
    assert run("people", "link", *lists, "--output", output, *wrong) == 2
    assert not output.exists()


def test_a_missing_list_and_one_given_twice_are_refused(lists: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("people", "link", tmp_path / "none.csv", "--output", tmp_path / "o") == 2
    assert run("people", "link", lists[0], lists[0], "--output", tmp_path / "o") == 2


def test_without_the_extra_the_person_is_told_what_to_install(
    lists: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(model, "available", lambda: False)
    assert run("people", "link", *lists, "--output", tmp_path / "o") == 2
    assert 'pip install "tawthiq[people]"' in capsys.readouterr().err


def test_an_archives_lists_are_compared_and_the_log_is_told_numbers_only(
    lists: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "archive"
    assert run("new", archive) == 0
    assert run("--archive", archive, "collect", *lists) == 0
    assert run("--archive", archive, "people", "propose") == 0
    assert "4 records in 2 lists and in reports: 2 pairs proposed, 2 new" in capsys.readouterr().err
    assert run("--archive", archive, "people", "propose") == 0
    assert "2 pairs proposed, 0 new" in capsys.readouterr().err
    assert run("verify", archive) == 0
    for file in (archive / "log").rglob("*"):
        if file.is_file():
            assert "الزيتون".encode() not in file.read_bytes()
    assert run("--archive", archive, "read") == 0
    capsys.readouterr()
    run("--archive", archive, "search", "الزيتون")
    assert "الزيتون" not in capsys.readouterr().out
