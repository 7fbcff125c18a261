"""Which groups document which incidents or persons independently: the rows of a table for estimation (docs/estimation.md).

A claim counts for the source behind it (linking.independence): reports that copy one dispatch count for whoever the dispatch is
from, reports that quote a known monitor for the monitor, all others for their outlet. What a party or a named person says is
the outlet's documentation; a platform whose account nobody knows is nobody's. Everything goes through a person's sight, and a
constant number of queries answers for any number of incidents.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import QuerySet

from tawthiq.archive.models import Claim, CopyMember, Incident, IncidentPlace, Report, ReportSource
from tawthiq.casework.models import Case
from tawthiq.casework.queries.visibility import Sight
from tawthiq.lexicon.folded import name_key
from tawthiq.lexicon.tables import load
from tawthiq.linking.independence import FAMILY, OUTLET
from tawthiq.linking.quoted import known_body
from tawthiq.records.estimate import DocumentedUnit
from tawthiq.text.folding import fold

_BODY = "body "


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which incidents count: of an act, at a place (its name in any language, or its code), within days; empty asks nothing."""

    act: str = ""
    place: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentedIncidents:
    """The incidents by number, each with the groups that document it; of `nobodys` only platforms or nameless pages tell."""

    units: dict[int, DocumentedUnit]
    nobodys: int


def documented_incidents(sight: Sight, chosen: Chosen) -> DocumentedIncidents:
    """The incidents that a person sees whole and that were chosen, but for those found not to hold, with their groups."""
    decided = dict(_incidents(sight, chosen).values_list("number", "decided_by"))
    states = dict(Case.objects.values_list("incident", "state"))
    numbers = {number for number in decided if states.get(number) != Case.State.REJECTED}
    groups = _groups(numbers)
    units = {
        number: DocumentedUnit(
            frozenset(groups[number]), decided[number] == "person" or states.get(number) == Case.State.VERIFIED
        )
        for number in sorted(numbers)
        if groups.get(number)
    }
    return DocumentedIncidents(units, len(numbers) - len(units))


def _incidents(sight: Sight, chosen: Chosen) -> QuerySet[Incident]:
    """An incident without a day is in no period; one that lasts is in each period that it touches."""
    rows = sight.incidents(Incident.objects.all())
    if chosen.act:
        rows = rows.filter(act=chosen.act)
    if chosen.first:
        rows = rows.filter(last__gte=chosen.first)
    if chosen.last:
        rows = rows.filter(first__lte=chosen.last)
    if chosen.place:
        key = name_key(chosen.place)
        codes = {
            code
            for code, name, name_en in IncidentPlace.objects.order_by()
            .values_list("code", "name", "name_en")
            .distinct()
            if code and (code == chosen.place or (key and key in (name_key(name), name_key(name_en))))
        }
        rows = rows.filter(pk__in=IncidentPlace.objects.filter(code__in=codes).values("incident"))
    return rows


def _groups(numbers: Collection[int]) -> dict[int, set[str]]:
    """The groups that document each incident."""
    wanted, own = set(numbers), dict[tuple[int, int], str]()
    for incident, report, source in ReportSource.objects.values_list("incident", "report", "source"):
        if incident in wanted:
            own[incident, report] = source
    named = _families(own)
    found: dict[int, set[str]] = defaultdict(set)
    claiming = set[tuple[int, int]]()
    for incident, report, source in Claim.objects.order_by().values_list("incident", "report", "source").distinct():
        if incident in wanted:
            claiming.add((incident, report))
            name = _quoted(source) or _name(incident, own.get((incident, report), ""), named)
            found[incident] |= {name} if name else set()
    for (incident, report), source in own.items():
        if (incident, report) not in claiming and (name := _name(incident, source, named)):
            found[incident].add(name)
    spelled = one_spelling({name for names in found.values() for name in names})
    return {incident: {spelled[name] for name in names} for incident, names in found.items()}


def _quoted(source: str) -> str | None:
    """The known monitor or agency that a claim counts for; a name that is no known body may be a person's."""
    body = source.removeprefix(_BODY)
    return body if source != body and known_body(body) == body else None


def _name(incident: int, source: str, families: dict[tuple[int, str], str]) -> str | None:
    """The group behind the source of a report, None where that is nobody in particular."""
    if source.startswith(_BODY):
        return source.removeprefix(_BODY)
    if source.startswith(OUTLET):
        return source.removeprefix(OUTLET)
    return families.get((incident, source))


def _families(own: dict[tuple[int, int], str]) -> dict[tuple[int, str], str]:
    """Whose dispatch each family of an incident is."""
    members: dict[tuple[int, str], list[int]] = defaultdict(list)
    for (incident, report), source in own.items():
        if source.startswith(FAMILY):
            members[incident, source].append(report)
    names = group_names({report for reports in members.values() for report in reports})
    found = {}
    for key, reports in members.items():
        if name := next((names[report] for report in names if report in set(reports)), None):
            found[key] = name
    return found


def group_names(reports: Collection[int]) -> dict[int, str]:
    """Who documents in each of some reports, the earliest published first: the agency or outlet from which its copy family
    comes as far as that is known, else its publisher. Reports on platforms are left out.
    """
    wanted = set(reports)
    origins = {
        report: agency or origin
        for report, agency, origin in CopyMember.objects.values_list(
            "report", "family__agency", "family__origin__publisher"
        )
        if report in wanted and (agency or origin)
    }
    rows = Report.objects.values_list("pk", "publisher", "published")
    found = [(day or date.max, report, origins.get(report) or name) for report, name, day in rows if report in wanted]
    return {report: name for _, report, name in sorted(found) if name and not is_platform(name)}


def one_spelling(names: Collection[str]) -> dict[str, str]:
    """One spelling for each group, where letters, spaces or "www." alone differ."""
    first: dict[str, str] = {}
    return {name: first.setdefault(" ".join(fold(name).split()).removeprefix("www."), name) for name in sorted(names)}


def is_platform(name: str) -> bool:
    """Whether a publisher is the host of a platform, which is many people's and nobody's outlet."""
    return name.lower().removeprefix("www.") in _platforms()


@cache
def _platforms() -> frozenset[str]:
    rows = load("en/page_platforms", ("platform", "part", "elements"))
    return frozenset(host for row in rows if row["part"] == "host" for host in row.alternatives("elements"))
