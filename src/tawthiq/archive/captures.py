"""The log's captures as rows, and rows as captures."""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from tawthiq.archive.models import Capture
from tawthiq.records.capture import Capture as CaptureRecord
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.events import capture_of as capture_in

AT_ONCE = 500


def take_in(folder: ArchiveFolder) -> None:
    """Give every capture of the log its row.

    Raises EvidenceDiffers when the rows in the database are not those of this log.
    """
    known = Capture.objects.count()
    last = Capture.objects.filter(number=known).first() if known else None
    logged = _logged(folder)
    seen = list(islice(logged, known))[-1:]
    if known and (last is None or not seen or seen[0][1].id != last.identifier):
        raise EvidenceDiffers(
            item=str(folder.path),
            happened=f"the database holds {known} captures that are not those of the log",
            advice="run `tawthiq verify`, then `tawthiq read --again`",
        )
    number = known
    while batch := list(islice(logged, AT_ONCE)):
        with transaction.atomic():
            Capture.objects.bulk_create(_row(number + place, *entry) for place, entry in enumerate(batch, start=1))
        number += len(batch)


def unread(folder: ArchiveFolder) -> int:
    """How many captures `tawthiq read` has not looked at yet, those included that the database does not know of."""
    last = Capture.objects.order_by("number").last()
    new = sum(capture_in(entry) is not None for entry in folder.entries(last.log_index + 1 if last else 0))
    return new + Capture.objects.filter(state=Capture.State.UNREAD).count()


def _logged(folder: ArchiveFolder) -> Iterator[tuple[LogEvent, CaptureRecord]]:
    """The log's events that record a capture, in order."""
    for entry in folder.entries():
        if entry.event and (capture := capture_in(entry)):
            yield entry.event, capture


def _row(number: int, event: LogEvent, capture: CaptureRecord) -> Capture:
    stated = event.facts.get("facts")
    return Capture(
        number=number,
        identifier=capture.id,
        kind=capture.kind.value,
        source=capture.source,
        final=capture.final,
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
