"""`tawthiq new`: makes an archive, says what it made, never overwrites."""

from pathlib import Path

import pytest

from command_line import run
from tawthiq.store import ArchiveFolder


def test_a_new_archive_is_described_and_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", str(tmp_path / "case"), "--title", "ملف", "--collector", "c-7") == 0
    said = capsys.readouterr().out
    archive = ArchiveFolder.open(tmp_path / "case")
    assert (archive.settings.title, archive.settings.collector) == ("ملف", "c-7")
    assert "ملف" in said
    assert archive.verifier_key in said
    assert "collect" in said
    assert run("verify", str(tmp_path / "case")) == 0


def test_without_a_title_the_folder_gives_it(tmp_path: Path) -> None:
    assert run("new", str(tmp_path / "قضية")) == 0
    assert ArchiveFolder.open(tmp_path / "قضية").settings.title == "قضية"


def test_a_folder_with_anything_in_it_is_refused_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert run("new", str(tmp_path)) == 2
    assert "not an empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_no_archive_is_made_inside_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", str(tmp_path / "case")) == 0
    assert run("new", str(tmp_path / "case" / "evidence" / "inner")) == 2
    assert "inside the archive" in capsys.readouterr().err
    assert not (tmp_path / "case" / "evidence" / "inner").exists()


def test_the_commands_that_come_next_can_be_pasted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", str(tmp_path / "my case; one")) == 0
    assert f"--archive '{tmp_path}/my case; one' read" in capsys.readouterr().out
