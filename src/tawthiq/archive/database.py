"""The one door to an archive's database: sets up Django, points it at the file, brings the tables up to date.

Importing models needs Django set up, so commands call `open_database` first and import the rest afterwards.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import django
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, OperationalError, connections
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

from tawthiq.records.errors import ArchiveBusy, StorageFailed, TawthiqError

SETTINGS = "tawthiq.web.settings"
WAITS = 20
WAIT_SECONDS = 0.25
_READ_ONLY = (
    "copy the archive to a disk that can be written; `tawthiq search` and `tawthiq verify` work on it where it is"
)
_DISK_FAULTS = {
    sqlite3.SQLITE_FULL: "free some space on the disk and run the command again; what is saved so far is sound",
    sqlite3.SQLITE_IOERR: "check the disk and its free space, then run the command again; what is saved so far is sound",
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "check the disk and your right to write in the archive folder",
}


def set_up_django() -> None:
    """Load the settings and the apps, once; models can be imported from then on."""
    if not settings.configured:
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    if not apps.ready:
        django.setup()


def open_database(database: Path, *, writing: bool = True) -> None:
    """Make `database` (an archive's tawthiq.sqlite3) the one that all models speak to, made or migrated as needed.

    May be called again with another archive. Raises StorageFailed when the file cannot be opened or is no database. On a
    disk that cannot be written, only who asks with `writing` False gets it, as it stands (SQLite's `immutable`).
    """
    set_up_django()
    if not database.parent.is_dir():
        raise _closed(database, "its folder does not exist")
    writable = can_be_written(database)
    if not writable:
        _expect_readable_as_it_stands(database, writing)
    _point_at(database, writable)
    try:
        _migrate(writable)
    except (DatabaseError, sqlite3.Error) as error:
        told = storage_error(database, error) if writable else None
        raise told or _closed(database, str(error)) from error


def can_be_written(database: Path) -> bool:
    """Whether this disk, and the person's rights on it, let the database and its journal be written."""
    return os.access(database.parent, os.W_OK) and (not database.exists() or os.access(database, os.W_OK))


@contextmanager
def storing_rows(database: Path) -> Iterator[None]:
    """Turns what SQLite says of a full, failing or busy disk while rows are written into StorageFailed or ArchiveBusy."""
    try:
        yield
    except OperationalError as error:
        told = storage_error(database, error)
        if told is None:
            raise
        raise told from error


def storage_error(database: Path, error: Exception) -> TawthiqError | None:
    """The error for a fault of the disk or a lock held too long; None for any other fault."""
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        advice = "wait until the other command is done and run this one again; what is saved so far is sound"
        return ArchiveBusy(item=str(database), happened="another process keeps the database locked", advice=advice)
    if code not in _DISK_FAULTS:
        return None
    return StorageFailed(item=str(database), happened=f"the disk refused ({error})", advice=_DISK_FAULTS[code])


def _expect_readable_as_it_stands(database: Path, writing: bool) -> None:
    """Raises StorageFailed when writing is wanted, or when the file misses what only its journal holds."""
    journal = database.with_name(database.name + "-wal")
    if writing or not database.exists():
        raise StorageFailed(item=str(database), happened="it lies on a disk that cannot be written", advice=_READ_ONLY)
    if journal.exists() and journal.stat().st_size:
        raise StorageFailed(
            item=str(database),
            happened="the last run did not end by itself, and this disk cannot be written to finish its work",
            advice="copy the archive, with every file in it, to a disk that can be written",
        )


def _closed(database: Path, reason: str) -> StorageFailed:
    return StorageFailed(
        item=str(database),
        happened=f"the database cannot be opened ({reason})",
        advice="check the disk; readings can be rebuilt with `tawthiq read --again` after the file is moved away, "
        "but users and decisions live only in it",
    )


def _point_at(database: Path, writable: bool) -> None:
    """Close what is open in this thread and use `database` from now on, in every thread."""
    connections["default"].close()
    name = str(database) if writable else f"file:{quote(str(database))}?immutable=1"
    command = settings.SQLITE_WRITING if writable else settings.SQLITE_READING
    for held in (connections.settings["default"], connections["default"].settings_dict):
        held["NAME"] = name
        held["OPTIONS"] = {**held["OPTIONS"], "init_command": command}


def _migrate(writable: bool) -> None:
    """Carry out what migrations are missing; a current database costs one look.

    Two commands may open a new archive at the same moment: whoever comes second meets half the tables, and waits until
    the first has made the rest.
    """
    for patience in range(WAITS, -1, -1):
        try:
            executor = MigrationExecutor(connections["default"])
            targets = executor.loader.graph.leaf_nodes()
            if executor.migration_plan(targets):
                executor.migrate(targets)
        except (OperationalError, MigrationSchemaMissing):
            if not patience or not writable:
                raise
            time.sleep(WAIT_SECONDS)
        else:
            return
