"""A published incident as JSON: what its page shows, by codes, numbers and days; the file of the data, and what is digested.

The form is tawthiq/published/1 (docs/public-site.md). A digest of it says whether a page changed between two publications.
"""

import hashlib
import json
from typing import Any

from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedReport, DisclosedSlot

SCHEMA = "tawthiq/published/1"


def line_of(incident: DisclosedIncident) -> bytes:
    """The incident as one line of JSON in UTF-8."""
    return (json.dumps(as_json(incident), ensure_ascii=False, separators=(",", ":")) + "\n").encode(
        "utf-8", "backslashreplace"
    )


def digest_of(incident: DisclosedIncident) -> str:
    """SHA-256 (hexadecimal) of what is published of the incident."""
    return hashlib.sha256(line_of(incident)).hexdigest()


def as_json(incident: DisclosedIncident) -> dict[str, Any]:
    """The incident as plain values."""
    outlets = {report.source: report for report in incident.reports}
    return {
        "schema": SCHEMA,
        "incident": incident.number,
        "act": incident.act,
        "from": _iso(incident.first),
        "to": _iso(incident.last),
        "status": incident.status,
        "place_withheld": incident.sensitive,
        "warnings": list(incident.warnings),
        "places": [
            {
                "code": place.code,
                "name_ar": place.name,
                "name_en": place.name_en,
                "kind": place.kind,
                "country": place.country,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "disputed": place.disputed,
            }
            for place in incident.places
        ],
        "violations": list(incident.violations),
        "attributions": [
            {
                "party": each.party,
                "degree": each.degree,
                "party_type": each.party_type,
                "named_by": _outlets(each.named_by, outlets),
                "denied_by": _outlets(each.denied_by, outlets),
            }
            for each in incident.attributions
        ],
        "slots": [_slot(slot, outlets) for slot in incident.slots],
        "differing": list(incident.differing),
        "independent_sources": incident.sources,
        "reports": [_outlet(report) for report in incident.reports],
        "verified": _iso(incident.verified),
        "published": _iso(incident.published),
    }


def _slot(slot: DisclosedSlot, outlets: dict[int, DisclosedReport]) -> dict[str, Any]:
    by_position: dict[int, list[DisclosedClaim]] = {}
    for claim in slot.claims:
        by_position.setdefault(claim.position, []).append(claim)
    return {
        "slot": slot.key,
        "verified_value": slot.chosen,
        "claims": [_claim(claims, outlets) for claims in by_position.values()],
    }


def _claim(claims: list[DisclosedClaim], outlets: dict[int, DisclosedReport]) -> dict[str, Any]:
    first = claims[0]
    return {
        "value": first.key,
        "harm": first.harm,
        "group": first.group,
        "part_of": first.part_of,
        "min": first.minimum,
        "max": first.maximum,
        "from": _iso(first.first),
        "to": _iso(first.last),
        "precision": first.precision,
        "code": first.code,
        "said_by": _outlets(tuple(claim.source for claim in claims), outlets),
    }


def _outlets(numbers: tuple[int, ...], outlets: dict[int, DisclosedReport]) -> list[dict[str, str | None]]:
    return [_outlet(outlets[number]) for number in dict.fromkeys(numbers) if number in outlets]


def _outlet(report: DisclosedReport) -> dict[str, str | None]:
    return {"outlet": report.outlet, "day": _iso(report.published)}


def _iso(day: object) -> str | None:
    return str(day) if day else None
