"""Counts of people harmed: number + head noun, duals, and single nouns, with the harm told by the words around them.

Follows the casualty grammar of field notes: a number and its head noun ("12 مدنياً", "three children"); a dual or a single
noun beside a harm word ("مقتل طفل"); coordinated lists; subsets after "بينهم"/"including", which are part of the count
before; "at least" as a floor. A count without a harm in its sentence is no count, save in the items of a digest that name
the attack instead ("دوما: 5 مدنيين بغارة").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tawthiq.reading.bare_counts import bare_ruling
from tawthiq.reading.count_found import PARTS, CountFound, Ruling, role_at
from tawthiq.reading.marked import Marked
from tawthiq.reading.quantities import Quantity, quantities
from tawthiq.reading.single_persons import single_persons
from tawthiq.reading.vocabulary import Hit
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.span import Mention

__all__ = ["CountFound", "counts"]
BEFORE = 14
AFTER = 9
LATE = 22
NEXT = 4
BACK = 60
_NOT_NOUNS = frozenset(
    [
        "في",
        "من",
        "على",
        "الى",
        "عن",
        "بينهم",
        "منهم",
        "اثر",
        "جراء",
        "خلال",
        "بعد",
        "قبل",
        "منذ",
        "عند",
        "قرب",
        "ومن",
        "الذين",
        "ممن",
        "كانوا",
        "كان",
        "قد",
        "اخرين",
        "اخرون",
        "لدى",
        "حتى",
        "وفق",
        "بحسب",
        "حسب",
        "فيما",
        "بينما",
        "حين",
        "عندما",
        "امس",
        "اليوم",
        "فجر",
        "مساء",
        "صباح",
        "ليل",
        "ظهر",
        "مع",
        "ما",
        "لا",
        "هم",
        "اخر",
        "دون",
        "تحت",
        "امام",
        "داخل",
        "نتيجة",
        "ضمن",
        "او",
        "ثم",
        "in",
        "at",
        "on",
        "and",
        "or",
        "when",
        "as",
        "by",
        "after",
        "from",
        "near",
        "of",
        "during",
        "were",
        "was",
        "is",
        "to",
        "with",
        "who",
        "including",
        "among",
        "since",
        "more",
    ]
)


SPARED_REACH = 3


@dataclass(frozen=True, slots=True)
class _Group:
    """A quantity with its head noun, before its harm is known."""

    quantity: Quantity
    head: Hit | None
    last: int


def counts(marked: Marked) -> list[CountFound]:
    """The counts of a document in text order."""
    numbered = quantities(marked)
    taken = {at for quantity in numbered if quantity.head for at in range(quantity.first, quantity.end)}
    found: list[CountFound] = []
    everything = sorted((*numbered, *single_persons(marked, taken)), key=lambda quantity: quantity.first)
    for quantity in everything:
        if found and quantity.first < found[-1].last:
            continue
        found.extend(_counts_of(marked, quantity, found))
    return found


def _counts_of(marked: Marked, quantity: Quantity, before: Sequence[CountFound]) -> list[CountFound]:
    """The count of a quantity; two where it counts dead and wounded together; none where nothing tells a harm."""
    if _negated(marked, quantity.first) or _spared(marked, quantity.first):
        return []
    group = _Group(quantity, quantity.head, quantity.end)
    ruling = (
        _ruling(marked, group, before)
        if quantity.head
        else bare_ruling(marked, quantity, _previous(quantity.first, before))
    )
    if ruling is None:
        return []
    found = _found(marked, group, ruling)
    if _dead_and_wounded(marked, group.last):
        ceiling = quantity.maximum
        count = replace(found.count, minimum=None, maximum=ceiling)
        return [
            replace(found, count=replace(count, harm=Harm(harm)), rule="count:dead and wounded")
            for harm in ("killed", "injured")
        ]
    return [found]


def _spared(marked: Marked, first: int) -> bool:
    """Whether the word right before a number names its people for another reason than harm: survivors, mourners, residents."""
    for at in range(first - 1, max(first - SPARED_REACH - 1, -1), -1):
        cue = marked.at("casualty_cues", at)
        if cue is not None and cue.row["role"] == "spared":
            return marked.sentence_of[at] == marked.sentence_of[first]
        if marked.at("casualty_harms", at) is not None:
            return False
    return False


def _found(marked: Marked, group: _Group, ruling: Ruling) -> CountFound:
    quantity = group.quantity
    name = group.head.row["group"] if group.head else "all"
    last = group.last if group.head else _with_noun(marked, quantity)
    mention = Mention.at(marked.text, marked.tokens[quantity.first].start, marked.tokens[last - 1].end)
    count = Count(Harm(ruling.harm), Group(name), quantity.minimum, quantity.maximum, ruling.part, mention)
    at = f" {group.head.row.at}" if group.head else ""
    return CountFound(count, quantity.first, last, ruling.at, f"count:{ruling.rule}{at}")


def _with_noun(marked: Marked, quantity: Quantity) -> int:
    """The token behind a number and the unknown noun that it counts ("three fishers", "ثلاثة غامبيين")."""
    at = quantity.last
    if at >= len(marked.tokens) or marked.sentence_of[at] != marked.sentence_of[quantity.first]:
        return at
    token = marked.tokens[at]
    if token.kind != "word" or token.folded in _NOT_NOUNS or marked.at("casualty_harms", at):
        return at
    if marked.language == "en":
        return at + 1 if token.folded.endswith("s") and token.folded not in ("others", "as", "this") else at
    return at + 1 if token.folded.endswith(("ين", "ا", "ات")) and token.folded[:1] not in ("و", "ب") else at


def _dead_and_wounded(marked: Marked, at: int) -> bool:
    """Whether "بين قتيل وجريح" or "killed or wounded" follows within four words: the figure is the two together."""
    words = [token.folded for token in marked.tokens[at : at + 6]]
    if marked.language == "ar":
        return any(a in ("قتيل", "شهيد") and b in ("وجريح", "ومصاب") for a, b in pairwise(words))
    pairs = zip(words, words[1:], words[2:], strict=False)
    return any(a in ("killed", "dead") and b in ("or", "and") and c in ("wounded", "injured") for a, b, c in pairs)


def _ruling(marked: Marked, group: _Group, before: Sequence[CountFound]) -> Ruling | None:
    """The harm of a group with a known noun: the noun's own, the nearest word's, the list's, or a digest item's."""
    first = group.quantity.first
    previous = _previous(first, before)
    found = _harm(marked, group, previous)
    if found is None:
        return None
    part = group.quantity.aside or _is_marked_part(marked, group)
    part = part or (previous is not None and _is_subset(marked, previous, first, found.at))
    if part and group.quantity.aside and previous is not None and found.rule not in ("head", "passive"):
        return Ruling(str(previous.count.harm), previous.harm_at, "part", True)
    return replace(found, part=part)


def _is_marked_part(marked: Marked, group: _Group) -> bool:
    """Whether a subset word touches the count: "بين القتلى أربعة", "nine children among them"."""
    first, last = group.quantity.first, group.last
    for at in range(max(first - 5, 0), first):
        cue = marked.at("casualty_cues", at)
        if cue is not None and cue.row["role"] in PARTS and 0 <= first - cue.last <= 1:
            return True
    at = last + 1 if last < len(marked.tokens) and marked.tokens[last].text == "," else last
    cue = marked.at("casualty_cues", at) if at < len(marked.tokens) and marked.language == "en" else None
    return cue is not None and cue.row["role"] == "subset" and marked.tokens[at].folded == "among"


def _harm(marked: Marked, group: _Group, previous: CountFound | None) -> Ruling | None:
    """The first that holds: the noun's own harm, a passive, a word before, the list, a word behind, a digest's item."""
    own = group.head.row.optional("harm") if group.head else None
    if own is not None:
        return _own_harm(marked, group, own)
    first, sentence = group.quantity.first, marked.sentence_of[group.quantity.first]
    passive = _passive(marked, group.last, sentence) if marked.language == "en" else _told_behind(marked, group)
    if passive is not None:
        return Ruling(passive.row["harm"], passive.first, "passive")
    before_it = _harm_before(marked, first)
    if before_it is not None and not _is_distant(marked, group, first - before_it.last):
        return Ruling(before_it.row["harm"], before_it.first, "before")
    if previous is not None and marked.sentence_of[previous.first] == sentence and first - previous.last <= NEXT:
        return Ruling(str(previous.count.harm), previous.harm_at, "list")
    after = _harm_after(marked, group.last, sentence)
    return Ruling(after.row["harm"], after.first, "after") if after is not None else _of_digest_item(marked, group)


def _own_harm(marked: Marked, group: _Group, own: str) -> Ruling:
    """The harm of a noun that tells it ("wounded", "detainees"), unless the detained or missing died."""
    if own in ("killed", "injured"):
        return Ruling(own, -1, "head")
    behind = _told_behind(marked, group)
    if behind is not None:
        return Ruling(behind.row["harm"], behind.first, "passive")
    deadly = _deadly_before(marked, group.quantity.first)
    return Ruling(deadly.row["harm"], deadly.first, "before") if deadly else Ruling(own, -1, "head")


def _is_distant(marked: Marked, group: _Group, gap: int) -> bool:
    """Whether a harm word is too far for the noun: families, and one of several, are seldom a toll of their own."""
    quantity = group.quantity
    family = marked.tokens[quantity.end - 1].folded.startswith(_FAMILIES)
    one = quantity.maximum == 1 and quantity.last > quantity.first and quantity.first != (group.head or quantity).first
    return gap > 3 and marked.language == "ar" and (family or one)


_FAMILIES = ("عايل", "عائل", "اسر", "عوائل", "عوايل")


def _previous(first: int, before: Sequence[CountFound]) -> CountFound | None:
    """The whole or partial count last told, in this sentence or shortly before it."""
    last = before[-1] if before else None
    return last if last is not None and first - last.last <= BACK else None


def _told_behind(marked: Marked, group: _Group) -> Hit | None:
    """The verb of "that three civilians ... were killed": a verb of harm right behind a group that opens its clause."""
    first = group.quantity.first
    opener = marked.tokens[first - 1].folded if first else ""
    if opener.removeprefix("و").removeprefix("ب") != "ان":
        return None
    after = _harm_after(marked, group.last, marked.sentence_of[first])
    return after if after is not None and after.row["side"] in ("verb", "passive") else None


def _harm_before(marked: Marked, first: int) -> Hit | None:
    """The nearest harm word before a count in its sentence."""
    for at in range(first - 1, max(first - BEFORE, 0) - 1, -1):
        if marked.sentence_of[at] != marked.sentence_of[first]:
            return None
        hit = marked.at("casualty_harms", at)
        if hit is not None and hit.last <= first:
            return hit
    return None


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
        if hit is not None and (marked.language == "ar" or _undergone(marked, hit, at)):
            return hit
    return None


def _undergone(marked: Marked, hit: Hit, at: int) -> bool:
    """Whether an English verb of harm behind a noun tells what the noun underwent: "three men died", not "killed two"."""
    if hit.row["side"] == "passive" or role_at(marked, hit.first - 1) == "passive":
        return True
    return hit.first <= at + 1 and not _has_object(marked, hit.last)


def _has_object(marked: Marked, at: int) -> bool:
    """Whether an object follows a verb, which is active then: "a sniper killed a woman"."""
    if at >= len(marked.tokens):
        return False
    token = marked.tokens[at]
    return token.kind == "number" or token.folded in _OBJECT_OPENERS or marked.at("casualty_heads", at) is not None


_OBJECT_OPENERS = frozenset(
    {"a", "an", "the", "his", "her", "their", "its", "dozens", "scores", "several", "many", "one", "two"}
)


_ASIDE = frozenset({",", "and", "or", "of", "from", "in", "including", "at", "on", "who", "–", "-"})


def _passive(marked: Marked, at: int, sentence: int) -> Hit | None:
    """The harm word of "N people, including M children, were killed": right after, or after were/was/been."""
    for k in range(at, min(at + LATE, len(marked.tokens))):
        if marked.sentence_of[k] != sentence:
            return None
        hit = marked.at("casualty_harms", k)
        if hit is None:
            continue
        if k == at and _has_object(marked, hit.last):
            return None
        between = [role_at(marked, m) == "passive" for m in range(at, k)]
        aside = marked.tokens[at].folded in _ASIDE and any(between[-2:])
        return hit if all(between) or aside else None
    return None


def _of_digest_item(marked: Marked, group: _Group) -> Ruling | None:
    """The dead of a digest's item, which names a place and an attack only: "- دوما: 5 مدنيين بغارة"."""
    first = group.quantity.first
    if (
        first
        and marked.sentence_of[first - 1] == marked.sentence_of[first]
        and marked.tokens[first - 1].text not in ":-–—•▪"
    ):
        return None
    for at in range(group.last, min(group.last + AFTER, len(marked.tokens))):
        if marked.sentence_of[at] != marked.sentence_of[first]:
            return None
        act = marked.at("act_nouns", at) or marked.at("act_means", at)
        if act is not None and (act.form.clitics.endswith("ب") or marked.tokens[at - 1].folded in _BY):
            return Ruling("killed", -1, "digest")
    return None


