"""The one door to an archive's database: sets up Django, points it at the file, brings the tables up to date.

Importing models needs Django set up, so commands call `open_database` first and import the rest afterwards.
"""

import os
import sqlite3
import time
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, OperationalError, connections
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

from tawthiq.records.errors import StorageFailed

SETTINGS = "tawthiq.web.settings"
WAITS = 20
WAIT_SECONDS = 0.25


def set_up_django() -> None:
    """Load the settings and the apps, once; models can be imported from then on."""
    if not settings.configured:
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    if not apps.ready:
        django.setup()


def open_database(database: Path) -> None:
    """Make `database` (an archive's tawthiq.sqlite3) the one that all models speak to, made or migrated as needed.

    May be called again with another archive. Raises StorageFailed when the file cannot be opened or is no database.
    """
    set_up_django()
    if not database.parent.is_dir():
        raise _closed(database, "its folder does not exist")
    _point_at(database)
    try:
        _migrate()
    except (DatabaseError, sqlite3.Error) as error:
        raise _closed(database, str(error)) from error


def _closed(database: Path, reason: str) -> StorageFailed:
    return StorageFailed(
        item=str(database),
        happened=f"the database cannot be opened ({reason})",
        advice="check the disk; readings can be rebuilt with `tawthiq read --again` after the file is moved away, "
        "but users and decisions live only in it",
    )


def _point_at(database: Path) -> None:
    """Close what is open in this thread and use `database` from now on, in every thread."""
    connections["default"].close()
    connections.settings["default"]["NAME"] = str(database)
    connections["default"].settings_dict["NAME"] = str(database)


def _migrate() -> None:
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
            if not patience:
                raise
            time.sleep(WAIT_SECONDS)
        else:
            return
