"""The vocabulary of numbers and times: phrases of the lexicon with what they say, ready to be looked up word by word.

Owns how rows of lexicon/data/{ar,en}/number_*, month*, weekday* and time_* become entries. Keys are folded. Arabic forms are
also entered with the clitics that news writes onto them (و and, ف so, ب with, ل to, ك as, ال the), so that a text is read with
one dictionary look-up a word. An explicit form is never overwritten by one that clitics make, and two-letter forms take only
"and" and "the": باب is a door, not "in August".

Roles of numbers: unit, ten, teen, tens, hundred, hundreds (200 to 900 in one word), scale, scale_dual (2000), dozen,
dozen_dual, fraction, fraction_weak (also another number or thing), fraction_added ("and a half"), denominator, vague (a
floor such as "dozens"), several, one_construct, article_number, ordinal, ordinal_unit, dual, minus. Roles of times are those
of `items`; month and weekday come from their own tables.
Modifiers (about,
floor, ceiling, percent, identifier...) stand beside the role, since one word may be both.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tawthiq.lexicon.tables import Row, load
from tawthiq.text.folding import fold

WORDS = re.compile(r"\d+|[^\W\d_]+|[^\s\w]|_")
_VALUED = ("form", "role", "value", "gloss")
_MODIFIERS = ("form", "role", "gloss")
_MONTHS = ("form", "month", "calendar", "needs", "gloss")
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك", "ع", "ه")
_ARTICLE = "ال"
_BARE = frozenset(
    {"from", "to", "and", "article", "hijri_mark", "gregorian_mark", "to_letter", "current", "between", "unit_weak"}
)
_SOUND, _BROKEN, _IRREGULAR = "sound", "broken", "irregular"


class Month(NamedTuple):
    """A month of one calendar; `needs_number` when the word alone means something else."""

    number: int
    calendar: str
    needs_number: bool


class Entry(NamedTuple):
    """What a phrase says: its roles with their values, its modifiers, and the table line behind it."""

    roles: dict[str, object]
    modifiers: frozenset[str]
    at: str

    def joined(self, other: "Entry") -> "Entry":
        """Both meanings of one form; the first keeps its values."""
        return Entry({**other.roles, **self.roles}, self.modifiers | other.modifiers, self.at)


class Phrase(NamedTuple):
    """An entry behind a first word: the words that must follow, the clitics written onto the first, the entry."""

    rest: tuple[str, ...]
    prefix: str
    entry: Entry


_NONE_LONGER: dict[str, tuple[Phrase, ...]] = {}


class Openings(NamedTuple):
    """The phrases that begin with one word: longer ones by their second word, longest first, and the word alone."""

    longer: dict[str, tuple[Phrase, ...]]
    alone: Phrase | None


@cache
def phrases() -> dict[str, Openings]:
    """Phrases by their first word."""
    entries: dict[tuple[str, ...], Entry] = {}
    for words, entry in _entries():
        entries[words] = entries[words].joined(entry) if words in entries else entry
    found: dict[str, dict[tuple[str, ...], Phrase]] = {}
    for words, entry in entries.items():
        found.setdefault(words[0], {})[words[1:]] = Phrase(words[1:], "", entry)
    definite_first = sorted(entries.items(), key=lambda item: not item[0][0].startswith(_ARTICLE))
    for words, entry in definite_first:
        for written, clitics in _clitics(words[0], entry):
            found.setdefault(written, {}).setdefault(words[1:], Phrase(words[1:], clitics, entry))
    return {first: _openings(rests) for first, rests in found.items()}


def _openings(rests: dict[tuple[str, ...], Phrase]) -> Openings:
    if len(rests) == 1 and () in rests:
        return Openings(_NONE_LONGER, rests[()])
    longer: dict[str, list[Phrase]] = {}
    for rest, phrase in sorted(rests.items(), key=lambda item: -len(item[0])):
        if rest:
            longer.setdefault(rest[0], []).append(phrase)
    return Openings({second: tuple(held) for second, held in longer.items()}, rests.get(()))


def _entries() -> Iterator[tuple[tuple[str, ...], Entry]]:
    for code in ("ar", "en"):
        for table in ("number_words", "number_ordinals", "time_words"):
            for row in load(f"{code}/{table}", _VALUED):
                yield from _forms(row, {row["role"]: _value(row["value"])})
        for row in load(f"{code}/number_modifiers", _MODIFIERS):
            yield from _forms(row, {}, frozenset({row["role"]}))
        for row in load(f"{code}/months", _MONTHS):
            month = Month(int(row["month"]), row["calendar"], row["needs"] == "number")
            yield from _forms(row, {"month": month})
        for row in load(f"{code}/weekdays", ("form", "weekday", "gloss")):
            yield from _forms(row, {"weekday": int(row["weekday"])})
    for row in load("ar/number_nouns", ("form", "plural", "gloss")):
        for form, ambiguous in duals(row["form"], row["plural"]):
            yield (fold(form),), Entry({"dual": 2 if not ambiguous else "many"}, frozenset(), row.at)


def duals(noun: str, plural: str) -> Iterator[tuple[str, bool]]:
    """The dual forms of an Arabic noun, nominative and oblique; true where the form may also be a plural."""
    stem = noun
    if noun.endswith("ة"):
        stem = noun[:-1] + "ت"
    elif plural == _IRREGULAR:
        stem = noun + "و"
    elif noun.endswith("ء"):
        stem = noun[:-1] + "ئ"
    yield stem + "ان", False
    yield stem + "ين", plural == _SOUND


def _forms(
    row: Row, roles: dict[str, object], modifiers: frozenset[str] = frozenset()
) -> Iterator[tuple[tuple[str, ...], Entry]]:
    for form in row.alternatives("form"):
        words = tuple(WORDS.findall(fold(form)))
        if words:
            yield words, Entry(roles, modifiers, row.at)


def _value(cell: str) -> object:
    """A number where the cell is one, else the cell: "unit" rows carry "day:2"."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    return int(number) if number.is_integer() else number


def _clitics(word: str, entry: Entry) -> Iterator[tuple[str, str]]:
    """`word` as written with each clitic that it may carry, and those clitics; nothing for words of other scripts."""
    if not "\u0621" <= word[0] <= "\u06d3":
        return
    bare = bool(_BARE & entry.roles.keys())
    definite = word.startswith(_ARTICLE)
    stem = word.removeprefix(_ARTICLE)
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS:
            clitics = conjunction + preposition
            article = "لل" if preposition == "ل" else preposition + _ARTICLE
            if definite:
                yield conjunction + article + stem, clitics
            elif not bare:
                yield conjunction + article + word, clitics + _ARTICLE
            if not definite and (not preposition or (preposition in "بلك" and not bare and len(word) > 2)):
                yield clitics + word, clitics
