"""Joins over many rows of whole numbers, done by a DuckDB that lives in memory for one question and never leaves it.

DuckDB may load extensions and read files where it is asked to; here it may not: no network, no disk beyond memory, and
the same rows give the same answer whatever the number of its threads, since every question orders its answer.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

_ALONE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "preserve_insertion_order": "false",
    "temp_directory": "",
}
# Handed over in one call: more takes memory, fewer takes calls. Numbers go as text, which DuckDB takes apart twice as fast
# as it takes in a list of Python numbers.
_AT_ONCE, _HOLDERS_AT_ONCE = 100_000, 5_000
_PAIRS = "unnest(?::BIGINT[]) AS holder, unnest(?::VARCHAR[]) AS held"


class JoinTables:
    """Tables of 64-bit whole numbers to be joined in SQL. Obtain one from `join_tables`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def add(self, name: str, columns: Mapping[str, Sequence[int]]) -> None:
        """Make a table of columns of equal length; names are SQL identifiers of our own code, never input."""
        self.run(f"CREATE TABLE {name} ({', '.join(f'{column} BIGINT' for column in columns)})")
        split = ", ".join("unnest(string_split(?, ' '))" for _ in columns)
        length = len(next(iter(columns.values())))
        for start in range(0, length, _AT_ONCE):
            parts = [_written(values[start : start + _AT_ONCE]) for values in columns.values()]
            self._connection.execute(f"INSERT INTO {name} SELECT {split}", parts)

    def add_held(self, name: str, holder: str, held: str, lists: Sequence[Collection[int]]) -> None:
        """Make a table of two columns from what each holder holds, holders being numbered from 0 in the order given."""
        self.run(f"CREATE TABLE {name} ({holder} BIGINT, {held} BIGINT)")
        insert = f"INSERT INTO {name} SELECT holder, unnest(string_split(held, ' ')) FROM (SELECT {_PAIRS})"  # noqa: S608
        for start in range(0, len(lists), _HOLDERS_AT_ONCE):
            part = lists[start : start + _HOLDERS_AT_ONCE]
            holders = [number for number, found in enumerate(part, start) if found]
            self._connection.execute(insert, [holders, [_written(found) for found in part if found]])

    def run(self, sql: str) -> None:
        """Execute a statement that gives no rows."""
        self._connection.execute(sql)

    def rows(self, sql: str) -> list[Any]:
        """The rows of a question, as tuples."""
        return self._connection.execute(sql).fetchall()


@contextmanager
def join_tables() -> Iterator[JoinTables]:
    """Tables for one question; they are gone when it has been answered."""
    connection = duckdb.connect(":memory:", config=dict(_ALONE))
    try:
        yield JoinTables(connection)
    finally:
        connection.close()


def _written(values: Collection[int]) -> str:
    return " ".join(map(str, values))
