"""Links as rows: copy families and proposed incidents, saved and deleted a few at a time or all at once.

Every number follows from what a row describes, never from a counter: families from their lowest report, incidents from the
characters of their earliest telling (`incident_numbers`), the rest from reports and events. The caller holds the transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Any

from django.db import connection, models

from tawthiq.archive.claim_rows import delete_claims, save_claims
from tawthiq.archive.incident_numbers import incident_numbers
from tawthiq.archive.incident_summaries import delete_summaries, save_summaries
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
Row = tuple[Any, ...]


def save_links(links: Links) -> None:
    """The rows of `links`, whose documents are all in the archive."""
    reports = dict(Report.objects.values_list("capture__identifier", "pk"))
    save_families(links.copies, reports)
    save_incidents(links.incidents, reports)


def save_families(families: Iterable[FamilyRecord], reports: Reports) -> None:
    """The rows of copy families; `reports` gives the number of each document's report."""
    made = [(min(reports[member] for member in family.ids), family) for family in families]
    put(CopyFamily, (_family(number, family, reports) for number, family in made))
    put(CopyMember, ((reports[member], number) for number, family in made for member in family.ids))
    put(CopyPassage, (row for number, family in made for row in _passages(number, family, reports)))


def save_incidents(incidents: Iterable[IncidentRecord], reports: Reports) -> list[int]:
    """The rows of incidents and all that belongs to them; their numbers, in order."""
    source, numbers = iter(incidents), list[int]()
    while some := list(islice(source, _INCIDENTS_AT_ONCE)):
        found = incident_numbers([record.events for record in some], reports)
        made = list(zip(found, some, strict=True))
        put(Incident, (_incident(number, record) for number, record in made))
        tellings = [
            (number, row_key(reports[event.document], event.event), reports[event.document])
            for number, record in made
            for event in record.events
        ]
        put(IncidentEvent, ((key, number, key) for number, key, _ in tellings))
        first = {(number, report): key for number, key, report in sorted(tellings, reverse=True)}
        put(IncidentReport, ((key, number, report) for (number, report), key in first.items()))
        save_claims(made, reports)
        save_summaries(made, reports)
        numbers += found
    return numbers


def drop_families(numbers: Collection[int]) -> None:
    """Delete copy families with their members and passages; no report is touched."""
    _delete(CopyPassage, "family_id", numbers)
    _delete(CopyMember, "family_id", numbers)
    _delete(CopyFamily, "number", numbers)


def drop_incidents(numbers: Collection[int]) -> None:
    """Delete incidents with all that belongs to them; no event or report is touched."""
    delete_summaries(numbers)
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


def _family(number: int, record: FamilyRecord, reports: Reports) -> Row:
    origin = record.origin
    first = reports[origin.document] if origin and origin.document else None
    reasons = [_reason(reason, reports) for reason in origin.reasons] if origin else []
    return number, record.containment, (origin.agency or "") if origin else "", first, reasons


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


def _passages(number: int, record: FamilyRecord, reports: Reports) -> list[Row]:
    counted: dict[int, int] = {}
    return [_passage(number, passage, reports, counted) for passage in record.passages]


def _passage(family: int, passage: SharedPassage, reports: Reports, counted: dict[int, int]) -> Row:
    """A passage as a row; `counted` counts those of each first report."""
    first = reports[passage.first]
    index = counted[first] = counted.get(first, -1) + 1
    one, other = passage.in_first, passage.in_second
    return (
        row_key(first, index),
        family,
        first,
        one.span.start,
        one.span.end,
        reports[passage.second],
        other.span.start,
        other.span.end,
        one.text,
    )


def _incident(number: int, record: IncidentRecord) -> Row:
    return (
        number,
        record.id,
        record.act.value,
        record.first,
        record.last,
        record.place or "",
        record.latitude,
        record.longitude,
        list(record.contradictions),
        record.independent_sources,
        len(record.documents),
        record.linked.value,
        record.score,
        [[reason.feature, reason.weight, reason.detail] for reason in record.reasons],
        record.decided_by.value,
    )
