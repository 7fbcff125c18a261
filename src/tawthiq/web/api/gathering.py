"""What a reader gets: incidents, reports and counts, always by way of `disclosed` or `public_disclosed` with its profile.

Lists go on after a number, never after a count of rows, so that what is added meanwhile moves nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tawthiq.casework.models import ApiToken, Case
from tawthiq.casework.queries.api_incidents import (
    IncidentNarrowing,
    ReportNarrowing,
    TellingReport,
    incident_counts,
    incident_numbers,
    numbers_at,
    telling_reports,
)
from tawthiq.casework.queries.cases import published_cases
from tawthiq.casework.queries.disclosing import AT_ONCE, disclosed
from tawthiq.casework.queries.public_disclosing import public_disclosed
from tawthiq.casework.queries.visibility import Sight
from tawthiq.casework.rules import may_keep_persons
from tawthiq.records.disclosure import DisclosedIncident, DisclosedReport, Profile, Protected
from tawthiq.web.api.answers import Counted, Excerpt, IncidentPage, ReportEntry, ReportPage, Statistics, entry_of
from tawthiq.web.api.parameters import USUAL, Given

MOST_LOOKED_AT = 1_000
"""Incidents that one request looks through where what is shown decides, which no database narrows: published cases, places."""
_WHERE = "where"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: for which profile, through whose sight (None for the public profile), by which token (None for none).

    `protected` are those whom answers must not name.
    """

    folder: Path | None
    profile: Profile
    sight: Sight | None
    token: ApiToken | None
    protected: Protected = field(default_factory=Protected)


def incident_page(reader: Reader, given: Given) -> IncidentPage:
    """A page of the list of incidents."""
    by = IncidentNarrowing(**{name: given.get(name) for name in IncidentNarrowing.__dataclass_fields__})
    after, limit = given.get("cursor", 0), given.get("limit", USUAL)
    if reader.sight is None:
        return _public_page(reader, by, after, limit)
    if by.place is not None:
        return _placed_page(reader, by, by.place, after, limit)
    numbers = incident_numbers(reader.sight, by, after, limit + 1)
    found = _disclosed(reader, numbers[:limit])
    return IncidentPage(
        tuple(entry_of(each) for each in found), str(numbers[limit - 1]) if len(numbers) > limit else None
    )


def one_incident(reader: Reader, number: int) -> DisclosedIncident | None:
    """One incident; None where there is none that the reader sees."""
    if reader.sight is None:
        return next(public_disclosed(reader.protected, Case.objects.filter(incident=number)), None)
    return next(iter(_disclosed(reader, [number])), None)


def report_page(reader: Reader, given: Given) -> ReportPage | None:
    """A page of the list of reports; None for the public profile, which shows no report by itself."""
    if reader.sight is None:
        return None
    by = ReportNarrowing(**{name: given.get(name) for name in ReportNarrowing.__dataclass_fields__})
    limit = given.get("limit", USUAL)
    found = telling_reports(reader.sight, by, given.get("cursor", 0), limit + 1)
    chosen = found[:limit]
    numbers = sorted({number for each in chosen for number in each.incidents})
    incidents = {each.number: each for each in _disclosed(reader, numbers)}
    entries = tuple(entry for each in chosen for entry in _entry(each, incidents))
    return ReportPage(entries, str(chosen[-1].number) if len(found) > limit else None)


def statistics(reader: Reader) -> Statistics:
    """Counts of the incidents that the reader sees."""
    if reader.sight is None:
        every = list(public_disclosed(Protected()))  # counts alone leave: no name could
        years = Counter(each.first.year if each.first else None for each in every)
        states = Counter(each.state for each in every)
        return Statistics(len(every), _counted(Counter(each.act for each in every)), _counted(states), _counted(years))
    found = incident_counts(reader.sight)
    return Statistics(found.all, _counted(found.acts), _counted(found.states), _counted(found.years))


def _disclosed(reader: Reader, numbers: list[int]) -> list[DisclosedIncident]:
    """The incidents of some numbers; of persons, what the pages show to the member behind the token."""
    assert reader.sight is not None
    found = list(disclosed(reader.sight, numbers, reader.profile, reader.protected))
    if reader.token is None or may_keep_persons(reader.token.user):
        return found
    return [replace(each, persons=()) for each in found]


