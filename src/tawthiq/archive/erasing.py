"""Erased items leave the rows: captures, reports, readings, what linking said of them, the words of the search index.

What the log says was erased is the only source, so that a run that was cut is finished by the next one, and rows that are
rebuilt never bring anything back. Every other capture keeps its number.
"""

from pathlib import Path

from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.db.models import Q

from tawthiq.archive.models import BlockPage, Capture, ExportFile, KnownBlock
from tawthiq.archive.replacing import drop_report
from tawthiq.records.errors import ArchiveBusy, StorageFailed
from tawthiq.store import ArchiveFolder
from tawthiq.store.files import storing

_AT_ONCE = 500


def drop_erased(folder: ArchiveFolder) -> int:
    """Delete the rows of every capture that the log says was erased; how many there were. Bytes stay in the file's gaps."""
    gone = [index for erasure in folder.erasures() for index in erasure.captures]
    dropped = 0
    for begin in range(0, len(gone), _AT_ONCE):
        with transaction.atomic():
            rows = dict(
                Capture.objects.filter(log_index__in=gone[begin : begin + _AT_ONCE]).values_list("number", "identifier")
            )
            numbers, identifiers = list(rows), list(rows.values())
            for number in numbers:
                drop_report(number)
            ExportFile.objects.filter(Q(item__in=identifiers) | Q(export__in=identifiers)).delete()
            Capture.objects.filter(number__in=numbers).delete()
            dropped += len(numbers)
    if dropped:
        KnownBlock.objects.exclude(host__in=BlockPage.objects.values("host")).delete()
    return dropped


def sweep(file: Path | None = None) -> None:
    """Rewrite the database so that nothing of deleted rows is left in it, in its search index or in its journal.

    Copies of the SQLite `file` that an upgrade or a move left beside it go: they hold what was erased. Raises ArchiveBusy while
    another process reads or writes the database, StorageFailed when the disk refuses.
    """
    if file:
        drop_copies(file)
    if connection.vendor != "sqlite":
        _rewrite_tables()
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO archive_search(archive_search) VALUES ('optimize')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = bool(cursor.fetchone()[0])
    except OperationalError as error:
        if "locked" in str(error):
            raise _busy() from error
        raise StorageFailed(
            item="tawthiq.sqlite3",
            happened=f"rows of erased items are deleted, but the file cannot be rewritten ({error})",
            advice="free as much space as the file takes, then run `tawthiq erase` with the same item again",
        ) from error
    if busy:
        raise _busy()


def drop_copies(file: Path) -> None:
    """Delete the copies of the SQLite `file` that an upgrade or a move left beside it. Raises StorageFailed."""
    for copy in _copies(file):
        with storing(str(copy)):
            copy.unlink(missing_ok=True)


def _copies(file: Path) -> list[Path]:
    """Older copies of the file: before an upgrade (`archive.upgrading`), or before a move (`archive.moving`)."""
    return [
        each for suffix in (".before-upgrade*", ".moved-*", ".part*") for each in file.parent.glob(file.name + suffix)
    ]


def _rewrite_tables() -> None:
    """PostgreSQL's own rewriting; its write-ahead log keeps older pages until the server's next checkpoints pass over them."""
    named = ", ".join(
        connection.ops.quote_name(model._meta.db_table) for model in apps.get_models(include_auto_created=True)
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (FULL) {named}")
    except OperationalError as error:
        raise _busy() from error


def _busy() -> ArchiveBusy:
    return ArchiveBusy(
        item="the database",
        happened="rows of erased items are deleted, but another process reads it, so that it cannot be rewritten",
        advice="end `tawthiq serve` and other commands, then run `tawthiq erase` with the same item again",
    )
