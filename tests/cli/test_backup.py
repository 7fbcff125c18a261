"""`tawthiq backup`: made, checked, restored; passphrases from the environment or a file, never from the command line."""

import shutil
from io import BytesIO
from pathlib import Path

import pyrage
import pytest

from archive_checks import differing
from command_line import run
from passphrase_checks import PASSPHRASE, cheap, lock_again
from tawthiq.store import ArchiveFolder

__all__ = ["cheap"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        archive.keep_file("a.html", BytesIO(b"text"), "text/html", {})
    return tmp_path / "case"


def test_an_archive_is_backed_up_destroyed_restored_and_collects_on(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAWTHIQ_BACKUP_PASSPHRASE", PASSPHRASE)
    file = tmp_path / "b.tar.age"
    assert run("--archive", case, "backup", file, "--passphrase") == 0
    told = capsys.readouterr()
    assert "read back and sound" in told.out
    assert "signing key is in it" in told.err
    assert PASSPHRASE not in told.out + told.err
    assert run("backup", "check", file) == 0
    shutil.rmtree(case)
    assert run("backup", "restore", file, case) == 0
    told = capsys.readouterr()
    assert "0 checks differ" in told.out
    assert "two histories" in told.err
    page = tmp_path / "page.html"
    page.write_text("<p>new</p>")
    assert run("--archive", case, "collect", page) == 0
    assert run("verify", "-q", case) == 0
    kinds = [entry.event.kind for entry in ArchiveFolder.open(case).entries() if entry.event]
    assert "restored" in kinds


def test_a_backup_for_a_key_needs_its_identity(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret, file = pyrage.x25519.Identity.generate(), tmp_path / "b.tar.age"
    (tmp_path / "id").write_text(f"{secret}\n")
    assert run("--archive", case, "backup", "-r", str(secret.to_public()), file, "--without-key") == 0
    assert run("backup", "check", file) == 2
    assert "--identity" in capsys.readouterr().err
    assert run("backup", "check", file, "-i", tmp_path / "id") == 0
    assert "without the signing key" in capsys.readouterr().out
    assert run("backup", "restore", file, tmp_path / "back", "-i", tmp_path / "id") == 1
    assert "DIFFERS  keys/archive.key" in capsys.readouterr().out


def test_a_backup_is_never_made_in_clear(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--archive", case, "backup", tmp_path / "b") == 2
    assert "--recipient" in capsys.readouterr().err
    assert run("--archive", case, "backup", tmp_path / "b", "--passphrase") == 2
    assert "TAWTHIQ_BACKUP_PASSPHRASE_FILE" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()


def test_a_wrong_passphrase_and_a_file_that_is_no_backup_are_told(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAWTHIQ_BACKUP_PASSPHRASE", PASSPHRASE)
    assert run("--archive", case, "backup", tmp_path / "b", "--passphrase") == 0
    lock_again()
    monkeypatch.setenv("TAWTHIQ_BACKUP_PASSPHRASE", "wrong")
    assert run("backup", "restore", tmp_path / "b", tmp_path / "back") == 2
    assert "does not open it" in capsys.readouterr().err
    assert run("backup", "check", case / "tawthiq.toml") == 3
    assert "not an age file" in capsys.readouterr().err
    assert differing(case) == []


def test_evidence_that_is_missing_makes_the_backup_incomplete_and_says_so(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAWTHIQ_BACKUP_PASSPHRASE", PASSPHRASE)
    next((case / "evidence").rglob("*.gz")).unlink()
    assert run("--archive", case, "backup", tmp_path / "b", "--passphrase") == 3
    assert "it is missing" in capsys.readouterr().err


def test_help_tells_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", "--help") == 0
    told = capsys.readouterr().out
    assert "restore" in told
    assert "check" in told