def _public_page(reader: Reader, by: IncidentNarrowing, after: int, limit: int) -> IncidentPage:
    keys = published_cases().filter(incident__gt=after).order_by("incident").values_list("incident", flat=True)
    looked_at = list(keys[: MOST_LOOKED_AT + 1])
    last = looked_at[MOST_LOOKED_AT - 1] if len(looked_at) > MOST_LOOKED_AT else None
    rows = Case.objects.filter(incident__gt=after)
    if last is not None:
        rows = rows.filter(incident__lte=last)
    fitting: list[DisclosedIncident] = []
    for each in public_disclosed(reader.protected, rows):
        if _fits(each, by):
            fitting.append(each)
        if len(fitting) > limit:
            return IncidentPage(tuple(entry_of(each) for each in fitting[:limit]), str(fitting[limit - 1].number))
    return IncidentPage(tuple(entry_of(each) for each in fitting), None if last is None else str(last))


def _placed_page(reader: Reader, by: IncidentNarrowing, place: str, after: int, limit: int) -> IncidentPage:
    """A page of the incidents at a place, by the places that the reader is shown.

    What is withheld narrows nothing: neither the list nor where it goes on, else asking would tell the exact place of a
    sensitive case, and spell a sealed name that a place is called after.
    """
    assert reader.sight is not None
    looked_at = incident_numbers(reader.sight, by, after, MOST_LOOKED_AT + 1)
    last = looked_at[MOST_LOOKED_AT - 1] if len(looked_at) > MOST_LOOKED_AT else None
    numbers = numbers_at(place, looked_at[:MOST_LOOKED_AT], coarse=reader.profile is not Profile.COURT)
    fitting: list[DisclosedIncident] = []
    for begin in range(0, len(numbers), AT_ONCE):
        found = _disclosed(reader, numbers[begin : begin + AT_ONCE])
        fitting += [each for each in found if _is_at(each, place)]
        if len(fitting) > limit:
            return IncidentPage(tuple(entry_of(each) for each in fitting[:limit]), str(fitting[limit - 1].number))
    return IncidentPage(tuple(entry_of(each) for each in fitting), None if last is None else str(last))


def _fits(incident: DisclosedIncident, by: IncidentNarrowing) -> bool:
    """Whether what was published of an incident fits: of that alone, since what was read later is not published."""
    if by.act not in (None, incident.act) or by.state not in (None, incident.state):
        return False
    if by.first and not (incident.last and incident.last >= by.first):
        return False
    if by.last and not (incident.first and incident.first <= by.last):
        return False
    if by.changed_since and not (incident.published and incident.published >= by.changed_since):
        return False
    return by.place is None or _is_at(incident, by.place)


def _is_at(incident: DisclosedIncident, asked: str) -> bool:
    """Whether a place that is shown of an incident has this code, or bears these words."""
    words = asked.casefold()
    names = [name for place in incident.places for name in (place.name, place.name_en)]
    names += [claim.shown for claim in incident.claims if claim.slot == _WHERE]
    return any(asked == place.code for place in incident.places) or any(words in name.casefold() for name in names)


def _entry(told: TellingReport, incidents: Mapping[int, DisclosedIncident]) -> Iterable[ReportEntry]:
    seen = [incidents[number] for number in told.incidents if number in incidents]
    reports = [report for incident in seen for report in incident.reports if report.document == told.document]
    if reports:
        withheld = any(report.withheld for report in reports)
        excerpts = tuple(each for incident in seen for each in _excerpts(incident, told.document))
        yield ReportEntry(_withheld(reports[0], withheld), tuple(incident.number for incident in seen), excerpts)


def _withheld(report: DisclosedReport, withheld: bool) -> DisclosedReport:
    return report if report.withheld == withheld else replace(report, withheld=withheld)


def _excerpts(incident: DisclosedIncident, document: str) -> Iterable[Excerpt]:
    for slot in incident.slots:
        for claim in slot.claims:
            if claim.document == document and claim.text:
                yield Excerpt(incident.number, slot.key, claim.start, claim.end, claim.text, claim.redacted)


def _counted(counts: Mapping[Any, int]) -> tuple[Counted, ...]:
    told = {"" if code is None else str(code): number for code, number in counts.items()}
    return tuple(Counted(code, told[code]) for code in sorted(told))
