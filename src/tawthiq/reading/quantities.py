"""Quantities of people with their head nouns: numbers, vague quantities, duals and single nouns.

Numbers come from text/numbers.py; this module finds the noun that each counts. A number without a known noun counts people
only where the words around let nothing else be counted; counts.py asks for a harm word beside it.
"""

from dataclasses import dataclass

from tawthiq.reading.marked import Marked
from tawthiq.reading.vocabulary import Hit
from tawthiq.text.numbers import Number, numbers

LARGEST = 20_000_000
REACH = 3
DETERMINERS = frozenset({"a", "an", "another"})
GLUED = ("ب", "ل", "ك")


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, at tokens `first` up to `last`; `head` is the noun counted, None when none is known."""

    first: int
    last: int
    minimum: int | None
    maximum: int | None
    head: Hit | None

    @property
    def end(self) -> int:
        """The token after the quantity and its noun."""
        return max(self.last, self.head.last) if self.head else self.last


def quantities(marked: Marked) -> list[Quantity]:
    """The quantities of a document in text order, without overlaps."""
    found = [quantity for number in _numbers(marked) if (quantity := _counted(marked, number)) is not None]
    taken = {at for quantity in found for at in range(quantity.first, quantity.end)}
    for hit in marked.of("casualty_heads"):
        single = _alone(marked, hit) if hit.first not in taken else None
        if single is not None and not taken & set(range(single.first, single.last)):
            found.append(single)
    return sorted(found, key=lambda quantity: quantity.first)


def _numbers(marked: Marked) -> list[Number]:
    found: list[Number] = []
    for span in marked.prepared.readable:
        found.extend(numbers(marked.text, marked.language, span))
    return [number for number in found if number.kind not in ("ordinal", "percent") and not number.identifier]


def _counted(marked: Marked, number: Number) -> Quantity | None:
    """A number with the head noun after it, a few words on, or before it ("مدنيين اثنين")."""
    first = marked.first_token_from(number.span.start)
    last = marked.first_token_from(number.span.end)
    minimum, maximum = _whole(number.minimum), _whole(number.maximum)
    if last <= first or (minimum is None and maximum is None) or (minimum or 0) > LARGEST:
        return None
    if (minimum or 0) >= 1000 and last < len(marked.tokens) and marked.tokens[last].text in "-–:/":
        return None
    head = _head_after(marked, first, last)
    if number.kind == "dual" and (
        head is None or head.first != first or head.form.article or not _beside_harm(marked, head)
    ):
        return None
    if head is None and (minimum or 0) <= 2 and marked.language == "ar" and first > 0:
        before = marked.at("casualty_heads", first - 1)
        if before is not None and before.row["alone"] == "yes" and not before.form.article:
            return Quantity(before.first, last, minimum, maximum, before)
        if minimum == 1:
            return None
    return Quantity(first, last, minimum, maximum, head)


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None and value == int(value) else None


def _head_after(marked: Marked, first: int, last: int) -> Hit | None:
    """The head noun of a number: the next one, unless a thing, a verb or a mark comes first."""
    for at in range(first, min(last + REACH, len(marked.tokens))):
        if marked.sentence_of[at] != marked.sentence_of[first]:
            return None
        head = marked.at("casualty_heads", at)
        if head is not None and (at > last or not head.form.clitics.startswith("و") or at == first):
            return head
        if at >= last and _ends_phrase(marked, at):
            return None
    return None


def _ends_phrase(marked: Marked, at: int) -> bool:
    """Whether a word after a number cannot stand between it and its noun."""
    token = marked.tokens[at]
    if token.folded in ("من", "of", "the", "-"):
        return False
    if token.kind != "word" or marked.at("casualty_harms", at) or marked.at("act_verbs", at):
        return True
    cue = marked.at("casualty_cues", at)
    if cue is not None and cue.row["role"] in ("thing", "subset"):
        return True
    if marked.language == "en":
        return token.folded in ("and", "in", "on", "were", "was", "others", "at", "have", "had", "from", "by")
    return token.folded[:1] in ("و", "ف", "ب") or marked.at("place_cues", at) is not None


def bare(marked: Marked, quantity: Quantity) -> bool:
    """Whether a number without a known noun stands for people: what follows is no thing that is counted."""
    if quantity.last >= len(marked.tokens):
        return True
    cue = marked.at("casualty_cues", quantity.last)
    if cue is not None and cue.row["role"] == "thing":
        return False
    return not marked.at("act_nouns", quantity.last) and marked.tokens[quantity.last].text not in ("%", "/", ":", "-")


def _alone(marked: Marked, hit: Hit) -> Quantity | None:
    """A noun without number: a dual, one person ("مقتل طفل", "a woman"), or an unnumbered plural, beside a harm word."""
    if hit.row["alone"] != "yes":
        return None
    if marked.language == "en":
        before = marked.tokens[hit.first - 1].folded if hit.first else ""
        compound = hit.last < len(marked.tokens) and marked.tokens[hit.last].text == "-"
        single = hit.column == "singular" and before in DETERMINERS and not compound
        return Quantity(hit.first - 1, hit.last, 1, 1, hit) if single else None
    before_of = hit.first > 0 and marked.tokens[hit.first - 1].folded == "من"
    if hit.form.article or hit.form.clitics.endswith(GLUED) or before_of or not _beside_harm(marked, hit):
        return None
    sizes: dict[str, tuple[int, int | None]] = {"dual": (2, 2), "singular": (1, 1), "plural": (2, None)}
    if hit.column == "plural" and hit.form.pronoun:
        return None
    minimum, maximum = sizes[hit.column]
    return Quantity(hit.first, hit.last, minimum, maximum, hit)


def _beside_harm(marked: Marked, hit: Hit) -> bool:
    """A harm word or a subset word at most one word before, or another head noun joined by "و"."""
    for at in range(hit.first - 1, max(hit.first - 4, -1), -1):
        if marked.sentence_of[at] != marked.sentence_of[hit.first]:
            return False
        harm = marked.at("casualty_harms", at)
        if harm is not None and 0 <= hit.first - harm.last <= 1:
            return True
        cue = marked.at("casualty_cues", at)
        if cue is not None and cue.row["role"] == "subset" and hit.first - cue.last <= 2:
            return True
    joined = hit.form.clitics == "و"
    return joined and any(marked.at("casualty_heads", at) for at in range(max(hit.first - 3, 0), hit.first))
