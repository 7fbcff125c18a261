"""Incidents and reports as a program asks for them: narrowed, in the order of their numbers, in a constant number of queries.

`changed_since` follows what has a moment: captures, decisions about pages, readings and links, cases, person files with a role
in the incident. What a newer version of the program reads anew has none: whoever keeps a copy compares entity tags at times.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from tawthiq.archive.models import Incident, IncidentPlace, IncidentReport, Report
from tawthiq.casework.models import (
    Case,
    LinkDecision,
    PageCorrection,
    Person,
    PersonRevision,
    PersonRole,
    Publication,
    ReadingCorrection,
    VerificationSheet,
)
from tawthiq.casework.queries.audit import SETTLED
from tawthiq.casework.queries.cases import seen_cases
from tawthiq.casework.queries.disclosing import PROPOSED
from tawthiq.casework.queries.visibility import Sight
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.publication.redaction_places import coarse as without_spot


@dataclass(frozen=True, slots=True)
class IncidentNarrowing:
    """What narrows the incidents; None narrows nothing. Days are inclusive, `place` is a code or a part of a name."""

    act: str | None = None
    place: str | None = None
    first: date | None = None
    last: date | None = None
    state: str | None = None
    changed_since: date | None = None


@dataclass(frozen=True, slots=True)
class ReportNarrowing:
    """What narrows the reports; None narrows nothing. Days are those of publishing, inclusive."""

    incident: int | None = None
    language: str | None = None
    first: date | None = None
    last: date | None = None


def incident_numbers(sight: Sight, by: IncidentNarrowing, after: int, most: int) -> list[int]:
    """The numbers of incidents that are seen and fit, from the first beyond `after` on; at which place says `numbers_at`."""
    rows = sight.incidents(Incident.objects.filter(pk__gt=after))
    if by.act is not None:
        rows = rows.filter(act=by.act)
    if by.first is not None:
        rows = rows.filter(last__gte=by.first)
    if by.last is not None:
        rows = rows.filter(first__lte=by.last)
    if by.state is not None:
        rows = _in_state(sight, rows, by.state)
    if by.changed_since is not None:
        rows = _changed_since(sight, rows, by.changed_since)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def numbers_at(place: str, numbers: Sequence[int], *, coarse: bool) -> list[int]:
    """Those of some numbers, which are in order, of incidents that may be at a place: two queries at most.

    With `coarse` also those at places that lie in a governorate, region or country of this code or name.
    """
    if not numbers:
        return []
    between = IncidentPlace.objects.filter(incident__gte=numbers[0], incident__lte=numbers[-1])
    named = Q(code=place) | Q(name__icontains=place) | Q(name_en__icontains=place)
    if coarse:
        codes = between.order_by().values_list("code", flat=True).distinct()
        named |= Q(code__in=[code for code in codes if code and _lies_in(code, place)])
    rows = Incident.objects.filter(pk__gte=numbers[0], pk__lte=numbers[-1])
    at = rows.filter(Q(place__icontains=place) | Q(pk__in=between.filter(named).values("incident")))
    wanted = set(numbers)
    return [number for number in at.order_by("pk").values_list("pk", flat=True) if number in wanted]


def _lies_in(code: str, place: str) -> bool:
    wide = without_spot(gazetteer().of_code(code))
    words = place.casefold()
    return wide is not None and (
        place == wide.code or any(words in each.casefold() for each in (wide.name, wide.name_en))
    )


@dataclass(frozen=True, slots=True)
class TellingReport:
    """A report by its number and its capture's identifier, with the numbers of the incidents that it tells of."""

    number: int
    document: str
    incidents: tuple[int, ...]


