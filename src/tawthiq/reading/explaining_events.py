"""The reasons behind one event, field by field, in the order of reading/1."""

from collections.abc import Iterator
from dataclasses import replace

from tawthiq.reading.explaining_choices import (
    Material,
    Scored,
    Tellings,
    again_score,
    agent_score,
    count_score,
    place_score,
    scope_score,
    time_score,
)
from tawthiq.reading.explaining_rows import hits_in, party_rows
from tawthiq.records.count import Count
from tawthiq.records.event import Event, Modality
from tawthiq.records.explanation import Reason
from tawthiq.records.place import PlaceMention
from tawthiq.records.span import Mention, Span

SETTLED = {
    "table": "the word's own act",
    "means": "a word for the means beside it",
    "default": "the word's usual act: nothing beside it tells the means",
    "context": "the bombardment told before, within a few sentences",
    "protest": "gunfire in a sentence that names protesters",
}
DENYING = {Modality.DENIED: "denied", Modality.FUTURE: "future", Modality.HEDGED: "hedged"}


def event_reasons(found: Material, told: Tellings, event: Event) -> tuple[Reason, ...]:
    """The reasons for every field that holds a value."""
    return (
        *_act(found, told, event),
        _modality(found, told, event),
        _scope(found, told, event),
        *_when(found, told, event),
        *_places(found, told, event),
        *_country(event),
        *_by(found, told, event),
        *(reason for count in event.counts for reason in _count(found, told, count)),
        *(Reason("victims", "", "the people counted, as worded", victim) for victim in event.victims),
        _source(found, event),
        *_again(found, told),
    )


def _sentence(found: Material, told: Tellings) -> Span:
    marked = found.setting.marked
    first, last = marked.sentence_bounds(told.head.occurrence.sentence)
    return Span(marked.tokens[first].start, marked.tokens[last - 1].end)


def _act(found: Material, told: Tellings, event: Event) -> Iterator[Reason]:
    trigger = told.head.occurrence.trigger
    yield Reason("trigger", trigger.strength, "a word that tells an act", event.trigger, (trigger.row.at,))
    hits = hits_in(found.setting.marked, "act_means", _sentence(found, told)) if trigger.settled == "means" else []
    rows = tuple(hit.row.at for hit in hits if hit.row["act"] == event.act.value)
    rule = SETTLED.get(trigger.settled, trigger.settled)
    yield Reason("act", event.act.value, rule, rows=rows or (trigger.row.at,))


def _modality(found: Material, told: Tellings, event: Event) -> Reason:
    effect = DENYING.get(event.modality)
    if effect is None:
        return Reason("modality", event.modality.value, "no word of denial, of the future or of doubt acts on it")
    hits = hits_in(found.setting.marked, "scope_cues", _sentence(found, told))
    rows = tuple(hit.row.at for hit in hits if hit.row["effect"] == effect)
    rule = f"a word that makes it {effect}" if rows else "the stance of the statement that holds it"
    return Reason("modality", event.modality.value, rule, rows=rows)


def _scope(found: Material, told: Tellings, event: Event) -> Reason:
    hits = hits_in(found.setting.marked, "scope_cues", _sentence(found, told))
    rows = tuple(hit.row.at for hit in hits)
    reason = Reason("scope", event.scope.value, "scored", rows=rows)
    return _scored(reason, scope_score(found.setting, told, event.scope.value))


def _when(found: Material, told: Tellings, event: Event) -> Iterator[Reason]:
    if event.when is None:
        return
    period = event.when.period
    value = f"{period.first.isoformat()}..{period.last.isoformat()}" if period else "open"
    draft = found.draft_with(told, event.when)
    weighed = time_score(found.setting, draft.occurrence, event.when) if draft else None
    yield _scored(Reason("when", value, event.when.reason, event.when.mention), weighed)


def _places(found: Material, told: Tellings, event: Event) -> Iterator[Reason]:
    chain = next((c for c in found.setting.chains if event.places and c.places == event.places), None)
    draft = found.draft_with(told, chain) if chain else None
    weighed = place_score(found.setting, draft.occurrence, chain) if chain and draft else None
    for place in event.places:
        rows = _place_rows(found, place)
        yield _scored(Reason("places", _denoted(place), _resolution(place), place.mention, rows), weighed)
        weighed = None  # one choice gave the whole chain


def _country(event: Event) -> Iterator[Reason]:
    if event.country is None:
        return
    placed = any({place.country for place in mention.candidates} == {event.country} for mention in event.places)
    rule = "the country of its place" if placed else "the country that most places of the report point to"
    yield Reason("country", event.country, rule)


