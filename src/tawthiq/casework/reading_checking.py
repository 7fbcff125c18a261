"""Decisions about readings, and reviews, compared with the custody log: rows that it does not know, entries without rows."""

from collections.abc import Iterator

from tawthiq.casework.domain.custody import READING_DECIDED, REPORT_REVIEWED, REVIEW_WITHDRAWN
from tawthiq.casework.models import ReadingCorrection, ReportReview
from tawthiq.casework.queries.reading_corrections import is_unchanged
from tawthiq.custody.entry import is_digest_of
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.store import ArchiveFolder


def differences(folder: ArchiveFolder) -> Iterator[EvidenceDiffers]:
    """Every decision or review that is not as the log has it. The database of the archive is open.

    Decisions about items that were erased went with them, and are no difference.
    """
    logged = dict(_logged(folder))
    kept = set()
    for row in ReadingCorrection.objects.order_by("number").iterator():
        kept.add(row.sha256)
        yield from _compared(row, is_unchanged(row), row.sha256 in logged)
    for review in ReportReview.objects.order_by("number").iterator():
        kept.add(review.sha256)
        same = is_digest_of(review.content, review.sha256) and review.content.get("by") == review.by
        yield from _compared(review, same, review.sha256 in logged)
    for digest, (who, capture) in logged.items():
        if digest not in kept and not folder.erased(capture):
            yield _differs(digest, f"the log knows a decision of {who}, and no row of it is there")


def _compared(row: ReadingCorrection | ReportReview, unchanged: bool, is_logged: bool) -> Iterator[EvidenceDiffers]:
    if not unchanged:
        yield _differs(row.sha256, f"the row of {row.by} is not what it was when the person saved it")
    elif not is_logged:
        yield _differs(row.sha256, f"the decision of {row.by} is not in the custody log")


def _logged(folder: ArchiveFolder) -> Iterator[tuple[str, tuple[str, str]]]:
    """Digests of decisions and reviews in the log's order, each with who decided and about which capture."""
    for entry in folder.entries():
        event = entry.event
        if event is None or event.kind not in (READING_DECIDED, REPORT_REVIEWED, REVIEW_WITHDRAWN):
            continue
        told = event.facts.get("decisions", [["", event.facts.get("review_sha256")]])
        for each in told if isinstance(told, list) else []:
            if isinstance(each, list) and len(each) == 2:
                yield str(each[1]), (f"{event.actor} of {event.time:%Y-%m-%d}", event.subject)


def _differs(digest: str, happened: str) -> EvidenceDiffers:
    return EvidenceDiffers(
        item=f"reading decision {digest[:16]}",
        happened=happened,
        advice="restore the database from a backup; a changed row is not followed",
    )