def telling_reports(sight: Sight, by: ReportNarrowing, after: int, most: int) -> list[TellingReport]:
    """Reports that are seen, fit and tell of incidents that are seen whole, in the order of their numbers, from the first
    beyond `after` on. Two queries.
    """
    told = sight.by_incident(IncidentReport.objects.all(), "incident")
    if by.incident is not None:
        told = told.filter(incident=by.incident)
    rows = sight.reports(Report.objects.filter(pk__gt=after, pk__in=told.values("report")))
    if by.language is not None:
        rows = rows.filter(language=by.language)
    if by.first is not None:
        rows = rows.filter(published__gte=by.first)
    if by.last is not None:
        rows = rows.filter(published__lte=by.last)
    chosen = dict(rows.order_by("pk").values_list("pk", "capture__identifier")[:most])
    found: dict[int, list[int]] = {number: [] for number in chosen}
    pairs = told.filter(report__in=chosen).order_by("incident").values_list("report", "incident").distinct()
    for report, incident in pairs:
        found[report].append(incident)
    return [TellingReport(number, chosen[number], tuple(told)) for number, told in found.items()]


@dataclass(frozen=True, slots=True)
class IncidentCounts:
    """How many incidents are seen, by act, by state of review, by the year of the first day (None for open)."""

    all: int
    acts: Mapping[str, int]
    states: Mapping[str, int]
    years: Mapping[int | None, int]


def incident_counts(sight: Sight) -> IncidentCounts:
    """The counts, in four queries."""
    rows = sight.incidents(Incident.objects.all()).order_by()
    acts = dict(rows.values_list("act").annotate(Count("pk")))
    years = dict(rows.annotate(year=ExtractYear("first")).values_list("year").annotate(Count("pk")))
    cases = seen_cases(sight).filter(incident__in=rows.values("pk")).order_by()
    states = dict(cases.values_list("state").annotate(Count("pk")))
    every = sum(acts.values())
    proposed = every - sum(states.values())
    return IncidentCounts(every, acts, {**({PROPOSED: proposed} if proposed else {}), **states}, years)


def _in_state(sight: Sight, rows: QuerySet[Incident], state: str) -> QuerySet[Incident]:
    cases = seen_cases(sight).order_by()
    if state == PROPOSED:
        return rows.exclude(pk__in=cases.values("incident"))
    return rows.filter(pk__in=cases.filter(state=state).values("incident"))


def _changed_since(sight: Sight, rows: QuerySet[Incident], day: date) -> QuerySet[Incident]:
    since = datetime.combine(day, time(), UTC)
    decided = Q(report__capture__logged__gte=since)
    for model in (ReadingCorrection, PageCorrection):
        decided |= Q(report__capture__identifier__in=model.objects.filter(at__gte=since).values("capture"))
    links = sight.link_decisions(LinkDecision.objects.filter(at__gte=since))
    for side in ("first_document", "second_document"):
        decided |= Q(report__capture__identifier__in=links.values(side))
    told = IncidentReport.objects.filter(decided).values("incident")
    return rows.filter(Q(pk__in=told) | Q(pk__in=_cases_since(since)) | Q(pk__in=_persons_since(sight, since)))


def _cases_since(since: datetime) -> QuerySet[Case, int]:
    """Incidents whose case was opened, settled or shown. Sheets about what is not settled stay a secret here as in pages."""
    shown = Publication.objects.filter(at__gte=since).exclude(deed=Publication.Deed.PROPOSED)
    sheets = VerificationSheet.objects.filter(at__gte=since, about__case__state__in=SETTLED)
    return Case.objects.filter(
        Q(opened__gte=since) | Q(pk__in=shown.values("case")) | Q(pk__in=sheets.values("about__case"))
    ).values("incident")  # type: ignore[return-value]  # one column


def _persons_since(sight: Sight, since: datetime) -> QuerySet[PersonRole, int]:
    files = sight.persons(Person.objects.all()).values("pk")
    revised = PersonRevision.objects.filter(at__gte=since, person__in=files)
    return PersonRole.objects.filter(person__in=revised.values("person")).values("incident")  # type: ignore[return-value]
