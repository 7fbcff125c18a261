"""Lists of proposed incidents, and one incident with its claims by slot, its sources and its tellings."""

from collections.abc import Collection

from django.db.models import Case, Prefetch, QuerySet, When

from tawthiq.archive.models import (
    CopyFamily,
    CopyPassage,
    Event,
    Incident,
    IncidentEvent,
    LinkedReport,
    LinkRun,
    Report,
    Slot,
)

TOLLS = ("killed", "injured")  # the slots that a list of incidents shows
ANY = "on"  # disputed in any slot
PASSAGES = 60  # shared passages shown of the copies among an incident's reports


def incidents(act: str = "", several: bool = False, disputed: str = "") -> QuerySet[Incident]:
    """Incidents with the claims on their tolls: those that several reports tell of first, in each part the latest first.

    `several` keeps those that more than one report tells of, `disputed` those whose sources contradict each other: in the
    slot named (records.claim.Slot), or in any (`ANY`).
    """
    told_once = Case(When(report_count__gt=1, then=0), default=1)
    tolls = Slot.objects.filter(slot__in=TOLLS).prefetch_related("positions__claims")
    found = Incident.objects.order_by(told_once, "-first", "number").prefetch_related(Prefetch("slots", tolls))
    if act:
        found = found.filter(act=act)
    if several:
        found = found.filter(report_count__gt=1)
    if disputed:
        standing = Slot.objects.filter(standing="disputed")
        if disputed != ANY:
            standing = standing.filter(slot=disputed)
        found = found.filter(pk__in=standing.values("incident"))
    return found


def whole_incident(number: int) -> Incident | None:
    """One incident with its reports, events, claims, statements and sources; None when there is none."""
    events = Event.objects.select_related("source").prefetch_related("places", "by", "victims", "counts")
    return (
        Incident.objects.prefetch_related(
            "slots__positions__claims",
            "statements",
            "report_sources",
            "told_in__report__copy_member",
            "told_in__report__capture",
            Prefetch("tellings", IncidentEvent.objects.prefetch_related(Prefetch("event", events))),
        )
        .filter(number=number)
        .first()
    )


def families_among(reports: Collection[Report]) -> list[tuple[CopyFamily, list[CopyPassage]]]:
    """The copy families of these reports with their members, and the passages that these reports share."""
    numbers = {report.pk for report in reports}
    members = [member for report in reports if (member := getattr(report, "copy_member", None))]
    families = CopyFamily.objects.filter(pk__in={member.family_id for member in members})
    found = list(families.select_related("origin").prefetch_related("members__report"))
    passages = CopyPassage.objects.filter(family__in=found, first__in=numbers, second__in=numbers)
    shared: dict[int, list[CopyPassage]] = {}
    for passage in passages[:PASSAGES]:
        shared.setdefault(passage.family_id, []).append(passage)
    return [(family, shared.get(family.pk, [])) for family in found]


def reports_since_linking() -> int | None:
    """How many reports were read after the last linking, or read anew; None when nothing was linked yet."""
    if not LinkRun.objects.exists():
        return None
    return Report.objects.count() - LinkedReport.objects.count()
