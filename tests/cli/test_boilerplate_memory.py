import json
from pathlib import Path

import pytest

from archive.repeating_host import ABOUT, STORIES, WIDGET, keep_page, page, story
from sample_archive import empty_database, make_folder
from tawthiq.archive.rebuilding import read_archive
from tawthiq.cli.main import main


def run(archive: Path, *arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["--archive", str(archive), "page", *arguments])
    return int(left.value.code or 0)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three reports of one host."""
    empty_database(tmp_path)
    folder = make_folder(tmp_path / "archive", {})
    for number in range(3):
        keep_page(folder, f"https://www.news.example/{number}", story(number))
    read_archive(folder, workers=1)
    return folder.path


def test_the_hosts_are_listed_with_how_much_is_remembered(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(archive, "--memory") == 0
    assert capsys.readouterr().out == "news.example: 2 repeated lines, 3 reports\n"
    assert run(archive, "--memory", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"host": "news.example", "blocks": 2, "reports": 3}


def test_the_lines_of_a_host_are_shown_with_their_reports(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(archive, "--memory", "news.example") == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("3 pages, leaves the body: ") and "reports 1, 2, 3" in line for line in lines)
    assert {line.rpartition(": ")[2] for line in lines} == {ABOUT, WIDGET}
    assert run(archive, "--memory", "news.example", "--json") == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["text"]: (one["leaves"], one["pages"], one["reports"]) for one in found} == {
        ABOUT: ("edges", 3, [1, 2, 3]),
        WIDGET: ("anywhere", 3, [1, 2, 3]),
    }


def test_a_host_of_which_nothing_is_remembered_is_named(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(archive, "--memory", "other.example") == 2
    assert "other.example" in capsys.readouterr().err


def test_memory_beside_a_file_is_wrong_usage(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(STORIES[0][0], encoding="utf-8")
    assert run(archive, "--memory", "news.example", str(tmp_path / "a.html")) == 2


def test_an_item_is_explained_as_the_archive_read_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty_database(tmp_path)
    folder = make_folder(tmp_path / "archive", {})
    accuse = "The Lantern accuses nobody without a witness, its editor said, and prints what the accused answer."
    for number in range(3):
        keep_page(folder, f"https://www.news.example/{number}", page(*STORIES[number], accuse))
    item = next(capture.id for capture in folder.captures())

    def explained() -> str:
        with pytest.raises(SystemExit):
            main(["--archive", str(folder.path), "read", "--explain", "json", "--item", item])
        return capsys.readouterr().out

    assert "its editor said" in explained()
    read_archive(folder, workers=1)
    assert "its editor said" not in explained()


def test_an_archive_that_remembers_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty_database(tmp_path)
    folder = make_folder(tmp_path / "archive", {})
    read_archive(folder, workers=1)
    assert run(folder.path, "--memory") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "nothing is remembered yet" in told.err
