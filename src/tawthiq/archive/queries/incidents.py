"""Lists of proposed incidents, and one incident with its claims and tellings."""

from django.db.models import Case, Prefetch, QuerySet, When

from tawthiq.archive.models import Claim, Event, Incident, IncidentEvent, LinkedReport, LinkRun, Report


def incidents(act: str = "", several: bool = False, disputed: bool = False) -> QuerySet[Incident]:
    """Incidents with their claims: those that several reports tell of first, in each part the latest first.

    `several` keeps those that more than one report tells of, `disputed` those whose sources contradict each other.
    """
    told_once = Case(When(report_count__gt=1, then=0), default=1)
    found = Incident.objects.order_by(told_once, "-first", "number").prefetch_related("claims")
    if act:
        found = found.filter(act=act)
    if several:
        found = found.filter(report_count__gt=1)
    if disputed:
        found = found.exclude(contradictions=[])
    return found


def whole_incident(number: int) -> Incident | None:
    """One incident with its reports, events and claims; None when there is none."""
    events = Event.objects.select_related("source").prefetch_related("places", "by", "victims", "counts")
    return (
        Incident.objects.prefetch_related(
            Prefetch("claims", Claim.objects.select_related("report")),
            "told_in__report__copy_member",
            Prefetch("tellings", IncidentEvent.objects.prefetch_related(Prefetch("event", events))),
        )
        .filter(number=number)
        .first()
    )


def reports_since_linking() -> int | None:
    """How many reports were read after the last linking, or read anew; None when nothing was linked yet."""
    if not LinkRun.objects.exists():
        return None
    return Report.objects.count() - LinkedReport.objects.count()
