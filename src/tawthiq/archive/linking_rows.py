"""Links as rows: copy families and proposed incidents, saved and deleted a few at a time or all at once.

Every number follows from what a row describes, never from a counter: families from their lowest report, incidents from the
characters of their earliest telling (`incident_numbers`), the rest from reports and events. The caller holds the transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import islice

from django.db import connection, models

from tawthiq.archive.claim_rows import delete_claims, save_claims
from tawthiq.archive.incident_numbers import incident_numbers
from tawthiq.archive.link_memory_rows import chunks, name, put, table
from tawthiq.archive.models import (
    CopyFamily,
    CopyMember,
    CopyPassage,
    Incident,
    IncidentEvent,
    IncidentReport,
    Report,
)
from tawthiq.archive.models.keys import row_key
from tawthiq.records.copies import CopyFamily as FamilyRecord
from tawthiq.records.copies import OriginReason, SharedPassage
from tawthiq.records.incident import Incident as IncidentRecord
from tawthiq.records.links import Links

_INCIDENTS_AT_ONCE = 5_000
Reports = Mapping[str, int]


def save_links(links: Links) -> None:
    """The rows of `links`, whose documents are all in the archive."""
    reports = dict(Report.objects.values_list("capture__identifier", "pk"))
    save_families(links.copies, reports)
    save_incidents(links.incidents, reports)


def save_families(families: Iterable[FamilyRecord], reports: Reports) -> None:
    """The rows of copy families; `reports` gives the number of each document's report."""
    made = [(min(reports[member] for member in family.ids), family) for family in families]
    CopyFamily.objects.bulk_create(_family(number, family, reports) for number, family in made)
    CopyMember.objects.bulk_create(
        CopyMember(report_id=reports[member], family_id=number) for number, family in made for member in family.ids
    )
    CopyPassage.objects.bulk_create(row for number, family in made for row in _passages(number, family, reports))


def save_incidents(incidents: Iterable[IncidentRecord], reports: Reports) -> list[int]:
    """The rows of incidents and all that belongs to them; their numbers, in order."""
    source, numbers = iter(incidents), list[int]()
    while some := list(islice(source, _INCIDENTS_AT_ONCE)):
        found = incident_numbers([record.events for record in some], reports)
        made = list(zip(found, some, strict=True))
        Incident.objects.bulk_create(_incident(number, record) for number, record in made)
        tellings = [
            (number, row_key(reports[event.document], event.event), reports[event.document])
            for number, record in made
            for event in record.events
        ]
        IncidentEvent.objects.bulk_create(
            IncidentEvent(number=key, incident_id=n, event_id=key) for n, key, _ in tellings
        )
        first = {(number, report): key for number, key, report in sorted(tellings, reverse=True)}
        put(IncidentReport, ((key, number, report) for (number, report), key in first.items()))
        save_claims(made, reports)
        numbers += found
    return numbers


def drop_families(numbers: Collection[int]) -> None:
    """Delete copy families with their members and passages; no report is touched."""
    _delete(CopyPassage, "family_id", numbers)
    _delete(CopyMember, "family_id", numbers)
    _delete(CopyFamily, "number", numbers)


def drop_incidents(numbers: Collection[int]) -> None:
    """Delete incidents with all that belongs to them; no event or report is touched."""
    delete_claims(numbers)
    _delete(IncidentEvent, "incident_id", numbers)
    _delete(IncidentReport, "incident_id", numbers)
    _delete(Incident, "number", numbers)


def _delete(model: type[models.Model], column: str, values: Collection[int]) -> None:
    """Plain DELETEs: nothing is loaded, and nothing else is looked for."""
    with connection.cursor() as cursor:
        for some in chunks(sorted(values)):
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"DELETE FROM {table(model)} WHERE {name(column)} IN ({marks})", some)  # noqa: S608


def _family(number: int, record: FamilyRecord, reports: Reports) -> CopyFamily:
    origin = record.origin
    return CopyFamily(
        number=number,
        containment=record.containment,
        agency=(origin.agency or "") if origin else "",
        origin_id=reports[origin.document] if origin and origin.document else None,
        reasons=[_reason(reason, reports) for reason in origin.reasons] if origin else [],
    )


def _reason(reason: OriginReason, reports: Reports) -> list[object]:
    """A reason as the list that CopyFamily documents."""
    credit = reason.credit
    return [
        reason.sign.value,
        reports[reason.document],
        reason.agency,
        [credit.span.start, credit.span.end, credit.text] if credit else None,
        reason.day.isoformat() if reason.day else None,
        reason.at.isoformat() if reason.at else None,
    ]


def _passages(number: int, record: FamilyRecord, reports: Reports) -> list[CopyPassage]:
    counted: dict[int, int] = {}
    return [_passage(number, passage, reports, counted) for passage in record.passages]


def _passage(family: int, passage: SharedPassage, reports: Reports, counted: dict[int, int]) -> CopyPassage:
    """A passage as a row; `counted` counts those of each first report."""
    first = reports[passage.first]
    index = counted[first] = counted.get(first, -1) + 1
    return CopyPassage(
        number=row_key(first, index),
        family_id=family,
        first_id=first,
        first_start=passage.in_first.span.start,
        first_end=passage.in_first.span.end,
        second_id=reports[passage.second],
        second_start=passage.in_second.span.start,
        second_end=passage.in_second.span.end,
        text=passage.in_first.text,
    )


def _incident(number: int, record: IncidentRecord) -> Incident:
    return Incident(
        number=number,
        identifier=record.id,
        act=record.act.value,
        first=record.first,
        last=record.last,
        place=record.place or "",
        latitude=record.latitude,
        longitude=record.longitude,
        contradictions=list(record.contradictions),
        independent_sources=record.independent_sources,
        report_count=len(record.documents),
        linked=record.linked.value,
        score=record.score,
        reasons=[[reason.feature, reason.weight, reason.detail] for reason in record.reasons],
        decided_by=record.decided_by.value,
    )
