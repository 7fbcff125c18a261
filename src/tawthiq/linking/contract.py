"""Links as JSON: the format links/1 of docs/contracts.md.

Extra fields: `unlinked`; a family's `containment`, `edges` and `origin`; an incident's `contradictions`, `independent_sources`,
`sources`, `slots`, `statements` and `by`; a claim's group.
"""

from collections.abc import Sequence
from typing import Any

from tawthiq.records.claim import AttachedStatement, Claim, SlotView
from tawthiq.records.copies import CopyFamily, CopyOrigin, SharedPassage
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
        "unlinked": list(links.unlinked),
    }


def _family(family: CopyFamily) -> Json:
    return {
        "ids": list(family.ids),
        "passages": [_passage(passage) for passage in family.passages],
        "containment": family.containment,
        "edges": [{"ids": [edge.first, edge.second], "containment": edge.containment} for edge in family.edges],
        "origin": _origin(family.origin) if family.origin else None,
    }


def _origin(origin: CopyOrigin) -> Json:
    return {
        "agency": origin.agency,
        "document": origin.document,
        "reasons": [
            {
                "sign": reason.sign.value,
                "document": reason.document,
                "agency": reason.agency,
                "credit": _mention(reason.credit) if reason.credit else None,
                "day": reason.day.isoformat() if reason.day else None,
                "at": reason.at.isoformat() if reason.at else None,
            }
            for reason in origin.reasons
        ],
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
        "sources": dict(zip(incident.documents, incident.sources, strict=False)),
        "decided": incident.linked.value,
        "score": incident.score,
        "why": [{"feature": r.feature, "weight": r.weight, "detail": r.detail} for r in incident.reasons],
        "slots": [_slot(view) for view in incident.slots],
        "statements": [_statement(said) for said in incident.statements],
        "by": incident.decided_by.value,
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


def _slot(view: SlotView) -> Json:
    return {
        "slot": view.slot.value,
        "group": view.group.value if view.group else None,
        "standing": view.standing.value,
        "disputes": [list(pair) for pair in view.disputes],
        "positions": [
            {"sources": position.sources, "claims": [_claim(claim) for claim in position.claims]}
            for position in view.positions
        ],
    }


def _claim(claim: Claim) -> Json:
    """A claim of a slot: where it stands and who says so; then what is claimed, without what its slot does not have."""
    value: Json = {"code": claim.code, "shown": claim.shown}
    if claim.harm:
        value = {"min": claim.minimum, "max": claim.maximum, "group": claim.group.value, "part_of": claim.part_of}
    elif claim.first and claim.last:
        precision = claim.precision.value if claim.precision else None
        value = {"from": claim.first.isoformat(), "to": claim.last.isoformat(), "precision": precision}
    return {
        "document": claim.document,
        "event": claim.event,
        "speaker": claim.speaker,
        "speaker_actor": claim.speaker_actor,
        "source": claim.source,
        "told": claim.told.isoformat() if claim.told else None,
        "hedged": claim.hedged,
        **value,
        **_mention(claim.mention),
    }


def _statement(said: AttachedStatement) -> Json:
    return {
        "kind": said.kind.value,
        "document": said.document,
        "statement": said.statement,
        "speaker": said.speaker,
        "speaker_actor": said.speaker_actor,
        "accused": said.accused,
        "told": said.told.isoformat() if said.told else None,
        "sign": _mention(said.sign) if said.sign else None,
        **_mention(said.mention),
    }
