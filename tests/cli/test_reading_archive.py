"""`tawthiq read` and `tawthiq link` in an archive: one line of result, errors named, a bar on a terminal."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sample_archive import make_folder
from tawthiq.archive.one_run import one_run
from tawthiq.cli.main import main
from tawthiq.store import ArchiveFolder

PAGE = b"<html><body><h1>Two homes burn</h1><p>Residents said that shells hit the village on Tuesday.</p></body></html>"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = make_folder(tmp_path / "archive", {"village.html": PAGE, "empty.html": b"\x00" * 5000})
    folder.close()
    return folder.path


def run(archive: Path, verb: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["--archive", str(archive), verb])
    return int(left.value.code or 0)


def test_the_result_is_one_line_and_a_failure_is_named_by_its_source(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(archive, "read") == 3
    failure, result = capsys.readouterr().err.splitlines()
    assert failure.startswith("tawthiq: empty.html: ")
    assert result == "1 read, 0 kept unread, 1 failed"
    assert run(archive, "link") == 0
    assert capsys.readouterr().err.splitlines()[0].startswith("1 reports: ")


def test_a_run_that_changed_something_enters_the_log_with_counts_and_nothing_that_was_read(archive: Path) -> None:
    for verb in ("read", "link", "read"):
        run(archive, verb)
    with ArchiveFolder.open(archive) as folder:
        events = [entry.event for entry in folder.entries() if entry.event and entry.event.subject == "readings"]
    assert [event.kind for event in events] == ["read", "linked"]
    facts = dict(events[0].facts)
    assert facts.pop("reader").startswith("tawthiq")
    assert facts == {"again": False, "read": 1, "kept": 0, "failed": 1, "first": 1, "last": 2}
    assert events[1].facts == {"reports": 1, "incidents": 1, "families": 0, "added": 1, "changed": 1, "full": True}


def test_linking_what_was_never_read_says_what_to_do(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(archive, "link") == 0
    assert "2 items of evidence are not read yet: run `tawthiq read` first" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["read", "link"])
def test_a_second_run_ends_with_exit_code_2(archive: Path, capsys: pytest.CaptureFixture[str], verb: str) -> None:
    with one_run(archive, "tawthiq read"):
        assert run(archive, verb) == 2
    assert f"process {os.getpid()}" in capsys.readouterr().err


def test_a_terminal_shows_a_bar(archive: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tawthiq", "--archive", str(archive), "read"]
    with subprocess.Popen(command, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"}) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # Linux says EIO when the last writer is gone
            pass
    os.close(ours)
    assert process.returncode == 3
    assert b"reading" in shown
    assert b"2/2" in shown
    assert re.search("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]", shown.decode("utf-8", "replace")), "nothing tells that the run is alive"
