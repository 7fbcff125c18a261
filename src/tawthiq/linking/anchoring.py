"""Decisions of people found again in the present readings, as constraints on clustering.

A decision points at characters. Its telling is found where those characters stand now: the same words, told apart from
other places with the same words by the context that was kept, and the event whose trigger stands on them, else the one
whose trigger shares some of them. Where nothing, or more than one thing, could be meant, the decision is unfit: it is
shown to people and constrains nothing, for a guess here would merge or part occurrences in silence.

Being one occurrence passes on: together a-b and b-c say together a-c, also while b is not found. Being apart passes on
through what is together. Order of decisions and reports makes no difference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tawthiq.linking.decided_graph import DecidedGraph, reconciled
from tawthiq.reading.correcting_anchors import anchored, found
from tawthiq.records.event import Event, Modality, Scope
from tawthiq.records.incident import EventReference
from tawthiq.records.link_decision import Constraints, EventAnchor, LinkDecision
from tawthiq.records.links import LinkInput
from tawthiq.records.reading import Document
from tawthiq.records.reading_correction import TextAnchor
from tawthiq.records.span import Span

Node = EventReference | EventAnchor  # a telling: the event that is meant, the anchor itself where it is not found
Pair = tuple[EventReference, EventReference]


@dataclass(frozen=True, slots=True)
class Trigger:
    """What anchoring looks at of an event: its place in the reading, its trigger's characters, its act.

    `linked` says whether linking takes it for one occurrence (`tells_one`).
    """

    event: int
    span: Span
    act: str
    linked: bool


@dataclass(frozen=True, slots=True)
class AnchorText:
    """A document's text as it is now, and the triggers of its present reading."""

    text: str
    triggers: tuple[Trigger, ...]


def tells_one(scope: Scope, modality: Modality) -> bool:
    """Whether an event tells one occurrence that happened, or is said to have: what incidents are made of."""
    return scope is Scope.SINGLE and modality in (Modality.STATED, Modality.HEDGED)


def anchor_text(report: LinkInput) -> AnchorText:
    """What anchoring looks at of one document and its reading."""
    events = enumerate(report.reading.events)
    return AnchorText(report.document.text, tuple(_trigger(number, event) for number, event in events))


def _trigger(number: int, event: Event) -> Trigger:
    return Trigger(number, event.trigger.span, event.act.value, tells_one(event.scope, event.modality))


def anchor(document: Document, event: Event) -> EventAnchor:
    """The anchor of one event of a document's reading."""
    return anchor_at(document.id, document.text, event.trigger.span, event.act.value)


def anchor_at(document: str, text: str, span: Span, act: str) -> EventAnchor:
    """The anchor of the trigger at `span` of a document's text."""
    there = anchored(text, span)
    return EventAnchor(document, there.start, there.end, there.text, act, there.before, there.after)


def find(wanted: EventAnchor, now: AnchorText) -> int | None:
    """The place in the present reading of the event that was meant; None when it is absent or cannot be told."""
    span = _characters(wanted, now.text)
    if span is None:
        return None
    there = [trigger for trigger in now.triggers if trigger.span == span]
    there = there or [trigger for trigger in now.triggers if trigger.span.overlaps(span)]
    there = [trigger for trigger in there if trigger.linked]
    there = [trigger for trigger in there if trigger.act == wanted.act] or there
    return there[0].event if len(there) == 1 else None


def _characters(wanted: EventAnchor, text: str) -> Span | None:
    """Where the anchor's words stand now (reading.correcting_anchors)."""
    return found(TextAnchor(wanted.start, wanted.end, wanted.text, wanted.before, wanted.after), text)


def constraints(decisions: Iterable[LinkDecision], now: Mapping[str, AnchorText]) -> Constraints:
    """The decisions in force as pairs of events of the present readings; `now` holds texts and triggers by document.

    `together` holds neighbours of each group of events that people hold together, `apart` every pair kept apart; pairs
    name the lower document and event first. Two decisions whose events have become one event in the reading, and that
    cannot both hold of it, are unfit both.
    """
    ordered = sorted(decisions, key=lambda decision: (decision.at, decision.identifier))
    anchors = dict.fromkeys(each for decision in ordered for each in (decision.first, decision.second))
    nodes = {each: _node(each, now) for each in anchors}
    unfit = {
        decision.identifier: decision
        for decision in ordered
        if isinstance(nodes[decision.first], EventAnchor) or isinstance(nodes[decision.second], EventAnchor)
    }
    usable, clashing = reconciled(ordered, nodes)
    unfit |= {decision.identifier: decision for decision in clashing}
    graph = DecidedGraph(usable, nodes)
    groups = {root: _found(members) for root, members in graph.groups().items()}
    together = [pair for members in groups.values() for pair in pairwise(members)]
    apart = {
        _ordered(one, other)
        for first, second in graph.kept_apart()
        for one in groups[first]
        for other in groups[second]
    }
    left = sorted(unfit.values(), key=lambda decision: (decision.at, decision.identifier))
    return Constraints(tuple(sorted(together, key=_key)), tuple(sorted(apart, key=_key)), tuple(left))


def _node(wanted: EventAnchor, now: Mapping[str, AnchorText]) -> Node:
    there = now.get(wanted.document)
    event = find(wanted, there) if there else None
    return wanted if event is None else EventReference(wanted.document, event)


def _found(members: Iterable[Node]) -> list[EventReference]:
    return sorted((node for node in members if isinstance(node, EventReference)), key=_place)


def _place(reference: EventReference) -> tuple[str, int]:
    return reference.document, reference.event


def _ordered(one: EventReference, other: EventReference) -> Pair:
    return (one, other) if _place(one) <= _place(other) else (other, one)


def _key(pair: Pair) -> tuple[tuple[str, int], tuple[str, int]]:
    return _place(pair[0]), _place(pair[1])
