"""`tawthiq key`: sealing, changing and taking away the passphrase, with the public tool as a second opinion."""

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive_checks import differing
from command_line import run
from local_servers import response, serving
from passphrase_checks import PASSPHRASE, cheap, lock_again
from tawthiq.custody import age
from tawthiq.store import ArchiveFolder, passphrases

__all__ = ["cheap"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    ArchiveFolder.create(tmp_path / "case", title="t", collector="c").close()
    lock_again()
    return tmp_path / "case"


def key(case: Path, verb: str) -> int:
    return run("--archive", str(case), "key", verb)


def test_a_key_is_sealed_changed_and_unsealed(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert key(case, "show") == 0
    assert "NOT sealed" in capsys.readouterr().out
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
    assert key(case, "protect") == 0
    assert key(case, "protect") == 2
    lock_again()
    assert key(case, "show") == 0
    assert "sealed with a passphrase" in capsys.readouterr().out
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("TAWTHIQ_NEW_PASSPHRASE", "another one of enough letters")
    assert key(case, "change") == 0
    lock_again()
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
    assert key(case, "unprotect") == 2
    assert "does not open" in capsys.readouterr().err
    lock_again()
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", "another one of enough letters")
    assert key(case, "unprotect") == 0
    assert key(case, "change") == 2
    assert differing(case) == []


def test_a_short_passphrase_is_warned_of_and_taken(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", "short")
    assert key(case, "protect") == 0
    told = capsys.readouterr()
    assert "fewer than 16" in told.err
    assert "short\n" not in told.out + told.err


def test_without_a_terminal_the_way_to_give_a_passphrase_is_told(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert key(case, "protect") == 2
    assert "TAWTHIQ_PASSPHRASE_FILE" in capsys.readouterr().err
    assert differing(case) == []


def test_a_new_archive_can_begin_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
    assert run("new", str(tmp_path / "sealed"), "--passphrase") == 0
    assert "no passphrase" not in capsys.readouterr().out
    assert (tmp_path / "sealed" / "keys" / "archive.key").read_bytes().startswith(age.ARMOR_BEGIN)
    assert run("new", str(tmp_path / "open")) == 0
    assert "key protect" in capsys.readouterr().out


def test_collecting_fails_before_anything_is_fetched_when_nobody_gives_the_passphrase(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
    assert key(case, "protect") == 0
    lock_again()
    with serving({"/1": response(b"<p>text</p>"), "/robots.txt": response(b"")}) as server:
        assert run("--archive", str(case), "collect", server.url("/1")) == 2
        assert "its passphrase is needed" in capsys.readouterr().err
        assert server.requests == []
        assert list(ArchiveFolder.open(case).captures()) == []
        monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
        assert run("--archive", str(case), "collect", server.url("/1")) == 0
    lock_again()
    assert run("--archive", str(case), "log") == 0
    assert run("verify", str(case)) == 0


def test_a_person_types_it_unseen_and_the_age_tool_opens_the_key(case: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("age is not installed")
    cheaply = "from tawthiq.custody import age; age.WORK_FACTOR = 2; from tawthiq.cli.main import main; main()"
    ended, shown = typed([sys.executable, "-c", cheaply, "--archive", str(case), "key", "protect"], 2)
    assert ended == 0
    assert PASSPHRASE.encode() not in shown
    plain = case.parent / "plain.pem"
    file = case / "keys" / "archive.key"
    assert typed(["age", "-d", "-o", str(plain), str(file)], 1)[0] == 0
    assert plain.read_text().startswith("-----BEGIN PRIVATE KEY-----\n")


def typed(command: list[str], times: int) -> tuple[int, bytes]:
    """Run a program at a terminal of its own and type the passphrase each time that it asks."""
    child, terminal = pty.fork()
    if not child:
        os.execvp(command[0], command)
    shown, answered = b"", 0
    while True:
        try:
            block = os.read(terminal, 1024)
        except OSError:
            break
        if not block:
            break
        shown += block
        if answered < times and shown.count(b": ") > answered:
            answered += 1
            os.write(terminal, PASSPHRASE.encode() + b"\n")
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)
    return ended, shown


def test_the_passphrase_is_not_passed_on_to_programs_started_later(case: Path) -> None:
    script = """
import os, subprocess, sys
from pathlib import Path
from tawthiq.custody import age
from tawthiq.store import ArchiveFolder
age.WORK_FACTOR = 2
with ArchiveFolder.open(Path(sys.argv[1])) as archive:
    archive.seal_key("a passphrase of tests")
from tawthiq.store import unlocking
unlocking.forget()
with ArchiveFolder.open(Path(sys.argv[1])) as archive:
    archive.unlock()
print(subprocess.run(["env"], capture_output=True, text=True).stdout)
"""
    environment = {**os.environ, "TAWTHIQ_PASSPHRASE": "a passphrase of tests"}
    told = subprocess.run(
        [sys.executable, "-c", script, str(case)], env=environment, capture_output=True, text=True, check=True
    )
    assert "a passphrase of tests" not in told.stdout


def test_no_command_passes_any_passphrase_on_to_the_programs_that_it_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>text</p>")
    names = ("TAWTHIQ_PASSPHRASE", "TAWTHIQ_NEW_PASSPHRASE", "TAWTHIQ_BACKUP_PASSPHRASE")
    for name in names:
        monkeypatch.setenv(name, "a passphrase of tests")
    assert run("page", str(page)) == 0
    assert not any(name in os.environ for name in names)
    assert passphrases.provided(passphrases.BACKUP) == "a passphrase of tests"
