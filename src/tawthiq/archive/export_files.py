"""The log's word on which item each file of an export became, as rows; and the files of one page of an export."""

from django.db import transaction

from tawthiq.archive.models import Capture, ExportFile
from tawthiq.pipeline.telegram_export import files_named
from tawthiq.store import ArchiveFolder

AT_ONCE = 500


def take_in_export_files(folder: ArchiveFolder) -> None:
    """Give every file that the log relates to an export its row, in place of those there are."""
    named = (
        (entry.event.subject, path, item)
        for entry in folder.entries()
        if entry.event
        for path, item in files_named(entry.event)
    )
    rows = (ExportFile(key=key, export=export, path=path, item=item) for key, (export, path, item) in enumerate(named))
    with transaction.atomic():
        ExportFile.objects.all().delete()
        ExportFile.objects.bulk_create(rows, batch_size=AT_ONCE)


def attached_items(part: Capture, paths: list[str]) -> dict[str, Capture]:
    """The items that the files at `paths` of a part's export became, by path; those that were not collected are left out."""
    whole = part.identifier.rpartition("-")[0]
    rows = ExportFile.objects.filter(export=whole, path__in=paths).values_list("path", "item")
    items = dict(rows)
    captures = {capture.identifier: capture for capture in Capture.objects.filter(identifier__in=items.values())}
    return {path: captures[item] for path, item in items.items() if item in captures}