_BY = frozenset({"by", "in", "from", "جراء", "اثر", "نتيجة", "في", "تحت", "a", "an"})


def _negated(marked: Marked, at: int) -> bool:
    return any(role_at(marked, k) == "none" for k in range(max(at - 4, 0), at))


def _is_subset(marked: Marked, previous: CountFound, first: int, harm_at: int) -> bool:
    """Whether the count is part of the one before: a subset word between, or a list that goes on after a subset."""
    if marked.sentence_of[previous.first] != marked.sentence_of[first] or first - previous.last > LATE:
        return False
    if _is_breakdown(marked, previous, first):
        return True
    if previous.last <= harm_at < first:
        return _cue_between(marked, harm_at, first)
    if _cue_between(marked, previous.last, first):
        return True
    return previous.count.part_of and first - previous.last <= 4


def _is_breakdown(marked: Marked, previous: CountFound, first: int) -> bool:
    """Whether a colon or "هم" (they are) between two counts opens the parts of the first."""
    between = [token.folded for token in marked.tokens[previous.last : first]]
    return not previous.count.part_of and any(word in (":", "هم", "وهم") for word in between[-2:])


def _cue_between(marked: Marked, left: int, right: int) -> bool:
    return any(role_at(marked, k) in PARTS for k in range(left, right))
