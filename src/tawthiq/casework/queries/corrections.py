"""Which decisions about pages are in force, and what came before them."""

from collections.abc import Mapping

from django.db.models import Max, QuerySet

from tawthiq.casework.models import PageCorrection
from tawthiq.custody.entry import is_digest_of
from tawthiq.page.correction_contract import correction_from_json
from tawthiq.pipeline.correct_page import stamp_of
from tawthiq.records.correction import PageCorrection as Decision
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput


def history(capture: str) -> QuerySet[PageCorrection]:
    """Every decision about a capture's page, the last one first, without the texts."""
    return PageCorrection.objects.filter(capture=capture).order_by("-revision").defer("text")


def last_revision(capture: str) -> int:
    """The number of the last decision about a capture's page; 0 when there is none."""
    return PageCorrection.objects.filter(capture=capture).aggregate(last=Max("revision"))["last"] or 0


def rows_in_force() -> QuerySet[PageCorrection]:
    """The last decision of each capture that has one, unless it was withdrawn; in the order in which they were made."""
    return _last_rows().exclude(kind=PageCorrection.Kind.WITHDRAWN)


def _last_rows() -> QuerySet[PageCorrection]:
    """The last row of each capture."""
    last = PageCorrection.objects.values("capture").annotate(last=Max("number")).values("last")
    return PageCorrection.objects.filter(number__in=last)


def decided() -> QuerySet[PageCorrection, str]:
    """The identifiers of all captures about whose page a decision is in force."""
    return rows_in_force().values_list("capture", flat=True)


def is_unchanged(row: PageCorrection) -> bool:
    """Whether what a row holds is what its digest says it was when the person saved it."""
    try:
        return is_digest_of(row.content, row.sha256)
    except UnreadableInput:  # nothing that was ever saved
        return False


def decision_of(row: PageCorrection) -> Decision:
    """The decision that a row holds. Raises EvidenceDiffers when the row is not what its digest says it was."""
    if not is_unchanged(row):
        raise EvidenceDiffers(
            item=f"the correction of {row.capture}",
            happened="the row is not what it was when the person saved it",
            advice="restore the database from a backup, or withdraw this correction and make it again",
        )
    return correction_from_json(row.content, row.text)


class InForce:
    """The decisions in force as reading asks for them (archive.corrections.Corrections); each question is one query."""

    def of(self, capture: str) -> Decision | None:
        """The decision about a capture's page, None without one. Raises as `decision_of` does."""
        row = PageCorrection.objects.filter(capture=capture).order_by("-revision").first()
        return None if row is None or row.kind == PageCorrection.Kind.WITHDRAWN else decision_of(row)

    def stamps(self) -> Mapping[str, str]:
        """For each capture ever decided about, how the stamp of its report names what is in force; empty for nothing."""
        withdrawn = PageCorrection.Kind.WITHDRAWN
        return {
            capture: "" if kind == withdrawn else stamp_of(sha256)
            for capture, kind, sha256 in _last_rows().values_list("capture", "kind", "sha256")
        }
