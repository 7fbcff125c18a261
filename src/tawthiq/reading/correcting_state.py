"""The events and statements of a reading while decisions are applied: which is which, what was changed, what comes out.

An event is the one that bears a mark of a decision about it; else the one at the characters with the act; else, where the
reader cuts the trigger otherwise by now, the only one of that act that shares characters, unless somebody takes it out:
nothing is taken out on a likeness.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tawthiq.reading.correcting_anchors import found
from tawthiq.reading.correcting_values import target_of, values_of, values_of_statement
from tawthiq.records.event import Event
from tawthiq.records.reading import Reading
from tawthiq.records.reading_correction import Judgement, ReadingCorrection, Slot, Target, Value
from tawthiq.records.span import Span
from tawthiq.records.statement import Statement

MARK, MADE, ABSORBED = "desk:", " made", " merged"
_DIGITS = 16


def mark_of(correction: ReadingCorrection) -> str:
    """How what a decision changed names it among its rules."""
    return f"{MARK}{correction.identifier[:_DIGITS]}"


@dataclass(eq=False, slots=True)
class Draft:
    """One event or statement: how decisions name it, as it is by now, the marks of decisions, and which made it."""

    root: Target
    record: Event | Statement
    marks: set[str] = field(default_factory=set)
    made: str = ""
    absorbed: set[str] = field(default_factory=set)
    orphan: bool = False


class State:
    """All drafts of one reading."""

    def __init__(self, text: str, reading: Reading, corrections: Sequence[ReadingCorrection]) -> None:
        self.text = text
        self.statements = [_draft(text, statement) for statement in reading.statements]
        self.events = [_draft(text, event) for event in reading.events]
        self._said = dict(enumerate(self.statements))
        self._changed = False
        self._drafts: dict[Target, Draft] = {}
        self._named: set[int] = set()
        self._values: dict[int, tuple[Event | Statement, tuple[tuple[Slot, Value], ...]]] = {}
        self._match(corrections)

    def draft_of(self, target: Target) -> Draft | None:
        """The event or statement that a decision names; None when it is not there, or not any more."""
        draft = self._drafts.get(target)
        return draft if draft is not None and any(draft is each for each in self._all()) else None

    def values_of(self, draft: Draft) -> Sequence[tuple[Slot, Value]]:
        """The values of an event or statement as it is by now; worked out once for each version of it."""
        known = self._values.get(id(draft))
        if known is None or known[0] is not draft.record:
            record = draft.record
            values = (
                values_of(self.text, record) if isinstance(record, Event) else values_of_statement(self.text, record)
            )
            known = self._values[id(draft)] = (record, tuple(values))
        return known[1]

    def is_marked(self, correction: ReadingCorrection) -> bool:
        """Whether something bears the decision's mark."""
        mark = mark_of(correction)
        return any(mark in draft.marks or mark == draft.made or mark in draft.absorbed for draft in self._all())

    def add(self, target: Target, event: Event, mark: str) -> None:
        """An event that the decision with this mark makes."""
        draft = Draft(target, event, made=mark, orphan=True)
        self.events.append(draft)
        self._drafts[target] = draft

    def remove(self, draft: Draft) -> None:
        """Take an event or a statement out; who was told by the statement is then told by the one around it, if any."""
        self._changed = True
        self.events = [each for each in self.events if each is not draft]
        self.statements = [each for each in self.statements if each is not draft]

    def result(self, reading: Reading) -> tuple[Reading, tuple[Target, ...], tuple[Target, ...]]:
        """The reading that came of it, and how its events and statements are named."""
        drafts = [*self.events, *self.statements]
        if not self._changed and all(_untouched(draft) for draft in drafts):
            return reading, self._names(self.events), self._names(self.statements)
        places = {id(draft): at for at, draft in enumerate(self.statements)}
        finished = [(self._finished(draft, places), draft) for draft in self.events]
        finished.sort(key=lambda each: (each[0].trigger.span, each[0].act, repr(each[0])))
        told = tuple(_finished_statement(draft) for draft in self.statements)
        changed = replace(reading, events=tuple(event for event, _ in finished), statements=told)
        return changed, self._names([draft for _, draft in finished]), self._names(self.statements)

    def _names(self, drafts: Sequence[Draft]) -> tuple[Target, ...]:
        return tuple(draft.root for draft in drafts)

    def _all(self) -> list[Draft]:
        return [*self.events, *self.statements]

    def _match(self, corrections: Sequence[ReadingCorrection]) -> None:
        """Find what each decision names: first by marks, then by characters, then by likeness."""
        targets = dict.fromkeys(t for each in corrections for t in (each.target, each.other, each.made) if t)
        makers: dict[Target, set[str]] = {}
        marks: dict[Target, set[str]] = {}
        for each in corrections:
            if each.made:
                makers.setdefault(each.made, set()).add(mark_of(each))
            if each.changes and each.made != each.target:
                marks.setdefault(each.target, set()).add(mark_of(each))
        for target in targets:
            self._name(target, self._marked(target, makers.get(target, set()), marks.get(target, set())))
        for target in targets:
            self._name(target, self._exact(target))
        out = {
            target
            for each in corrections
            for target in (each.other, each.target if _takes_out(each) else None)
            if target is not None
        }
        made = {each.made for each in corrections}
        for target in targets:
            if target not in out and target not in made:
                self._name(target, self._alike(target))

    def _name(self, target: Target, draft: Draft | None) -> None:
        if draft is not None and target not in self._drafts and not self._taken(draft):
            self._drafts[target] = draft
            self._named.add(id(draft))
            draft.root = target

    def _taken(self, draft: Draft) -> bool:
        return id(draft) in self._named

    def _marked(self, target: Target, makers: set[str], marks: set[str]) -> Draft | None:
        """What bears the mark of a decision that made it, or else of one about it."""
        if not makers and not marks:
            return None
        drafts = self.events if target.is_event else self.statements
        own = next((draft for draft in drafts if draft.made and draft.made in makers), None)
        return own or next((draft for draft in drafts if not makers and draft.marks & marks), None)

    def _exact(self, target: Target) -> Draft | None:
        span = found(target.anchor, self.text)
        there = [draft for draft in self._like(target) if span is not None and _span(draft) == span]
        return there[0] if len(there) == 1 else None

    def _alike(self, target: Target) -> Draft | None:
        span = found(target.anchor, self.text)
        there = [draft for draft in self._like(target) if span is not None and _span(draft).overlaps(span)]
        return there[0] if len(there) == 1 else None

    def _like(self, target: Target) -> list[Draft]:
        """The statements, or the events of the act."""
        if not target.is_event:
            return self.statements
        return [draft for draft in self.events if isinstance(draft.record, Event) and draft.record.act == target.act]

    def _finished(self, draft: Draft, places: dict[int, int]) -> Event:
        event = draft.record
        assert isinstance(event, Event)
        teller = self._said.get(event.source) if event.source is not None else None
        source = places.get(id(teller)) if teller is not None else None
        if (teller is not None and source is None) or (draft.orphan and event.source is None):
            source = _around(event.trigger.span, self.statements)
        rules = [rule for rule in event.rules if not rule.startswith(MARK)]
        return replace(event, source=source, rules=(*rules, *_marks(draft)))


