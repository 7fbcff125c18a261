"""Which tables are imported, and by which mapping. A row that is not what its digest says is not believed.

In force is the last import of a capture that is neither withdrawn nor replaced by one in force of another capture: a newer
version of a table takes the place of the older, and gives it back when it is withdrawn.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from tawthiq.casework.models import TableImport
from tawthiq.custody.entry import is_digest_of
from tawthiq.pipeline.table_capture import stamp_of
from tawthiq.reading.table_contract import mapping_from_json
from tawthiq.reading.table_values import cell_key
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput
from tawthiq.records.table import TableImport as ImportRecord
from tawthiq.records.table import TableMapping

SCHEMA = "tawthiq/table-import/1"
_Kind = TableImport.Kind


def headings_digest(headings: Sequence[str]) -> str:
    """By what tables of the same headings are known: a digest of them, folded; empty without any."""
    told = [cell_key(heading) for heading in headings]
    return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest() if any(told) else ""


def is_unchanged(row: TableImport) -> bool:
    """Whether what a row holds is what its digest says it was when somebody saved it."""
    try:
        content = row.content
        same = is_digest_of(content, row.sha256) and content["schema"] == SCHEMA and content["kind"] == row.kind
        same = same and (content["by"], content["capture"]) == (row.by, row.capture)
        if not same or datetime.fromisoformat(content["time"]) != row.at:
            return False
        if row.kind == _Kind.WITHDRAWN:
            return bool(content["withdraws"] == row.withdraws)
        mapping_from_json(content["mapping"])
    except (UnreadableInput, KeyError, TypeError, ValueError):
        return False
    return True


def in_force(rows: Iterable[TableImport] | None = None) -> dict[str, TableImport]:
    """The imports in force by capture: one query over all of them, which are few."""
    there = list(TableImport.objects.order_by("-number") if rows is None else rows)
    sound = [row for row in there if is_unchanged(row)]
    gone = {row.withdraws for row in sound if row.kind == _Kind.WITHDRAWN}
    found: dict[str, TableImport] = {}
    for row in sorted(sound, key=lambda each: -each.number):
        if row.kind == _Kind.IMPORTED and row.sha256 not in gone and row.capture not in found:
            found[row.capture] = row
            gone.update(row.content["replaces"])
    return found


def mapping_of(row: TableImport) -> TableMapping:
    """The mapping that an import keeps. Raises UnreadableInput for one that other hands changed."""
    return mapping_from_json(row.content["mapping"])


def history(capture: str) -> QuerySet[TableImport]:
    """Every import of a capture and every withdrawal, the last first."""
    return TableImport.objects.filter(capture=capture).order_by("-revision")


def last_revision(capture: str) -> int:
    """The number of the last row about a capture; 0 when there is none."""
    return (
        TableImport.objects.filter(capture=capture).order_by("-revision").values_list("revision", flat=True).first()
        or 0
    )


class TablesInForce:
    """The imports in force as reading asks for them (archive.table_imports.TableImports), read once."""

    def __init__(self) -> None:
        self._read: tuple[list[TableImport], dict[str, TableImport]] | None = None

    def of(self, capture: str) -> ImportRecord | None:
        """The import of a capture that is in force. Raises EvidenceDiffers where other hands changed a row about it."""
        rows, found = self._rows()
        if any(row.capture == capture and not is_unchanged(row) for row in rows if row.capture == capture):
            raise EvidenceDiffers(
                item=capture,
                happened="a row about its import is not what its digest says it was",
                advice="restore the database from a backup",
            )
        row = found.get(capture)
        return ImportRecord(row.sha256, capture, mapping_of(row)) if row else None

    def stamps(self) -> Mapping[str, str]:
        """For each capture that was ever imported, how the stamp of its report names what is in force; empty for nothing."""
        rows, found = self._rows()
        return {row.capture: stamp_of(found[row.capture].sha256) if row.capture in found else "" for row in rows}

    def _rows(self) -> tuple[list[TableImport], dict[str, TableImport]]:
        if self._read is None:
            rows = list(TableImport.objects.order_by("-number"))
            self._read = rows, in_force(rows)
        return self._read
