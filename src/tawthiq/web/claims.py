"""What the incident pages show: tolls by claim, claims with their words, and the tellings side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from tawthiq.archive.models import Claim, Event, Incident, Report
from tawthiq.web.templatetags.wording import claimed

AROUND = 70


@dataclass(frozen=True, slots=True)
class TollLine:
    """One kind of harm and the different numbers claimed for it, each with how many claims carry it."""

    harm: str
    numbers: tuple[tuple[str, int], ...]
    disputed: bool


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with the words around it: `before`, the words that carry the number, `after`."""

    claim: Claim
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of an incident with its events."""

    report: Report
    events: tuple[Event, ...]
    family: int | None


def toll_lines(incident: Incident) -> list[TollLine]:
    """The tolls of an incident by kind of harm, numbers in the order of the claims."""
    lines: dict[str, dict[str, int]] = {}
    for claim in incident.claims.all():
        numbers = lines.setdefault(claim.harm, {})
        number = claimed(claim)
        numbers[number] = numbers.get(number, 0) + 1
    return [TollLine(harm, tuple(numbers.items()), harm in incident.contradictions) for harm, numbers in lines.items()]


def claim_rows(incident: Incident) -> list[ClaimRow]:
    """The claims with the words they stand in."""
    return [_claim_row(claim) for claim in incident.claims.all()]


def _claim_row(claim: Claim) -> ClaimRow:
    text = claim.report.text
    before = text[max(0, claim.start - AROUND) : claim.start].rpartition("\n")[2]
    after = text[claim.end : claim.end + AROUND].partition("\n")[0]
    return ClaimRow(claim, before, after)


def tellings(incident: Incident) -> list[Telling]:
    """The incident's reports in its order, each with the events that belong to it."""
    events: dict[int, list[Event]] = {}
    for telling in incident.tellings.all():
        events.setdefault(telling.event.report_id, []).append(telling.event)
    return list(_tellings(incident, events))


def _tellings(incident: Incident, events: dict[int, list[Event]]) -> Iterator[Telling]:
    for told in incident.told_in.all():
        member = getattr(told.report, "copy_member", None)
        yield Telling(told.report, tuple(events.get(told.report_id, ())), member.family_id if member else None)
