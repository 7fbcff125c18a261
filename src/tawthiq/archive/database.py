"""The one door to an archive's database: sets up Django, points it at the file or the server, brings the tables up to date.

Importing models needs Django set up, so commands call `open_database` first and import the rest afterwards.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError, connections

from tawthiq.archive import database_address
from tawthiq.archive.database_address import VARIABLE, PostgresAddress
from tawthiq.archive.database_errors import READ_ONLY, closed, storage_error, unreachable
from tawthiq.records.errors import StorageFailed, WrongUsage

SETTINGS = "tawthiq.web.settings"
SERVER_BACKEND = "tawthiq.archive.postgresql"
LOCK_SECONDS = 30
CONNECT_SECONDS = 10
# A server's thread keeps its connection for the pages that follow: making one takes longer than most questions.
KEPT_SECONDS = 600


def set_up_django() -> None:
    """Load the settings and the apps, once; models can be imported from then on."""
    if not settings.configured:
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    if not apps.ready:
        django.setup()


def open_database(database: Path, *, writing: bool = True) -> None:
    """Make the archive's database (`database` is its tawthiq.sqlite3) the one that all models speak to, made or migrated.

    Where the environment or the archive's settings name a PostgreSQL database, it is that one. May be called again with
    another archive. Raises StorageFailed when the file cannot be opened or is no database, WrongUsage for a server that lets
    nobody in, another archive's database and one of a newer program. On a disk that cannot be written, only who asks with
    `writing` False gets the file, as it stands (SQLite's `immutable`).
    """
    set_up_django()
    address = database_address.located(database.parent)
    if address is None:
        _open_file(database, writing)
    else:
        _open_server(database, address)


def can_be_written(database: Path) -> bool:
    """Whether this disk, and the person's rights on it, let the database and its journal be written."""
    return os.access(database.parent, os.W_OK) and (not database.exists() or os.access(database, os.W_OK))


@contextmanager
def storing_rows(database: Path) -> Iterator[None]:
    """Turns what the database says of a full, failing or busy disk while rows are written into StorageFailed or ArchiveBusy."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        told = storage_error(database_address.located(database.parent) or database, error)
        if told is None:
            raise
        raise told from error


def _open_file(database: Path, writing: bool) -> None:
    from tawthiq.archive.upgrading import bring_up_to_date  # noqa: PLC0415  Django is set up by now

    if not database.parent.is_dir():
        raise closed(database, "its folder does not exist")
    writable = can_be_written(database)
    if not writable:
        _expect_readable_as_it_stands(database, writing)
    point_at(file_settings(database, writable))
    try:
        bring_up_to_date(database, writable=writable)
    except (DatabaseError, sqlite3.Error) as error:
        told = storage_error(database, error) if writable else None
        raise told or closed(database, str(error)) from error


def _open_server(database: Path, address: PostgresAddress) -> None:
    from tawthiq.archive.belonging import expect_own, expect_suitable, is_empty  # noqa: PLC0415  Django is set up by now
    from tawthiq.archive.upgrading import bring_up_to_date  # noqa: PLC0415

    try:
        point_at(server_settings(address))
        expect_suitable(address)
        if database.exists():
            raise _two_databases(database, address, is_empty())
        bring_up_to_date(None)
        expect_own(database.parent, address)
    except ImproperlyConfigured as error:
        raise without_driver() from error
    except DatabaseError as error:
        raise storage_error(address, error) or unreachable(address, str(error)) from error


def file_settings(database: Path, writable: bool = True) -> dict[str, Any]:
    """Django's settings for an SQLite file."""
    name = str(database) if writable else f"file:{quote(str(database))}?immutable=1"
    command = settings.SQLITE_WRITING if writable else settings.SQLITE_READING
    options = {"timeout": LOCK_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": command}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}


def server_settings(address: PostgresAddress, *, reading: bool = False) -> dict[str, Any]:
    """Django's settings for a PostgreSQL database; who only reads does not wait for writers."""
    options: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": "tawthiq",
        "options": f"-c lock_timeout={LOCK_SECONDS}s",
        **dict(address.options),
    }
    return {
        "ENGINE": SERVER_BACKEND,
        "NAME": address.name,
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": address.host,
        "PORT": address.port,
        "OPTIONS": options,
        "READING": reading,
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }


def point_at(given: dict[str, Any], alias: str = "default") -> None:
    """Close what is open in this thread and use the database of these settings from now on, in every thread."""
    usual = {"USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "READING": False, "CONN_MAX_AGE": 0}
    if alias in connections.settings:
        connections[alias].close()
        del connections[alias]
        connections.settings[alias].update(usual | given)
    else:
        connections.settings[alias] = {**connections.settings["default"], **usual, **given}


def without_driver() -> WrongUsage:
    """The error for a PostgreSQL address where its driver is not installed."""
    return WrongUsage(
        item=VARIABLE,
        happened="PostgreSQL is asked for, but its driver is not installed",
        advice="install it with: pip install 'tawthiq[postgres]'",
    )


def _two_databases(database: Path, address: PostgresAddress, empty: bool) -> WrongUsage:
    return WrongUsage(
        item=str(address),
        happened=f"the archive's readings and casework lie in {database.name}"
        + ("" if empty else ", and this database holds some as well"),
        advice=f"carry them over with: tawthiq move --to ADDRESS; or leave {VARIABLE} away",
    )


def _expect_readable_as_it_stands(database: Path, writing: bool) -> None:
    """Raises StorageFailed when writing is wanted, or when the file misses what only its journal holds."""
    journal = database.with_name(database.name + "-wal")
    if writing or not database.exists():
        raise StorageFailed(item=str(database), happened="it lies on a disk that cannot be written", advice=READ_ONLY)
    if journal.exists() and journal.stat().st_size:
        raise StorageFailed(
            item=str(database),
            happened="the last run did not end by itself, and this disk cannot be written to finish its work",
            advice="copy the archive, with every file in it, to a disk that can be written",
        )
