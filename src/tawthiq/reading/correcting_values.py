"""The values of events and statements as one kind of record, and back: what corrections take out and put in.

A value is known in a reading by its slot and characters; counts also by harm and group, since one figure may count dead and
wounded together.
"""

from collections.abc import Iterator
from dataclasses import replace

from tawthiq.reading.correcting_anchors import anchored
from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.period import When
from tawthiq.records.place import PlaceKind, PlaceMention
from tawthiq.records.reading_correction import Slot, Target, Value
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import QuoteKind, Speaker, Stance, Statement

_BREADTH = (
    (PlaceKind.NEIGHBOURHOOD, PlaceKind.FACILITY, PlaceKind.AIRPORT, PlaceKind.DAM, PlaceKind.CROSSING, PlaceKind.ROAD),
    (PlaceKind.CAMP, PlaceKind.VILLAGE, PlaceKind.OTHER),
    (PlaceKind.TOWN,),
    (PlaceKind.CITY,),
    (PlaceKind.DISTRICT, PlaceKind.COUNTRYSIDE),
    (PlaceKind.GOVERNORATE,),
    (PlaceKind.REGION,),
    (PlaceKind.COUNTRY,),
)
"""Kinds of places from the most specific to the widest."""
_RANK = {kind: rank for rank, kinds in enumerate(_BREADTH) for kind in kinds}
_OPEN = 1  # a place that no gazetteer holds is likelier a village than a country


def target_of(text: str, record: Event | Statement) -> Target:
    """How decisions name an event or statement of a reading."""
    if isinstance(record, Event):
        return Target(anchored(text, record.trigger.span), record.act.value)
    return Target(anchored(text, record.content))


def values_of(text: str, event: Event) -> Iterator[tuple[Slot, Value]]:
    """Every value of an event, in the order in which people look at them."""
    trigger = anchored(text, event.trigger.span)
    yield Slot.ACT, Value(trigger, code=event.act.value)
    if event.when:
        yield Slot.WHEN, when_value(text, event.when)
    for place in event.places:
        yield Slot.PLACE, place_value(text, place)
    for doer in event.by:
        yield Slot.BY, party_value(text, doer)
    for victim in event.victims:
        yield Slot.VICTIM, Value(anchored(text, victim.span))
    for count in event.counts:
        yield Slot.COUNT, count_value(text, count)
    yield Slot.MODALITY, Value(trigger, code=event.modality.value)
    yield Slot.SCOPE, Value(trigger, code=event.scope.value)


def values_of_statement(text: str, statement: Statement) -> Iterator[tuple[Slot, Value]]:
    """The values of a statement that people decide about."""
    speaker = statement.speaker
    if speaker:
        anchor = anchored(text, speaker.mention.span)
        yield Slot.SPEAKER, Value(anchor, code=speaker.actor or "", implicit=speaker.implicit)
    content = anchored(text, statement.content)
    yield Slot.KIND, Value(content, code=statement.kind.value)
    yield Slot.STANCE, Value(content, code=statement.stance.value)


def when_value(text: str, when: When) -> Value:
    """A time as a value."""
    return Value(anchored(text, when.mention.span), period=when.period, reason=when.reason)


def place_value(text: str, place: PlaceMention) -> Value:
    """A place as a value."""
    anchor = anchored(text, place.mention.span)
    return Value(anchor, place=place.resolved, candidates=place.candidates, worded=place.kind)


def party_value(text: str, party: ActorMention) -> Value:
    """A doer as a value."""
    return Value(anchored(text, party.mention.span), code=party.actor, entry=party.entry, hedged=party.hedged)


def count_value(text: str, count: Count) -> Value:
    """A count as a value."""
    return Value(
        anchored(text, count.mention.span),
        code=count.harm.value,
        group=count.group.value,
        minimum=count.minimum,
        maximum=count.maximum,
        part_of=count.part_of,
    )


def same(slot: Slot, one: Value, other: Value) -> bool:
    """Whether two values of a slot are one by their characters, and counts by what they count."""
    alike = (one.anchor.start, one.anchor.end) == (other.anchor.start, other.anchor.end)
    return alike and (slot is not Slot.COUNT or (one.code, one.group) == (other.code, other.group))


Held = Mention | PlaceMention | ActorMention | Count
_FIELD = {Slot.PLACE: "places", Slot.BY: "by", Slot.VICTIM: "victims", Slot.COUNT: "counts"}


def held(event: Event, slot: Slot) -> tuple[Held, ...]:
    """The values of a slot that may hold several."""
    values: tuple[Held, ...] = getattr(event, _FIELD[slot])
    return values


def mention_of(part: Held) -> Mention:
    """The characters of a value as a reading holds it."""
    return part if isinstance(part, Mention) else part.mention


def made(slot: Slot, value: Value, span: Span) -> Held:
    """The value of a slot that may hold several, as a reading holds it, its words standing at `span`."""
    mention = value.mention_at(span)
    if slot is Slot.PLACE:
        return PlaceMention(mention, value.place, value.candidates, value.worded)
    if slot is Slot.BY:
        return ActorMention(mention, value.code, value.hedged, value.entry)
    if slot is Slot.COUNT:
        return Count(Harm(value.code), Group(value.group), value.minimum, value.maximum, value.part_of, mention)
    return mention


def with_held(event: Event, slot: Slot, values: tuple[Held, ...]) -> Event:
    """The event with other values in a slot: each once, places from the most specific to the widest, others in text order.

    Where a resolved place is left, the country is that of the most specific one.
    """
    ordered = tuple(sorted(dict.fromkeys(values), key=_order))
    changed = replace(event, **{_FIELD[slot]: ordered})  # type: ignore[arg-type]
    if slot is not Slot.PLACE:
        return changed
    countries = [place.resolved.country for place in changed.places if place.resolved]
    return replace(changed, country=countries[0]) if countries and countries[0] else changed


def _order(part: Held) -> tuple[object, ...]:
    span = mention_of(part).span
    rank = 0
    if isinstance(part, PlaceMention):
        kind = part.resolved.kind if part.resolved else part.kind
        rank = _RANK[kind] if kind else _OPEN
    return rank, span.start, span.end, repr(part)


def with_single(event: Event, slot: Slot, value: Value, span: Span) -> Event:
    """The event with another act, time, modality or scope."""
    if slot is Slot.ACT:
        return replace(event, act=Act(value.code), trigger=value.mention_at(span))
    if slot is Slot.WHEN:
        return replace(event, when=When(value.mention_at(span), value.period, value.reason))
    if slot is Slot.MODALITY:
        return replace(event, modality=Modality(value.code))
    return replace(event, scope=Scope(value.code))


def with_spoken(statement: Statement, slot: Slot, value: Value, span: Span) -> Statement:
    """The statement with another speaker, kind of quotation or stance."""
    if slot is Slot.SPEAKER:
        return replace(statement, speaker=Speaker(value.mention_at(span), value.code or None, value.implicit))
    if slot is Slot.STANCE:
        return replace(statement, stance=Stance(value.code))
    return replace(statement, kind=QuoteKind(value.code))
