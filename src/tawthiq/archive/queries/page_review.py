"""One page with everything that taking it apart found, and the pages at which a person should look.

A page waits for a person when two extractors disagree about its body and nobody has decided yet, or when a person's
decision could not be carried over to the page as it is read now. `decided`, throughout, are the identifiers of captures
about whose page a person's decision is in force, as a query.
"""

from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
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


def disputed_pages(decided: QuerySet[Any, str], outlet: str = "") -> QuerySet[SecondOpinion]:
    """Second opinions that agree with our body to less than .9 where nobody has decided, the worst first.

    Each comes with its report (without the text) and has `our_length` and `their_length`, in characters.
    """
    found = _disputed(decided)
    if outlet:
        found = found.filter(report__publisher=outlet)
    return (
        found.order_by("agreement", "report_id")
        .select_related("report")
        .defer("text", "report__text", "report__notes")
        .annotate(our_length=Coalesce(_body_length(), Value(0)), their_length=Length("text"))
    )


def misfits(decided: QuerySet[Any, str], outlet: str = "") -> QuerySet[Report]:
    """Reports whose page a person has decided about in a way that does not fit its text as it is now."""
    found = Report.objects.filter(pk__in=_decided_pages(decided), reader__endswith=UNFIT)
    if outlet:
        found = found.filter(publisher=outlet)
    return found.order_by("pk").defer("text", "notes")


def waiting_outlets(decided: QuerySet[Any, str], among: QuerySet[Report]) -> list[str]:
    """The outlets of those of some reports whose page waits, in alphabetical order."""
    waiting = Q(pk__in=_disputed(decided).values("pk")) | Q(pk__in=misfits(decided).order_by().values("pk"))
    found = among.filter(waiting).order_by("publisher")
    return list(found.values_list("publisher", flat=True).distinct())


def _disputed(decided: QuerySet[Any, str]) -> QuerySet[SecondOpinion]:
    return SecondOpinion.objects.filter(agreement__lt=DISAGREES).exclude(pk__in=_decided_pages(decided))


def _decided_pages(decided: QuerySet[Any, str]) -> QuerySet[Capture, int]:
    """The numbers of the captures: few, and worked out once, so that the index by agreement is all that is walked."""
    return Capture.objects.filter(identifier__in=decided).values_list("pk", flat=True)


def _body_length() -> Subquery:
    """The characters of a report's body zones together."""
    bodies = Zone.objects.filter(report_id=OuterRef("pk"), kind=ZoneKind.BODY.value).order_by()
    summed = bodies.values("report_id").annotate(length=Sum(F("end") - F("start"))).values("length")
    return Subquery(summed, output_field=IntegerField())
