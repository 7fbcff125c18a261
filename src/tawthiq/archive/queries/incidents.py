"""Lists of proposed incidents, and one incident with its claims by slot, its sources and its tellings."""

from collections.abc import Collection

from django.db.models import Case, F, Prefetch, QuerySet, When, prefetch_related_objects

from tawthiq.archive.models import (
    CopyFamily,
    CopyMember,
    CopyPassage,
    Event,
    Incident,
    IncidentReport,
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
    latest = F("first").desc(nulls_last=True)
    found = Incident.objects.order_by(told_once, latest, "number").prefetch_related(Prefetch("slots", tolls))
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
    """One incident with its reports, claims, statements and sources; None when there is none."""
    told_in = IncidentReport.objects.select_related("report__copy_member", "report__capture")
    whole = Incident.objects.prefetch_related(
        "slots__positions__claims", "statements", "report_sources", Prefetch("told_in", told_in)
    )
    return whole.filter(number=number).first()


def with_parts(events: Collection[Event]) -> None:
    """Load the places, parties, victims and counts of events, in one query each."""
    prefetch_related_objects(list(events), "places", "by", "victims", "counts")


def families_among(
    reports: Collection[Report], seen: QuerySet[CopyFamily] | None = None
) -> list[tuple[CopyFamily, list[CopyPassage]]]:
    """The copy families of these reports, of those in `seen`, with their members, and the passages that these reports share."""
    numbers = {report.pk for report in reports}
    members = [member for report in reports if (member := getattr(report, "copy_member", None))]
    families = (CopyFamily.objects.all() if seen is None else seen).filter(
        pk__in={member.family_id for member in members}
    )
    told = CopyMember.objects.select_related("report").defer("report__text")
    found = list(families.select_related("origin").defer("origin__text").prefetch_related(Prefetch("members", told)))
    passages = CopyPassage.objects.filter(family__in=found, first__in=numbers, second__in=numbers)
    shared: dict[int, list[CopyPassage]] = {}
    for passage in passages[:PASSAGES]:
        shared.setdefault(passage.family_id, []).append(passage)
    return [(family, shared.get(family.pk, [])) for family in found]


def reports_since_linking(
    reports: QuerySet[Report] | None = None, linked: QuerySet[LinkedReport] | None = None
) -> int | None:
    """How many reports were read after the last linking, or read anew; None when nothing was linked yet.

    Of some `reports`, and of the rows of those of them that are `linked`; of all where None.
    """
    if not LinkRun.objects.exists():
        return None
    there = Report.objects.all() if reports is None else reports
    return there.count() - (LinkedReport.objects.all() if linked is None else linked).count()
