"""Words that tell of an act, with the act settled by the means named around them.

Tables act_nouns, act_verbs and act_phrases give triggers; an act written "?x" is open and becomes what the nearest means
word of the clause says (act_means), else x. Who did it settles nothing: all parties alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tawthiq.lexicon.tables import Row
from tawthiq.reading.idle_words import tells_nothing
from tawthiq.reading.marked import Marked
from tawthiq.reading.nearby import Covering
from tawthiq.reading.vocabulary import Hit
from tawthiq.records.event import Act
from tawthiq.records.span import Span

NEAR = 10
CONTEXT = 4
BOMBARDMENT = (Act.AIRSTRIKE, Act.SHELLING)
BEHIND = 12  # words between an attack's name and the verb that says whom it struck
OPEN = "?"
AIMING = ("?airstrike", "?shelling")
ATTACKS = (*BOMBARDMENT, Act.EXPLOSIVE, Act.SHOOTING, Act.CLASH, Act.CHEMICAL, Act.OTHER)
HARM = ("harm", "weakharm")


@dataclass(frozen=True, slots=True)
class Trigger:
    """An act word at tokens `first` up to `last`; `strength` is the table's, `settled` says what decided an open act."""

    act: Act
    strength: str
    first: int
    last: int
    definite: bool
    verb: bool
    row: Row
    settled: str


def triggers(marked: Marked, blocked: Sequence[Span]) -> list[Trigger]:
    """The triggers of a document in text order, none inside a blocked span (names of places)."""
    found: list[Trigger] = []
    taken, names, idle = -1, Covering(blocked), tells_nothing(marked)
    for hit in _longest_hits(marked):
        span = Span(marked.tokens[hit.first].start, marked.tokens[hit.last - 1].end)
        if hit.first < taken or names.contains(span) or idle(hit):
            continue
        trigger = _trigger(marked, hit)
        if trigger is not None:
            found.append(trigger)
            taken = hit.last
    settled = _from_context(marked, found)
    return [
        trigger for at, trigger in enumerate(settled) if not _aims(marked, trigger, settled[max(at - BEHIND, 0) : at])
    ]


def _aims(marked: Marked, trigger: Trigger, before: Sequence[Trigger]) -> bool:
    """Whether a verb of striking only says whom the attack named before it struck ("an ambush that targeted a patrol")."""
    if not trigger.verb or trigger.strength != "general" or trigger.row["act"] not in AIMING:
        return False
    sentence = marked.sentence_of[trigger.first]
    return any(
        not other.verb
        and other.strength in ("means", "general")
        and other.act in ATTACKS
        and trigger.first - other.last <= BEHIND
        and marked.sentence_of[other.first] == sentence
        for other in before
    )


def _longest_hits(marked: Marked) -> list[Hit]:
    """At each token the longest act phrase, a phrase of several words before a verb before a noun."""
    best: dict[int, Hit] = {}
    for table in ("act_phrases", "act_verbs", "act_nouns"):
        for first, hit in marked.by_table[table].items():
            if first not in best or hit.last > best[first].last:
                best[first] = hit
    return [best[first] for first in sorted(best)]


def _trigger(marked: Marked, hit: Hit) -> Trigger | None:
    act, strength = hit.row["act"], hit.row["strength"]
    bare = act.removeprefix(OPEN)
    means = _near_means(marked, hit) if act.startswith(OPEN) or strength in (*HARM, "supported") else None
    settled = "table"
    if strength == "supported":
        if means is None or (act == bare and means != bare):
            return None
        strength = "means"
    if means is not None and (act != bare or strength in HARM):
        bare, settled = means, "means"
    elif act != bare:
        settled = "default"
    if bare == "shooting" and _at_protest(marked, hit):
        bare, settled = "crackdown", "protest"
    return Trigger(
        Act(bare), strength, hit.first, hit.last, _definite(marked, hit), hit.table != "act_nouns", hit.row, settled
    )


def _at_protest(marked: Marked, hit: Hit) -> bool:
    """Whether the sentence names protesters: gunfire at them is a crackdown."""
    first, last = marked.sentence_bounds(marked.sentence_of[hit.first])
    means = (marked.at("act_means", at) for at in range(first, last))
    return any(found is not None and found.row["act"] == "crackdown" for found in means)


def _definite(marked: Marked, hit: Hit) -> bool:
    if marked.language == "ar":
        return hit.form.article or bool(hit.form.pronoun)
    before = marked.tokens[hit.first - 1].folded if hit.first else ""
    return before in ("the", "this", "that", "these", "those")


def _near_means(marked: Marked, hit: Hit) -> str | None:
    """The act of the nearest means word of the same clause, or of the same sentence within a few words."""
    best: tuple[int, str] | None = None
    for at in range(max(hit.first - NEAR, 0), min(hit.last + NEAR, len(marked.tokens))):
        means = marked.at("act_means", at)
        if means is None or marked.sentence_of[at] != marked.sentence_of[hit.first]:
            continue
        if (
            hit.first <= at < hit.last
            and means.row["act"] != hit.row["act"].removeprefix(OPEN)
            and hit.table != "act_phrases"
        ):
            continue
        distance = min(abs(at - hit.last), abs(at - hit.first)) + (
            0 if marked.clause_of[at] == marked.clause_of[hit.first] else 4
        )
        if distance <= NEAR and (best is None or distance < best[0]):
            best = (distance, means.row["act"])
    return best[1] if best else None


def _from_context(marked: Marked, found: list[Trigger]) -> list[Trigger]:
    """Bombardments that nothing beside them settled take the act of the nearest settled one before, within a few sentences."""
    settled: list[Trigger] = []
    last: Trigger | None = None
    for trigger in found:
        open_act = trigger.settled == "default" and trigger.act in BOMBARDMENT
        if open_act and last and marked.sentence_of[trigger.first] - marked.sentence_of[last.first] <= CONTEXT:
            settled.append(replace(trigger, act=last.act, settled="context"))
            continue
        settled.append(trigger)
        if trigger.act in BOMBARDMENT and trigger.settled != "default":
            last = trigger
    return settled
