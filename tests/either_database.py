"""The same tests on both databases: with TAWTHIQ_TEST_DATABASE=postgresql each archive has a database of its own.

It is made on first opening, from a template with all tables; a folder that was copied from another archive's gets a copy of
that archive's database. Databases of a test's own folder go when it ends.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache as remembered
from hashlib import sha256
from pathlib import Path
from shutil import copytree

from django.core.cache import cache
from django.db import connection, connections
from django.test.utils import override_settings

import postgres_server
from tawthiq.archive import database, database_address
from tawthiq.archive.belonging import name_database
from tawthiq.archive.database_address import PostgresAddress, parsed
from tawthiq.store import ArchiveFolder

VARIABLE = "TAWTHIQ_TEST_DATABASE"
ON_POSTGRESQL = os.environ.get(VARIABLE) == "postgresql"
_made: dict[Path, PostgresAddress] = {}


def install() -> None:
    """Have every archive that is opened in this process lie in PostgreSQL."""
    database_address.located = located


def located(folder: Path) -> PostgresAddress | None:
    """In place of `database_address.located`: the archive's own database, made when it is asked for first."""
    said = database_address.chosen()
    if said:
        return said if isinstance(said, PostgresAddress) else None
    folder = folder.resolve()
    if folder not in _made and folder.is_dir():
        name = f"t{os.getpid()}_{sha256(str(folder).encode()).hexdigest()[:16]}"
        before = database_address.written(folder)
        connections.close_all()
        postgres_server.make_database(name, before.name if before else template())
        _made[folder] = parsed(postgres_server.address(name))
        if before:
            name_database(folder, str(_made[folder]))
    return _made.get(folder)


def forget(folder: Path) -> None:
    """Drop the databases of all archives below a folder."""
    gone = [path for path in _made if path.is_relative_to(folder.resolve())]
    if gone:
        connection.close()
    for path in gone:
        postgres_server.drop_database(_made.pop(path).name)


@remembered
def template() -> str:
    """A database with all tables and no row."""
    name = f"template_{os.getpid()}"
    postgres_server.make_database(name)
    database.set_up_django()
    from tawthiq.archive.upgrading import bring_up_to_date  # noqa: PLC0415  Django is set up by now

    before = dict(connections.settings["default"])
    database.point_at(database.server_settings(parsed(postgres_server.address(name))))
    bring_up_to_date(None)
    connection.close()
    database.point_at(before)
    return name


def settle() -> None:
    """Write what is open to the file and close it, so that an archive's folder can be copied."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def unsynced() -> None:
    """A test's copy need not outlive a power cut."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


def settled(folder: ArchiveFolder) -> Path:
    """Close an archive so that its folder can be copied; the folder."""
    settle()
    folder.close()
    return folder.path


def copied_folder(model: Path, path: Path) -> ArchiveFolder:
    """A copy of a settled archive, opened, with its database."""
    copytree(model, path)
    folder = ArchiveFolder.open(path)
    database.open_database(folder.database)
    return folder


@contextmanager
def shown_in_pages(folder: ArchiveFolder) -> Iterator[None]:
    """An archive as the one whose pages are asked for; closed afterwards."""
    unsynced()
    cache.clear()
    with override_settings(ARCHIVE_FOLDER=folder.path):
        yield
    connection.close()
    folder.close()
