"""`tawthiq search` on a terminal and in a pipe."""

from pathlib import Path

import pytest
from django.db import connection

from sample_archive import make_folder
from tawthiq.archive.rebuilding import read_archive
from tawthiq.cli.main import main

PAGE = (
    "<html lang='en'><head><title>Two homes burn in a village</title></head><body><article><h1>Two homes burn in a "
    "village</h1><p>Residents said that shells hit the village on Tuesday and that two homes burned down.</p>"
    "</article></body></html>"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = make_folder(tmp_path / "archive", {"village.html": PAGE.encode()})
    read_archive(folder, workers=1)
    folder.close()
    return folder.path


def run(archive: Path, *words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["--archive", str(archive), "search", *words])
    return int(left.value.code or 0)


def test_a_match_is_printed_with_its_item_and_the_words_in_their_place(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(archive, "burning", "villages") == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("Two homes burn in a village\n")
    assert "[burned]" in printed.out
    assert "village.html · no date · report 1 · " in printed.out
    assert printed.err == "1 of 1 reports\n"


def test_no_match_is_no_failure(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(archive, "aeroplane") == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("words", ['"', "* AND (", "^x:", "NEAR(a b"])
def test_odd_words_are_no_failure(archive: Path, words: str) -> None:
    assert run(archive, words) == 0


def test_control_characters_of_a_page_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = PAGE.replace("burn in a", "burn \u202e\u009b31m in a")
    folder = make_folder(tmp_path / "evil", {"evil.html": evil.encode()})
    read_archive(folder, workers=1)
    assert run(folder.path, "shells") == 0
    printed = capsys.readouterr().out
    assert "Two homes burn" in printed
    assert "\u202e" not in printed
    assert "\u009b" not in printed


def test_words_are_needed(archive: Path) -> None:
    assert run(archive) == 2


def test_outside_an_archive_the_advice_is_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "x") == 2
    assert "tawthiq new" in capsys.readouterr().err


def test_an_archive_that_was_never_read_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_folder(tmp_path / "archive", {"village.html": PAGE.encode()})
    folder.close()
    assert run(folder.path, "village") == 0
    assert "1 item of evidence is not read yet: run `tawthiq read` first" in capsys.readouterr().err


@pytest.mark.sqlite
def test_an_archive_that_cannot_be_written_is_searched_where_it_is(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setattr("tawthiq.archive.database.can_be_written", lambda database: False)
    assert run(archive, "village") == 0
    assert "1 of 1 reports" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        main(["--archive", str(archive), "read"])
    assert left.value.code == 3
    assert "cannot be written" in capsys.readouterr().err
