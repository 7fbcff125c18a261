"""From a form of the desk to what is decided: which values, what is said of them, by which characters."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from tawthiq.casework.domain.reading_corrections import MOST_AT_ONCE, Judged
from tawthiq.reading.correcting_anchors import anchored
from tawthiq.records.errors import WrongUsage
from tawthiq.records.reading_correction import MANY, Judgement, Part, Slot, Target, Value
from tawthiq.records.span import Span
from tawthiq.web.desk.choices import CODED, chosen_value
from tawthiq.web.desk.opened import Named, Opened
from tawthiq.web.desk.selection import selection
from tawthiq.web.desk.shown import undecided

LONGEST_REASON = 500
NEW = "new"  # what a form calls an event that is to be added
OWN_CHARACTERS = (*CODED, Slot.PLACE, Slot.BY, Slot.COUNT, Slot.WHEN, Slot.SPEAKER)
"""Slots of which another meaning may be chosen for the characters that stand there."""


class Unsound(WrongUsage):
    """A form from which nothing can be decided; `happened` is in the reader's language."""


def judged(sent: QueryDict, opened: Opened) -> list[Judged]:
    """What the form decides. Raises Unsound."""
    action = sent.get("action", "")
    if action in ("accept", "reject"):
        return [_simple(action, named) for named in _listed(sent.getlist("value"), opened)]
    if action == "rest":
        return [_simple("accept", named) for named in undecided(opened)]
    if action == "save":
        return [_saved(sent, opened)]
    if action == "split":
        return [_split(sent, opened)]
    if action == "merge":
        return [_merged(sent, opened)]
    raise _unsound(_("This form asks for nothing that the desk can do."))


def reason(sent: QueryDict) -> str:
    """Why, in the person's own words, cut to what a row holds."""
    told = sent.get("reason", "").encode("utf-8", "replace").decode().replace("\x00", "")
    return told.strip()[:LONGEST_REASON]


def slot_of(token: str, opened: Opened) -> tuple[Named, Slot]:
    """What a form is about, and the slot that it fills: a value in place of another, a new value, or a new event.

    Raises Unsound for what is not in this reading.
    """
    if token == NEW:
        return Named(token, Target(anchored(opened.text, Span(0, 0))), Slot.EVENT), Slot.EVENT
    named = opened.named(token)
    if named is None or named.slot is None:
        raise _unsound(_("This value is not in the reading any more."))
    return named, named.slot


def span_of(sent: QueryDict, opened: Opened, named: Named, slot: Slot) -> Span:
    """The characters that a form is about: those selected, else those that stand there already. Raises Unsound."""
    chosen = selection(sent, opened)
    if chosen.fault:
        raise _unsound(chosen.fault)
    if chosen.span is not None:
        return chosen.span
    if named.value is not None and slot in OWN_CHARACTERS:
        return named.value.anchor.span
    raise _unsound(_("Select the characters that say it first."))


def _listed(tokens: Sequence[str], opened: Opened) -> list[Named]:
    found = [opened.named(token) for token in dict.fromkeys(tokens[:MOST_AT_ONCE])]
    if not found or any(named is None for named in found):
        raise _unsound(_("This value is not in the reading any more."))
    return [named for named in found if named is not None]


def _simple(action: str, named: Named) -> Judged:
    """A value found right or rejected; an event or statement rejected whole."""
    judgement = Judgement.ACCEPTED if action == "accept" else Judgement.REJECTED
    if named.slot is None and judgement is Judgement.REJECTED:
        return Judged(judgement, Slot.EVENT if named.is_event else Slot.STATEMENT, named.target)
    if named.slot is None or named.value is None:
        raise _unsound(_("This value is not in the reading any more."))
    return Judged(judgement, named.slot, named.target, was=named.value)


def _saved(sent: QueryDict, opened: Opened) -> Judged:
    """A value corrected or added, or an event added."""
    named, slot = slot_of(sent.get("value", ""), opened)
    span = span_of(sent, opened, named, slot)
    value = chosen_value(opened, named, slot, span, sent)
    if value is None:
        raise _unsound(_("Choose one of the readings that are offered for these characters."))
    if slot is Slot.EVENT:
        target = _new_target(opened, value)
        return Judged(Judgement.ADDED, slot, target, given=value)
    if named.value is None:
        there = _single(opened, named.target, slot)
        if there is not None:
            return Judged(Judgement.CORRECTED, slot, named.target, was=there, given=value)
        return Judged(Judgement.ADDED, slot, named.target, given=value)
    if named.value == value:
        return Judged(Judgement.ACCEPTED, slot, named.target, was=named.value)
    return Judged(Judgement.CORRECTED, slot, named.target, was=named.value, given=value)


def _single(opened: Opened, target: Target, slot: Slot) -> Value | None:
    """The value that stands in a slot of which there is one at most."""
    if slot in MANY:
        return None
    there = (named.value for named in opened.values.values() if (named.target, named.slot) == (target, slot))
    return next(there, None)


def _new_target(opened: Opened, value: Value) -> Target:
    """A new event by its characters and act. Raises Unsound where one is read there already."""
    target = Target(value.anchor, value.code)
    if target in opened.settled.events:
        raise _unsound(_("An event of this act is read at these characters already."))
    return target


def _split(sent: QueryDict, opened: Opened) -> Judged:
    """Two events of one: a trigger and an act for the second, and the values that go to it."""
    named = opened.named(sent.get("event", ""))
    if named is None or not named.is_event or named.slot is not None:
        raise _unsound(_("This event is not in the reading any more."))
    chosen = selection(sent, opened)
    if chosen.fault or chosen.span is None:
        raise _unsound(chosen.fault or _("Select the words that tell the second event first."))
    new = Named(NEW, named.target, Slot.EVENT)
    value = chosen_value(opened, new, Slot.EVENT, chosen.span, sent)
    if value is None:
        raise _unsound(_("Choose what happened in the second event."))
    _new_target(opened, value)
    parts = [
        Part(each.slot, each.value, stays=sent.get(f"part-{token}") == "both")
        for token, each in opened.values.items()
        if each.target == named.target and each.slot and each.value and each.slot in MANY | {Slot.WHEN}
        if sent.get(f"part-{token}") in ("new", "both")
    ]
    return Judged(Judgement.SPLIT, Slot.EVENT, named.target, given=value, parts=tuple(parts))


def _merged(sent: QueryDict, opened: Opened) -> Judged:
    """One event of two."""
    first, second = opened.named(sent.get("event", "")), opened.named(sent.get("other", ""))
    if first is None or second is None or first.slot or second.slot or first.target == second.target:
        raise _unsound(_("Choose two different events of this report."))
    if not first.is_event or not second.is_event:
        raise _unsound(_("Choose two different events of this report."))
    return Judged(Judgement.MERGED, Slot.EVENT, first.target, other=second.target)


def _unsound(happened: str) -> Unsound:
    return Unsound(item="desk", happened=happened, advice=_("Look at the report again, then decide."))
