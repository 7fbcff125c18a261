"""A verification sheet: what one person found about one content of an incident, as a record and as canonical JSON.

No value is typed: a sheet names a claim, or two claims whose values a range spans, or leaves the slot open. `fields`
is what matters when sheets are compared; grades of sources and remarks do not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tawthiq.casework.case_content import OPEN, CaseContent, span_of

SCHEMA = "tawthiq/verification-sheet/1"
STATUS, DUPLICATE = "status", "duplicate"
VALUE, VIOLATION, ATTRIBUTION, PARTY_TYPE = "value", "violation", "attribution", "party_type"
YES = "yes"


@dataclass(frozen=True, slots=True)
class SourceGrade:
    """The grades of one independent source: how reliable it is, and how credible what it tells here."""

    source: str
    reliability: str
    credibility: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The value of a slot: one claim, a range between two, or open where both are empty. Claims by their keys."""

    claim: str = ""
    to: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the person leaves the slot open."""
        return not self.claim


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a person finds of one party named as responsible, and by which claims and statements (their keys)."""

    party: str
    degree: str
    party_type: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's findings. `duplicate` is the number of the incident that this one repeats, for that status only."""

    sources: tuple[SourceGrade, ...]
    status: str
    duplicate: int | None
    values: tuple[tuple[str, Choice], ...]
    violations: tuple[str, ...]
    attributions: tuple[Attribution, ...]
    remarks: str


def fields(sheet: Sheet, content: CaseContent) -> dict[str, str]:
    """What matters of a sheet, each field by its name: "status", "value:killed-all", "violation:KIL",
    "attribution:russia".
    """
    found = {STATUS: sheet.status, DUPLICATE: str(sheet.duplicate or "")}
    found |= {f"{VALUE}:{slot}": value_chosen(choice, content) for slot, choice in sheet.values}
    found |= {f"{VIOLATION}:{code}": YES for code in sheet.violations}
    for each in sheet.attributions:
        found[f"{ATTRIBUTION}:{each.party}"] = each.degree
        found[f"{PARTY_TYPE}:{each.party}"] = each.party_type
    return {name: value for name, value in found.items() if value}


def value_chosen(choice: Choice, content: CaseContent) -> str:
    """The value that a choice means, for comparison: equal for two claims that say the same."""
    claims = {claim.key: claim for claim in content.claims}
    claim = claims.get(choice.claim)
    if claim is None:
        return OPEN
    other = claims.get(choice.to)
    return claim.value if other is None else "..".join(span_of(claim, other))


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """The findings as they are kept; who, when, about what, and the nonce are added by the act that keeps them."""
    return {
        "schema": SCHEMA,
        "sources": [[each.source, each.reliability, each.credibility] for each in sheet.sources],
        "status": sheet.status,
        "duplicate": sheet.duplicate,
        "values": [[slot, choice.claim, choice.to] for slot, choice in sheet.values],
        "violations": list(sheet.violations),
        "attributions": [[each.party, each.degree, each.party_type, list(each.says)] for each in sheet.attributions],
        "remarks": sheet.remarks,
    }


def sheet_from_json(kept: Mapping[str, Any]) -> Sheet:
    """What `sheet_to_json` kept."""
    return Sheet(
        tuple(SourceGrade(*each) for each in kept["sources"]),
        kept["status"],
        kept["duplicate"],
        tuple((slot, Choice(claim, to)) for slot, claim, to in kept["values"]),
        tuple(kept["violations"]),
        tuple(Attribution(party, degree, kind, tuple(says)) for party, degree, kind, says in kept["attributions"]),
        kept["remarks"],
    )
