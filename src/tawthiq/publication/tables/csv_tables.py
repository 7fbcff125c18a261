"""CSV: a file a table, described beside them.

Files begin with a byte order mark, without which Excel takes UTF-8 for an old code page and shows Arabic as rubbish; Python
reads them as "utf-8-sig", R and DuckDB as they are. Nothing is gathered: an incident is written when it comes.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tawthiq.lexicon.exports import export_tables
from tawthiq.publication.tables.carrying import Losses, writable
from tawthiq.publication.tables.csv_cells import BYTE_ORDER_MARK, ENCODERS, Encoder, writer
from tawthiq.publication.tables.describing import describe
from tawthiq.publication.tables.rows import rows_of
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.handing_out import AboutArchive, WrittenFile

NAME, SUFFIX = "csv", ".csv"


def kept(incident: DisclosedIncident) -> DisclosedIncident:
    """All of an incident stands in the tables."""
    return incident


def write(incidents: Iterator[DisclosedIncident], about: AboutArchive, path: Path) -> WrittenFile:
    """Make the folder `path` with a CSV file a table. Raises OSError as the disk does."""
    path.mkdir()
    losses = Losses(NAME)
    encoders = {table: tuple(ENCODERS[column.type] for column in columns) for table, columns in export_tables().items()}
    with ExitStack() as files:
        writers = {table: files.enter_context(_Table(path / f"{table}{SUFFIX}", table)) for table in encoders}
        for whole in incidents:
            written = writable(whole)
            losses.take(whole, written, written)
            for table, row in rows_of(written):
                writers[table].put(row, encoders[table])
    counts = {table: each.rows for table, each in writers.items()}
    describe(path, about, SUFFIX, counts)
    return WrittenFile(losses.incidents, losses.claims, losses.told())


class _Table:
    """One file, open for writing, and how many rows it has."""

    def __init__(self, path: Path, table: str) -> None:
        self.rows = 0
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._stream.write(BYTE_ORDER_MARK)
        self._writer = writer(self._stream)
        self._writer.writerow([column.name for column in export_tables()[table]])

    def put(self, row: tuple[Any, ...], encoders: tuple[Encoder, ...]) -> None:
        """Write a row of values."""
        self._writer.writerow([encode(value) for encode, value in zip(encoders, row, strict=True)])
        self.rows += 1

    def __enter__(self) -> "_Table":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()
