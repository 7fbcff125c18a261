"""`tawthiq move`: to PostgreSQL and back by the command, its log entry, a backup of a server's rows, rebuilding."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

import postgres_server
from command_line import run
from linked_desk import make_linked_desk, settle
from tawthiq.archive import database_address
from tawthiq.archive.carrying import counted, digest_of
from tawthiq.archive.database import open_database
from tawthiq.archive.database_address import written
from tawthiq.archive.models import Report
from tawthiq.casework.models import User
from tawthiq.store import ArchiveFolder

pytestmark = pytest.mark.sqlite


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    try:
        postgres_server.make_database("commanded")
    except postgres_server.NoPostgres as reason:
        pytest.skip(str(reason))
    monkeypatch.setattr(database_address, "_taken", [])
    yield postgres_server.address("commanded")
    connection.close()
    postgres_server.drop_database("commanded")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return settle(make_linked_desk(tmp_path / "archive"))


def digest(archive: Path) -> str:
    open_database(archive / "tawthiq.sqlite3")
    found = digest_of(counted("default"))
    connection.close()
    return found


def test_a_move_is_told_logged_and_backed_up_whole(
    archive: Path,
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = digest(archive)
    assert run("--archive", archive, "move", "--to", address) == 0
    assert before in capsys.readouterr().out
    monkeypatch.setenv("TAWTHIQ_BACKUP_PASSPHRASE", "several unrelated words together")
    assert run("--archive", archive, "backup", tmp_path / "a.tar.age", "--passphrase") == 0
    monkeypatch.setenv("TAWTHIQ_BACKUP_PASSPHRASE", "several unrelated words together")
    assert run("backup", "restore", tmp_path / "a.tar.age", tmp_path / "restored") == 0
    assert written(tmp_path / "restored") is None
    assert digest(tmp_path / "restored") == digest(archive)
    assert run("--archive", archive, "move", "--to", "sqlite") == 0
    assert digest(archive) == before
    with ArchiveFolder.open(archive) as folder:
        moves = [entry.event for entry in folder.entries() if entry.event and entry.event.kind == "database-moved"]
    assert [each.facts["to"] for each in moves] == ["postgresql", "sqlite"]
    assert moves[0].facts["sha256"] == moves[1].facts["sha256"] == before
    assert run("--archive", archive, "verify") == 0


def test_casework_is_carried_and_readings_are_made_anew(archive: Path, address: str) -> None:
    assert run("--archive", archive, "move", "--to", address, "--rebuild") == 0
    open_database(archive / "tawthiq.sqlite3")
    assert connection.vendor == "postgresql"
    assert set(User.objects.values_list("name", flat=True)) == {"heron", "crane", "gull"}
    assert Report.objects.count() == 6


def test_the_address_may_stand_in_the_environment(archive: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("--archive", archive, "move", "--to", "postgresql") == 2
    monkeypatch.setenv("TAWTHIQ_DATABASE", address)
    assert run("--archive", archive, "move", "--to", "postgresql") == 0
    assert written(archive) is not None
    assert run("--archive", archive, "search", "الرقة") == 0
