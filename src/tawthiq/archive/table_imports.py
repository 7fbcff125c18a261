"""Tables whose rows people let in, as reading asks for them, and which items were read without the mapping in force.

Imports are casework, a room above: `TableImports` is handed down to whoever reads.
"""

from collections.abc import Collection, Mapping
from typing import Protocol

from tawthiq.archive.models import Capture
from tawthiq.pipeline.table_capture import TABLE
from tawthiq.records.errors import TawthiqError
from tawthiq.records.table import TableImport

_AT_ONCE = 500


class TableImports(Protocol):
    """Mappings in force, by the identifier of the capture."""

    def of(self, capture: str) -> TableImport | None:
        """The import of a capture that is in force. Raises EvidenceDiffers for one that was changed by other hands."""

    def stamps(self) -> Mapping[str, str]:
        """For each capture that was ever imported, how the stamp of its report names what is in force; empty for nothing."""


def import_for(tables: TableImports | None, capture: str) -> TableImport | TawthiqError | None:
    """The import of a capture, or the error that says why it cannot be trusted."""
    try:
        return tables.of(capture) if tables else None
    except TawthiqError as error:
        return error


def mark_imports(tables: TableImports | None) -> None:
    """Set to unread what was read without the mapping in force, or with one that is no longer in force."""
    if tables is None:
        return
    waiting = waiting_imports(tables)
    for begin in range(0, len(waiting), _AT_ONCE):
        Capture.objects.filter(number__in=waiting[begin : begin + _AT_ONCE]).update(state=Capture.State.UNREAD)


def waiting_imports(tables: TableImports, only: Collection[str] | None = None) -> list[int]:
    """The numbers of items, or of those of `only`, that were read otherwise than the imports in force say."""
    stamps = tables.stamps()
    captures = sorted(stamps if only is None else stamps.keys() & set(only))
    found: list[int] = []
    for begin in range(0, len(captures), _AT_ONCE):
        rows = Capture.objects.filter(identifier__in=captures[begin : begin + _AT_ONCE])
        found += [
            number
            for number, capture, reader in rows.values_list("number", "identifier", "report__reader")
            if _stamped(reader or "") != stamps[capture]
        ]
    return found


def _stamped(reader: str) -> str:
    """The stamp of a mapping in the stamp of a report."""
    return reader.partition(TABLE)[2].partition(" ")[0]
