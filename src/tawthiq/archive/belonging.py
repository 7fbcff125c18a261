"""One archive per database: a PostgreSQL database names the archive it belongs to by the public key of its custody log.

It is written at first use, together with the archive's setting that names the database, and compared at each opening. A
database holds texts in UTF-8 and orders them by code points, as SQLite does; others are refused before any table is made.
"""

import re
from pathlib import Path

from django.db import connections, transaction

from tawthiq.archive.database_address import PostgresAddress, written
from tawthiq.records.errors import WrongUsage
from tawthiq.store.files import replace
from tawthiq.store.layout import Layout
from tawthiq.store.settings import read_settings

_BY_CODE_POINTS = frozenset({"C", "POSIX", "C.UTF-8", "C.UTF8"})
_TABLE = re.compile(r"^\[storage\][ \t]*\r?$", re.MULTILINE)
_SETTING = re.compile(r"^database[ \t]*=.*$", re.MULTILINE)


def expect_suitable(address: PostgresAddress, alias: str = "default") -> None:
    """Raises WrongUsage for a database that would order texts otherwise than SQLite, or cannot hold all of them."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = current_database()"
        )
        encoding, order = cursor.fetchone()
    if encoding != "UTF8" or order.upper() not in _BY_CODE_POINTS:
        raise WrongUsage(
            item=str(address),
            happened=f"its encoding is {encoding} and its order of texts {order}",
            advice=f"make it anew: createdb --template=template0 --encoding=UTF8 --locale=C {address.name}",
        )


def is_empty(alias: str = "default") -> bool:
    """Whether no table of ours is there yet."""
    tables = connections[alias].introspection.table_names()
    return not any(name.startswith(("archive_", "casework_", "django_")) for name in tables)


def expect_own(folder: Path, address: PostgresAddress) -> None:
    """Write whose database this is, or compare. Raises WrongUsage when it is another archive's."""
    from tawthiq.archive.models import ArchiveKey  # noqa: PLC0415  models can be imported once Django is set up

    own = key_of(folder)
    if own is None:
        return
    with transaction.atomic():
        row, made = ArchiveKey.objects.get_or_create(pk=1, defaults={"value": own})
    if row.value != own:
        raise WrongUsage(
            item=str(address),
            happened=f"this database belongs to another archive, that of {row.value.partition('+')[0]}",
            advice="name this archive's own database; each archive has one to itself",
        )
    if made:
        name_database(folder, str(address))


def key_of(folder: Path) -> str | None:
    """The public key of the archive's log as one line; None where there is no archive."""
    path = Layout(folder).public_key
    return path.read_text("utf-8").strip() if path.is_file() else None


def name_database(folder: Path, address: str) -> None:
    """Have the archive's settings name its database; empty for its SQLite file. All else in the file stays as it is."""
    path = Layout(folder).settings
    if not path.is_file() or str(written(folder) or "") == address:
        return
    replace(path, with_database(path.read_text("utf-8-sig"), address).encode(), folder, path.stat().st_mode & 0o777)
    read_settings(path)


def with_database(text: str, address: str) -> str:
    """The text of a settings file that names this database."""
    line = 'database = "' + address.replace("\\", "\\\\").replace('"', '\\"') + '"'
    table = _TABLE.search(text)
    if table is None:
        return f"{text.rstrip()}\n\n[storage]\n{line}\n"
    before, after = text[: table.end()], text[table.end() :]
    following = re.search(r"^\[", after, re.MULTILINE)
    own, rest = (after[: following.start()], after[following.start() :]) if following else (after, "")
    own = _SETTING.sub(lambda _: line, own, count=1) if _SETTING.search(own) else f"\n{line}{own}"
    return before + own + rest
