"""Claims by slot and attached statements as rows, for the incidents given: saved, or deleted to be saved anew.

Keys follow from the incident's number and the order of things in its record, so the rows of one incident can be replaced
without touching others. The caller holds the transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import count

from django.db import connection

from tawthiq.archive.models import AttachedStatement, Claim, Position, ReportSource, Slot
from tawthiq.archive.models.keys import row_key
from tawthiq.records.claim import AttachedStatement as StatementRecord
from tawthiq.records.claim import Claim as ClaimRecord
from tawthiq.records.claim import SlotView
from tawthiq.records.incident import Incident as IncidentRecord


def save_claims(incidents: Iterable[tuple[int, IncidentRecord]], reports: Mapping[str, int]) -> None:
    """Save the slots, positions, claims, statements and sources of `incidents`, each beside the number of its saved row.

    `reports` gives the number of the report of each document. Raises UnreadableCapture for an incident of more than a
    million claims, which no incident has.
    """
    rows = _Rows(reports)
    for number, incident in incidents:
        rows.add(number, incident)
    Slot.objects.bulk_create(rows.slots)
    Position.objects.bulk_create(rows.positions)
    Claim.objects.bulk_create(rows.claims)
    AttachedStatement.objects.bulk_create(rows.statements)
    ReportSource.objects.bulk_create(rows.sources)


class _Rows:
    """The rows of some incidents, before they are saved."""

    def __init__(self, reports: Mapping[str, int]) -> None:
        self._reports = reports
        self.slots: list[Slot] = []
        self.positions: list[Position] = []
        self.claims: list[Claim] = []
        self.statements: list[AttachedStatement] = []
        self.sources: list[ReportSource] = []

    def add(self, number: int, incident: IncidentRecord) -> None:
        """Make the rows of one incident, whose own row has this number."""
        positions, claims = count(), count()
        for order, view in enumerate(incident.slots):
            slot = _slot(number, order, view)
            self.slots.append(slot)
            for place, position in enumerate(view.positions):
                key = row_key(number, next(positions))
                self.positions.append(Position(key=key, slot_id=slot.key, order=place, sources=position.sources))
                self.claims += (_claim(number, next(claims), key, claim, self._reports) for claim in position.claims)
        self.statements += (
            _statement(number, order, said, self._reports) for order, said in enumerate(incident.statements)
        )
        self.sources += (
            ReportSource(
                key=row_key(number, order), incident_id=number, report_id=self._reports[document], source=source
            )
            for order, (document, source) in enumerate(zip(incident.documents, incident.sources, strict=False))
        )


def delete_claims(incidents: Collection[int]) -> None:
    """Delete the slots, positions, claims and statements of the incidents with these numbers; none are loaded."""
    ranges = [(row_key(number, 0), row_key(number + 1, 0)) for number in sorted(set(incidents))]
    with connection.cursor() as cursor:
        for table in (ReportSource, AttachedStatement, Claim, Position, Slot):
            name, key = connection.ops.quote_name(table._meta.db_table), connection.ops.quote_name("key")
            cursor.executemany(f"DELETE FROM {name} WHERE {key} >= %s AND {key} < %s", ranges)  # noqa: S608


def _slot(number: int, order: int, view: SlotView) -> Slot:
    return Slot(
        key=row_key(number, order),
        incident_id=number,
        slot=view.slot.value,
        group=view.group.value if view.group else "",
        standing=view.standing.value,
        disputes=[list(pair) for pair in view.disputes],
    )


def _claim(number: int, order: int, position: int, claim: ClaimRecord, reports: Mapping[str, int]) -> Claim:
    return Claim(
        key=row_key(number, order),
        incident_id=number,
        position_id=position,
        report_id=reports[claim.document],
        event=claim.event,
        slot=claim.slot.value,
        harm=claim.harm.value if claim.harm else "",
        group=claim.group.value,
        part_of=claim.part_of,
        minimum=claim.minimum,
        maximum=claim.maximum,
        first=claim.first,
        last=claim.last,
        precision=claim.precision.value if claim.precision else "",
        code=claim.code or "",
        shown=claim.shown,
        speaker=claim.speaker or "",
        speaker_actor=claim.speaker_actor or "",
        hedged=claim.hedged,
        told=claim.told,
        told_at=claim.told_at.isoformat() if claim.told_at else "",
        source=claim.source,
        start=claim.mention.span.start,
        end=claim.mention.span.end,
        text=claim.mention.text,
    )


def _statement(number: int, order: int, said: StatementRecord, reports: Mapping[str, int]) -> AttachedStatement:
    return AttachedStatement(
        key=row_key(number, order),
        incident_id=number,
        report_id=reports[said.document],
        statement=said.statement,
        kind=said.kind.value,
        speaker=said.speaker or "",
        speaker_actor=said.speaker_actor or "",
        accused=said.accused or "",
        told=said.told,
        start=said.mention.span.start,
        end=said.mention.span.end,
        text=said.mention.text,
        sign_start=said.sign.span.start if said.sign else None,
        sign_end=said.sign.span.end if said.sign else None,
        sign_text=said.sign.text if said.sign else "",
    )
