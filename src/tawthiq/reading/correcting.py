"""A reading with what people decided about it.

Decisions are applied to the machine's reading in the order in which they were made, so that the later one wins. What they
changed bears the mark of the decision (`mark_of`) among its rules: a decision does nothing to what bears its mark, so that
applying twice is applying once, and everybody can see who changed what. Every value that comes in has its characters in the
text; a decision whose characters, event or value are not found is unfit and changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tawthiq.reading.correcting_anchors import found
from tawthiq.reading.correcting_parts import Done, bare, in_event, in_statement, merge, split
from tawthiq.reading.correcting_state import Draft, State, mark_of
from tawthiq.records.reading import Reading
from tawthiq.records.reading_correction import Judgement, ReadingCorrection, Slot, Target, Value
from tawthiq.records.span import Span
from tawthiq.records.statement import Statement

__all__ = ["Corrected", "Fit", "Outcome", "apply", "mark_of"]
WHOLE = (Slot.EVENT, Slot.STATEMENT)


class Fit(StrEnum):
    """What became of a decision: in force in the reading, true of it anyway, passed over by a later one, not to be placed."""

    APPLIED = "applied"
    HOLDS = "holds"
    PAST = "past"
    UNFIT = "unfit"


_FITS = {Done.CHANGED: Fit.APPLIED, Done.NOTHING: Fit.HOLDS, Done.CANNOT: Fit.UNFIT}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one decision."""

    correction: ReadingCorrection
    fit: Fit


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reading with decisions applied. `events` and `statements` say, in its order, how decisions name each of them."""

    reading: Reading
    outcomes: tuple[Outcome, ...]
    events: tuple[Target, ...]
    statements: tuple[Target, ...]

    @property
    def unfit(self) -> tuple[ReadingCorrection, ...]:
        """The decisions that could not be placed."""
        return tuple(outcome.correction for outcome in self.outcomes if outcome.fit is Fit.UNFIT)


def apply(text: str, reading: Reading, corrections: Iterable[ReadingCorrection]) -> Corrected:
    """The reading of `text` as people decided; without decisions that change something, the same reading."""
    ordered = sorted(corrections, key=lambda each: (each.at, each.identifier))
    state = State(text, reading, ordered)
    fits = [_put(state, correction, ordered[at + 1 :]) for at, correction in enumerate(ordered)]
    outcomes = tuple(Outcome(correction, fit) for correction, fit in zip(ordered, fits, strict=True))
    result, events, statements = state.result(reading)
    return Corrected(result, outcomes, events, statements)


def _put(state: State, correction: ReadingCorrection, later: Sequence[ReadingCorrection]) -> Fit:
    """Apply one decision to the state."""
    if not correction.changes:
        return _accepted(state, correction, later)
    if state.is_marked(correction):
        return Fit.APPLIED
    if correction.given and found(correction.given.anchor, state.text) is None:
        return Fit.UNFIT
    whole = _whole(state, correction)
    if whole is not None:
        return whole
    draft = state.draft_of(correction.target)
    if draft is None:
        return Fit.PAST if _is_gone(correction.target, later) else Fit.UNFIT
    done = _changed(state, draft, correction)
    if done is not Done.CANNOT:
        draft.marks.add(mark_of(correction))
    return _FITS[done]


def _whole(state: State, correction: ReadingCorrection) -> Fit | None:
    """Take out or add a whole event or statement, where the decision is about that."""
    if correction.slot in WHOLE and correction.judgement is Judgement.REJECTED:
        return _rejected_whole(state, correction)
    if correction.judgement is Judgement.ADDED and correction.slot is Slot.EVENT:
        return _added_event(state, correction)
    return None


def _changed(state: State, draft: Draft, correction: ReadingCorrection) -> Done:
    """What a decision did to the event or statement that it is about."""
    if isinstance(draft.record, Statement):
        return in_statement(state.text, draft, draft.record, correction)
    if correction.judgement is Judgement.SPLIT:
        return split(state, draft, draft.record, correction)
    if correction.judgement is Judgement.MERGED:
        return merge(state, draft, draft.record, correction)
    return in_event(state.text, draft, draft.record, correction)


def _accepted(state: State, correction: ReadingCorrection, later: Sequence[ReadingCorrection]) -> Fit:
    """Whether the value that was found right is there still."""
    draft = state.draft_of(correction.target)
    span = found(correction.was.anchor, state.text) if correction.was else None
    if draft and correction.was and span and _stands(state, draft, correction.slot, correction.was, span):
        return Fit.APPLIED
    changed = any(each.target == correction.target and each.changes and each.slot is correction.slot for each in later)
    return Fit.PAST if changed or _is_gone(correction.target, later) else Fit.UNFIT


def _stands(state: State, draft: Draft, slot: Slot, was: Value, span: Span) -> bool:
    values = state.values_of(draft)
    return any(each is slot and value.anchor.span == span and says_alike(value, was) for each, value in values)


def says_alike(one: Value, other: Value) -> bool:
    """Whether two values say the same, wherever they stand."""
    return _said(one) == _said(other)


def _said(value: Value) -> tuple[object, ...]:
    code = value.place.code if value.place else ""
    return value.code, value.entry, value.group, value.minimum, value.maximum, value.period, code


def _is_gone(target: Target, later: Sequence[ReadingCorrection]) -> bool:
    """Whether somebody took the whole event or statement out later."""
    return any(
        (each.target == target and each.slot in WHOLE and each.judgement is Judgement.REJECTED) or each.other == target
        for each in later
    )


def _rejected_whole(state: State, correction: ReadingCorrection) -> Fit:
    if found(correction.target.anchor, state.text) is None:
        return Fit.UNFIT
    draft = state.draft_of(correction.target)
    if draft is not None:
        state.remove(draft)
    return Fit.HOLDS if draft is None else Fit.APPLIED


def _added_event(state: State, correction: ReadingCorrection) -> Fit:
    """A missed event; one that is read there by now takes the decision's mark and stays as it is."""
    given = correction.given
    span = found(given.anchor, state.text) if given else None
    if given is None or span is None:
        return Fit.UNFIT
    draft = state.draft_of(correction.target)
    if draft is None:
        state.add(correction.target, bare(given, span), mark_of(correction))
        return Fit.APPLIED
    draft.made = mark_of(correction)
    return Fit.HOLDS
