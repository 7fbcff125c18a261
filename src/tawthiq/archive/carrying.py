"""Carries all rows of an archive from one database to another, and proves with digests that none was lost or changed.

A table's digest is SHA-256 over its rows in the order of their keys, each as one line of canonical JSON: values as Python has
them after either database, so that both sides give the same. The caller holds the target's transaction; counters of numbers
are carried too, so that no number is given twice.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connections, models

from tawthiq.archive.models import ArchiveKey
from tawthiq.records.errors import StorageFailed

AT_ONCE = 2000
DERIVED = "archive"
Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it was counted: its name, how many rows it has, their digest."""

    name: str
    rows: int
    sha256: str


def tables(without: Collection[str] = ()) -> list[Model]:
    """Every table that belongs to an archive, whatever app it is of, but those of the apps named."""
    found = apps.get_models(include_auto_created=True)
    return [
        model
        for model in found
        if model is not ArchiveKey
        and model._meta.managed
        and not model._meta.proxy
        and model._meta.app_label not in without
    ]


def counted(alias: str, without: Collection[str] = ()) -> list[Table]:
    """All tables of a database with the digests of their rows."""
    return [_counted(alias, model) for model in tables(without)]


def is_without_rows(alias: str) -> bool:
    """Whether no table of a database holds a row."""
    return not any(model._base_manager.using(alias).exists() for model in tables())


def carry(source: str, target: str, without: Collection[str] = ()) -> list[Table]:
    """Copy every row; the tables as they are at both sides. The caller holds a transaction of the target.

    Raises StorageFailed when the target does not hold the same rows: the caller's transaction then leaves nothing in it.
    """
    carried = []
    for model in tables(without):
        _copy(source, target, model)
        before, after = _counted(source, model), _counted(target, model)
        if before != after:
            raise StorageFailed(
                item=before.name,
                happened=f"its {before.rows:,} rows are not the same after they were carried over",
                advice="nothing was changed; keep both databases and tell the makers of this program",
            )
        carried.append(after)
    _carry_counters(source, target, without)
    return carried


def digest_of(found: Sequence[Table]) -> str:
    """One digest over the digests of all tables, in hexadecimal."""
    lines = "".join(
        f"{table.sha256} {table.rows} {table.name}\n" for table in sorted(found, key=lambda each: each.name)
    )
    return hashlib.sha256(lines.encode()).hexdigest()


def _copy(source: str, target: str, model: Model) -> None:
    fields = _fields(model)
    quote, connection = connections[target].ops.quote_name, connections[target]
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  of the models
    with connection.cursor() as cursor:
        rows = _rows(source, model)
        while some := list(islice(rows, AT_ONCE)):
            cursor.executemany(
                statement,
                [
                    [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
                    for row in some
                ],
            )


def _counted(alias: str, model: Model) -> Table:
    digest, number = hashlib.sha256(), 0
    for row in _rows(alias, model):
        digest.update(_canonical(row))
        number += 1
    return Table(model._meta.db_table, number, digest.hexdigest())


def _rows(alias: str, model: Model) -> Iterator[Sequence[Any]]:
    """The rows in the order of their keys, by stretches of keys, so that no table lies in memory as a whole."""
    fields = _fields(model)
    manager = model._base_manager.using(alias)
    keys = [field.attname for field in model._meta.pk_fields]
    found = manager.order_by(*keys).values_list(*(field.attname for field in fields))
    at = 0
    if len(keys) > 1:
        yield from found.iterator(chunk_size=AT_ONCE)
        return
    place = [field.attname for field in fields].index(keys[0])
    last: Any = None
    while some := list((found if at == 0 else found.filter(pk__gt=last))[:AT_ONCE]):
        yield from some
        last, at = some[-1][place], at + len(some)


def _fields(model: Model) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if field.column]


def _canonical(row: Sequence[Any]) -> bytes:
    """A row as a line; the same for the same values whichever database they come from."""
    values = [_plain(value) for value in row]
    line = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return line.encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview, bytearray)):
        return {"bytes": bytes(value).hex()}
    if isinstance(value, datetime):
        return {"moment": value.astimezone(UTC).isoformat()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return {type(value).__name__: str(value)}


def _carry_counters(source: str, target: str, without: Collection[str]) -> None:
    """Set the counters from which numbers are given, so that the next number is the one that the source would give."""
    for model in tables(without):
        field = model._meta.auto_field
        column = field.column if field else None
        if column is None:
            continue
        last = _counter(source, model, column)
        if connections[target].vendor == "postgresql":
            _set_postgresql(target, model, column, last)
        else:
            _set_sqlite(target, model, last)


def _counter(alias: str, model: Model, column: str) -> int:
    """The last number that was given; 0 for none."""
    table, connection = model._meta.db_table, connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), column])
            cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")  # noqa: S608  the server's own name
            last, called = cursor.fetchone()
            return int(last) if called else int(last) - 1
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def _set_postgresql(alias: str, model: Model, column: str, last: int) -> None:
    table = connections[alias].ops.quote_name(model._meta.db_table)
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [table, column, max(1, last), last > 0])


def _set_sqlite(alias: str, model: Model, last: int) -> None:
    table = model._meta.db_table
    with connections[alias].cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        if last:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
