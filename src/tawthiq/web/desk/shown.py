"""The reading as the desk shows it: events and statements as tables by slot, each value with what was decided about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tawthiq.casework.models import ReadingCorrection
from tawthiq.reading.correcting import Fit, Outcome, says_alike
from tawthiq.reading.correcting_anchors import found
from tawthiq.records.event import Event
from tawthiq.records.reading_correction import Judgement, Slot, Target, Value
from tawthiq.records.reading_correction import ReadingCorrection as Decision
from tawthiq.records.span import Mention
from tawthiq.web import labels
from tawthiq.web.desk.meanings import meaning, slot_name
from tawthiq.web.desk.opened import Named, Opened
from tawthiq.web.highlighting import Mark

UNWORDED = (Slot.MODALITY, Slot.SCOPE, Slot.STANCE)
KEPT_WHOLE = (Slot.ACT, Slot.MODALITY, Slot.SCOPE, Slot.KIND, Slot.STANCE)
_KINDS = {
    Slot.ACT: "act",
    Slot.WHEN: "when",
    Slot.PLACE: "place",
    Slot.BY: "actor",
    Slot.VICTIM: "victim",
    Slot.COUNT: "count",
    Slot.SPEAKER: "speaker",
    Slot.KIND: "statement",
}
_STATES = {
    Judgement.ACCEPTED: "accepted",
    Judgement.CORRECTED: "corrected",
    Judgement.ADDED: "added",
    Judgement.SPLIT: "added",
    Judgement.MERGED: "",
    Judgement.REJECTED: "",
}


@dataclass(frozen=True, slots=True)
class ValueShown:
    """One value in a table: its name in forms, its slot, its words, what it says, and what was decided about it.

    `state` is empty while nobody decided, else "accepted", "corrected" or "added"; `was` is then what stood there before.
    `worded` is false where the value is a judgement about the whole event; `removable` where it can be rejected alone.
    """

    token: str
    slot: Slot
    name: str
    kind: str
    words: str
    meaning: str
    state: str = ""
    by: str = ""
    at: datetime | None = None
    was: str = ""
    worded: bool = True
    removable: bool = True

    @property
    def mark_id(self) -> str:
        """The fragment that leads to its characters."""
        return self.token.replace(".", "-")


@dataclass(frozen=True, slots=True)
class RecordShown:
    """One event or statement: its name in forms, its number on the page, its heading, its values, its source, its act."""

    token: str
    number: int
    heading: str
    source: int
    values: tuple[ValueShown, ...]
    note: str = ""
    act: str = ""

    @property
    def left(self) -> int:
        """How many of its values nobody decided about."""
        return sum(not value.state for value in self.values)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A value, or a whole event or statement, that somebody rejected."""

    name: str
    words: str
    meaning: str
    by: str
    at: datetime
    act: int
    holds: bool


def events_shown(opened: Opened) -> list[RecordShown]:
    """The events in the order of the reading."""
    told = zip(opened.settled.reading.events, opened.settled.events, strict=True)
    return [_event(opened, at, event, target) for at, (event, target) in enumerate(told)]


def statements_shown(opened: Opened) -> list[RecordShown]:
    """The statements in the order of the reading."""
    found = []
    for at, statement in enumerate(opened.settled.reading.statements):
        token = f"s{at}"
        values = tuple(_value(opened, named) for named in _of(opened, token))
        heading = statement.speaker.mention.text if statement.speaker else ""
        found.append(RecordShown(token, at + 1, heading, 0, values))
    return found


def undecided(opened: Opened) -> list[Named]:
    """The values that nobody decided about, without those that stand for another one's words."""
    shown = [*events_shown(opened), *statements_shown(opened)]
    return [opened.values[value.token] for record in shown for value in record.values if not value.state]


