"""The tables read back into incidents: CSV and Parquet, row by row, whatever wrote them in these columns.

Rows of every table stand in the order of the incidents; a table whose rows name an incident that is not due next is refused.
What is worked out from other columns (rows.py) is left aside.
"""

from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

from tawthiq.lexicon.exports import Column, export_tables
from tawthiq.publication.tables.csv_cells import DECODERS, rows
from tawthiq.publication.tables.rows import CLAIMS, INCIDENT, INCIDENTS, SLOTS, kept_fields
from tawthiq.records.disclosure import (
    DisclosedAttribution,
    DisclosedClaim,
    DisclosedDecision,
    DisclosedGrade,
    DisclosedIncident,
    DisclosedPerson,
    DisclosedPlace,
    DisclosedReport,
    DisclosedSlot,
    DisclosedStatement,
)
from tawthiq.records.errors import UnreadableInput

Values = dict[str, Any]
_RECORDS: dict[str, Callable[..., Any]] = {
    "places": DisclosedPlace, "claims": DisclosedClaim, "statements": DisclosedStatement, "reports": DisclosedReport,
    "attributions": DisclosedAttribution, "grades": DisclosedGrade, "decisions": DisclosedDecision,
    "persons": DisclosedPerson,
}  # fmt: skip
_AT_ONCE = 2_048


def read_csv(folder: Path) -> Iterator[DisclosedIncident]:
    """The incidents of a folder of CSV tables. Raises UnreadableInput naming file and line."""
    return _incidents({table: _csv_rows(folder / f"{table}.csv", table) for table in export_tables()})


def read_parquet(folder: Path) -> Iterator[DisclosedIncident]:
    """The incidents of a folder of Parquet tables. Raises UnreadableInput naming the file."""
    return _incidents({table: _parquet_rows(folder / f"{table}.parquet", table) for table in export_tables()})


def _incidents(tables: dict[str, Iterator[tuple[str, Values]]]) -> Iterator[DisclosedIncident]:
    waiting = {table: _Waiting(rows) for table, rows in tables.items() if table != INCIDENTS}
    for _, values in tables[INCIDENTS]:
        number = values["number"]
        claims: dict[str, list[DisclosedClaim]] = {}
        for row in waiting[CLAIMS].of(number):
            claims.setdefault(row["slot_key"], []).append(DisclosedClaim(**_fields(CLAIMS, row)))
        slots = tuple(
            DisclosedSlot(**_fields(SLOTS, row), claims=tuple(claims.pop(row["key"], ())))
            for row in waiting[SLOTS].of(number)
        )
        parts: Values = {
            table: tuple(make(**_fields(table, row)) for row in waiting[table].of(number))
            for table, make in _RECORDS.items()
            if table != CLAIMS
        }
        yield DisclosedIncident(**_fields(INCIDENTS, values), slots=slots, **parts)
    for each in waiting.values():
        each.expect_end()


def _fields(table: str, row: Values) -> Values:
    return {name: row[name] for name in kept_fields(table)}


class _Waiting:
    """The rows of a table, of which those of the incident that is due are given out."""

    def __init__(self, rows: Iterator[tuple[str, Values]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, number: int) -> Iterator[Values]:
        """The rows of this incident."""
        while self._next is not None and self._next[1][INCIDENT] == number:
            yield self._next[1]
            self._next = next(self._rows, None)

    def expect_end(self) -> None:
        """Raises UnreadableInput when rows are left that no incident was due for."""
        if self._next is not None:
            at, row = self._next
            raise _unreadable(at, f"incident {row[INCIDENT]} is not in the table of incidents, or not in its order")


def _csv_rows(path: Path, table: str) -> Iterator[tuple[str, Values]]:
    columns = export_tables()[table]
    decoders = [(column.name, DECODERS[column.type]) for column in columns]
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = rows(stream)
            _expect_columns(path, next(lines, []), columns)
            for number, cells in enumerate(lines, start=2):
                at = f"{path.name}, row {number}"
                yield at, {name: decode(cell) for (name, decode), cell in zip(decoders, cells, strict=True)}
    except (OSError, ValueError) as error:
        raise _unreadable(str(path), f"it is not such a table ({error})") from error


def _parquet_rows(path: Path, table: str) -> Iterator[tuple[str, Values]]:
    import duckdb  # noqa: PLC0415  slow to load, and only this format needs it

    columns = export_tables()[table]
    try:
        with duckdb.connect(config={"autoinstall_known_extensions": False, "threads": 1}) as database:
            database.execute("SET TimeZone = 'UTC'")
            found = database.execute("SELECT * FROM read_parquet($1)", [str(path)])
            _expect_columns(path, [each[0] for each in found.description or ()], columns)
            while some := found.fetchmany(_AT_ONCE):
                for row in some:
                    yield (
                        path.name,
                        {column.name: _value(column.type, value) for column, value in zip(columns, row, strict=True)},
                    )
    except duckdb.Error as error:
        raise _unreadable(str(path), f"it is not such a table ({str(error).partition(chr(10))[0]})") from error


def _value(kind: str, value: Any) -> Any:
    """A value of Parquet as the record has it: NULL is an empty text or list, moments are in UTC."""
    if kind == "text":
        return "" if value is None else value
    if kind in ("array", "numbers", "pairs"):
        return tuple(tuple(each) if kind == "pairs" else each for each in value or ())
    return value.astimezone(UTC) if kind == "datetime" and value is not None else value


def _expect_columns(path: Path, found: list[str], columns: tuple[Column, ...]) -> None:
    if found != [column.name for column in columns]:
        raise _unreadable(str(path), f"its columns are {found}, which are not those of this table")


def _unreadable(item: str, happened: str) -> UnreadableInput:
    return UnreadableInput(
        item=item, happened=happened, advice="ask for the export again, or export the archive with this version"
    )
