"""What PostgreSQL alone must be asked: whose database it is, which it refuses, one writer at a time, and errors that help."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

import postgres_server
from linked_desk import make_linked_desk
from sample_archive import make_folder
from tawthiq.archive import database_address
from tawthiq.archive.belonging import with_database
from tawthiq.archive.database import open_database, storing_rows
from tawthiq.archive.database_address import PostgresAddress, parsed, written
from tawthiq.archive.models import Capture
from tawthiq.casework.models import User
from tawthiq.records.errors import ArchiveBusy, StorageFailed, WrongUsage

pytestmark = pytest.mark.sqlite
SECRET = "tell-nobody"


@pytest.fixture
def address() -> Iterator[PostgresAddress]:
    """An empty database."""
    try:
        postgres_server.make_database("asked")
    except postgres_server.NoPostgres as reason:
        pytest.skip(str(reason))
    yield parsed(postgres_server.address("asked"))
    connection.close()
    postgres_server.drop_database("asked")


@pytest.fixture
def archive(tmp_path: Path, address: PostgresAddress, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new archive whose database the environment names."""
    folder = make_folder(tmp_path / "archive", {"a.html": b"<p>a</p>"})
    folder.database.unlink()
    folder.close()
    monkeypatch.setenv("TAWTHIQ_DATABASE", str(address))
    return folder.path


def test_the_first_use_is_remembered_by_the_archive(
    archive: Path, address: PostgresAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_database(archive / "tawthiq.sqlite3")
    User.objects.make("heron", "pass", User.Role.OWNER)
    monkeypatch.delenv("TAWTHIQ_DATABASE")
    assert written(archive) == address
    open_database(archive / "tawthiq.sqlite3")
    assert connection.vendor == "postgresql"
    assert User.objects.get().name == "heron"
    assert not (archive / "tawthiq.sqlite3").exists()


def test_an_archive_with_a_file_is_not_opened_beside_it(archive: Path) -> None:
    (archive / "tawthiq.sqlite3").write_bytes(b"")
    with pytest.raises(WrongUsage, match=r"lie in tawthiq\.sqlite3") as refused:
        open_database(archive / "tawthiq.sqlite3")
    assert "tawthiq move" in refused.value.advice


def test_whoever_begins_to_write_waits_for_the_writer_before(archive: Path) -> None:
    open_database(archive / "tawthiq.sqlite3")
    done: list[str] = []
    held, looked = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            held.set()
            looked.wait(0.3)
            done.append("first")
        connection.close()

    other = threading.Thread(target=first)
    other.start()
    held.wait(10)
    assert User.objects.count() == 0  # reading waits for nobody
    assert done == []
    with transaction.atomic():
        done.append("second")
    other.join()
    assert done == ["first", "second"]


def test_a_writer_who_waits_too_long_is_told_and_can_go_on(archive: Path) -> None:
    database = archive / "tawthiq.sqlite3"
    open_database(database)
    held, over = threading.Event(), threading.Event()

    def holding() -> None:
        with transaction.atomic():
            held.set()
            over.wait(30)
        connection.close()

    other = threading.Thread(target=holding)
    other.start()
    held.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    try:
        with pytest.raises(ArchiveBusy), storing_rows(database), transaction.atomic():
            pass
    finally:
        over.set()
        other.join()
    with transaction.atomic():
        User.objects.make("heron", "pass", User.Role.OWNER)


def test_numbers_and_texts_are_as_large_as_in_sqlite(tmp_path: Path, address: PostgresAddress) -> None:
    made = make_linked_desk(tmp_path / "archive")
    from tawthiq.archive.moving import move  # noqa: PLC0415

    move(made.folder.path, address)
    open_database(made.folder.database)
    Capture.objects.filter(number=1).update(status=2**62, content_type="x" * 5000)
    row = Capture.objects.get(number=1)
    assert (row.status, len(row.content_type)) == (2**62, 5000)


def test_a_database_that_orders_otherwise_is_refused_with_the_order_to_make_it(
    archive: Path, address: PostgresAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres_server.execute(
        "CREATE DATABASE otherwise TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
    )
    monkeypatch.setenv("TAWTHIQ_DATABASE", postgres_server.address("otherwise"))
    with pytest.raises(WrongUsage, match="SQL_ASCII") as refused:
        open_database(archive / "tawthiq.sqlite3")
    assert "--encoding=UTF8 --locale=C otherwise" in refused.value.advice
    connection.close()
    postgres_server.drop_database("otherwise")


def test_a_server_that_is_not_there_is_told_without_the_password(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAWTHIQ_DATABASE", f"postgresql://heron:{SECRET}@127.0.0.1:1/desk")
    with pytest.raises((StorageFailed, WrongUsage)) as failed:
        open_database(archive / "tawthiq.sqlite3")
    assert "postgresql://heron@127.0.0.1:1/desk" in str(failed.value)
    assert SECRET not in str(failed.value)


@pytest.mark.parametrize(
    "text",
    [
        f"mysql://a:{SECRET}@b/c", f"postgresql://a:{SECRET}@b", f"postgresql://a:{SECRET}@b:x/c", f"postgresql://:{SECRET}@/",
        f"postgresql:///c?password={SECRET}", f"postgresql://a:{SECRET}@b/c/d", f"postgresql://a:{SECRET}@[/c",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        parsed(text)
    assert SECRET not in str(refused.value)
    assert SECRET not in repr(refused.value)


@pytest.mark.parametrize(
    "text",
    ["postgresql://desk.example:5433/a%20b", "postgresql://heron@/name?host=/var/run/postgresql", "postgresql://[::1]/n",
     "postgresql://h@x/n?sslmode=verify-full"],
)  # fmt: skip
def test_an_address_is_written_as_it_is_read(text: str) -> None:
    assert str(parsed(text)) == text
    assert parsed(str(parsed(text))) == parsed(text)


def test_a_password_is_in_no_text_of_an_address() -> None:
    found = parsed(f"postgres://heron:{SECRET}@h/n")
    assert found.password == SECRET
    assert SECRET not in f"{found} {found!r}"


@pytest.mark.parametrize(
    "text",
    [
        '[archive]\ntitle = "a"\n',
        '[storage]\ndatabase = ""\n\n[page]\nrecognize = true\n',
        "[storage]\n\n[page]\n",
        "# c\n",
    ],
)
def test_a_setting_is_written_and_all_else_stays(text: str) -> None:
    once = with_database(text, "postgresql:///a")
    assert once.count("database =") == once.count("[storage]") == 1
    assert all(line in once for line in text.splitlines() if "database" not in line)
    assert with_database(once, "") == with_database(with_database(once, "postgresql:///b"), "")


def test_no_program_that_is_started_inherits_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWTHIQ_DATABASE", "postgresql://h@x/n")
    monkeypatch.setattr(database_address, "_taken", [])
    database_address.take_out()
    assert "TAWTHIQ_DATABASE" not in database_address.os.environ
    assert database_address.chosen() == parsed("postgresql://h@x/n")