def _denoted(place: PlaceMention) -> str:
    return place.resolved.code if place.resolved else "|".join(candidate.code for candidate in place.candidates)


def _resolution(place: PlaceMention) -> str:
    if place.resolved is None:
        return f"open between {len(place.candidates)} places" if place.candidates else "no table knows the name"
    kind = f" of kind {place.kind.value}" if place.kind else ""
    others = len(place.candidates) - 1
    return f"the one place{kind} that fits" if others < 1 else f"a place{kind} before {others} of the same name"


def _place_rows(found: Material, place: PlaceMention) -> tuple[str, ...]:
    """The type noun in the mention, and the preposition or direction right before it."""
    marked, span = found.setting.marked, place.mention.span
    first = marked.first_token_from(span.start)
    before = marked.at("place_cues", first - 1) if first else None
    rows = [hit.row.at for hit in hits_in(marked, "place_types", span)]
    return tuple(([before.row.at] if before else []) + rows)


def _by(found: Material, told: Tellings, event: Event) -> Iterator[Reason]:
    for doer in event.by:
        actor = next((a for a in found.setting.actors if a.mention == doer.mention), None)
        draft = found.draft_with(told, actor) if actor else None
        if actor is None or draft is None:
            continue
        marked, span = found.setting.marked, doer.mention.span
        first = marked.first_token_from(span.start)
        cues = (marked.at("agent_cues", at) for at in range(max(first - 4, 0), first))
        wording = () if doer.entry else party_rows(marked, span, doer.actor)
        rows = (*wording, *(cue.row.at for cue in cues if cue and first - cue.last <= 1))
        rule = "named for the deed, with doubt" if doer.hedged else "named for the deed"
        party = f"{doer.actor}: {doer.entry}" if doer.entry else doer.actor
        reason = Reason("by", party, rule, doer.mention, rows)
        yield _scored(reason, agent_score(found.setting, draft.occurrence, actor))


def _count(found: Material, told: Tellings, count: Count) -> Iterator[Reason]:
    marked = found.setting.marked
    for counted in (one for one in found.setting.counts if one.count == count):
        rule, _, row = counted.rule.removeprefix("count:").partition(" ")
        harm = marked.at("casualty_harms", counted.harm_at) if counted.harm_at >= 0 else None
        rows = (*((row,) if row else ()), *((harm.row.at,) if harm else ()))
        owner = next((d for d in (told.head, *told.group) if counted in d.counts), told.head)
        part = ", part of the count before it" if count.part_of else ""
        value = f"{count.harm.value} {_bounds(count)} {count.group.value}"
        weighed = count_score(found.setting, owner.occurrence, counted)
        yield _scored(Reason("counts", value, f"harm told by: {rule}{part}", count.mention, rows), weighed)
        return


def _bounds(count: Count) -> str:
    if count.minimum == count.maximum:
        return str(count.minimum)
    return f"{'?' if count.minimum is None else count.minimum}..{'' if count.maximum is None else count.maximum}"


def _source(found: Material, event: Event) -> Reason:
    if event.source is None:
        return Reason("source", "", "in the outlet's own voice: no statement's content holds the trigger")
    statement, trigger = found.setting.statements[event.source], event.trigger.span
    rule = "the headline tells in short what a source is quoted for below"
    if statement.content.overlaps(trigger):
        rule = "the innermost statement whose content holds the trigger"
    elif statement.cue is not None and statement.cue.span.overlaps(trigger):
        rule = "the threat stands in the reporting word itself"
    return Reason("source", str(event.source), rule)


def _again(found: Material, told: Tellings) -> Iterator[Reason]:
    """Further mentions of the event, and why they are no events of their own."""
    for at, draft in enumerate(told.group[1:], start=1):
        weighed = again_score(found.setting, told.group[:at], draft)
        taken_up = "a definite noun takes the event up" if weighed.share < 0.5 else "scored against a new event"
        mention = Mention.at(found.setting.marked.text, draft.occurrence.start, draft.occurrence.end)
        yield _scored(Reason("told again", "", taken_up, mention, (draft.occurrence.trigger.row.at,)), weighed)


def _scored(reason: Reason, weighed: Scored | None) -> Reason:
    """The reason with how sure the choice was, where a choice was scored."""
    return replace(reason, share=weighed.share, weighed=weighed.weighed) if weighed else reason
