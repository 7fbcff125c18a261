"""Decisions about links compared with the custody log: rows that it does not know, and entries whose rows are gone."""

from collections.abc import Iterator

from tawthiq.casework.domain.custody import LINKS_DECIDED
from tawthiq.casework.models import LinkDecision
from tawthiq.casework.queries.link_decisions import is_unchanged
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.store import ArchiveFolder


def differences(folder: ArchiveFolder) -> Iterator[EvidenceDiffers]:
    """Every decision that is not as the log has it. The database of the archive is open.

    Decisions about items that were erased went with them, and are no difference.
    """
    logged = dict(_logged(folder))
    kept = set()
    for row in LinkDecision.objects.order_by("number").iterator():
        kept.add(row.sha256)
        if not is_unchanged(row):
            yield _differs(row.sha256, f"the row of {row.by} is not what it was when the person saved it")
        elif row.sha256 not in logged:
            yield _differs(row.sha256, f"the decision of {row.by} is not in the custody log")
    for digest, (who, captures) in logged.items():
        if digest not in kept and not any(folder.erased(capture) for capture in captures):
            yield _differs(digest, f"the log knows a decision of {who}, and no row of it is there")


def _logged(folder: ArchiveFolder) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """Digests of decisions in the log's order, each with who decided and about which captures."""
    for entry in folder.entries():
        event = entry.event
        told = event.facts.get("decisions") if event is not None and event.kind == LINKS_DECIDED else None
        if event is None or not isinstance(told, list):
            continue
        for each in told:
            if isinstance(each, list) and len(each) == 4:
                yield str(each[3]), (f"{event.actor} of {event.time:%Y-%m-%d}", (str(each[1]), str(each[2])))


def _differs(digest: str, happened: str) -> EvidenceDiffers:
    return EvidenceDiffers(
        item=f"link decision {digest[:16]}",
        happened=happened,
        advice="restore the database from a backup; a changed row is not followed",
    )
