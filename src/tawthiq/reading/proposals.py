"""Checking what an adapter offers: each value becomes a span of the text or is refused with the reason.

A value stands only where its words stand verbatim, whole, in a stretch that is read: never in readers' comments or menus.
Codes must be those of docs/contracts.md. Numbers are read from the words by our own grammar; an adapter's number that differs
is refused. What an adapter says otherwise (a date, a coordinate, a reason) has no way in.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import TypeVar

from tawthiq.lexicon.gazetteer import Gazetteer, gazetteer
from tawthiq.reading.actor_table import actors
from tawthiq.reading.actors import actor_mentions
from tawthiq.reading.marked import Marked, mark
from tawthiq.reading.place_resolution import MOST_CANDIDATES
from tawthiq.reading.prepared import Prepared
from tawthiq.reading.quantities import Quantity, quantities
from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Modality, Scope
from tawthiq.records.place import PlaceMention
from tawthiq.records.proposal import (
    ActorOffer,
    CountOffer,
    EventOffer,
    Offer,
    PersonOffer,
    PlaceOffer,
    Quote,
    Refusal,
)
from tawthiq.records.span import Mention, Span

LONGEST_QUOTE = 300  # code points; no name, act or count is longer
MOST_OFFERS = 500  # a document; a report of 300 words names a few dozen things
MOST_PARTS = 20  # doers, and counts, of one event
CLITICS = frozenset("وفبلكس")
KINDS: dict[type[Offer], str] = {
    PlaceOffer: "place", PersonOffer: "person", ActorOffer: "actor", CountOffer: "count", EventOffer: "event"
}  # fmt: skip
_ACTS = ("act_nouns", "act_verbs", "act_phrases")
_SHOWN = 80
_Code = TypeVar("_Code", bound=StrEnum)
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class EventFound:
    """An offered event whose words and codes hold; parts that did not hold are left out."""

    trigger: Mention
    act: Act
    modality: Modality
    scope: Scope
    place: PlaceMention | None
    by: tuple[ActorMention, ...]
    counts: tuple[Count, ...]


@dataclass(slots=True)
class Checked:
    """What held, in text order by kind, and every refusal."""

    places: list[PlaceMention] = field(default_factory=list)
    actors: list[ActorMention] = field(default_factory=list)
    persons: list[Mention] = field(default_factory=list)
    events: list[EventFound] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class _Refused(Exception):
    """Why an offer does not hold."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What offers are held against: the text made ready, the gazetteer, the parties and quantities that grammar reads."""

    prepared: Prepared
    marked: Marked
    known: Gazetteer
    parties: tuple[ActorMention, ...]
    quantities: tuple[Quantity, ...]


def check(prepared: Prepared, offers: Sequence[Offer], known: Gazetteer | None = None) -> Checked:
    """The offers that hold for a document, and the refusals of the others. Nothing is raised, whatever is offered.

    `known` is the gazetteer that says what a place's name may denote, the embedded one when not given.
    """
    found = Checked()
    marked = mark(prepared)
    ground = _Ground(
        prepared,
        marked,
        known or gazetteer(),
        actor_mentions(prepared, overlay=known.overlay if known else None),
        tuple(quantities(marked)) if offers else (),
    )
    for offer in offers[:MOST_OFFERS]:
        _check_one(ground, offer, found)
    if len(offers) > MOST_OFFERS:
        reason = f"{len(offers):,} values were offered and at most {MOST_OFFERS} are looked at"
        found.refused.append(Refusal("answer", "", reason))
    found.places.sort(key=lambda place: place.mention.span)
    found.actors.sort(key=lambda actor: actor.mention.span)
    found.events.sort(key=lambda event: event.trigger.span)
    return found


def _check_one(ground: _Ground, offer: Offer, found: Checked) -> None:
    try:
        if isinstance(offer, PlaceOffer):
            found.places.append(_place(ground, offer.quote))
        elif isinstance(offer, ActorOffer):
            found.actors.append(_actor(ground, offer))
        elif isinstance(offer, PersonOffer):
            found.persons.append(_located(ground.prepared, offer.quote))
        elif isinstance(offer, EventOffer):
            found.events.append(_event(ground, offer, found.refused))
        else:
            raise _Refused("a count belongs to an event and is not taken alone")
    except _Refused as reason:
        found.refused.append(_refusal(offer, str(reason)))


def _refusal(offer: Offer, reason: str) -> Refusal:
    return Refusal(KINDS[type(offer)], offer.quote.text[:_SHOWN], reason)


def _located(prepared: Prepared, quote: Quote) -> Mention:
    """The mention that a quote denotes, widened over prefixed particles to the whole written word; else refused."""
    text, wanted = prepared.document.text, quote.text
    if not wanted.strip() or wanted != wanted.strip():
        raise _Refused("it is empty or begins or ends with a space")
    if "\n" in wanted or len(wanted) > LONGEST_QUOTE:
        raise _Refused(f"it crosses a line or is longer than {LONGEST_QUOTE} characters")
    if quote.start is None:
        return _nth(prepared, quote)
    span = Span(max(quote.start, 0), max(quote.start, 0) + len(wanted))
    if quote.start != span.start or span.of(text) != wanted:
        raise _Refused("it does not stand in the text at the offset given")
    if not any(stretch.contains(span) for stretch in prepared.readable):
        raise _Refused("it stands outside of what is read (comments, menus, other pages' headlines)")
    return _whole(prepared, span)


