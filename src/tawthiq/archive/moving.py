"""Moves an archive's readings and casework between its SQLite file and a PostgreSQL database, and copies them to a file.

The source is only read. All rows reach the target in one transaction, compared by digests before it ends; then the archive's
settings name the target, and the SQLite file, were it the source, is kept aside. Whatever interrupts, one of the two is whole
and the settings or the next `tawthiq move` say which.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections, transaction

from tawthiq.archive import database_address
from tawthiq.archive.belonging import expect_suitable, key_of, name_database
from tawthiq.archive.carrying import DERIVED, Table, carry, counted, digest_of, is_without_rows
from tawthiq.archive.database import (
    file_settings,
    open_database,
    point_at,
    server_settings,
    set_up_django,
    without_driver,
)
from tawthiq.archive.database_address import PostgresAddress, written
from tawthiq.archive.database_errors import storage_error, unreachable
from tawthiq.archive.models import ArchiveKey
from tawthiq.archive.upgrading import bring_up_to_date
from tawthiq.records.errors import ArchiveBusy, StorageFailed, WrongUsage
from tawthiq.store.layout import Layout
from tawthiq.store.locking import try_lock

SOURCE, TARGET = "source", "target"
PART = ".part"
MOVED = ".moved-"
Place = Path | PostgresAddress


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: from where to where, the tables, one digest over all of them, and the file that was kept aside."""

    source: str
    target: str
    tables: tuple[Table, ...]
    sha256: str
    aside: Path | None

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(table.rows for table in self.tables)


def move(folder: Path, target: PostgresAddress | None, *, derived: bool = True) -> Moved:
    """Move the database of the archive at `folder` to a server, or with None to its SQLite file.

    Without `derived`, readings and links stay behind, to be made anew. Raises WrongUsage for a target that holds rows already,
    ArchiveBusy while the archive is served, StorageFailed when rows would differ.
    """
    set_up_django()
    connections["default"].close()
    with alone(folder):
        place = _source(folder)
        wanted: Place = target or Layout(folder).database
        if str(place) == str(wanted):
            raise WrongUsage(item=str(wanted), happened="the archive is there already", advice="nothing is to be moved")
        _open(place)
        try:
            return _to_server(folder, place, target, derived) if target else _to_file(folder, place, derived)
        except ImproperlyConfigured as error:
            raise without_driver() from error
        except DatabaseError as error:
            raise storage_error(wanted, error) or unreachable_or(wanted, error) from error
        finally:
            for alias in (SOURCE, TARGET):
                if alias in connections.settings:
                    connections[alias].close()


def copy_to(folder: Path, file: Path) -> None:
    """Copy everything that the archive's PostgreSQL database holds at one moment to a new SQLite file, for a backup.

    Others may write meanwhile. Raises StorageFailed when the copy cannot be made or is not the same.
    """
    open_database(Layout(folder).database)
    address = database_address.located(folder)
    if address is None:
        raise WrongUsage(item=str(folder), happened="its database is a file", advice="copy the file")
    settings = server_settings(address, reading=True)
    settings["OPTIONS"]["isolation_level"] = _one_moment()
    point_at(settings, SOURCE)
    before = dict(connections.settings["default"])
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    try:
        _make_ready(file, TARGET)
        with transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
            carry(SOURCE, TARGET)
        _settle()
    except DatabaseError as error:
        raise storage_error(file, error) or StorageFailed(
            item=str(address),
            happened=f"it cannot be copied ({error})",
            advice="see that the server runs, then try again",
        ) from error
    finally:
        connections[SOURCE].close()
        connections[TARGET].close()
        point_at(before)


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """Say that the archive's database is in use for long, so that nobody moves it meanwhile. Raises ArchiveBusy."""
    with _held(folder, fcntl.LOCK_SH, "its database is being moved", "wait until that is done"):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one who uses the archive's database. Raises ArchiveBusy while it is served, read, linked or moved."""
    from tawthiq.archive.one_run import one_run  # noqa: PLC0415  its lock is asked for after the server's

    advice = "end `tawthiq serve`, then run the command again"
    with _held(folder, fcntl.LOCK_EX, "the archive is being served", advice), one_run(folder, "tawthiq move"):
        yield


def unreachable_or(place: Place, error: DatabaseError) -> WrongUsage | StorageFailed:
    """The error for a database that cannot be used, a server or a file."""
    if isinstance(place, PostgresAddress):
        return unreachable(place, str(error))
    return StorageFailed(item=str(place), happened=f"the file cannot be written ({error})", advice="check the disk")


