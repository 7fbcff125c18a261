"""Deciding about a page: correcting it, finding it right, withdrawing what was decided.

Each act adds one row in one transaction and enters the custody log: subject is the capture, facts are the revision, the
digest of the decision and that of the one it replaces, so that a row can be proven unchanged and none can be taken away.
Two people who decide at once are told of each other: whoever comes second has seen an older revision (Overtaken).
"""

from datetime import UTC, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import PageCorrection
from tawthiq.custody.entry import digest_of
from tawthiq.page.correction_contract import correction_to_json
from tawthiq.records.correction import PageCorrection as Decision

_KINDS = {
    PageCorrection.Kind.CORRECTED.value: custody.PAGE_CORRECTED,
    PageCorrection.Kind.CONFIRMED.value: custody.PAGE_CONFIRMED,
    PageCorrection.Kind.WITHDRAWN.value: custody.CORRECTION_WITHDRAWN,
}


def decide(folder: Path | None, decision: Decision, seen: int) -> PageCorrection:
    """Keep a decision that was made knowing of revision `seen` (0: of none) and log it in the archive at `folder`.

    Raises Overtaken when a later revision is there.
    """
    content = correction_to_json(decision)
    kind = PageCorrection.Kind(decision.kind.value)
    row = PageCorrection(
        capture=decision.capture, kind=kind, content=content, text=decision.text, by=decision.by, at=decision.at
    )
    return _add(folder, row, seen)


def withdraw(folder: Path | None, capture: str, seen: int, by: str, at: datetime | None = None) -> PageCorrection:
    """End what is in force for a capture; the row that was in force stays, and so does its entry in the log.

    Raises Overtaken when a later revision than `seen` is there or nothing is in force.
    """
    at = at or datetime.now(UTC)
    last = PageCorrection.objects.filter(capture=capture).order_by("-revision").first()
    if last is None or last.kind == PageCorrection.Kind.WITHDRAWN:
        raise _overtaken(capture)
    content = {"capture": capture, "kind": "withdrawn", "withdraws": last.sha256, "by": by, "at": at.isoformat()}
    row = PageCorrection(capture=capture, kind=PageCorrection.Kind.WITHDRAWN, content=content, by=by, at=at)
    return _add(folder, row, seen)


def _add(folder: Path | None, row: PageCorrection, seen: int) -> PageCorrection:
    """Save the row as the revision after `seen`, then log it."""
    row.sha256 = digest_of(row.content)
    try:
        with transaction.atomic():
            last = PageCorrection.objects.filter(capture=row.capture).order_by("-revision").first()
            if (last.revision if last else 0) != seen:
                raise _overtaken(row.capture)
            row.revision = seen + 1
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _overtaken(row.capture) from error
    facts = {"revision": row.revision, "decision_sha256": row.sha256, "replaces": last.sha256 if last else None}
    custody.record(folder, _KINDS[row.kind], row.by, subject=row.capture, facts=facts, at=row.at)
    return row


def _overtaken(capture: str) -> Overtaken:
    return Overtaken(
        item=capture,
        happened="somebody else decided about this page in the meantime",
        advice="look at what they decided, then save again",
    )
