"""Claims by slot and attached statements as rows, for the incidents given: saved, or deleted to be saved anew.

Keys follow from the incident's number and the order of things in its record, so the rows of one incident can be replaced
without touching others. The caller holds the transaction.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from tawthiq.archive.models import AttachedStatement, Claim, Position, Slot
from tawthiq.archive.models.keys import row_key
from tawthiq.records.claim import AttachedStatement as StatementRecord
from tawthiq.records.claim import Claim as ClaimRecord
from tawthiq.records.claim import SlotView
from tawthiq.records.incident import Incident as IncidentRecord


def save_claims(incidents: Iterable[tuple[int, IncidentRecord]], reports: Mapping[str, int]) -> None:
    """Save the slots, positions, claims and statements of `incidents`, each beside the number of its row, which is saved.

    `reports` gives the number of the report of each document. Raises UnreadableCapture for an incident of more than a
    million claims, which no incident has.
    """
    slots, positions, claims, statements = list[Slot](), list[Position](), list[Claim](), list[AttachedStatement]()
    for number, incident in incidents:
        at_position = at_claim = 0
        for at_slot, view in enumerate(incident.slots):
            slot = _slot(number, at_slot, view)
            slots.append(slot)
            for order, position in enumerate(view.positions):
                row = Position(
                    key=row_key(number, at_position), slot_id=slot.key, order=order, sources=position.sources
                )
                positions.append(row)
                at_position += 1
                for claim in position.claims:
                    claims.append(_claim(number, at_claim, row.key, claim, reports))
                    at_claim += 1
        statements += (
            _statement(number, order, statement, reports) for order, statement in enumerate(incident.statements)
        )
    Slot.objects.bulk_create(slots)
    Position.objects.bulk_create(positions)
    Claim.objects.bulk_create(claims)
    AttachedStatement.objects.bulk_create(statements)


def delete_claims(incidents: Collection[int]) -> None:
    """Delete the slots, positions, claims and statements of the incidents with these numbers; none are loaded."""
    ranges = [(row_key(number, 0), row_key(number + 1, 0)) for number in sorted(set(incidents))]
    with connection.cursor() as cursor:
        for table in (AttachedStatement, Claim, Position, Slot):
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
