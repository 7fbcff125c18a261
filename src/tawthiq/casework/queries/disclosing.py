"""Incidents as they leave the archive: through a person's sight, in batches of a constant number of queries, redacted at once.

What sheets say goes along only where the case is settled (`verification_secrecy`): nobody learns from a file what the pages
keep from them. Nothing here is for everybody: that is `public_disclosing`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tawthiq.archive.models import Incident, Slot
from tawthiq.casework.case_content import CaseContent
from tawthiq.casework.models import Case, Publication
from tawthiq.casework.models import CaseContent as ContentRow
from tawthiq.casework.queries.case_contents import contents_of
from tawthiq.casework.queries.case_warnings import is_sensitive
from tawthiq.casework.queries.cases import seen_cases
from tawthiq.casework.queries.disclosed_care import with_care
from tawthiq.casework.queries.disclosed_pages import Pages
from tawthiq.casework.queries.disclosed_rows import Told, told_of
from tawthiq.casework.queries.verification_secrecy import Round, rounds_about
from tawthiq.casework.queries.visibility import Sight
from tawthiq.casework.queries.warnings import warnings_of
from tawthiq.casework.verification_sheet import ATTRIBUTION, PARTY_TYPE, STATUS, VALUE, VIOLATION
from tawthiq.publication.redaction import redacted
from tawthiq.records.disclosure import (
    DisclosedAttribution,
    DisclosedClaim,
    DisclosedDecision,
    DisclosedGrade,
    DisclosedIncident,
    DisclosedSlot,
    Profile,
    Protected,
)

AT_ONCE = 200
PROPOSED = "proposed"
"""The state of an incident about which nobody opened a case."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """The case about an incident, and the sheets about it as it is now, where they may be told."""

    case: Case | None
    settled: Round | None
    published: Publication | None


def disclosed(
    sight: Sight, numbers: Iterable[int], profile: Profile, protected: Protected
) -> Iterator[DisclosedIncident]:
    """The incidents of some numbers that a person sees whole, in their order, redacted for a court or a partner.

    Raises ValueError for the public profile.
    """
    if profile is Profile.PUBLIC:
        raise ValueError("what everybody may see comes from public_disclosing")
    wanted = list(numbers)
    pages = Pages(profile, protected)
    for begin in range(0, len(wanted), AT_ONCE):
        batch = list(_batch(sight, wanted[begin : begin + AT_ONCE]))
        if profile is Profile.PARTNER:
            batch = list(with_care(batch))
        for incident in pages.looked_at(batch):
            yield redacted(incident, profile, protected)


def _batch(sight: Sight, numbers: list[int]) -> Iterator[DisclosedIncident]:
    seen = sight.incidents(Incident.objects.filter(number__in=numbers)).in_bulk()
    contents = contents_of(list(seen))
    told, decided = told_of(sight, list(seen)), _decided(sight, list(seen))
    slots: dict[int, list[Slot]] = {}
    for slot in Slot.objects.filter(incident__in=seen).order_by("key"):
        slots.setdefault(slot.incident_id, []).append(slot)
    care, gate = warnings_of(list(seen), sight), warnings_of(list(seen), whole=True)
    for number in numbers:
        if number in seen and number in contents:
            told_care = tuple(sorted(each.value for each in care.get(number, frozenset())))
            made = _made(seen[number], contents[number], slots.get(number, []), told[number], decided[number])
            sensitive = is_sensitive(tuple(each.value for each in gate.get(number, ())), made.violations)
            yield replace(made, warnings=told_care, sensitive=sensitive)


def _made(
    incident: Incident, content: CaseContent, slots: list[Slot], told: Told, decided: _Decided
) -> DisclosedIncident:
    found = decided.settled
    settled = dict(found.verdict.settled) if found else {}
    violations = tuple(_rest(name) for name in settled if name.startswith(f"{VIOLATION}:"))
    return DisclosedIncident(
        number=incident.number,
        act=incident.act,
        first=incident.first,
        last=incident.last,
        state=decided.case.state if decided.case else PROPOSED,
        status=settled.get(STATUS, ""),
        sensitive=False,
        warnings=(),
        score=incident.score,
        decided_by=incident.decided_by,
        places=told.places,
        slots=tuple(_slots(content, slots, told, settled)),
        statements=told.statements,
        reports=told.reports,
        sources=incident.independent_sources,
        violations=violations,
        attributions=tuple(_attributions(settled)),
        grades=tuple(_grades(found, told)) if found else (),
        differing=found.verdict.differing if found else (),
        decisions=tuple(_decisions(decided)),
        persons=told.persons,
        verified=_verified(found),
        published=decided.published.at.date() if decided.published else None,
    )


def _slots(content: CaseContent, rows: list[Slot], told: Told, settled: dict[str, str]) -> Iterator[DisclosedSlot]:
    by_slot: dict[str, list[DisclosedClaim]] = {}
    for point, (position, event, day) in zip(content.claims, told.positions, strict=True):
        claim = DisclosedClaim(
            key=point.key,
            position=position,
            **{name: getattr(point, name) for name in _OF_POINT},
            source=told.source_numbers.get(point.source or point.document, 0) or told.source_of[point.document],
            event=event,
            told=day,
        )
        by_slot.setdefault(point.slot_key, []).append(claim)
    for row in rows:
        key = f"{row.slot}-{row.group}" if row.group else row.slot
        disputes = tuple((pair[0], pair[1]) for pair in row.disputes)
        chosen = settled.get(f"{VALUE}:{key}", "")
        yield DisclosedSlot(key, row.slot, row.group, row.standing, chosen, disputes, tuple(by_slot.get(key, ())))


_OF_POINT = (
    "slot", "harm", "group", "part_of", "minimum", "maximum", "first", "last", "precision", "code", "shown", "speaker",
    "speaker_actor", "hedged", "document", "start", "end", "text",
)  # fmt: skip


def _attributions(settled: dict[str, str]) -> Iterator[DisclosedAttribution]:
    for name, degree in settled.items():
        if name.startswith(f"{ATTRIBUTION}:"):
            party = _rest(name)
            yield DisclosedAttribution(party, degree, settled.get(f"{PARTY_TYPE}:{party}", ""))


def _grades(found: Round, told: Told) -> Iterator[DisclosedGrade]:
    for given in found.in_force:
        for grade in given.sheet.sources:
            source = told.source_numbers.get(grade.source, 0)
            yield DisclosedGrade(source, grade.reliability, grade.credibility, given.row.by)


def _decisions(decided: _Decided) -> Iterator[DisclosedDecision]:
    if decided.settled:
        for given in decided.settled.in_force:
            yield DisclosedDecision("sheet-given", given.row.by, given.row.at, given.row.sha256)
    if decided.published:
        row = decided.published
        yield DisclosedDecision("case-published", row.by, row.at, row.sha256)


def _verified(found: Round | None) -> date | None:
    if found is None or found.verdict.state != Case.State.VERIFIED:
        return None
    return max(given.row.at for given in found.in_force).date()


def _decided(sight: Sight, numbers: Collection[int]) -> dict[int, _Decided]:
    """The cases about some incidents that a person sees, with what may be told of their sheets: six queries."""
    cases = {case.incident: case for case in seen_cases(sight).filter(incident__in=numbers)}
    contents = [
        row
        for row in ContentRow.objects.filter(case__in=cases.values()).select_related("case")
        if row.digest == row.case.digest
    ]
    rounds = rounds_about(contents)
    settled = {row.case.incident: found for row in contents if (found := rounds[row.pk]).is_settled}
    last: dict[int, Any] = {
        row.case_id: row for row in Publication.objects.filter(case__in=cases.values()).order_by("number")
    }
    return {number: _decided_of(cases.get(number), settled.get(number), last) for number in numbers}


def _decided_of(case: Case | None, settled: Round | None, last: dict[int, Any]) -> _Decided:
    row = last.get(case.pk) if case else None
    shown = row if row is not None and row.deed == Publication.Deed.PUBLISHED else None
    return _Decided(case, settled if case and not case.changed else None, shown)


def _rest(name: str) -> str:
    return name.partition(":")[2]
