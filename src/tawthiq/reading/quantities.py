"""Quantities of people with their head nouns: numbers and vague quantities, and the nouns that they count.

Numbers come from text/numbers.py; this module finds the noun that each counts. A number without a known noun counts people
only where the words around let nothing else be counted; counts.py asks for a harm word beside it.
"""

from dataclasses import dataclass

from tawthiq.reading.marked import Marked
from tawthiq.reading.vocabulary import Hit
from tawthiq.text.numbers import Number, numbers

LARGEST = 20_000_000
REACH = {"ar": 3, "en": 4}
YEARS = range(1950, 2040)
_PASSED = frozenset({"من", "of", "the", "-", "(", "«", '"', "“", "his", "her", "their", "its", "our", "my", "those"})
_EXCEEDING = frozenset({"تجاوز", "تجاوزت", "تخطي", "يتجاوز", "فاق", "exceeded", "surpassed", "topped", "passed"})
_ENGLISH_STOPS = frozenset(
    [
        "and",
        "in",
        "on",
        "were",
        "was",
        "others",
        "at",
        "have",
        "had",
        "from",
        "by",
        "with",
        "after",
        "when",
        "during",
        "to",
        "is",
        "are",
        "as",
        "or",
        "near",
        "since",
        "for",
        "between",
    ]
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, at tokens `first` up to `last`; `head` is the noun counted, None when none is known.

    `aside` says that a subset word stands between the number and its noun: "three of them children".
    """

    first: int
    last: int
    minimum: int | None
    maximum: int | None
    head: Hit | None
    aside: bool = False

    @property
    def end(self) -> int:
        """The token after the quantity and its noun."""
        return max(self.last, self.head.last) if self.head else self.last


def quantities(marked: Marked) -> list[Quantity]:
    """The numbers of a document that may count people, in text order, without overlaps."""
    return [quantity for number in _numbers(marked) if (quantity := _counted(marked, number)) is not None]


def _numbers(marked: Marked) -> list[Number]:
    found: list[Number] = []
    for span in marked.prepared.readable:
        found.extend(numbers(marked.text, marked.language, span))
    return [number for number in found if number.kind not in ("ordinal", "percent", "dual") and not number.identifier]


def _counted(marked: Marked, number: Number) -> Quantity | None:
    """A number with the head noun after it, a few words on, or before it ("مدنيين اثنين")."""
    first = marked.first_token_from(number.span.start)
    last = marked.first_token_from(number.span.end)
    minimum, maximum = _whole(number.minimum), _whole(number.maximum)
    if last <= first or (minimum is None and maximum is None) or (minimum or 0) > LARGEST:
        return None
    if minimum == 0 and maximum:
        minimum = None
    if first and marked.tokens[first - 1].folded in _EXCEEDING:
        maximum = None
    if _is_figure_of_something_else(marked, first, last, minimum or 0):
        return None
    head = _head_after(marked, first, last)
    if head is None and (minimum or 0) <= 2 and marked.language == "ar" and first > 0:
        before = _noun_before(marked, first)
        if before is not None:
            return Quantity(before.first, last, minimum, maximum, before)
    aside = head is not None and any(_role(marked, at) == "partitive" for at in range(last, head.first))
    return Quantity(first, last, minimum, maximum, head, aside)


def _noun_before(marked: Marked, first: int) -> Hit | None:
    """The noun that a number of one or two stands behind: "مدنيين اثنين" (two civilians)."""
    for at in (first - 1, first - 2):
        head = marked.at("casualty_heads", at) if at >= 0 else None
        if head is not None and head.last == first:
            definite = head.form.article and head.row.optional("harm") is None
            part = head.first > 0 and marked.tokens[head.first - 1].folded == "من"
            return None if definite or part or (head.column == "plural" and not _dual_like(marked, head)) else head
    return None


def _dual_like(marked: Marked, head: Hit) -> bool:
    """Whether a word could be a dual: the oblique dual and the sound plural are spelled alike."""
    return marked.tokens[head.first].folded.endswith(("ين", "تين", "ان"))


def _is_figure_of_something_else(marked: Marked, first: int, last: int, value: int) -> bool:
    """Years, figures in a date or in a score, and numbers that the article makes an earlier thing."""
    tokens = marked.tokens
    after = tokens[last].text if last < len(tokens) else ""
    if value >= 1000 and after in ("-", "–", ":", "/"):
        return True
    if after == "/" or (first > 0 and tokens[first - 1].text in ("/", "#", "№", "@")):
        return True
    return (
        tokens[first].text.isdigit() and value in YEARS and last == first + 1 and not marked.at("casualty_heads", last)
    )


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None and value == int(value) else None


def _head_after(marked: Marked, first: int, last: int) -> Hit | None:
    """The head noun of a number: the next one, unless a thing, a verb or a mark comes first."""
    for at in range(first, min(last + REACH[marked.language], len(marked.tokens))):
        if marked.sentence_of[at] != marked.sentence_of[first]:
            return None
        head = marked.at("casualty_heads", at)
        if head is not None and (at > last or not head.form.clitics.startswith("و") or at == first):
            return None if at >= last and head.form.clitics.endswith("ب") else head
        if at >= last and _ends_phrase(marked, at):
            return None
    return None


def _ends_phrase(marked: Marked, at: int) -> bool:
    """Whether a word after a number cannot stand between it and its noun."""
    token = marked.tokens[at]
    if token.folded in _PASSED or token.text in _PASSED or _role(marked, at) == "partitive":
        return False
    if token.kind != "word" or marked.at("casualty_harms", at) or marked.at("act_verbs", at):
        return True
    if _role(marked, at) == "thing":
        return True
    if marked.language == "en":
        return token.folded in _ENGLISH_STOPS
    return (
        token.folded[:1] in ("و", "ف", "ب")
        or token.folded in ("بينهم", "الى")
        or marked.at("place_cues", at) is not None
    )


def bare(marked: Marked, quantity: Quantity) -> bool:
    """Whether a number without a known noun may stand for people: what follows is no thing that is counted."""
    if quantity.last >= len(marked.tokens):
        return True
    at = quantity.last
    cue = marked.at("casualty_cues", at)
    if cue is not None and cue.row["role"] == "thing" and not cue.form.clitics:
        return False
    act = marked.at("act_nouns", at)
    if act is not None and not act.form.clitics and not marked.at("casualty_harms", at):
        return False
    return marked.tokens[at].text not in ("%", "/", ":", "-", "٪")


def _role(marked: Marked, at: int) -> str | None:
    """The role of the count word that begins at a token."""
    cue = marked.at("casualty_cues", at)
    return cue.row["role"] if cue else None
