"""Sealing the proposed pairs of older versions, which held names in the clear. Interrupted, it goes on at the next start.

Each row passes three states: content in the clear; content emptied and the same sealed; content null. A row becomes null only
after the database was written anew and older copies of its file went, so that no name stays behind in free pages or beside it.
"""

import json
from pathlib import Path

from django.db import connection, transaction

from tawthiq.archive.erasing import sweep
from tawthiq.casework.domain.field_key import put, writing_keys
from tawthiq.casework.models import PersonProposal
from tawthiq.casework.models.encrypted import empty
from tawthiq.records.errors import ArchiveBusy, StorageFailed
from tawthiq.store.layout import Layout

_AT_ONCE = 200


def seal_pairs(folder: Path) -> int:
    """Seal every pair that lies in the clear; how many there were. Nothing to do costs one question.

    Raises as `field_keys` does. The database of the archive is open.
    """
    left = PersonProposal.objects.filter(content__isnull=False)
    if not left.exists():
        return 0
    forget_deleted()
    sealed = 0
    while rows := list(left.filter(sealed=empty()).order_by("number")[:_AT_ONCE]):
        with writing_keys(folder) as keys, transaction.atomic():
            for row in rows:
                put(row, "sealed", json.dumps(row.content, ensure_ascii=False), keys)
                row.content = {}
            PersonProposal.objects.bulk_update(rows, ["sealed", "content"])
        sealed += len(rows)
    if _written_anew(folder):
        left.exclude(sealed=empty()).update(content=None)
    return sealed


def forget_deleted() -> None:
    """Have SQLite overwrite with zeros what this connection deletes or replaces from now on."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def empty_journal() -> None:
    """Carry SQLite's journal into the file and cut it off, as far as nobody is reading just now."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()


def _written_anew(folder: Path) -> bool:
    """Write the database anew and drop older copies of its file; False where others hold it: the next start tries again."""
    try:
        sweep(Layout(folder).database)
    except (ArchiveBusy, StorageFailed):
        return False
    return True
