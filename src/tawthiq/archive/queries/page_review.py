"""One page with everything that taking it apart found, and the pages at which a person should look.

A page waits for a person when two extractors disagree about its body and nobody has decided yet, or when a person's
decision could not be carried over to the page as it is read now.
"""

from typing import Any

from django.db.models import BooleanField, Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Length

from tawthiq.archive.models import Capture, Report, SecondOpinion, Zone
from tawthiq.page.second_opinion import DISAGREES
from tawthiq.pipeline.correct_page import UNFIT
from tawthiq.records.page import ZoneKind


def whole_page(number: int) -> Report | None:
    """One report with its capture, zones, comments, posts, sheets and second opinion; None when there is none."""
    return (
        Report.objects.select_related("capture", "second_opinion")
        .prefetch_related("zones", "comments", "posts", "sheets")
        .filter(pk=number)
        .first()
    )


def waiting_pages(decided: QuerySet[Any, str], outlet: str = "") -> QuerySet[Report]:
    """Reports that wait for a person: decisions that do not fit first, then by disagreement, the worst first.

    `decided` are the identifiers of captures about whose page a person's decision is in force. Each row has `agreement`,
    `by`, `our_length` and `their_length` (characters), and `misfit`.
    """
    found = Report.objects.filter(_waits(decided))
    if outlet:
        found = found.filter(publisher=outlet)
    return (
        found.defer("text", "notes")
        .annotate(
            misfit=Case(When(reader__endswith=UNFIT, then=True), default=False, output_field=BooleanField()),
            agreement=F("second_opinion__agreement"),
            by=F("second_opinion__by"),
            our_length=Coalesce(_body_length(), Value(0)),
            their_length=Length("second_opinion__text"),
        )
        .order_by("-misfit", "agreement", "pk")
    )


def waiting_outlets(decided: QuerySet[Any, str]) -> list[str]:
    """The outlets of all pages that wait, in alphabetical order."""
    found = Report.objects.filter(_waits(decided)).order_by("publisher")
    return list(found.values_list("publisher", flat=True).distinct())


def _waits(decided: QuerySet[Any, str]) -> Q:
    """Two lookups by key, so that no report's text is ever scanned."""
    disputed = SecondOpinion.objects.filter(agreement__lt=DISAGREES).exclude(report__capture__identifier__in=decided)
    misfits = Capture.objects.filter(identifier__in=decided, report__reader__endswith=UNFIT)
    return Q(pk__in=disputed.values("pk")) | Q(pk__in=misfits.values("pk"))


def _body_length() -> Subquery:
    """The characters of a report's body zones together."""
    bodies = Zone.objects.filter(report_id=OuterRef("pk"), kind=ZoneKind.BODY.value).order_by()
    summed = bodies.values("report_id").annotate(length=Sum(F("end") - F("start"))).values("length")
    return Subquery(summed, output_field=IntegerField())
