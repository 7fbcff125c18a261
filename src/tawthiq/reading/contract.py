"""Readings and documents as JSON: the format reading/1 of docs/contracts.md.

Extra fields beside the contract: a statement's `rule`, an event's `rules`, the reason of a resolved date, and a doer's
`actor_entry`, the code of people's own entry, where the wording means one.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.period import Period, Precision, When
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.reading import Document, Reading
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import QuoteKind, Speaker, Stance, Statement

SCHEMA = "tawthiq/reading/1"
Json = dict[str, Any]


def document_from_json(data: Mapping[str, Any]) -> Document:
    """The document of one input line. Raises UnreadableInput naming the field that is missing or of the wrong kind."""
    identifier = data.get("id")
    if not isinstance(identifier, str) or not identifier:
        raise _bad("a document", '"id" is missing or not a text', 'give each document an "id"')
    text = data.get("text")
    if not isinstance(text, str):
        raise _bad(identifier, '"text" is missing or not a text', 'give the document\'s words as "text"')
    return Document(
        id=identifier,
        text=text,
        language=_language(data, identifier),
        published=_optional_date(data, "published", identifier),
        outlet=_optional_text(data, "outlet", identifier),
        title=_optional_text(data, "title", identifier),
    )


def reading_to_json(reading: Reading) -> Json:
    """The reading as an object of reading/1."""
    return {
        "schema": SCHEMA,
        "id": reading.id,
        "language": reading.language,
        "published": reading.published.isoformat() if reading.published else None,
        "statements": [_statement_to_json(statement) for statement in reading.statements],
        "events": [_event_to_json(event) for event in reading.events],
    }


def reading_from_json(data: Mapping[str, Any]) -> Reading:
    """The reading behind an object of reading/1; fields beyond the contract may be absent.

    Raises UnreadableInput naming the reading when the object does not keep the format.
    """
    identifier = str(data.get("id"))
    try:
        published = data.get("published")
        return Reading(
            id=identifier,
            language=str(data.get("language") or "ar"),
            published=date.fromisoformat(published) if published else None,
            statements=tuple(_statement(entry) for entry in data["statements"]),
            events=tuple(_event(entry) for entry in data["events"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _bad(
            identifier, f"this is not a {SCHEMA} object ({error!r})", "read the document again with tawthiq read"
        ) from error


def _bad(item: str, happened: str, advice: str) -> UnreadableInput:
    return UnreadableInput(item=item, happened=happened, advice=advice)


def _language(data: Mapping[str, Any], identifier: str) -> str | None:
    """The primary language of a tag (RFC 5646): "en" of "en-GB", "ar" of "AR"."""
    tag = _optional_text(data, "language", identifier)
    return tag.replace("_", "-").partition("-")[0].strip().lower() if tag else None


def _optional_text(data: Mapping[str, Any], key: str, item: str) -> str | None:
    value = data.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise _bad(item, f'"{key}" is not a text', f'give "{key}" in quotation marks or leave it out')


def _optional_date(data: Mapping[str, Any], key: str, item: str) -> date | None:
    value = _optional_text(data, key, item)
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError as error:
        raise _bad(item, f'"{key}" is "{value}", not a date', "write dates as YYYY-MM-DD") from error


def _mention_to_json(mention: Mention) -> Json:
    return {"start": mention.span.start, "end": mention.span.end, "text": mention.text}


def _mention(data: Mapping[str, Any]) -> Mention:
    return Mention(Span(data["start"], data["end"]), data["text"])


def _statement_to_json(statement: Statement) -> Json:
    speaker = statement.speaker
    return {
        "speaker": speaker
        and {**_mention_to_json(speaker.mention), "actor": speaker.actor, "implicit": speaker.implicit},
        "cue": statement.cue and _mention_to_json(statement.cue),
        "content": {"start": statement.content.start, "end": statement.content.end},
        "kind": statement.kind.value,
        "stance": statement.stance.value,
        "rule": statement.rule,
    }


def _statement(data: Mapping[str, Any]) -> Statement:
    speaker, cue = data.get("speaker"), data.get("cue")
    return Statement(
        speaker=Speaker(_mention(speaker), speaker.get("actor"), bool(speaker.get("implicit"))) if speaker else None,
        cue=_mention(cue) if cue else None,
        content=Span(data["content"]["start"], data["content"]["end"]),
        kind=QuoteKind(data["kind"]),
        stance=Stance(data["stance"]),
        rule=data.get("rule", "given"),
    )


def _event_to_json(event: Event) -> Json:
    return {
        "act": event.act.value,
        "trigger": _mention_to_json(event.trigger),
        "modality": event.modality.value,
        "scope": event.scope.value,
        "when": _when_to_json(event.when) if event.when else None,
        "places": [_place_mention_to_json(place) for place in event.places],
        "country": event.country,
        "by": [_party_to_json(by) for by in event.by],
        "victims": [_mention_to_json(victim) for victim in event.victims],
        "counts": [_count_to_json(count) for count in event.counts],
        "source": event.source,
        "rules": list(event.rules),
    }


def _event(data: Mapping[str, Any]) -> Event:
    return Event(
        act=Act(data["act"]),
        trigger=_mention(data["trigger"]),
        modality=Modality(data["modality"]),
        scope=Scope(data["scope"]),
        when=_when(data["when"]) if data.get("when") else None,
        places=tuple(_place_mention(place) for place in data["places"]),
        country=data.get("country"),
        by=tuple(
            ActorMention(_mention(by), by["actor"], bool(by.get("hedged")), by.get("actor_entry", ""))
            for by in data["by"]
        ),
        victims=tuple(_mention(victim) for victim in data["victims"]),
        counts=tuple(_count(count) for count in data["counts"]),
        source=data.get("source"),
        rules=tuple(data.get("rules", ())),
    )


def _when_to_json(when: When) -> Json:
    period = when.period
    return {
        **_mention_to_json(when.mention),
        "from": period.first.isoformat() if period else None,
        "to": period.last.isoformat() if period else None,
        "precision": period.precision.value if period else None,
        "reason": when.reason,
    }


def _when(data: Mapping[str, Any]) -> When:
    period = None
    if data.get("from"):
        first = date.fromisoformat(data["from"])
        last = date.fromisoformat(data.get("to") or data["from"])
        given = data.get("precision")
        period = Period(first, last, Precision(given or ("day" if first == last else "range")))
    return When(_mention(data), period, data.get("reason", "given"))


def _party_to_json(party: ActorMention) -> Json:
    out = {**_mention_to_json(party.mention), "actor": party.actor, "hedged": party.hedged}
    return {**out, "actor_entry": party.entry} if party.entry else out


def _count_to_json(count: Count) -> Json:
    return {
        "kind": count.harm.value,
        "group": count.group.value,
        "min": count.minimum,
        "max": count.maximum,
        "part_of": count.part_of,
        **_mention_to_json(count.mention),
    }


def _count(data: Mapping[str, Any]) -> Count:
    return Count(
        harm=Harm(data["kind"]),
        group=Group(data["group"]),
        minimum=data["min"],
        maximum=data["max"],
        part_of=bool(data.get("part_of")),
        mention=_mention(data),
    )


def _place_mention_to_json(place: PlaceMention) -> Json:
    out = _mention_to_json(place.mention)
    kind = place.kind or (place.resolved.kind if place.resolved else None)
    if kind:
        out["kind"] = kind.value
    if place.resolved:
        out |= _place_to_json(place.resolved, kind)
    elif place.candidates:
        out["candidates"] = [_place_to_json(candidate, None) for candidate in place.candidates]
    return out


def _place_to_json(place: Place, kind: PlaceKind | None) -> Json:
    return {
        "code": place.code,
        "name": place.name,
        "name_en": place.name_en,
        "kind": (kind or place.kind).value,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _place_mention(data: Mapping[str, Any]) -> PlaceMention:
    kind = PlaceKind(data["kind"]) if data.get("kind") else None
    resolved = _place(data) if data.get("name") else None
    candidates = tuple(_place(entry) for entry in data.get("candidates", ()))
    return PlaceMention(_mention(data), resolved, candidates or ((resolved,) if resolved else ()), kind)


def _place(data: Mapping[str, Any]) -> Place:
    return Place(
        code=data.get("code", data["name"]),
        name=data["name"],
        name_en=data.get("name_en", data["name"]),
        kind=PlaceKind(data.get("kind", "other")),
        country=data.get("country") or "",
        latitude=data.get("latitude"),
        longitude=data.get("longitude"),
        parent=None,
        population=0,
    )