@contextmanager
def _held(folder: Path, kind: int, happened: str, advice: str) -> Iterator[None]:
    """A lock on the public key's file, which every archive has and nobody ever writes."""
    descriptor = os.open(Layout(folder).public_key, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if not try_lock(descriptor, kind):
            raise ArchiveBusy(item=str(folder), happened=happened, advice=advice)
        yield
    finally:
        os.close(descriptor)


def _source(folder: Path) -> Place:
    """Where the rows are. A file that is there was not carried to the end, whatever the settings say."""
    file, named = Layout(folder).database, written(folder)
    if file.exists() or named is None:
        if not file.exists():
            raise WrongUsage(
                item=str(folder), happened="it has no database yet", advice="name one in TAWTHIQ_DATABASE; it is made"
            )
        return file
    return named


def _open(place: Place) -> None:
    """Have the models' source ready, its tables up to date."""
    try:
        _make_ready(place, SOURCE)
    except ImproperlyConfigured as error:
        raise without_driver() from error
    except DatabaseError as error:
        raise storage_error(place, error) or unreachable_or(place, error) from error


def _make_ready(place: Place, alias: str) -> None:
    """Bring a database's tables up to date and have it under an alias. Migrations work on the default database alone."""
    settings = file_settings(place) if isinstance(place, Path) else server_settings(place)
    point_at(settings)
    bring_up_to_date(place if isinstance(place, Path) else None)
    connections["default"].close()
    point_at(settings, alias)


def _to_server(folder: Path, place: Place, target: PostgresAddress, derived: bool) -> Moved:
    """The rows into the empty database; one that holds the very same rows of this archive was reached before."""
    point_at(server_settings(target), TARGET)
    expect_suitable(target, TARGET)
    _make_ready(target, TARGET)
    own = key_of(folder) or ""
    without = () if derived else (DERIVED,)
    with transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
        key = ArchiveKey.objects.using(TARGET).first()
        if key and key.value != own:
            raise _holds_rows(str(target), "it belongs to another archive")
        if is_without_rows(TARGET):
            found = carry(SOURCE, TARGET, without)
        else:
            found = counted(SOURCE, without)
            if key is None or found != counted(TARGET, without):
                raise _holds_rows(str(target), "it holds rows already")
        ArchiveKey.objects.using(TARGET).get_or_create(pk=1, defaults={"value": own})
    connections[SOURCE].close()
    connections[TARGET].close()
    name_database(folder, str(target))
    aside = _kept_aside(place) if isinstance(place, Path) else None
    return _moved(place, target, found, aside)


def _to_file(folder: Path, place: Place, derived: bool) -> Moved:
    """The rows into a file in the making, which gets its name when it is whole."""
    file = Layout(folder).database
    part = file.with_name(file.name + PART)
    for suffix in ("", "-wal", "-shm"):
        part.with_name(part.name + suffix).unlink(missing_ok=True)
    part.touch(mode=0o600)
    _make_ready(part, TARGET)
    with transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
        found = carry(SOURCE, TARGET, () if derived else (DERIVED,))
    _settle()
    connections[SOURCE].close()
    connections[TARGET].close()
    part.rename(file)
    with suppress(FileNotFoundError):
        part.with_name(part.name + "-shm").unlink()
    name_database(folder, "")
    return _moved(place, file, found, None)


def _settle() -> None:
    """Have all rows of the file in the file itself."""
    with connections[TARGET].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA journal_mode=DELETE")
    connections[TARGET].close()


def _kept_aside(file: Path) -> Path:
    """Rename the SQLite file, so that no command takes it for the database; its journal is in it already."""
    aside = file.with_name(f"{file.name}{MOVED}{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            journal = file.with_name(file.name + suffix)
            journal.rename(aside.with_name(aside.name + suffix))
    file.rename(aside)
    return aside


def _moved(place: Place, target: Place, found: Sequence[Table], aside: Path | None) -> Moved:
    return Moved(str(place), str(target), tuple(found), digest_of(found), aside)


def _holds_rows(target: str, happened: str) -> WrongUsage:
    return WrongUsage(
        item=target, happened=f"{happened}, so that nothing was moved", advice="name an empty database of its own"
    )


def _one_moment() -> object:
    """PostgreSQL's level on which a transaction sees one moment throughout (its documentation, 13.2.2)."""
    from psycopg import IsolationLevel  # noqa: PLC0415  the driver is there only where it is used

    return IsolationLevel.REPEATABLE_READ
