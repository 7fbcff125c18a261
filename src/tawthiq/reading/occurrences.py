"""Occurrences: triggers grouped so that a toll word and the means that caused it are one occurrence.

In "مقتل 12 مدنياً بقصف على حلب" the killing is the result of the bombardment: one occurrence, whose trigger is the means. A
toll word stands alone only where its sentence names no means.
"""

from bisect import bisect_left
from dataclasses import dataclass

from tawthiq.reading.contexts import denials_before
from tawthiq.reading.marked import Marked
from tawthiq.reading.triggers import HARM, Trigger

MEANS = ("means", "general")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One telling of an act; `harms` are the toll words that belong to it, `negated` says that it is told as not done."""

    trigger: Trigger
    harms: tuple[Trigger, ...]
    sentence: int
    clause: int
    start: int
    end: int
    negated: bool

    @property
    def act(self) -> str:
        """The code of the act."""
        return str(self.trigger.act)


def occurrences(marked: Marked, triggers: list[Trigger], counted: frozenset[int]) -> list[Occurrence]:
    """The occurrences of a document in text order. `counted` are sentences that hold a count."""
    kept: list[tuple[Trigger, list[Trigger]]] = []
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        by_sentence.setdefault(marked.sentence_of[trigger.first], []).append(trigger)
    for sentence, together in by_sentence.items():
        means = [trigger for trigger in together if trigger.strength in MEANS]
        harms = [trigger for trigger in together if trigger.strength == "harm"]
        heads = means or [t for t in harms if not _negated(marked, t)][:1] or harms[:1]
        if not heads and sentence in counted:
            heads = [t for t in together if t.strength == "weakharm"][:1]
        groups: list[tuple[Trigger, list[Trigger]]] = [(head, []) for head in heads]
        groups += [(t, []) for t in together if t.strength == "weak"]
        starts = [head.first for head in heads]
        for harm in (t for t in together if heads and t.strength in HARM and t is not heads[0]):
            at = bisect_left(starts, harm.first)
            beside = groups[max(at - 1, 0) : min(at + 1, len(heads))]
            min(beside, key=lambda group: _distance(marked, group[0], harm))[1].append(harm)
        kept.extend(groups)
    kept.sort(key=lambda group: group[0].first)
    return [_occurrence(marked, trigger, tuple(harms)) for trigger, harms in kept]


def _negated(marked: Marked, trigger: Trigger) -> bool:
    """Whether a word of denial stands right before the act's verb ("لم تقتل", did not kill)."""
    if not trigger.verb:
        return False
    return any(cue.last == trigger.first for cue in denials_before(marked, trigger.first))


def _distance(marked: Marked, means: Trigger, harm: Trigger) -> int:
    """Words between, a clause's edge weighing six."""
    apart = abs(marked.clause_of[means.first] - marked.clause_of[harm.first])
    return abs(means.first - harm.first) + 6 * apart


def _occurrence(marked: Marked, trigger: Trigger, harms: tuple[Trigger, ...]) -> Occurrence:
    return Occurrence(
        trigger=trigger,
        harms=harms,
        sentence=marked.sentence_of[trigger.first],
        clause=marked.clause_of[trigger.first],
        start=marked.tokens[trigger.first].start,
        end=marked.tokens[trigger.last - 1].end,
        negated=_negated(marked, trigger),
    )
