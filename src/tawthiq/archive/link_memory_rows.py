"""Rows of whole numbers by the million: put in, looked up by ranges and taken out without an object for each.

Plain SQL that SQLite and PostgreSQL understand alike; names of tables and columns come from the models, never from input.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

AT_ONCE = 300  # rows of three values in one question: SQLite takes no more than 999 values everywhere
_PUT_AT_ONCE = 20_000
_ADAPTED = (models.DateField, models.JSONField)
_STRETCHES_AT_ONCE = 100
Item = TypeVar("Item")
Stretches = Sequence[tuple[int, int]]  # each from the first number up to the last, which is not in it


def chunks(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items in lists that one question can hold."""
    source = iter(items)
    while some := list(islice(source, size)):
        yield some


def put(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each with the values of all columns in the order of the model's fields."""
    fields = [field for field in model._meta.local_concrete_fields if field.column]
    columns = ", ".join(name(field.column) for field in fields)
    statement = f"INSERT INTO {table(model)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    with connection.cursor() as cursor:
        for some in chunks(_adapted(fields, rows), _PUT_AT_ONCE):
            cursor.executemany(statement, some)


def _adapted(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    """The rows with days and JSON in the form that the database takes; all other values go as they are."""
    special = [(at, field) for at, field in enumerate(fields) if isinstance(field, _ADAPTED)]
    return (_adapted_row(special, row) for row in rows) if special else rows


def _adapted_row(special: Sequence[tuple[int, Any]], row: Sequence[Any]) -> Sequence[Any]:
    values = list(row)
    for at, field in special:
        values[at] = field.get_db_prep_value(values[at], connection, prepared=True)
    return values


def take_out(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[int]]) -> None:
    """Delete the rows that have these values in these columns."""
    wanted = " AND ".join(f"{name(column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        for some in chunks(rows, _PUT_AT_ONCE):
            cursor.executemany(f"DELETE FROM {table(model)} WHERE {wanted}", some)  # noqa: S608


def select(model: type[models.Model], columns: Sequence[str], column: str, values: Iterable[int]) -> Iterator[Any]:
    """These columns of the rows that have one of the values in a column. Asked very often, so without the ORM's ado."""
    given = ", ".join(map(name, columns))
    with connection.cursor() as cursor:
        for some in chunks(sorted(set(values)), 900):
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"SELECT {given} FROM {table(model)} WHERE {name(column)} IN ({marks})", some)  # noqa: S608
            yield from cursor.fetchall()


def stretches(numbers: Iterable[int]) -> Stretches:
    """The numbers as stretches, in order."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        low, high = found.pop() if found and found[-1][1] == number else (number, number)
        found.append((low, high + 1))
    return found


def in_stretches(
    model: type[models.Model], columns: Sequence[str], column: str, wanted: Stretches
) -> Iterator[tuple[Any, ...]]:
    """These columns of the rows whose `column` lies in one of the stretches, in its order."""
    given, by = ", ".join(map(name, columns)), name(column)
    with connection.cursor() as cursor:
        for some in chunks(wanted, _STRETCHES_AT_ONCE):
            marks = " OR ".join([f"({by} >= %s AND {by} < %s)"] * len(some))
            cursor.execute(
                f"SELECT {given} FROM {table(model)} WHERE {marks} ORDER BY {by}",  # noqa: S608
                [number for stretch in some for number in stretch],
            )
            yield from cursor.fetchall()


def in_ranges(
    model: type[models.Model], column: str, given: str, ranges: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[int, int]]:
    """For ranges (who asks, lowest, highest): who asks beside the `given` column of each row whose `column` lies in one."""
    looked_up = f"{table(model)}.{name(column)} BETWEEN asked.low AND asked.high"
    with connection.cursor() as cursor:
        for some in chunks(ranges):
            values = ", ".join(["(CAST(%s AS bigint), CAST(%s AS bigint), CAST(%s AS bigint))"] * len(some))
            cursor.execute(
                f"WITH asked (who, low, high) AS (VALUES {values}) "  # noqa: S608  a CROSS JOIN is done in this order
                f"SELECT asked.who, {table(model)}.{name(given)} FROM asked CROSS JOIN {table(model)} WHERE {looked_up}",
                [number for triple in some for number in triple],
            )
            yield from cursor.fetchall()


def table(model: type[models.Model]) -> str:
    """The quoted name of a model's table."""
    return name(model._meta.db_table)


@cache
def name(identifier: str) -> str:
    """A quoted name."""
    return connection.ops.quote_name(identifier)
