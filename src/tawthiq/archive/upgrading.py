"""Brings an archive's tables up to date with this program: copies the file first, refuses what a newer program made.

The copy of an SQLite file lies beside it until the next upgrade has succeeded; PostgreSQL carries out each step whole or not at
all. A database that is up to date costs one look.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import OperationalError, connections
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

from tawthiq.records.errors import StorageFailed, WrongUsage

WAITS = 20
WAIT_SECONDS = 0.25
ASIDE = ".before-upgrade"
OURS = ("archive", "casework")
# The advisory lock under which one command makes the tables while others wait.
_MIGRATING = 0x7461777468697101


def bring_up_to_date(file: Path | None, *, writable: bool = True) -> None:
    """Carry out what migrations are missing; `file` is the SQLite file, None for PostgreSQL.

    Two commands may open a new archive at the same moment: whoever comes second meets half the tables, and waits until
    the first has made the rest. Raises WrongUsage for the tables of a newer program, StorageFailed when there is no room for
    the copy.
    """
    for patience in range(WAITS, -1, -1):
        try:
            with _alone():
                _migrate(file)
        except (OperationalError, MigrationSchemaMissing):
            if not patience or not writable or file is None:
                raise
            time.sleep(WAIT_SECONDS)
        else:
            return


def _migrate(file: Path | None) -> None:
    executor = MigrationExecutor(connections["default"])
    _expect_known(executor, file)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    if not plan:
        return
    if file is not None and executor.loader.applied_migrations:
        copy_aside(file)
    executor.migrate(targets)


def copy_aside(file: Path) -> Path:
    """A copy of an SQLite file beside it, in place of the one of the upgrade before. Raises StorageFailed."""
    copy, draft = file.with_name(file.name + ASIDE), file.with_name(file.name + ASIDE + ".part")
    try:
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(draft)) as target:
            source.backup(target)
        draft.replace(copy)
    except (OSError, sqlite3.Error) as error:
        draft.unlink(missing_ok=True)
        raise StorageFailed(
            item=str(file),
            happened=f"this program has newer tables, and the file cannot be copied before they are made ({error})",
            advice="free as much space as the file takes, or give the right to write in the folder; nothing was changed",
        ) from error
    return copy


def _expect_known(executor: MigrationExecutor, file: Path | None) -> None:
    """Raises WrongUsage when a newer program has worked on the tables."""
    known: Any = executor.loader.disk_migrations
    newer = sorted(key for key in executor.loader.applied_migrations if key[0] in OURS and key not in known)
    if newer:
        raise WrongUsage(
            item=str(file or "the database"),
            happened=f"a newer version of this program has worked on it ({newer[-1][0]} {newer[-1][1]})",
            advice="install that version or a later one; this one would lose what it does not know",
        )


@contextmanager
def _alone() -> Iterator[None]:
    """On PostgreSQL, one command at a time looks at the tables and makes them."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])
