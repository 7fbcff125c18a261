"""The log's captures as rows, and rows as captures."""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from tawthiq.archive.addresses import address_key
from tawthiq.archive.erasing import drop_erased
from tawthiq.archive.models import Capture
from tawthiq.records.capture import Capture as CaptureRecord
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.events import capture_of as capture_in

AT_ONCE = 500


def take_in(folder: ArchiveFolder) -> None:
    """Give every capture of the log its row, and take away those of captures that were erased.

    A capture's number counts the erased ones before it too, so that it never changes. Raises EvidenceDiffers when the rows in
    the database are not those of this log.
    """
    drop_erased(folder)
    erased = {index for erasure in folder.erasures() for index in erasure.captures}
    last = Capture.objects.order_by("number").last()
    begin = last.log_index if last else 0
    logged = _logged(folder, begin, erased)
    if last:
        entry, capture = next(logged, (None, None))
        if entry is None or capture is None or (entry.index, capture.id) != (last.log_index, last.identifier):
            raise EvidenceDiffers(
                item=str(folder.path),
                happened=f"the database holds {Capture.objects.count()} captures that are not those of the log",
                advice="run `tawthiq verify`, then `tawthiq read --again`",
            )
    numbered = enumerate(logged, start=last.number + 1 if last else 1)
    while batch := list(islice(numbered, AT_ONCE)):
        with transaction.atomic():
            rows = [_row(number, entry.event, capture) for number, (entry, capture) in batch if entry.event and capture]
            Capture.objects.bulk_create(rows)


def unread(folder: ArchiveFolder) -> int:
    """How many captures `tawthiq read` has not looked at yet, those included that the database does not know of."""
    last = Capture.objects.order_by("number").last()
    new = sum(capture_in(entry) is not None for entry in folder.entries(last.log_index + 1 if last else 0))
    return new + Capture.objects.filter(state=Capture.State.UNREAD).count()


def _logged(folder: ArchiveFolder, begin: int, erased: set[int]) -> Iterator[tuple[LogEntry, CaptureRecord | None]]:
    """The log's entries from `begin` on that record a capture, in order; None stands for one that was erased."""
    for entry in folder.entries(begin):
        capture = capture_in(entry)
        if capture or entry.index in erased:
            yield entry, capture


def _row(number: int, event: LogEvent, capture: CaptureRecord) -> Capture:
    stated = event.facts.get("facts")
    return Capture(
        number=number,
        identifier=capture.id,
        kind=capture.kind.value,
        source=capture.source,
        final=capture.final,
        address=address_key(capture.kind.value, capture.source, (stated or {}).get("address")),
        collected=capture.collected,
        content_type=capture.content_type or "",
        status=capture.status,
        path=capture.path,
        offset=capture.offset,
        length=capture.length,
        sha256=capture.sha256,
        file_sha256=capture.file_sha256,
        log_index=capture.log_index,
        logged=event.time,
        collector=event.actor,
        server_address=str((stated or {}).get("server_address") or ""),
    )


def capture_of(row: Capture) -> CaptureRecord:
    """The capture as the log knows it."""
    return CaptureRecord(
        id=row.identifier,
        kind=SourceKind(row.kind),
        source=row.source,
        final=row.final,
        collected=row.collected,
        content_type=row.content_type or None,
        status=row.status,
        path=row.path,
        offset=row.offset,
        length=row.length,
        sha256=row.sha256,
        file_sha256=row.file_sha256,
        log_index=row.log_index,
    )
