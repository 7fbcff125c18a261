"""What a decision does to one event or statement: a value in or out, two events of one, one event of two.

The victims whom only one count names go with that count.
"""

from dataclasses import replace
from enum import Enum, auto

from tawthiq.reading.correcting_anchors import found
from tawthiq.reading.correcting_state import Draft, State, mark_of
from tawthiq.reading.correcting_values import Held, held, made, mention_of, with_held, with_single, with_spoken
from tawthiq.records.count import Count
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.reading_correction import MANY, STATEMENT_SLOTS, Judgement, Part, ReadingCorrection, Slot, Value
from tawthiq.records.span import Span
from tawthiq.records.statement import Statement


class Done(Enum):
    """Whether a decision changed something, found it so already, or cannot be placed."""

    CHANGED = auto()
    NOTHING = auto()
    CANNOT = auto()


def bare(given: Value, span: Span) -> Event:
    """An event of which only the act and its characters are known."""
    return Event(
        act=Act(given.code),
        trigger=given.mention_at(span),
        modality=Modality.STATED,
        scope=Scope.SINGLE,
        when=None,
        places=(),
        country=None,
        by=(),
        victims=(),
        counts=(),
        source=None,
        rules=(),
    )


def split(state: State, draft: Draft, event: Event, correction: ReadingCorrection) -> Done:
    """Two events of one: the values named go to the new one, those that stay are in both."""
    given, target = correction.given, correction.made
    span = found(given.anchor, state.text) if given else None
    if given is None or target is None or span is None:
        return Done.CANNOT
    old, new = event, replace(bare(given, span), modality=event.modality, scope=event.scope)
    for part in correction.parts:
        at = found(part.value.anchor, state.text)
        if at is not None:
            old, new = _handed_over(old, new, part, at)
    country = new.country or (old.country if new.places else None)
    draft.record = old
    state.add(target, replace(new, country=country), mark_of(correction))
    return Done.CHANGED


def _handed_over(old: Event, new: Event, part: Part, at: Span) -> tuple[Event, Event]:
    """Both events after one value went to the new one."""
    if part.slot in MANY:
        here = _matching(old, part.slot, part.value, at)
        value = here if here is not None else made(part.slot, part.value, at)
        new = with_held(new, part.slot, (*held(new, part.slot), value))
        if isinstance(here, Count) and here.mention in old.victims:
            new = with_held(new, Slot.VICTIM, (*new.victims, here.mention))
        return (old if here is None or part.stays else _without(old, part.slot, here)), new
    new = with_single(new, part.slot, part.value, at)
    leaves = part.slot is Slot.WHEN and not part.stays and old.when and old.when.mention.span.overlaps(at)
    return (replace(old, when=None) if leaves else old), new


def merge(state: State, draft: Draft, event: Event, correction: ReadingCorrection) -> Done:
    """One event of two tellings of one report: the first keeps its act and what it holds, and gets what it lacks."""
    other = state.draft_of(correction.other) if correction.other else None
    if other is None or other is draft or not isinstance(other.record, Event):
        return Done.CANNOT
    second = other.record
    for slot in sorted(MANY):
        taken = {_identity(part) for part in held(event, slot)}
        more = tuple(part for part in held(second, slot) if _identity(part) not in taken)
        event = with_held(event, slot, (*held(event, slot), *more)) if more else event
    draft.record = replace(event, when=event.when or second.when)
    draft.absorbed |= other.marks | other.absorbed | ({other.made} if other.made else set())
    state.remove(other)
    return Done.CHANGED


def in_event(text: str, draft: Draft, event: Event, correction: ReadingCorrection) -> Done:
    """Put the value given in the place of the one that was there, or take that out."""
    slot, given = correction.slot, correction.given
    was_at = found(correction.was.anchor, text) if correction.was else None
    given_at = found(given.anchor, text) if given else None
    if given and given_at is not None:
        draft.record = _with(event, slot, given, given_at, _there(event, slot, correction.was, was_at))
        return Done.CHANGED
    if correction.judgement is not Judgement.REJECTED or was_at is None or correction.was is None:
        return Done.CANNOT
    if slot is Slot.WHEN:
        is_there = event.when is not None and event.when.mention.span.overlaps(was_at)
        draft.record = replace(event, when=None) if is_there else event
        return Done.CHANGED if is_there else Done.NOTHING
    old = _there(event, slot, correction.was, was_at)
    draft.record = event if old is None else _without(event, slot, old)
    return Done.NOTHING if old is None else Done.CHANGED


def _with(event: Event, slot: Slot, given: Value, at: Span, old: Held | None) -> Event:
    """The event with a value in place of another, where that is there, or beside the others."""
    if slot not in MANY:
        return with_single(event, slot, given, at)
    new = made(slot, given, at)
    if old is not None:
        event = _without(event, slot, old, instead=new)
    return with_held(event, slot, (*held(event, slot), new))


def _there(event: Event, slot: Slot, was: Value | None, at: Span | None) -> Held | None:
    """The value that is to be replaced, where it is there."""
    return _matching(event, slot, was, at) if slot in MANY and was and at is not None else None


def in_statement(text: str, draft: Draft, statement: Statement, correction: ReadingCorrection) -> Done:
    """Another speaker, kind of quotation or stance, or no speaker."""
    given, slot = correction.given, correction.slot
    at = found(given.anchor, text) if given else None
    if slot not in STATEMENT_SLOTS:
        return Done.CANNOT
    if given and at is not None:
        draft.record = with_spoken(statement, slot, given, at)
        return Done.CHANGED
    if slot is not Slot.SPEAKER or correction.judgement is not Judgement.REJECTED:
        return Done.CANNOT
    draft.record = replace(statement, speaker=None)
    return Done.CHANGED if statement.speaker else Done.NOTHING


def _matching(event: Event, slot: Slot, was: Value, at: Span) -> Held | None:
    """The value of a slot that was meant: at these characters, else the only one that shares some of them."""
    parts = [
        part
        for part in held(event, slot)
        if not isinstance(part, Count) or (part.harm.value, part.group.value) == (was.code, was.group)
    ]
    there = [part for part in parts if mention_of(part).span == at]
    there = there or [part for part in parts if mention_of(part).span.overlaps(at)]
    return there[0] if len(there) == 1 else None


def _identity(part: Held) -> tuple[object, ...]:
    span = mention_of(part).span
    return (span, part.harm, part.group) if isinstance(part, Count) else (span,)


def _without(event: Event, slot: Slot, part: Held, instead: Held | None = None) -> Event:
    """The event without a value; victims whom only that count named go with it, or are named by the new one."""
    left = tuple(each for each in held(event, slot) if each != part)
    event = with_held(event, slot, left)
    if slot is not Slot.COUNT:
        return event
    gone = mention_of(part)
    if gone not in event.victims or any(mention_of(each) == gone for each in left):
        return event
    victims = tuple(each for each in event.victims if each != gone)
    return with_held(event, Slot.VICTIM, (*victims, mention_of(instead)) if instead is not None else victims)
