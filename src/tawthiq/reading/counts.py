"""Counts of people harmed: number + head noun, duals, and single nouns, with the harm told by the words around them.

Follows the casualty grammar of field notes: a number and its head noun ("12 مدنياً", "three children"); a dual or a single
noun beside a harm word ("مقتل طفل"); coordinated lists; subsets after "بينهم"/"including", which are part of the count
before; "at least" as a floor. A count without a harm in its sentence is no count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.reading.marked import Marked
from tawthiq.reading.quantities import Quantity, bare, quantities
from tawthiq.reading.vocabulary import Hit
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.span import Mention

BEFORE = 14
AFTER = 7
BARE = 4
LATE = 22


@dataclass(frozen=True, slots=True)
class CountFound:
    """A count and where it stands: tokens, and the token of the word that gave the harm (-1: the head noun itself)."""

    count: Count
    first: int
    last: int
    harm_at: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Group:
    """A quantity with its head noun, before its harm is known."""

    quantity: Quantity
    head: Hit | None
    last: int


def counts(marked: Marked) -> list[CountFound]:
    """The counts of a document in text order."""
    groups = [group for quantity in quantities(marked) if (group := _grouped(marked, quantity)) is not None]
    found: list[CountFound] = []
    for group in groups:
        count = _count(marked, group, found)
        if count is not None:
            found.append(count)
    return found


def _grouped(marked: Marked, quantity: Quantity) -> _Group | None:
    """The quantity with its head noun; a bare number counts people only where a harm word stands close before it."""
    if quantity.head is not None:
        return _Group(quantity, quantity.head, quantity.end)
    if not bare(marked, quantity):
        return None
    for at in range(quantity.first - 1, max(quantity.first - BARE, -1), -1):
        if marked.sentence_of[at] != marked.sentence_of[quantity.first]:
            return None
        harm = marked.at("casualty_harms", at)
        if harm is not None and harm.last <= quantity.first:
            return _Group(quantity, None, quantity.last)
        if _role(marked, at) != "connecting":
            return None
    return None


def _count(marked: Marked, group: _Group, before: Sequence[CountFound]) -> CountFound | None:
    harm = _harm(marked, group, before)
    if harm is None:
        return None
    kind, harm_at, rule = harm
    quantity = group.quantity
    name = group.head.row["group"] if group.head else "all"
    previous = before[-1] if before else None
    subset = previous is not None and _is_subset(marked, previous, quantity.first, harm_at)
    mention = Mention.at(marked.text, marked.tokens[quantity.first].start, marked.tokens[group.last - 1].end)
    count = Count(Harm(kind), Group(name), quantity.minimum, quantity.maximum, subset, mention)
    at = f" {group.head.row.at}" if group.head else ""
    return CountFound(count, quantity.first, group.last, harm_at, f"count:{rule}{at}")


def _harm(marked: Marked, group: _Group, before: Sequence[CountFound]) -> tuple[str, int, str] | None:
    """(harm, token of its word, rule) of a group: the head's own, the nearest word's, or the count before in a list."""
    first, sentence = group.quantity.first, marked.sentence_of[group.quantity.first]
    if _negated(marked, first):
        return None
    own = group.head.row.optional("harm") if group.head else None
    if own is not None:
        deadly = _deadly_before(marked, first) if own not in ("killed", "injured") else None
        return (deadly.row["harm"], deadly.first, "before") if deadly else (own, -1, "head")
    passive = _passive(marked, group.last, sentence) if marked.language == "en" else None
    if passive is not None:
        return passive.row["harm"], passive.first, "passive"
    before_it = _harm_before(marked, first)
    if before_it is not None:
        return before_it.row["harm"], before_it.first, "before"
    return _harm_of_list_or_after(marked, group, before)


def _harm_before(marked: Marked, first: int) -> Hit | None:
    """The nearest harm word before a count in its sentence."""
    for at in range(first - 1, max(first - BEFORE, 0) - 1, -1):
        if marked.sentence_of[at] != marked.sentence_of[first]:
            return None
        hit = marked.at("casualty_harms", at)
        if hit is not None and hit.last <= first:
            return hit
    return None


def _harm_of_list_or_after(marked: Marked, group: _Group, before: Sequence[CountFound]) -> tuple[str, int, str] | None:
    """The harm of the count just before in a list, else of the nearest word behind."""
    first, sentence = group.quantity.first, marked.sentence_of[group.quantity.first]
    if before and marked.sentence_of[before[-1].first] == sentence and first - before[-1].last <= 4:
        return str(before[-1].count.harm), before[-1].harm_at, "list"
    after = _harm_after(marked, group.last, sentence)
    return (after.row["harm"], after.first, "after") if after is not None else None


def _deadly_before(marked: Marked, first: int) -> Hit | None:
    """A word of killing or wounding in the same clause: "توفي 23 معتقلاً" counts the dead."""
    for at in range(first - 1, max(first - 6, -1), -1):
        hit = marked.at("casualty_harms", at)
        if marked.clause_of[at] != marked.clause_of[first] or (hit and hit.row["harm"] not in ("killed", "injured")):
            return None
        if hit is not None:
            return hit
    return None


def _harm_after(marked: Marked, at: int, sentence: int) -> Hit | None:
    for k in range(at, min(at + AFTER, len(marked.tokens))):
        if marked.sentence_of[k] != sentence or marked.tokens[k].text in "،,؛;":
            return None
        hit = marked.at("casualty_harms", k)
        if hit is not None:
            return hit
    return None


def _passive(marked: Marked, at: int, sentence: int) -> Hit | None:
    """The harm word of "N people, including M children, were killed": right after, or after were/was/been."""
    for k in range(at, min(at + LATE, len(marked.tokens))):
        if marked.sentence_of[k] != sentence:
            return None
        hit = marked.at("casualty_harms", k)
        if hit is None:
            continue
        between = [_role(marked, m) == "passive" for m in range(at, k)]
        aside = marked.tokens[at].text == "," and any(between[-2:])
        return hit if all(between) or aside else None
    return None


def _negated(marked: Marked, at: int) -> bool:
    return any(_role(marked, k) == "none" for k in range(max(at - 4, 0), at))


def _role(marked: Marked, at: int) -> str | None:
    """The role of the count word that begins at a token."""
    cue = marked.at("casualty_cues", at)
    return cue.row["role"] if cue else None


def _is_subset(marked: Marked, previous: CountFound, first: int, harm_at: int) -> bool:
    """Whether the count is part of the one before: a subset word between, or a list that goes on after a subset."""
    if marked.sentence_of[previous.first] != marked.sentence_of[first] or first - previous.last > 12:
        return False
    if previous.last <= harm_at < first:
        return _cue_between(marked, harm_at, first)
    if _cue_between(marked, previous.last, first):
        return True
    return previous.count.part_of and first - previous.last <= 4


def _cue_between(marked: Marked, left: int, right: int) -> bool:
    return any(_role(marked, k) == "subset" for k in range(left, right))
