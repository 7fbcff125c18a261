"""What lies at hand at the desk: the capture's pictures, other captures, the outlet's history, reports of the same incident.

Everything goes through the person's sight, and costs the same number of queries however much there is; lists are cut.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from tawthiq.archive.comparing import captures_at
from tawthiq.archive.models import Capture, Claim, CopyMember, Incident, IncidentReport, Report
from tawthiq.casework.models import ReadingCorrection
from tawthiq.casework.queries.visibility import Sight
from tawthiq.web import labels
from tawthiq.web.templatetags.wording import claim_label

MOST, MOST_INCIDENTS, MOST_TELLINGS = 10, 3, 5


@dataclass(frozen=True, slots=True)
class Outlet:
    """What the archive knows of the outlet: its reports, how many were decided about, corrected, or took a copy from whom."""

    name: str
    reports: int
    first: date | None
    last: date | None
    decided: int
    corrected: int
    copied_from: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Another report of an incident with its claims, by slot."""

    report: Report
    claims: dict[str, str]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One incident that the report tells of: its slots, and what this report and others say in each."""

    incident: Incident
    slots: tuple[tuple[str, str], ...]
    tellings: tuple[Telling, ...]
    more: int

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """Slot by slot what each telling says; empty where it says nothing."""
        return [(name, [each.claims.get(slot, "") for each in self.tellings]) for slot, name in self.slots]


def outlet_history(report: Report, sight: Sight) -> Outlet:
    """The outlet's reports, of those that the person may see."""
    own = sight.reports(Report.objects.filter(publisher=report.publisher)).order_by()
    about = ReadingCorrection.objects.filter(capture=OuterRef("capture__identifier"))
    told = own.annotate(
        is_decided=Exists(about), is_changed=Exists(about.filter(kind__in=("corrected", "rejected")))
    ).aggregate(
        reports=Count("pk"),
        first=Min("published"),
        last=Max("published"),
        decided=Count("pk", filter=Q(is_decided=True)),
        corrected=Count("pk", filter=Q(is_changed=True)),
    )
    return Outlet(report.publisher, **told, copied_from=_copied_from(report, sight))


def _copied_from(report: Report, sight: Sight) -> tuple[tuple[str, int], ...]:
    """Whose reports the outlet's copies repeat, the most frequent first; families whose origin nobody knows are left out."""
    members = sight.by_number(CopyMember.objects.filter(report__publisher=report.publisher), "report")
    members = sight.by_number(
        members.exclude(family__origin=None).exclude(family__origin=F("report")), "family__origin"
    )
    found = members.values_list("family__origin__publisher").annotate(times=Count("pk")).order_by("-times")
    return tuple((name, times) for name, times in found[:5] if name != report.publisher)


def captures_beside(report: Report, sight: Sight) -> list[Capture]:
    """Other captures of the same address, the latest first."""
    if not report.capture.address:
        return []
    return list(sight.captures(captures_at(report.capture)).exclude(pk=report.pk)[:MOST])


def side_by_side(report: Report, sight: Sight) -> list[SideBySide]:
    """The incidents that the report tells of, each with what other reports claim."""
    told = sight.by_incident(IncidentReport.objects.filter(report=report), "incident")
    incidents = list(Incident.objects.filter(pk__in=told.values("incident")).order_by("pk")[:MOST_INCIDENTS])
    return [_beside(incident, report) for incident in incidents]


def _beside(incident: Incident, report: Report) -> SideBySide:
    rows = IncidentReport.objects.filter(incident=incident).exclude(report=report).order_by("number")
    others = rows.select_related("report", "report__capture").defer("report__text", "report__notes")
    reports = [report, *(row.report for row in others[: MOST_TELLINGS - 1])]
    claims: dict[int, dict[str, list[str]]] = {each.pk: {} for each in reports}
    for claim in Claim.objects.filter(incident=incident, report__in=claims).order_by("pk"):
        said = claims[claim.report_id].setdefault(claim.slot, [])
        label = claim_label(claim)
        if label and label not in said:
            said.append(label)
    tellings = tuple(
        Telling(each, {slot: " · ".join(said) for slot, said in claims[each.pk].items()}) for each in reports
    )
    slots = dict.fromkeys(slot for telling in tellings for slot in telling.claims)
    named = tuple((slot, labels.label("slot", slot)) for slot in slots)
    return SideBySide(incident, named, tellings, max(0, incident.report_count - len(reports)))
