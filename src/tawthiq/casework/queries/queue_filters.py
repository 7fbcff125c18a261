"""Lists of reports and incidents narrowed by what people did about them: looked at or not, restricted, given to whom, cases."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tawthiq.archive.models import Incident, IncidentPlace, IncidentReport, Report, Slot
from tawthiq.casework.models import ItemRestriction
from tawthiq.casework.queries.cases import seen_cases
from tawthiq.casework.queries.queue import Asking, Who, given_to
from tawthiq.casework.queries.queue_subjects import CASE, INCIDENT, REPORT
from tawthiq.casework.queries.reviewed import reviewed, unreviewed

YES, NO = "yes", "no"
NO_CASE = "none"


@dataclass(frozen=True, slots=True)
class WorkOnReports:
    """What narrows a list of reports; empty parts narrow nothing. `reviewed` and `restricted` are `YES` or `NO`.

    `place` is a part of the name of a place of an incident that the report tells of.
    """

    place: str = ""
    reviewed: str = ""
    restricted: str = ""
    assigned: str = ""


@dataclass(frozen=True, slots=True)
class WorkOnIncidents:
    """What narrows a list of incidents. `standing` is that of some slot (records.claim.Standing), `first` and `last` are days
    between which it happened, `case` is a state of its case or `NO_CASE`.
    """

    place: str = ""
    first: date | None = None
    last: date | None = None
    standing: str = ""
    case: str = ""
    assigned: str = ""


def reports_by_work(rows: QuerySet[Report], by: WorkOnReports, asking: Asking) -> QuerySet[Report]:
    """Those of some reports that fit; `asking` says whose items `assigned` means and what may be seen."""
    if by.place:
        told = IncidentReport.objects.filter(incident__in=_at(asking.sight.incidents(Incident.objects.all()), by.place))
        rows = rows.filter(pk__in=told.values("report"))
    if by.reviewed:
        rows = reviewed(rows) if by.reviewed == YES else unreviewed(rows)
    if by.restricted:
        row = Exists(ItemRestriction.objects.filter(item=OuterRef("capture__identifier")))
        rows = rows.filter(row) if by.restricted == YES else rows.exclude(row)
    return _given(rows, "pk", (REPORT,), by.assigned, asking)


def incidents_by_work(rows: QuerySet[Incident], by: WorkOnIncidents, asking: Asking) -> QuerySet[Incident]:
    """Those of some incidents that fit."""
    if by.place:
        rows = _at(rows, by.place)
    if by.first:
        rows = rows.filter(last__gte=by.first)
    if by.last:
        rows = rows.filter(first__lte=by.last)
    if by.standing:
        rows = rows.filter(pk__in=Slot.objects.filter(standing=by.standing).values("incident"))
    if by.case:
        cases = seen_cases(asking.sight).order_by()
        if by.case == NO_CASE:
            rows = rows.exclude(pk__in=cases.values("incident"))
        else:
            rows = rows.filter(pk__in=cases.filter(state=by.case).values("incident"))
    return _given(rows, "number", (INCIDENT, CASE), by.assigned, asking)


def _given(rows: QuerySet, field: str, kinds: tuple[str, ...], assigned: str, asking: Asking) -> QuerySet:  # type: ignore[type-arg]
    """`assigned` is a value of `Who`, empty for whatever."""
    if assigned not in (Who.MINE, Who.NOBODY):
        return rows
    return given_to(rows, field, kinds, Asking(asking.user, asking.sight, Who(assigned)))


def _at(rows: QuerySet[Incident], place: str) -> QuerySet[Incident]:
    """Incidents at a place whose name holds some words, in the words of a source or of the gazetteer."""
    named = IncidentPlace.objects.filter(Q(name__icontains=place) | Q(name_en__icontains=place)).values("incident")
    return rows.filter(Q(place__icontains=place) | Q(pk__in=named))
