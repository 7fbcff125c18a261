"""Links as JSON: the format links/1 of docs/contracts.md.

Extra fields: a family's `containment` and `edges`, an incident's `contradictions` and `independent_sources`, a claim's group.
"""

from collections.abc import Sequence
from typing import Any

from tawthiq.records.claim import Claim
from tawthiq.records.copies import CopyFamily, SharedPassage
from tawthiq.records.incident import Incident
from tawthiq.records.links import Links
from tawthiq.records.span import Mention

SCHEMA = "tawthiq/links/1"
Json = dict[str, Any]


def links_to_json(links: Links) -> Json:
    """The links as one object of links/1."""
    return {
        "schema": SCHEMA,
        "copies": [_family(family) for family in links.copies],
        "incidents": [_incident(incident) for incident in links.incidents],
    }


def _family(family: CopyFamily) -> Json:
    return {
        "ids": list(family.ids),
        "passages": [_passage(passage) for passage in family.passages],
        "containment": family.containment,
        "edges": [{"ids": [edge.first, edge.second], "containment": edge.containment} for edge in family.edges],
    }


def _passage(passage: SharedPassage) -> Json:
    return {
        "in": [
            {"id": passage.first, **_mention(passage.in_first)},
            {"id": passage.second, **_mention(passage.in_second)},
        ]
    }


def _mention(mention: Mention) -> Json:
    return {"start": mention.span.start, "end": mention.span.end, "text": mention.text}


def _incident(incident: Incident) -> Json:
    return {
        "id": incident.id,
        "documents": list(incident.documents),
        "events": [[reference.document, reference.event] for reference in incident.events],
        "act": incident.act.value,
        "from": incident.first.isoformat() if incident.first else None,
        "to": incident.last.isoformat() if incident.last else None,
        "place": incident.place,
        "latitude": incident.latitude,
        "longitude": incident.longitude,
        "killed": _toll(incident.killed),
        "injured": _toll(incident.injured),
        "contradictions": list(incident.contradictions),
        "independent_sources": incident.independent_sources,
        "decided": incident.linked.value,
        "score": incident.score,
        "why": [{"feature": r.feature, "weight": r.weight, "detail": r.detail} for r in incident.reasons],
    }


def _toll(claims: Sequence[Claim]) -> Json | None:
    """The claims with the lowest and highest toll any of them gives; None where nobody gives one."""
    if not claims:
        return None
    lowest = [claim.minimum for claim in claims if claim.minimum is not None]
    highest = [claim.maximum for claim in claims]
    return {
        "min": min(lowest, default=None),
        "max": None if None in highest else max(value for value in highest if value is not None),
        "claims": [
            {
                "document": claim.document,
                "speaker": claim.speaker,
                "min": claim.minimum,
                "max": claim.maximum,
                "group": claim.group.value,
                "part_of": claim.part_of,
                **_mention(claim.mention),
            }
            for claim in claims
        ],
    }
