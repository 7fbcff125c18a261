"""Parquet: the same tables with real types, written by DuckDB (zstd), a file a table, described beside them.

Rows go to the disk as lines of JSON first, so that memory stays bounded, and DuckDB turns each file into Parquet on one thread
in the order of its lines: the same incidents give the same bytes for one version of DuckDB. It is kept from the network
and from extensions. An empty text is NULL.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tawthiq.lexicon.exports import Column, export_tables
from tawthiq.publication.tables.carrying import Losses, writable
from tawthiq.publication.tables.csv_cells import moment
from tawthiq.publication.tables.describing import describe
from tawthiq.publication.tables.rows import rows_of
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.handing_out import AboutArchive, WrittenFile

NAME, SUFFIX = "parquet", ".parquet"
TYPES = {
    "text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE",
    "datetime": "TIMESTAMPTZ", "array": "VARCHAR[]", "numbers": "BIGINT[]", "pairs": "BIGINT[][]",
}  # fmt: skip
LISTS = frozenset({"array", "numbers", "pairs"})
_LARGEST_ROW = 1 << 28  # bytes of one line of JSON: a text of a whole page fits many times
_ROW_GROUP = 65_536
_SETTINGS: Mapping[str, str | int | float | list[str]] = {
    "threads": 1,
    "preserve_insertion_order": True,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def kept(incident: DisclosedIncident) -> DisclosedIncident:
    """All of an incident stands in the tables."""
    return incident


def write(incidents: Iterator[DisclosedIncident], about: AboutArchive, path: Path) -> WrittenFile:
    """Make the folder `path` with a Parquet file a table. Raises OSError as the disk does."""
    path.mkdir()
    losses, counts = Losses(NAME), dict.fromkeys(export_tables(), 0)
    with ExitStack() as files:
        streams = {table: files.enter_context(_lines(path, table).open("w", encoding="utf-8")) for table in counts}
        for whole in incidents:
            written = writable(whole)
            losses.take(whole, written, written)
            for table, row in rows_of(written):
                streams[table].write(f"{_ENCODE(row)}\n")
                counts[table] += 1
    _convert(path)
    describe(path, about, SUFFIX, counts)
    return WrittenFile(losses.incidents, losses.claims, losses.told())


def _plain(value: Any) -> str:
    """Days and moments as JSON has them."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain, allow_nan=False).encode


def _lines(path: Path, table: str) -> Path:
    return path / f"{table}.rows"


def _convert(path: Path) -> None:
    """Turn every table's lines into Parquet and take the lines away. Raises OSError where DuckDB cannot write."""
    import duckdb  # noqa: PLC0415  slow to load, and only this format needs it

    try:
        with duckdb.connect(config={**_SETTINGS, "temp_directory": str(path / "spill")}) as database:
            database.execute("SET TimeZone = 'UTC'")
            for table, columns in export_tables().items():
                database.execute(_statement(columns), [str(_lines(path, table)), str(path / f"{table}{SUFFIX}")])
                _lines(path, table).unlink()
    except duckdb.Error as error:
        raise OSError(None, f"DuckDB could not write Parquet: {str(error).partition(chr(10))[0]}") from error


def _statement(columns: tuple[Column, ...]) -> str:
    """Lines, each a list of values, as typed columns. Names and types are ours."""
    casts = ", ".join(f'{_typed(at, column.type)} AS "{column.name}"' for at, column in enumerate(columns, start=1))
    return (
        f"COPY (SELECT {casts} FROM (SELECT from_json(json, '[\"VARCHAR\"]') AS cells "  # noqa: S608
        f"FROM read_json_objects($1, format='newline_delimited', maximum_object_size={_LARGEST_ROW}))) "
        f"TO $2 (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP})"
    )


def _typed(at: int, kind: str) -> str:
    if kind == "text":
        return f"nullif(cells[{at}], '')"
    if kind in LISTS:
        return f"CAST(CAST(nullif(cells[{at}], '[]') AS JSON) AS {TYPES[kind]})"
    return f"CAST(nullif(cells[{at}], '') AS {TYPES[kind]})"
