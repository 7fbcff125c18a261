"""Which reports somebody looked at whole at the desk, and which still wait for that."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from tawthiq.archive.models import Report
from tawthiq.casework.models import ReportReview

_REVIEWED = ReportReview.Kind.REVIEWED


def review_of(capture: str) -> ReportReview | None:
    """The review that stands for a capture; None without one, or when it was taken back."""
    last = ReportReview.objects.filter(capture=capture).order_by("-revision").first()
    return last if last is not None and last.kind == _REVIEWED else None


def unreviewed(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Those of some reports that nobody marked as reviewed, or whose mark was taken back."""
    return rows.exclude(_is_reviewed())


def reviewed(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Those of some reports that bear the mark of a review."""
    return rows.filter(_is_reviewed())


def next_unreviewed(rows: QuerySet[Report], after: int) -> int | None:
    """The number of the next report of `rows` that waits for a review, beginning anew behind the last; None when none does."""
    waiting = unreviewed(rows).order_by("pk").values_list("pk", flat=True)
    found = waiting.filter(pk__gt=after).first()
    return found if found is not None else waiting.exclude(pk=after).first()


def _is_reviewed() -> Exists:
    """Whether the last row about a report's capture is a review."""
    about = ReportReview.objects.filter(capture=OuterRef("capture__identifier"))
    last = ReportReview.objects.filter(capture=OuterRef("capture")).order_by("-revision").values("pk")[:1]
    return Exists(about.filter(kind=_REVIEWED, pk=Subquery(last)))
