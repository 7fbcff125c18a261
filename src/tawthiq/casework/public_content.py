"""What readers of what is published get of a verified case: values, their sources by outlet and day, what stays
disputed.

Left out, always: names of victims, witnesses, speakers and of who verified; readers' comments; words of reports
beyond the values. Of a case marked sensitive (children, sexual violence) the place is that of its governorate or
country, and no claim about the place is shown. Outlets that are accounts of persons are named by their host, files
without an outlet not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tawthiq.casework.case_content import OPEN, CaseContent, ClaimPoint, choices
from tawthiq.casework.verification_outcome import Verdict
from tawthiq.casework.verification_sheet import ATTRIBUTION, PARTY_TYPE, STATUS, VALUE, VIOLATION
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.publication.redaction_places import coarse
from tawthiq.records.place import Place

SCHEMA = "tawthiq/public-case/1"
WHERE, DENIES = "where", "denies"
_OF_VALUE = ("slot", "harm", "group", "part_of", "minimum", "maximum", "precision", "code")


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published a report, as far as that is shown, and on which day; an empty name is a document that the team keeps."""

    name: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Publishing:
    """What a case's public content is made of. `verified` is the day of the last sheet, `people` how many gave one,
    `says` the keys of the claims and statements that at least two of them marked, by party.
    """

    content: CaseContent
    verdict: Verdict
    outlets: Mapping[str, Outlet]
    says: Mapping[str, frozenset[str]]
    act: str
    verified: date
    people: int
    warnings: tuple[str, ...]
    sensitive: bool


def public_content(case: Publishing) -> dict[str, Any]:
    """The content as it is kept and shown: JSON, no name of a person in it."""
    settled = case.verdict.settled
    return {
        "schema": SCHEMA,
        "incident": case.content.incident,
        "about": case.content.digest,
        "act": case.act,
        "status": settled[STATUS],
        "sensitive": case.sensitive,
        "warnings": list(case.warnings),
        "place": _place(case),
        "slots": [_slot(key, claims, case) for key, claims in case.content.slots.items() if key != WHERE],
        "place_disputed": not case.sensitive and len(choices(case.content.slots.get(WHERE, ()))) > 1,
        "violations": [_code(name) for name in settled if name.startswith(f"{VIOLATION}:")],
        "attributions": [_attribution(_code(name), case) for name in settled if name.startswith(f"{ATTRIBUTION}:")],
        "sources": len(case.content.sources),
        "reports": [_outlet(case.outlets.get(document)) for document in case.content.documents],
        "differing": [name for name in case.verdict.differing if not name.startswith(f"{VALUE}:{WHERE}")],
        "verified": case.verified.isoformat(),
        "people": case.people,
    }


def _slot(key: str, claims: Sequence[ClaimPoint], case: Publishing) -> dict[str, Any]:
    chosen = case.verdict.settled.get(f"{VALUE}:{key}", OPEN)
    return {
        "key": key,
        "chosen": chosen,
        "claims": [
            {
                "value": value,
                "says": _value(said[0]),
                "sources": [_outlet(case.outlets.get(document)) for document in _documents(said)],
            }
            for value, said in _nameless(claims).items()
        ],
    }


def _nameless(claims: Sequence[ClaimPoint]) -> dict[str, tuple[ClaimPoint, ...]]:
    """The claims by what they say; parties that no table knows, whose words may be names, fall under one."""
    found: dict[str, list[ClaimPoint]] = {}
    for claim in claims:
        unknown = claim.slot == "who" and claim.code == "other"
        found.setdefault("other" if unknown else claim.value, []).append(claim)
    return {value: tuple(said) for value, said in found.items()}


def _value(claim: ClaimPoint) -> dict[str, Any]:
    """What a claim says, without its words."""
    days = {end: day.isoformat() if (day := getattr(claim, end)) else None for end in ("first", "last")}
    return {**{name: getattr(claim, name) for name in _OF_VALUE}, **days}


def _attribution(party: str, case: Publishing) -> dict[str, Any]:
    """Who names the party, and who tells that it denies, by the words that at least two of those who verified marked."""
    says = case.says.get(party, frozenset())
    said = [each for each in case.content.statements if each.key in says]
    naming = [claim.document for claim in case.content.claims if claim.key in says]
    naming += [each.document for each in said if each.kind != DENIES]
    denying = [each.document for each in said if each.kind == DENIES]
    return {
        "party": party,
        "degree": case.verdict.settled[f"{ATTRIBUTION}:{party}"],
        "party_type": case.verdict.settled.get(f"{PARTY_TYPE}:{party}", ""),
        "sources": [_outlet(case.outlets.get(document)) for document in dict.fromkeys(naming)],
        "denials": [_outlet(case.outlets.get(document)) for document in dict.fromkeys(denying)],
    }


def _place(case: Publishing) -> dict[str, Any] | None:
    """The verified place; of a sensitive case, the narrowest that names no exact spot. None where it stays open."""
    chosen = case.verdict.settled.get(f"{VALUE}:{WHERE}", OPEN)
    claim = next((claim for claim in case.content.slots.get(WHERE, ()) if claim.value == chosen), None)
    if claim is None:
        return None
    place = gazetteer().of_code(claim.code) if claim.code else None
    if case.sensitive:
        place = coarse(place)
        return _named(place) if place else None
    return (
        _named(place)
        if place
        else {
            **dict.fromkeys(("code", "kind", "country"), ""),
            "name": claim.shown,
            "name_en": claim.shown,
        }
    )


def _named(place: Place) -> dict[str, Any]:
    name_en = place.name_en or place.name
    return {
        "code": place.code,
        "name": place.name,
        "name_en": name_en,
        "kind": place.kind.value,
        "country": place.country,
    }


def _documents(claims: Sequence[ClaimPoint]) -> list[str]:
    return list(dict.fromkeys(claim.document for claim in claims))


def _outlet(outlet: Outlet | None) -> list[str]:
    return [outlet.name if outlet else "", outlet.day.isoformat() if outlet and outlet.day else ""]


def _code(name: str) -> str:
    return name.partition(":")[2]
