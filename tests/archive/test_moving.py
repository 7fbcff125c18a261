"""Moving to PostgreSQL and back: every row of every table, the same digests, and nothing half-done."""

import re
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from django.db import connection

import postgres_server
from linked_desk import make_linked_desk, settle
from tawthiq.archive import belonging, carrying, moving
from tawthiq.archive.carrying import counted, digest_of, tables
from tawthiq.archive.database import open_database
from tawthiq.archive.database_address import PostgresAddress, parsed, written
from tawthiq.archive.moving import MOVED, Moved, copy_to, move, served
from tawthiq.archive.search import search
from tawthiq.casework.models import Preferences, User
from tawthiq.records.errors import ArchiveBusy, StorageFailed, WrongUsage

pytestmark = pytest.mark.sqlite
HARD = "\0 \ud800 \ufffe0000 \U0001f600 ن"


@pytest.fixture
def server() -> None:
    try:
        postgres_server.server()
    except postgres_server.NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.fixture
def target(server: None) -> Iterator[PostgresAddress]:
    """An empty database."""
    postgres_server.make_database("moving")
    yield parsed(postgres_server.address("moving"))
    connection.close()
    postgres_server.drop_database("moving")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with reports, links, people, and numbers given that nobody has any more."""
    made = make_linked_desk(tmp_path / "archive")
    gone = User.objects.make("stork", "several unrelated words", User.Role.READER)
    Preferences.objects.create(user=User.objects.get(name="gull"), hijri=True)
    gone.delete()
    folder = settle(made)
    open_database(folder / "tawthiq.sqlite3")
    return folder


def all_digests(folder: Path) -> str:
    open_database(folder / "tawthiq.sqlite3")
    return digest_of(counted("default"))


def test_there_and_back_again_nothing_is_lost(archive: Path, target: PostgresAddress) -> None:
    before = all_digests(archive)
    there = move(archive, target)
    assert there.rows > 50
    assert (there.sha256, all_digests(archive)) == (before, before)
    assert connection.vendor == "postgresql"
    assert written(archive) == target
    assert there.aside is not None
    assert there.aside.name.startswith("tawthiq.sqlite3" + MOVED)
    assert not (archive / "tawthiq.sqlite3").exists()
    back = move(archive, None)
    assert (back.sha256, all_digests(archive)) == (before, before)
    assert connection.vendor == "sqlite"
    assert written(archive) is None


LEFT_OUT = {
    "django_migrations",  # each database has its own
    "archive_archivekey",  # says whose database a server's is
}


def test_every_table_is_moved_or_named_as_left_out(archive: Path, target: PostgresAddress) -> None:
    def there() -> set[str]:
        with connection.cursor() as cursor:
            found = set(connection.introspection.table_names(cursor))
        return {
            name for name in found if not re.fullmatch("archive_search(_.*)?", name)
        }  # made of the texts by triggers

    moved = {model._meta.db_table for model in tables()}
    assert there() == moved | LEFT_OUT
    move(archive, target)
    open_database(archive / "tawthiq.sqlite3")
    assert there() == moved | LEFT_OUT


def test_a_number_that_was_given_is_not_given_again(archive: Path, target: PostgresAddress) -> None:
    highest = User.objects.order_by("pk").last()
    assert highest is not None
    move(archive, target)
    open_database(archive / "tawthiq.sqlite3")
    there = User.objects.make("ibis", "several unrelated words", User.Role.READER)
    assert there.pk == highest.pk + 2
    there.delete()
    move(archive, None)
    open_database(archive / "tawthiq.sqlite3")
    assert User.objects.make("ibis", "several unrelated words", User.Role.READER).pk == highest.pk + 3


def test_search_finds_the_same_in_the_same_order(archive: Path, target: PostgresAddress) -> None:
    asked = ("الرقة", "قصف", '"على سوق"', "غارة قتلت", "strike", "of", "سوق مدنيين")

    def answers() -> list[list[tuple[int, object]]]:
        return [[(hit.report.pk, hit.snippet) for hit in search(words, 50, comments=True)] for words in asked]

    before = answers()
    assert any(before)
    move(archive, target)
    open_database(archive / "tawthiq.sqlite3")
    assert answers() == before


def test_texts_that_postgresql_refuses_come_back_as_they_were(archive: Path, target: PostgresAddress) -> None:
    move(archive, target)
    open_database(archive / "tawthiq.sqlite3")
    from tawthiq.archive.models import Report  # noqa: PLC0415

    row = Report.objects.order_by("pk")[0]
    row.title, row.notes = HARD, [HARD, {"a\0": [HARD]}, "\\u0000"]
    row.save()
    row.refresh_from_db()
    assert (row.title, row.notes) == (HARD, [HARD, {"a\0": [HARD]}, "\\u0000"])
    assert list(Report.objects.filter(title=HARD)) == [row]


def test_a_database_with_rows_is_refused_and_left_alone(archive: Path, target: PostgresAddress) -> None:
    before = all_digests(archive)
    move(archive, target)
    moved_aside = next(archive.glob("tawthiq.sqlite3.moved-*"))
    belonging.name_database(archive, "")
    connection.close()
    with sqlite3.connect(moved_aside) as rows:
        rows.execute("UPDATE casework_user SET name = 'another' WHERE name = 'gull'")
    rows.close()
    moved_aside.rename(archive / "tawthiq.sqlite3")
    with pytest.raises(WrongUsage, match="holds rows already"):
        move(archive, target)
    assert (archive / "tawthiq.sqlite3").exists()
    assert written(archive) is None
    assert all_digests(archive) != before


def test_another_archive_is_refused_by_name(archive: Path, target: PostgresAddress, tmp_path: Path) -> None:
    move(archive, target)
    other = make_linked_desk(tmp_path / "other")
    settle(other)
    with pytest.raises(WrongUsage, match="another archive"):
        move(tmp_path / "other", target)
    (tmp_path / "other" / "tawthiq.sqlite3").unlink()
    belonging.name_database(tmp_path / "other", str(target))
    with pytest.raises(WrongUsage, match="belongs to another archive"):
        open_database(tmp_path / "other" / "tawthiq.sqlite3")


def test_what_is_interrupted_leaves_the_target_empty_and_the_source_whole(
    archive: Path, target: PostgresAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_digests(archive)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(carrying, "_carry_counters", broken)
    with pytest.raises(KeyboardInterrupt):
        move(archive, target)
    monkeypatch.undo()
    with psycopg.connect(host=target.host, user=target.user, dbname=target.name) as rows:
        assert rows.execute("SELECT count(*) FROM casework_user").fetchone() == (0,)
    assert all_digests(archive) == before
    assert move(archive, target).sha256 == before


def test_a_move_cut_after_the_rows_arrived_is_finished_by_the_next(
    archive: Path, target: PostgresAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_digests(archive)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(moving, "name_database", broken)
    with pytest.raises(KeyboardInterrupt):
        move(archive, target)
    monkeypatch.undo()
    done: Moved = move(archive, target)
    assert (done.sha256, all_digests(archive)) == (before, before)


def test_rows_that_differ_are_not_kept(archive: Path, target: PostgresAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, times = carrying._plain, count()
    monkeypatch.setattr(carrying, "_plain", lambda value: plain(value) if value != "gull" else next(times))
    with pytest.raises(StorageFailed, match="not the same"):
        move(archive, target)
    assert (archive / "tawthiq.sqlite3").exists()


def test_an_archive_that_is_served_is_not_moved(archive: Path, target: PostgresAddress) -> None:
    with served(archive), pytest.raises(ArchiveBusy, match="served"):
        move(archive, target)


def test_a_copy_for_a_backup_is_an_archive_file_with_the_same_rows(archive: Path, target: PostgresAddress) -> None:
    before = all_digests(archive)
    move(archive, target)
    copy = archive.parent / "copy.sqlite3"
    copy_to(archive, copy)
    connection.close()
    moving.name_database(archive, "")
    copy.rename(archive / "tawthiq.sqlite3")
    assert all_digests(archive) == before
