"""Claims by slot and attached statements as rows, for the incidents given: saved, or deleted to be saved anew.

Keys follow from the incident's number and the order of things in its record, so the rows of one incident can be replaced
without touching others. The caller holds the transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import count
from typing import Any

from django.db import connection

from tawthiq.archive.link_memory_rows import put
from tawthiq.archive.models import AttachedStatement, Claim, Position, ReportSource, Slot
from tawthiq.archive.models.keys import row_key
from tawthiq.records.claim import AttachedStatement as StatementRecord
from tawthiq.records.claim import Claim as ClaimRecord
from tawthiq.records.claim import SlotView
from tawthiq.records.incident import Incident as IncidentRecord

Row = tuple[Any, ...]


def save_claims(incidents: Iterable[tuple[int, IncidentRecord]], reports: Mapping[str, int]) -> None:
    """Save the slots, positions, claims, statements and sources of `incidents`, each beside the number of its saved row.

    `reports` gives the number of the report of each document. Raises UnreadableCapture for an incident of more than a
    million claims, which no incident has.
    """
    rows = _Rows(reports)
    for number, incident in incidents:
        rows.add(number, incident)
    put(Slot, rows.slots)
    put(Position, rows.positions)
    put(Claim, rows.claims)
    put(AttachedStatement, rows.statements)
    put(ReportSource, rows.sources)


class _Rows:
    """The rows of some incidents, before they are saved, each as its values in the order of its model's fields."""

    def __init__(self, reports: Mapping[str, int]) -> None:
        self._reports = reports
        self.slots: list[Row] = []
        self.positions: list[Row] = []
        self.claims: list[Row] = []
        self.statements: list[Row] = []
        self.sources: list[Row] = []

    def add(self, number: int, incident: IncidentRecord) -> None:
        """Make the rows of one incident, whose own row has this number."""
        positions, claims = count(), count()
        for order, view in enumerate(incident.slots):
            slot = row_key(number, order)
            self.slots.append(_slot(slot, number, view))
            for place, position in enumerate(view.positions):
                key = row_key(number, next(positions))
                self.positions.append((key, slot, place, position.sources))
                self.claims += (_claim(number, next(claims), key, claim, self._reports) for claim in position.claims)
        self.statements += (
            _statement(number, order, said, self._reports) for order, said in enumerate(incident.statements)
        )
        self.sources += (
            (row_key(number, order), number, self._reports[document], source)
            for order, (document, source) in enumerate(zip(incident.documents, incident.sources, strict=False))
        )


def delete_claims(incidents: Collection[int]) -> None:
    """Delete the slots, positions, claims and statements of the incidents with these numbers; none are loaded."""
    ranges = [(row_key(number, 0), row_key(number + 1, 0)) for number in sorted(set(incidents))]
    with connection.cursor() as cursor:
        for table in (ReportSource, AttachedStatement, Claim, Position, Slot):
            name, key = connection.ops.quote_name(table._meta.db_table), connection.ops.quote_name("key")
            cursor.executemany(f"DELETE FROM {name} WHERE {key} >= %s AND {key} < %s", ranges)  # noqa: S608


def _slot(key: int, incident: int, view: SlotView) -> Row:
    group = view.group.value if view.group else ""
    return key, incident, view.slot.value, group, view.standing.value, [list(pair) for pair in view.disputes]


def _claim(number: int, order: int, position: int, claim: ClaimRecord, reports: Mapping[str, int]) -> Row:
    return (
        row_key(number, order),
        number,
        position,
        reports[claim.document],
        claim.event,
        claim.slot.value,
        claim.harm.value if claim.harm else "",
        claim.group.value,
        claim.part_of,
        claim.minimum,
        claim.maximum,
        claim.first,
        claim.last,
        claim.precision.value if claim.precision else "",
        claim.code or "",
        claim.shown,
        claim.speaker or "",
        claim.speaker_actor or "",
        claim.hedged,
        claim.told,
        claim.told_at.isoformat() if claim.told_at else "",
        claim.source,
        claim.mention.span.start,
        claim.mention.span.end,
        claim.mention.text,
    )


def _statement(number: int, order: int, said: StatementRecord, reports: Mapping[str, int]) -> Row:
    return (
        row_key(number, order),
        number,
        reports[said.document],
        said.statement,
        said.kind.value,
        said.speaker or "",
        said.speaker_actor or "",
        said.accused or "",
        said.told,
        said.mention.span.start,
        said.mention.span.end,
        said.mention.text,
        said.sign.span.start if said.sign else None,
        said.sign.span.end if said.sign else None,
        said.sign.text if said.sign else "",
    )
