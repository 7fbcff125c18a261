"""The door to the database: settings of SQLite, migrations, one archive after another."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import IntegrityError, OperationalError, connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override

from tawthiq.archive import database as door
from tawthiq.archive.addresses import address_key
from tawthiq.archive.database import open_database, storing_rows
from tawthiq.archive.models import Capture, Zone
from tawthiq.casework.models import User
from tawthiq.records.errors import ArchiveBusy, StorageFailed


def _pragma(name: str) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.sqlite
def test_sqlite_is_set_up_for_one_writer_many_readers_and_power_cuts(tmp_path: Path) -> None:
    open_database(tmp_path / "a.sqlite3")
    assert _pragma("journal_mode") == "wal"
    assert _pragma("foreign_keys") == 1
    assert _pragma("synchronous") == 2
    assert _pragma("busy_timeout") == 30_000


@pytest.mark.sqlite
def test_one_process_may_open_one_archive_after_another(tmp_path: Path) -> None:
    open_database(tmp_path / "a.sqlite3")
    User.objects.make("heron", "pass", User.Role.OWNER)
    open_database(tmp_path / "b.sqlite3")
    assert User.objects.count() == 0
    open_database(tmp_path / "a.sqlite3")
    assert User.objects.get().name == "heron"


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_named_with_advice(tmp_path: Path) -> None:
    broken = tmp_path / "a.sqlite3"
    broken.write_bytes(b"this is not a database" * 100)
    with pytest.raises(StorageFailed) as failed:
        open_database(broken)
    assert str(broken) in str(failed.value)
    assert "tawthiq read --again" in failed.value.advice


def test_a_database_in_a_folder_that_is_not_there_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="its folder does not exist"):
        open_database(tmp_path / "nowhere" / "a.sqlite3")


def test_migrations_are_those_of_the_models(tmp_path: Path) -> None:
    open_database(tmp_path / "a.sqlite3")
    loader = MigrationLoader(connection)
    with override(None):  # labels in any language are no change
        changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    assert changes == {}


def test_addresses_taken_in_before_are_found_over_http_and_https_alike(tmp_path: Path) -> None:
    open_database(tmp_path / "a.sqlite3")
    executor = MigrationExecutor(connection)
    executor.migrate([("archive", "0008_same_address")])
    now = datetime(2026, 11, 20, tzinfo=UTC)
    common: dict[str, Any] = {"length": 1, "offset": 0, "log_index": 1, "collected": now, "logged": now}
    for number, (kind, source, key) in enumerate(
        (("url", "http://a.example/b", "1"), ("browser", "https://a.example/b", "2"), ("file", "b.html", ""))
    ):
        Capture.objects.create(number=number, identifier=str(number), kind=kind, source=source, address=key, **common)
    executor.loader.build_graph()
    executor.migrate(executor.loader.graph.leaf_nodes("archive"))
    plain, secure, file = (each.address for each in Capture.objects.order_by("number"))
    assert plain == secure == address_key("url", "HTTPS://A.example/b", None)
    assert file == ""


def test_writes_are_refused_that_break_a_foreign_key(tmp_path: Path) -> None:
    open_database(tmp_path / "a.sqlite3")
    with pytest.raises(IntegrityError):
        Zone.objects.create(key=1, report_id=99, kind="body", start=0, end=1)


def test_django_finds_no_fault_with_settings_models_and_addresses() -> None:
    assert run_checks() == []


@pytest.mark.sqlite
def test_several_commands_may_open_a_new_archive_at_once(tmp_path: Path) -> None:
    database = tmp_path / "a.sqlite3"
    opening = "import pathlib, sys, tawthiq.archive.database as door; door.open_database(pathlib.Path(sys.argv[1]))"
    command_line = [sys.executable, "-c", opening, str(database)]
    commands = [subprocess.Popen(command_line, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    failures = [command.communicate(timeout=120)[1] for command in commands]
    assert [command.returncode for command in commands] == [0, 0, 0, 0], failures
    open_database(database)
    assert User.objects.count() == 0


@pytest.mark.sqlite
def test_a_full_disk_is_told_with_advice_and_a_busy_one_as_busy(tmp_path: Path) -> None:
    database = tmp_path / "a.sqlite3"
    open_database(database)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (text TEXT)")
        cursor.execute("PRAGMA max_page_count=1")
        with pytest.raises(StorageFailed, match="full") as failed, storing_rows(database):
            cursor.execute("INSERT INTO filler VALUES (zeroblob(10000000))")
    assert failed.value.exit_code == 3
    assert "free some space" in failed.value.advice
    connection.close()
    with sqlite3.connect(database) as other, connection.cursor() as cursor:
        other.execute("BEGIN IMMEDIATE")
        cursor.execute("PRAGMA busy_timeout=1")
        with pytest.raises(ArchiveBusy), storing_rows(database):
            cursor.execute("DELETE FROM archive_zone")


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in a folder that the system says cannot be written; its journal is empty."""
    database = tmp_path / "a.sqlite3"
    open_database(database)
    User.objects.make("heron", "pass", User.Role.OWNER)
    connection.close()
    monkeypatch.setattr(door, "can_be_written", lambda database: False)
    return database


@pytest.mark.sqlite
def test_a_read_only_archive_can_be_looked_at_but_not_written(read_only: Path) -> None:
    open_database(read_only, writing=False)
    assert User.objects.get().name == "heron"
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM archive_zone")
    with pytest.raises(StorageFailed, match="cannot be written") as failed:
        open_database(read_only)
    assert "copy the archive" in failed.value.advice


@pytest.mark.sqlite
def test_a_read_only_database_whose_journal_holds_changes_is_not_shown_without_them(read_only: Path) -> None:
    read_only.with_name(read_only.name + "-wal").write_bytes(b"frames")
    with pytest.raises(StorageFailed, match="did not end by itself"):
        open_database(read_only, writing=False)


@pytest.mark.sqlite
def test_after_a_read_only_archive_another_is_opened_for_writing(
    read_only: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_database(read_only, writing=False)
    monkeypatch.undo()
    open_database(tmp_path / "b.sqlite3")
    assert User.objects.count() == 0
    User.objects.make("crane", "pass", User.Role.OWNER)
