"""`tawthiq doctor`: a line a part, exit code by what is needed, and never a traceback."""

import os
import shutil
import sqlite3
from collections import namedtuple
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tawthiq.cli import verb_doctor_machine as machine
from tawthiq.cli.main import tawthiq
from tawthiq.records.provenance import ClockState
from tawthiq.store import ArchiveFolder
from tawthiq.store.incoming import LOCK

SMALL = namedtuple("SMALL", "total used free")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with ArchiveFolder.create(tmp_path / "archive", title="Case folder", collector="tester") as made:
        return made.path


def doctor(*options: str) -> Result:
    return CliRunner().invoke(tawthiq, [*options, "doctor"], standalone_mode=False)


def line(result: Result, part: str) -> str:
    found = [each for each in result.output.splitlines() if each[10:33].rstrip() == part]
    assert len(found) == 1, result.output
    return found[0]


def test_everything_needed_is_there_in_this_environment(archive: Path) -> None:
    result = doctor("--archive", str(archive))
    assert result.exception is None
    assert result.return_value == 0
    assert line(result, "SQLite").startswith("ok")
    assert "FTS5" in line(result, "SQLite")
    assert line(result, "urllib3").split() == ["ok", "urllib3", metadata.version("urllib3")]
    assert '"Case folder", collected by tester' in line(result, "archive")
    assert "1 entries, 1 of them signed" in line(result, "archive log")


@pytest.mark.parametrize(("kept_right", "begins"), [(True, "ok"), (False, "warning")])
def test_the_clock_is_judged_as_records_judge_it(
    monkeypatch: pytest.MonkeyPatch, kept_right: bool, begins: str
) -> None:
    state = ClockState(datetime.now(UTC), kept_right, None, 0.0)
    monkeypatch.setattr(machine, "clock_state", lambda latest: state)
    assert line(doctor(), "clock synchronisation").startswith(begins)


def test_missing_optional_programs_say_which_debian_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    monkeypatch.setattr(machine.Path, "glob", lambda self, pattern: [])
    result = doctor()
    assert result.return_value == 0
    assert "apt install chromium" in line(result, "Chromium")
    assert "tesseract-ocr-ara" in line(result, "Tesseract")
    assert "apt install postgresql" in line(result, "PostgreSQL")
    assert line(result, "trafilatura").startswith("ok")


def test_tesseract_without_arabic_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'tesseract 5'\necho eng\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert "tesseract-ocr-ara" in line(doctor(), "Tesseract Arabic")


def test_missing_package_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.metadata, "requires", lambda name: ["no-such-package>=2", 'extra-one; extra == "x"'])
    result = doctor()
    assert result.return_value == 2
    assert line(result, "no-such-package").startswith("missing")
    assert 'pip install "no-such-package>=2"' in result.output
    assert "extra-one" not in result.output


def test_sqlite_without_full_text_search_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare:
        def execute(self, statement: str) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

        def close(self) -> None: ...

    monkeypatch.setattr(machine.sqlite3, "connect", lambda name: Bare())
    result = doctor()
    assert result.return_value == 2
    assert line(result, "SQLite").startswith("missing")


def test_probe_that_fails_is_a_line_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path) -> object:
        raise RuntimeError("odd disk \x1b[2J")

    monkeypatch.setattr(machine.shutil, "disk_usage", broken)
    result = doctor()
    assert result.exception is None
    assert "odd disk" in line(result, "disk")
    assert "\x1b" not in result.output


def test_little_space_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: SMALL(10, 9, 1_000_000))
    assert line(doctor(), "disk").startswith("warning")


def test_archive_that_was_named_and_is_none_is_missing(tmp_path: Path) -> None:
    result = doctor("--archive", str(tmp_path / "nothing"))
    assert result.return_value == 2
    assert "tawthiq new" in line(result, "archive")


def test_key_that_others_can_read_is_a_warning(archive: Path) -> None:
    (archive / "keys" / "archive.key").chmod(0o644)
    result = doctor("--archive", str(archive))
    assert line(result, "archive key").startswith("warning")
    assert "chmod 600 keys/archive.key" in result.output
    assert result.return_value == 0


def test_folder_that_other_users_can_look_into_is_a_warning(archive: Path) -> None:
    for mode, health in ((0o755, "warning"), (0o750, "warning"), (0o700, "ok")):
        archive.chmod(mode)
        assert line(doctor("--archive", str(archive)), "archive privacy").startswith(health)


@pytest.mark.parametrize("lost", ["keys/archive.key", "keys/archive.pub", "log/checkpoint", "log/journal/000.jsonl"])
def test_lost_or_garbled_parts_of_the_archive_are_named(archive: Path, lost: str) -> None:
    (archive / lost).write_bytes(b"\x00garbage")
    garbled = doctor("--archive", str(archive))
    (archive / lost).unlink()
    missing = doctor("--archive", str(archive))
    for result in (garbled, missing):
        assert result.exception is None
        assert result.return_value == 2


def test_broken_settings_are_named(archive: Path) -> None:
    (archive / "tawthiq.toml").write_text("[archive\n")
    result = doctor("--archive", str(archive))
    assert result.return_value == 2
    assert "tawthiq.toml" in result.output


def test_runs_broken_off_are_counted_and_left_alone(archive: Path) -> None:
    run = archive / "evidence" / "incoming" / "20260101T000000000000Z-00000000"
    run.mkdir(parents=True)
    (run / LOCK).touch()
    assert "1 run(s) were broken off" in line(doctor("--archive", str(archive)), "archive runs")
    assert run.is_dir()


def test_doctor_changes_nothing(archive: Path) -> None:
    def state() -> dict[str, tuple[int, bytes]]:
        files = [path for path in archive.rglob("*") if path.is_file()]
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = state()
    doctor("--archive", str(archive))
    assert state() == before


def test_working_folder_that_is_gone_does_not_stop_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    shutil.rmtree(gone)
    result = doctor()
    assert result.exception is None
    assert line(result, "SQLite").startswith("ok")


def test_what_recurs_is_told_and_a_check_that_is_overdue_is_a_warning(archive: Path) -> None:
    result = doctor("--archive", str(archive))
    assert line(result, "archive fixity").startswith("ok")
    assert "not checked since it was made on " in line(result, "archive fixity")
    assert line(result, "archive backup").startswith("optional")
    assert line(result, "archive witnesses").startswith("optional")
    settings = archive / "tawthiq.toml"
    settings.write_text(settings.read_text().replace("fixity_days = 30.0", "fixity_days = 1e-9"))
    assert line(doctor("--archive", str(archive)), "archive fixity").startswith("warning")
