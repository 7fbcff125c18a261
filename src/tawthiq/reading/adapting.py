"""A reading with what an adapter adds: only what grammar left open is filled, and everything added names the adapter.

The law: every statement, event and value that grammar read stays as it was. Offered places and parties compete with
grammar's own in a second reading; its choice enters an event only where the event had none. Offered events are added
where grammar read no event of that act. What is added stands behind a rule "adapter:NAME model MODEL ...".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.lexicon.languages import with_tables
from tawthiq.reading import read
from tawthiq.reading.actors import actor_mentions
from tawthiq.reading.places import place_mentions
from tawthiq.reading.prepared import Prepared, prepare
from tawthiq.reading.proposals import Checked, EventFound, check
from tawthiq.records.actor import ActorMention
from tawthiq.records.errors import AdapterFailed
from tawthiq.records.event import Event
from tawthiq.records.place import PlaceMention
from tawthiq.records.proposal import Accepted, AdaptedReading, AdapterIdentity, Offer, Proposer, Refusal
from tawthiq.records.reading import Document, Reading
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import Statement

_Named = TypeVar("_Named", PlaceMention, ActorMention)
READ_ALREADY = "grammar read it already"
LISTED = "listed only"


@dataclass(frozen=True, slots=True)
class _New:
    """What grammar did not read: places and parties to compete, events to add."""

    places: tuple[PlaceMention, ...]
    parties: tuple[ActorMention, ...]
    events: tuple[EventFound, ...]


def read_adapted(document: Document, proposer: Proposer, known: Gazetteer | None = None) -> AdaptedReading:
    """The document's reading, by the gazetteer `known`, with what the adapter adds.

    A document that grammar cannot read is not shown to it.
    An answer that cannot be used leaves the reading as grammar made it, with one refusal of kind "answer". Raises
    AdapterUnavailable as the proposer does, and what `read` raises.
    """
    plain = read(document, known=known)
    prepared = prepare(document)
    refused: list[Refusal] = []
    offers: Sequence[Offer] = ()
    if prepared.language in with_tables() and prepared.tokens:
        shown = replace(document, readable=prepared.readable, language=prepared.language)
        try:
            offers = proposer.propose(shown)
        except AdapterFailed as error:
            refused.append(Refusal("answer", "", error.happened))
    found = check(prepared, offers, known)
    new = _new(prepared, found, plain, known)
    reading = _filled(plain, _again(document, new, known), new, proposer.identity)
    accepted = tuple(_accepted(found, new))
    return AdaptedReading(reading, proposer.identity, accepted, (*refused, *found.refused))


def _new(prepared: Prepared, found: Checked, plain: Reading, known: Gazetteer | None) -> _New:
    """What of the checked offers grammar has not read: mentions beside its own, events of acts it did not find there."""
    places = [place.mention.span for place in place_mentions(prepared, known)]
    parties = [party.mention.span for party in actor_mentions(prepared, overlay=known.overlay if known else None)]
    return _New(
        places=tuple(_unread(found.places, places)),
        parties=tuple(_unread(found.actors, parties)),
        events=tuple(_untold(prepared, found.events, plain.events)),
    )


def _unread(found: Iterable[_Named], read_already: list[Span]) -> Iterator[_Named]:
    """Mentions that touch none that grammar read and none before them."""
    taken = list(read_already)
    for item in found:
        if not any(item.mention.span.overlaps(span) for span in taken):
            taken.append(item.mention.span)
            yield item


def _untold(prepared: Prepared, found: Iterable[EventFound], told: tuple[Event, ...]) -> Iterator[EventFound]:
    """Events whose words trigger none of grammar's, in sentences where grammar read no event of their act."""
    taken = [event.trigger.span for event in told]
    acts = {(event.act, _sentence(prepared, event.trigger.span)) for event in told}
    for event in found:
        span = event.trigger.span
        key = event.act, _sentence(prepared, span)
        if key not in acts and not any(span.overlaps(other) for other in taken):
            taken.append(span)
            acts.add(key)
            yield event


def _sentence(prepared: Prepared, span: Span) -> int:
    return next((at for at, sentence in enumerate(prepared.sentences) if sentence.overlaps(span)), -1)


def _again(document: Document, new: _New, known: Gazetteer | None) -> tuple[Event, ...]:
    """The events as they are read when offered places and parties compete."""
    return read(document, new.places, new.parties, known).events if new.places or new.parties else ()


def _filled(plain: Reading, again: tuple[Event, ...], new: _New, adapter: AdapterIdentity) -> Reading:
    """Grammar's reading with its open values filled and the new events added."""
    chosen = {(event.trigger.span, event.act): event for event in again}
    told = (_with_offered(event, chosen.get((event.trigger.span, event.act)), new, adapter) for event in plain.events)
    events = [*told, *(_event(event, plain.statements, adapter) for event in new.events)]
    return replace(plain, events=tuple(sorted(events, key=lambda event: event.trigger.span.start)))


def _with_offered(event: Event, chosen: Event | None, new: _New, adapter: AdapterIdentity) -> Event:
    """An event with places and doers where it had none, as the second reading chose them."""
    if chosen is None:
        return event
    filled = event
    if not event.places and any(place in new.places for place in chosen.places):
        rules = [_rule(adapter, "place", place.mention) for place in chosen.places if place in new.places]
        country = event.country or chosen.country
        filled = replace(filled, places=chosen.places, country=country, rules=(*filled.rules, *rules))
    offered = {party.mention for party in new.parties}
    if not event.by and any(doer.mention in offered for doer in chosen.by):
        rules = [_rule(adapter, "by", doer.mention) for doer in chosen.by if doer.mention in offered]
        filled = replace(filled, by=chosen.by, rules=(*filled.rules, *rules))
    return filled


def _event(found: EventFound, statements: tuple[Statement, ...], adapter: AdapterIdentity) -> Event:
    """An event that rests on the adapter alone. Its time stays open: dates are read by grammar only."""
    countries = {place.country for place in found.place.candidates} if found.place else set()
    holding = [i for i, said in enumerate(statements) if said.content.contains(found.trigger.span)]
    return Event(
        act=found.act,
        trigger=found.trigger,
        modality=found.modality,
        scope=found.scope,
        when=None,
        places=(found.place,) if found.place else (),
        country=countries.pop() if len(countries) == 1 else None,
        by=found.by,
        victims=tuple(count.mention for count in found.counts),
        counts=found.counts,
        source=min(holding, key=lambda i: len(statements[i].content), default=None),
        rules=(_rule(adapter, "event", found.trigger),),
    )


def _rule(adapter: AdapterIdentity, what: str, mention: Mention) -> str:
    return f"{adapter} {what} {mention.span.start}..{mention.span.end}"


def _accepted(found: Checked, new: _New) -> Iterator[Accepted]:
    """Every offer that held, and what became of it."""
    for kind, mentions, added in (
        ("place", [place.mention for place in found.places], {place.mention for place in new.places}),
        ("actor", [actor.mention for actor in found.actors], {party.mention for party in new.parties}),
        ("event", [event.trigger for event in found.events], {event.trigger for event in new.events}),
    ):
        use = "added" if kind == "event" else "a candidate for events without one"
        for mention in mentions:
            yield Accepted(kind, mention.span, mention.text, use if mention in added else READ_ALREADY)
    for mention in found.persons:
        yield Accepted("person", mention.span, mention.text, LISTED)