def _takes_out(correction: ReadingCorrection) -> bool:
    return correction.judgement is Judgement.REJECTED and correction.slot in (Slot.EVENT, Slot.STATEMENT)


def _untouched(draft: Draft) -> bool:
    """Whether the draft is what was read, with the marks that it came with."""
    return not draft.orphan and _marks(draft) == tuple(rule for rule in _rules(draft.record) if rule.startswith(MARK))


def _marks(draft: Draft) -> tuple[str, ...]:
    made = {draft.made + MADE} if draft.made else set()
    return tuple(sorted(draft.marks | made | {mark + ABSORBED for mark in draft.absorbed}))


def _draft(text: str, record: Event | Statement) -> Draft:
    """A draft with the marks that the record bears already."""
    draft = Draft(target_of(text, record), record)
    for rule in _rules(record):
        if not rule.startswith(MARK):
            continue
        if rule.endswith(MADE):
            draft.made = rule.removesuffix(MADE)
        elif rule.endswith(ABSORBED):
            draft.absorbed.add(rule.removesuffix(ABSORBED))
        else:
            draft.marks.add(rule)
    return draft


def _rules(record: Event | Statement) -> tuple[str, ...]:
    """The rules behind a record; a statement names all in one line."""
    if isinstance(record, Event):
        return record.rules
    return tuple(part for part in record.rule.split(" ") if part.startswith(MARK))


def _finished_statement(draft: Draft) -> Statement:
    statement = draft.record
    assert isinstance(statement, Statement)
    rule = " ".join(part for part in statement.rule.split(" ") if not part.startswith(MARK))
    return replace(statement, rule=" ".join([rule, *_marks(draft)]) if _marks(draft) else rule)


def _span(draft: Draft) -> Span:
    record = draft.record
    return record.trigger.span if isinstance(record, Event) else record.content


def _around(span: Span, statements: Sequence[Draft]) -> int | None:
    """The innermost statement that holds the characters."""
    holding = [at for at, draft in enumerate(statements) if _span(draft).contains(span)]
    return min(holding, key=lambda at: len(_span(statements[at])), default=None)
