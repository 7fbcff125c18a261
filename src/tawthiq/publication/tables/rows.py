"""The rows of the tables: one a record, its values in the order of the lexicon's columns (export_columns).

A column that bears the name of a field of the record holds that field; every other is worked out here, and left aside when
tables are read back.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from tawthiq.lexicon.exports import export_tables
from tawthiq.publication.tables.claimed import contested, is_chosen, toll, value_of
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedReport, DisclosedSlot

Row = tuple[Any, ...]
INCIDENTS, PLACES, SLOTS, CLAIMS, STATEMENTS, REPORTS = (
    "incidents",
    "places",
    "slots",
    "claims",
    "statements",
    "reports",
)
INCIDENT = "incident"
_WORKED_OUT = {
    INCIDENTS: (
        "reports", "claims", "disputed", "killed_lowest", "killed_highest", "injured_lowest", "injured_highest",
    ),
    CLAIMS: (INCIDENT, "slot_key", "sha256", "outlet", "value", "standing", "disputed", "chosen"),
    STATEMENTS: (INCIDENT, "sha256"),
}  # fmt: skip


def tables() -> tuple[str, ...]:
    """The names of the tables, in their order."""
    return tuple(export_tables())


@cache
def kept_fields(table: str) -> tuple[str, ...]:
    """The columns of a table that hold fields of its record, in order."""
    apart = _WORKED_OUT.get(table, (INCIDENT,))
    return tuple(column.name for column in export_tables()[table] if column.name not in apart)


def rows_of(incident: DisclosedIncident) -> Iterator[tuple[str, Row]]:
    """Every row of an incident with the name of its table, those of one table together, in the order of the records."""
    reports = {report.document: report for report in incident.reports}
    yield INCIDENTS, _incident(incident)
    for table in tables()[1:]:
        if table == CLAIMS:
            yield from ((CLAIMS, row) for row in _claims(incident, reports))
        elif table == STATEMENTS:
            yield from ((STATEMENTS, row) for row in _statements(incident, reports))
        else:
            records: Iterable[object] = getattr(incident, table)
            get = _getter(table)
            yield from ((table, (incident.number, *get(record))) for record in records)


@cache
def _getter(table: str) -> Callable[[Any], Row]:
    """The fields of a record that a table keeps, as one tuple."""
    found: Callable[[Any], Row] = attrgetter(*kept_fields(table))
    return found


def _incident(incident: DisclosedIncident) -> Row:
    killed, injured = toll(incident, "killed"), toll(incident, "injured")
    disputed = any(slot.standing == "disputed" or slot.disputes for slot in incident.slots)
    bounds = (*(killed or (None, None)), *(injured or (None, None)))
    return (*_getter(INCIDENTS)(incident), len(incident.reports), len(incident.claims), disputed, *bounds)


def _claims(incident: DisclosedIncident, reports: dict[str, DisclosedReport]) -> Iterator[Row]:
    get = _getter(CLAIMS)
    for slot in incident.slots:
        against = contested(slot)
        for claim in slot.claims:
            report = reports.get(claim.document) if claim.document else None
            yield (incident.number, slot.key, *get(claim), *_beside(slot, claim, report, against))


def _beside(slot: DisclosedSlot, claim: DisclosedClaim, report: DisclosedReport | None, against: frozenset[int]) -> Row:
    return (
        report.sha256 if report else "",
        report.outlet if report else "",
        value_of(slot.key, claim),
        slot.standing,
        claim.position in against,
        is_chosen(slot, claim),
    )


def _statements(incident: DisclosedIncident, reports: dict[str, DisclosedReport]) -> Iterator[Row]:
    get = _getter(STATEMENTS)
    for said in incident.statements:
        report = reports.get(said.document) if said.document else None
        yield (incident.number, *get(said), report.sha256 if report else "")
