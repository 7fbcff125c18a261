"""Lists of reports, and one report with everything that its page shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet

from tawthiq.archive.models import Capture, Event, EventActor, IncidentReport, Report, Statement
from tawthiq.archive.queries.each_value import each_value
from tawthiq.archive.search import matching


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """What a list of reports is narrowed to; empty strings and None narrow nothing. Dates are days of publication."""

    words: str = ""
    language: str = ""
    publisher: str = ""
    first: date | None = None
    last: date | None = None
    act: str = ""
    actor: str = ""


def reports(narrowed: ReportFilter) -> QuerySet[Report]:
    """The reports that the filter lets through, latest publication first, those without a date last."""
    latest = F("published").desc(nulls_last=True)
    found = Report.objects.order_by(latest, "-pk").defer("text", "notes").select_related("capture")
    found = found.prefetch_related(Prefetch("events", Event.objects.only("report_id", "act")))
    if narrowed.words:
        found = found.filter(pk__in=matching(narrowed.words))
    if narrowed.language:
        found = found.filter(language=narrowed.language)
    if narrowed.publisher:
        found = found.filter(publisher=narrowed.publisher)
    if narrowed.first:
        found = found.filter(published__gte=narrowed.first)
    if narrowed.last:
        found = found.filter(published__lte=narrowed.last)
    if narrowed.act:
        found = found.filter(pk__in=Event.objects.filter(act=narrowed.act).values("report_id"))
    if narrowed.actor:
        by = Q(pk__in=EventActor.objects.filter(actor=narrowed.actor).values("event__report_id"))
        said = Q(pk__in=Statement.objects.filter(speaker_actor=narrowed.actor).values("report_id"))
        found = found.filter(by | said)
    return found


def publishers(among: QuerySet[Report] | None = None) -> list[str]:
    """Every outlet of some reports, of all where None, in alphabetical order."""
    return each_value(Report.objects.all() if among is None else among, "publisher")


def languages(among: QuerySet[Report] | None = None) -> list[str]:
    """Every language of some reports, of all where None."""
    return each_value(Report.objects.all() if among is None else among, "language")


def whole_report(number: int, told_in: QuerySet[IncidentReport] | None = None) -> Report | None:
    """One report with zones, statements, events, copies and incidents, of those in `told_in`; None when there is none."""
    incidents = IncidentReport.objects.all() if told_in is None else told_in
    return (
        Report.objects.select_related("capture", "copy_member", "second_opinion")
        .prefetch_related(
            "zones",
            "statements",
            # Joined, not asked for apart: Django would look sources up by their events, in as deep a query as there are events.
            Prefetch("events", Event.objects.select_related("source")),
            "events__places",
            "events__by",
            "events__victims",
            "events__counts",
            Prefetch("tells_of", incidents.select_related("incident")),
        )
        .filter(pk=number)
        .first()
    )


def copies_of(report: Report) -> QuerySet[Report]:
    """The other reports of the same copy family, each with its capture."""
    member = getattr(report, "copy_member", None)
    if member is None:
        return Report.objects.none()
    others = Report.objects.filter(copy_member__family=member.family_id).exclude(pk=report.pk)
    return others.select_related("capture").defer("text", "notes")


def states(among: QuerySet[Capture]) -> dict[str, int]:
    """How many of some captures are in each state of reading."""
    counted = among.order_by("state").values_list("state").annotate(Count("number"))
    return dict(counted)