def taken_out(opened: Opened) -> list[TakenOut]:
    """What people rejected and is in force, in text order."""
    acts = {row.sha256: row for row, _ in opened.kept.rows}
    found = [
        _taken_out(outcome, acts)
        for outcome in opened.settled.outcomes
        if outcome.correction.judgement is Judgement.REJECTED and outcome.fit in (Fit.APPLIED, Fit.HOLDS)
    ]
    return sorted(found, key=lambda each: (each.at, each.words))


def marks(records: Sequence[RecordShown], opened: Opened) -> Iterator[Mark]:
    """The marks that values have in the text."""
    for record in records:
        for value in record.values:
            named = opened.values[value.token]
            if value.worded and named.value is not None:
                yield Mark(value.mark_id, value.kind, record.token, named.value.anchor.span)


def _event(opened: Opened, at: int, event: Event, target: Target) -> RecordShown:
    token = f"e{at}"
    counted = {count.mention for count in event.counts}
    listed = [named for named in _of(opened, token) if not _is_counted(named, event, counted)]
    values = tuple(_value(opened, named) for named in listed)
    source = event.source + 1 if event.source is not None else 0
    note = next((each for each in ("split", "merged") if _was(opened, target, each)), "")
    return RecordShown(token, at + 1, labels.label("act", event.act.value), source, values, note, event.act.value)


def _is_counted(named: Named, event: Event, counted: set[Mention]) -> bool:
    """Whether the people harmed are named by a count of the event, which people decide about instead."""
    if named.slot is not Slot.VICTIM or named.value is None:
        return False
    span = named.value.anchor.span
    return any(victim.span == span and victim in counted for victim in event.victims)


def _was(opened: Opened, target: Target, judgement: str) -> bool:
    return any(
        decision.judgement == judgement and target in (decision.target, decision.made)
        for decision in opened.kept.decisions
    )


def _of(opened: Opened, record: str) -> Iterator[Named]:
    return (named for token, named in opened.values.items() if token.startswith(f"{record}."))


def _value(opened: Opened, named: Named) -> ValueShown:
    slot, value = named.slot, named.value
    assert slot is not None and value is not None  # noqa: PT018  values of a reading have both
    decision = _decided(opened, named.target, slot, value)
    was = decision.was if decision and decision.judgement is Judgement.CORRECTED else None
    return ValueShown(
        token=named.token,
        slot=slot,
        name=slot_name(slot),
        kind=_KINDS.get(slot, ""),
        words=value.anchor.text,
        meaning=meaning(slot, value),
        state=_STATES[decision.judgement] if decision else "",
        by=decision.by if decision else "",
        at=decision.at if decision else None,
        was=told(slot, was) if was else "",
        worded=slot not in UNWORDED,
        removable=slot not in KEPT_WHOLE,
    )


def _decided(opened: Opened, target: Target, slot: Slot, value: Value) -> Decision | None:
    """The last decision in force that says of the value that it is right, or that put it there."""
    for decision in opened.decided.get((target, slot), ()):
        says = decision.was if decision.judgement is Judgement.ACCEPTED else decision.given
        if says and says_alike(says, value) and found(says.anchor, opened.text) == value.anchor.span:
            return decision
    return None


def told(slot: Slot, value: Value) -> str:
    """A value in one line: its words and what they say."""
    says = meaning(slot, value)
    if slot in UNWORDED or not says:
        return says or value.anchor.text
    return f"{value.anchor.text} → {says}" if labels.active_language() == "en" else f"{value.anchor.text} ← {says}"


def _taken_out(outcome: Outcome, acts: dict[str, ReadingCorrection]) -> TakenOut:
    decision = outcome.correction
    anchor = decision.was.anchor if decision.was else decision.target.anchor
    says = meaning(decision.slot, decision.was) if decision.was else ""
    if decision.slot is Slot.EVENT:
        says = labels.label("act", decision.target.act)
    return TakenOut(
        name=slot_name(decision.slot),
        words=anchor.text,
        meaning=says,
        by=decision.by,
        at=decision.at,
        act=acts[decision.identifier].act,
        holds=outcome.fit is Fit.HOLDS,
    )
