"""Files of other programs as tables of rows, so that they come in as tables of incidents do: evidence first, then rows.

A ZIP for Uwazi gives the rows of its import.csv; Bayanat's JSON and entities of FollowTheMoney give one row an occurrence. What
Uwazi exports is a CSV already and is read as any other. The same bytes give the same table.
"""

import csv
import zipfile
from io import BytesIO, StringIO

from tawthiq.publication.exchange.bayanat_reading import is_bayanat, read_bayanat
from tawthiq.publication.exchange.ftm_reading import is_ftm, read_ftm
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.exchange import HEADINGS, ExchangeForm, ExchangeRead
from tawthiq.records.table import Table, TableSheet

IMPORT = "import.csv"
LARGEST = 30_000_000
"""Bytes of import.csv, unfolded."""


def form_of(data: bytes) -> ExchangeForm | None:
    """The program whose own form a file has; None for one that only its headings can tell (CSV), and for anything else."""
    if data.startswith(b"PK\x03\x04"):
        return ExchangeForm.UWAZI if _holds_import(data) else None
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return None
    text = data.decode("utf-8", "replace")
    if is_bayanat(text):
        return ExchangeForm.BAYANAT
    return ExchangeForm.FTM if is_ftm(text) else None


def foreign_table(name: str, data: bytes) -> Table | None:
    """The rows of a file that has another program's own form, None for any other.

    Raises UnreadableInput where nothing of it can be read, with the reason.
    """
    form = form_of(data)
    if form is None:
        return None
    if form is ExchangeForm.UWAZI:
        return _uwazi(name, data)
    text = data.decode("utf-8", "replace")
    read = read_bayanat(text) if form is ExchangeForm.BAYANAT else read_ftm(text)
    if not read.rows:
        raise _refused(name, "; ".join(read.notes) or "it holds no occurrence", "choose the file that holds some")
    return _table(read)


def _table(read: ExchangeRead) -> Table:
    rows = (HEADINGS, *(_trimmed(row.cells) for row in read.rows))
    return Table((TableSheet("", rows),), "utf-8", read.notes)


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return cells[:end]


def _holds_import(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return IMPORT in packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _uwazi(name: str, data: bytes) -> Table:
    """The rows of import.csv."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed, packed.open(IMPORT) as stream:
            told = stream.read(LARGEST + 1)
        if len(told) > LARGEST:
            raise _refused(name, f"its {IMPORT} has more than {LARGEST:,} bytes", "split the table")
        rows = list(csv.reader(StringIO(told.decode("utf-8-sig"), newline="")))
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, csv.Error) as error:
        raise _refused(name, f"its {IMPORT} cannot be read ({str(error)[:80]})", "make the ZIP file again") from error
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return Table((TableSheet("", tuple(_trimmed(tuple(row)) for row in rows)),), "utf-8")


def _refused(name: str, happened: str, advice: str) -> UnreadableInput:
    return UnreadableInput(item=name, happened=happened, advice=advice)
