"""A line of the table behind a map: the incident, where it is said to have been, and the characters that say so."""

from dataclasses import dataclass

from tawthiq.archive.models import Incident, IncidentPlace, Report
from tawthiq.web.mapping.extents import is_area
from tawthiq.web.mapping.marks import named, somewhere
from tawthiq.web.report_address import address_of


@dataclass(frozen=True, slots=True)
class RowShown:
    """One place of one incident. `where` keeps what is open; `words` are the source's own, at `address`."""

    incident: Incident
    where: str
    area: bool
    disputed: bool
    words: str
    report: Report
    address: str
    located: bool


def row_shown(row: IncidentPlace) -> RowShown:
    """The line of one place; its claim and the claim's report are loaded with it."""
    claim, area = row.claim, is_area(row.kind)
    name = named(row.name, row.name_en)
    return RowShown(
        incident=row.incident,
        where=somewhere(name, row.kind) if area else name,
        area=area,
        disputed=row.disputed,
        words=claim.text,
        report=claim.report,
        address=address_of(claim.report, claim.start, claim.end),
        located=row.latitude is not None,
    )