def _nth(prepared: Prepared, quote: Quote) -> Mention:
    """Where the words stand whole for the time that is meant, inside the stretches that the adapter was shown."""
    text, size = prepared.document.text, len(quote.text)
    stretches = [s for s in quote.within or prepared.readable if any(r.contains(s) for r in prepared.readable)]
    starts = [start for stretch in stretches for start in _starts(text, quote.text, stretch)]
    if not starts:
        elsewhere = "only outside of what is read (comments, menus)" if quote.text in text else "nowhere in the text"
        raise _Refused(f"these words stand {elsewhere}")
    whole: list[Mention] = []
    for start in starts:
        try:
            whole.append(_whole(prepared, Span(start, start + size)))
        except _Refused as reason:
            if start == starts[-1] and not whole:
                raise reason from None
    if not 1 <= quote.occurrence <= len(whole):
        asked = _figure(quote.occurrence)
        raise _Refused(f"these words stand {len(whole)} times, so there is no occurrence {asked}")
    return whole[quote.occurrence - 1]


def _starts(text: str, wanted: str, within: Span) -> Iterator[int]:
    at = text.find(wanted, within.start, within.end)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted), within.end)


def _whole(prepared: Prepared, span: Span) -> Mention:
    """The written words that a span covers; one that cuts a word anywhere but behind a prefixed particle is refused."""
    tokens = prepared.tokens
    text = prepared.document.text
    at = bisect_right(tokens, span.start, key=lambda token: token.start) - 1
    start = span.start
    if at >= 0 and tokens[at].start < span.start < tokens[at].end:
        cut = text[tokens[at].start : span.start]
        if len(cut) > 3 or not set(cut) <= CLITICS:
            raise _Refused("it begins inside a word")
        start = tokens[at].start
    last = bisect_right(tokens, span.end - 1, key=lambda token: token.start) - 1
    if last >= 0 and tokens[last].start < span.end < tokens[last].end:
        raise _Refused("it ends inside a word")
    return Mention.at(text, start, span.end)


def _place(ground: _Ground, quote: Quote) -> PlaceMention:
    """A place with what the gazetteer knows of its name: one place, several candidates, or none."""
    mention = _located(ground.prepared, quote)
    candidates = ground.known.named(quote.text)[:MOST_CANDIDATES]
    resolved = candidates[0] if len(candidates) == 1 else None
    return PlaceMention(mention, resolved, candidates, resolved.kind if resolved else None)


def _actor(ground: _Ground, offer: ActorOffer) -> ActorMention:
    """A party. Words that grammar reads as another party, or that tell an act, are refused: blame is no guess."""
    if offer.actor not in actors():
        raise _Refused(f'"{offer.actor[:_SHOWN]}" is no code of a party')
    mention = _located(ground.prepared, offer.quote)
    other = next((party for party in ground.parties if party.mention.span.overlaps(mention.span)), None)
    if other is not None and other.actor != offer.actor:
        raise _Refused(f"grammar reads these words as {other.actor}")
    marked, (first, last) = ground.marked, _tokens(ground.marked, mention)
    if other is None and any(marked.at(table, at) for table in _ACTS for at in range(first, last)):
        raise _Refused("these words tell an act")
    return ActorMention(mention, offer.actor, hedged=False)


def _event(ground: _Ground, offer: EventOffer, refused: list[Refusal]) -> EventFound:
    """The event; its parts that do not hold are refused apart, so that one wrong number costs no event."""
    act = _code(Act, offer.act, "act")
    modality, scope = _code(Modality, offer.modality, "modality"), _code(Scope, offer.scope, "scope")
    trigger = _located(ground.prepared, offer.quote)
    if max(len(offer.by), len(offer.counts)) > MOST_PARTS:
        raise _Refused(f"it has more than {MOST_PARTS} doers or counts")
    place = _held(PlaceOffer(offer.place), refused, partial(_place, ground, offer.place)) if offer.place else None
    by = [doer for part in offer.by if (doer := _held(part, refused, partial(_actor, ground, part)))]
    counts = [count for part in offer.counts if (count := _held(part, refused, partial(_count, ground, part)))]
    return EventFound(trigger, act, modality, scope, place, tuple(by), tuple(counts))


def _held(part: Offer, refused: list[Refusal], made: Callable[[], _Part]) -> _Part | None:
    try:
        return made()
    except _Refused as reason:
        refused.append(_refusal(part, str(reason)))
        return None


def _code(codes: type[_Code], given: str, what: str) -> _Code:
    try:
        return codes(given)
    except ValueError as error:
        raise _Refused(f'"{given[:_SHOWN]}" is no code of {what}') from error


def _count(ground: _Ground, offer: CountOffer) -> Count:
    """The count, if our own grammar reads the number that the adapter read."""
    harm, group = _code(Harm, offer.harm, "harm"), _code(Group, offer.group, "group")
    mention = _located(ground.prepared, offer.quote)
    first, last = _tokens(ground.marked, mention)
    held = {(q.minimum, q.maximum) for q in ground.quantities if q.first < last and first < q.end}
    if len(held) != 1:
        raise _Refused("its words hold no number" if not held else "its words hold several numbers")
    if (offer.minimum, offer.maximum) not in held:
        raise _Refused(f"its words say {_range(*held.pop())}, not {_range(offer.minimum, offer.maximum)}")
    return Count(harm, group, offer.minimum, offer.maximum, part_of=False, mention=mention)


def _tokens(marked: Marked, mention: Mention) -> tuple[int, int]:
    """The tokens of a mention: the first, and the first behind it."""
    return marked.first_token_from(mention.span.start), marked.first_token_from(mention.span.end)


def _range(minimum: int | None, maximum: int | None) -> str:
    """Bounds in words; an offered number may be thousands of digits long."""
    if minimum == maximum:
        return _figure(minimum)
    return f"{_figure(minimum)} to {_figure(maximum)}"


def _figure(number: int | None) -> str:
    return "open" if number is None else str(number) if abs(number) < 10**12 else "a number of too many digits"
