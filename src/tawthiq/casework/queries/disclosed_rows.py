"""The rows of the archive behind incidents that leave it, as records: reports, places, statements, persons, positions of
claims.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tawthiq.archive.models import AttachedStatement, Claim, IncidentPlace, IncidentReport, ReportSource
from tawthiq.casework.case_content import StatementPoint, keyed_statements
from tawthiq.casework.models import Person, PersonRole
from tawthiq.casework.queries.visibility import Sight
from tawthiq.records.disclosure import DisclosedPerson, DisclosedPlace, DisclosedReport, DisclosedStatement

_REPORT = (
    "report__capture__identifier", "report__publisher", "report__title", "report__capture__final", "report__agency",
    "report__language", "report__published", "report__capture__collected", "report__capture__collector",
    "report__capture__content_type", "report__capture__sha256", "report__capture__log_index",
)  # fmt: skip
_PLACE = ("code", "name", "name_en", "kind", "country", "latitude", "longitude", "disputed")
_SAID = ("kind", "report__capture__identifier", "start", "end", "text", "speaker", "speaker_actor", "accused", "told")


@dataclass
class Told:
    """What rows say of one incident. `positions` are (position, event, day told) of its claims in the order of their keys.

    `source_numbers` numbers independent sources by their keys, `source_of` the source behind each document.
    """

    reports: tuple[DisclosedReport, ...] = ()
    places: tuple[DisclosedPlace, ...] = ()
    statements: tuple[DisclosedStatement, ...] = ()
    persons: tuple[DisclosedPerson, ...] = ()
    positions: list[tuple[int, int, date | None]] = field(default_factory=list)
    source_numbers: dict[str, int] = field(default_factory=dict)
    source_of: dict[str, int] = field(default_factory=dict)


def told_of(sight: Sight, numbers: list[int]) -> Mapping[int, Told]:
    """What rows say of some incidents, by number: six queries."""
    found = {number: Told() for number in numbers}
    _sources(found)
    _reports(found)
    _places(found)
    _statements(found)
    _positions(found)
    _persons(sight, found)
    return found


def _sources(found: dict[int, Told]) -> None:
    rows = ReportSource.objects.filter(incident__in=found).order_by("incident_id", "key")
    for incident, source, document in rows.values_list("incident_id", "source", "report__capture__identifier"):
        told = found[incident]
        number = told.source_numbers.setdefault(source, len(told.source_numbers) + 1)
        told.source_of.setdefault(document, number)


def _reports(found: dict[int, Told]) -> None:
    rows = IncidentReport.objects.filter(incident__in=found).order_by("incident_id", "number")
    made: dict[int, dict[str, DisclosedReport]] = {}
    for incident, document, *rest in rows.values_list("incident_id", *_REPORT):
        told = found[incident]
        number = told.source_of.setdefault(document, len(set(told.source_of.values())) + 1)
        outlet, title, address, agency, language, published, collected, collector, kind, sha256, index = rest
        made.setdefault(incident, {})[document] = DisclosedReport(
            document,
            number,
            outlet,
            title,
            address,
            agency,
            language,
            published,
            collected,
            collector,
            kind,
            sha256,
            index,
        )
    for incident, reports in made.items():
        found[incident].reports = tuple(reports.values())


def _places(found: dict[int, Told]) -> None:
    made: dict[int, list[DisclosedPlace]] = {}
    rows = IncidentPlace.objects.filter(incident__in=found).order_by("incident_id", "key")
    for incident, *rest in rows.values_list("incident_id", *_PLACE):
        made.setdefault(incident, []).append(DisclosedPlace(*rest))
    for incident, places in made.items():
        found[incident].places = tuple(places)


def _statements(found: dict[int, Told]) -> None:
    made: dict[int, list[tuple[StatementPoint, date | None]]] = {}
    rows = AttachedStatement.objects.filter(incident__in=found).order_by("incident_id", "key")
    for incident, *rest, day in rows.values_list("incident_id", *_SAID):
        made.setdefault(incident, []).append((StatementPoint("", *rest), day))
    for incident, said in made.items():
        keyed = keyed_statements(point for point, _ in said)
        found[incident].statements = tuple(_statement(point, day) for point, (_, day) in zip(keyed, said, strict=True))


def _statement(said: StatementPoint, told: date | None) -> DisclosedStatement:
    return DisclosedStatement(
        key=said.key,
        kind=said.kind,
        document=said.document,
        speaker=said.speaker,
        speaker_actor=said.speaker_actor,
        accused=said.accused,
        start=said.start,
        end=said.end,
        text=said.text,
        told=told,
    )


def _positions(found: dict[int, Told]) -> None:
    rows = Claim.objects.filter(incident__in=found).order_by("incident_id", "key")
    for incident, position, event, day in rows.values_list("incident_id", "position__order", "event", "told"):
        found[incident].positions.append((position, event, day))


def _persons(sight: Sight, found: dict[int, Told]) -> None:
    made: dict[int, list[DisclosedPerson]] = {}
    files = sight.persons(Person.objects.all())
    rows = PersonRole.objects.filter(incident__in=found, ended_at=None, person__in=files).order_by("number")
    for row in rows.select_related("person"):
        person = row.person
        pseudonym = person.pseudonym or f"P-{person.number}"
        made.setdefault(row.incident, []).append(
            DisclosedPerson(pseudonym, row.role, person.sex, person.age_group, person.civilian)
        )
    for incident, persons in made.items():
        found[incident].persons = tuple(persons)
