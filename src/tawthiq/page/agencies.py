"""News agencies credited in a report: the canonical name, and the characters of the credit.

Vocabulary: lexicon/data/en/page_agencies.tsv, agency_with of page_lines.tsv. Credits are recognised where reports carry
them: in brackets at the end of a text or after a city ("بيروت (أ ف ب)", Beirut), after a dash ("دمشق-سانا", Damascus) or before
one ("رويترز/ القاهرة", Cairo), after "source:" and "with", and alone on a first or last line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import ahocorasick

from tawthiq.lexicon.tables import load
from tawthiq.page.wording import cues_of, phrases_of
from tawthiq.text.folding import fold, fold_with_map

_COMMON = "~"
_DASHES = " -–—"
_REACH = 90  # characters at a line's beginning or end in which a credit stands
_SHORT = 60  # characters of a line that may be nothing but a credit
_AT_END = 30
_SPACE = re.compile(r"[\s.]+")


@dataclass(frozen=True, slots=True)
class Credit:
    """A credited agency: its canonical name (None for "agencies" in general) and the characters of the credit."""

    name: str | None
    start: int
    end: int


def _key(form: str) -> str:
    return _SPACE.sub(" ", fold(form)).strip()


@cache
def _forms() -> dict[str, str | None]:
    return {
        _key(form.removeprefix(_COMMON)): row.optional("name")
        for row in load("en/page_agencies", ("name", "country", "forms"))
        for form in row.alternatives("forms")
    }


@cache
def _common_forms() -> frozenset[str]:
    """The forms that are words of every day as well."""
    rows = load("en/page_agencies", ("name", "country", "forms"))
    forms = (form for row in rows for form in row.alternatives("forms"))
    return frozenset(_key(form.removeprefix(_COMMON)) for form in forms if form.startswith(_COMMON))


def _one_of(forms: Iterable[str]) -> str:
    """Any of the forms as a pattern, the longest first."""
    ordered = sorted((re.escape(form).replace(r"\ ", r"[\s.]*") for form in forms), key=len, reverse=True)
    return "|".join(ordered)


@cache
def _any_form() -> re.Pattern[str]:
    """Any agency's form in folded text: no credit stands where this finds none."""
    return re.compile(_one_of(_forms()))


@cache
def _parts_of_forms() -> tuple[Any, re.Pattern[str]]:
    """The longest word of each form (an automaton), and the forms that are single letters."""
    automaton = ahocorasick.Automaton()
    initials = []
    for form in _forms():
        longest = max(form.split(), key=len, default="")
        if len(longest) > 1:
            automaton.add_word(longest, True)
        else:
            initials.append(form)
    automaton.make_automaton()
    return automaton, re.compile(_one_of(initials) if initials else r"(?!)")


def _may_name(folded: str) -> bool:
    """Whether a part of an agency's form stands in folded text; where none does, no form can."""
    automaton, initials = _parts_of_forms()
    return next(automaton.iter(folded), None) is not None or initials.search(folded) is not None


class _Shape(NamedTuple):
    """A shape of a credit over folded text: group 1 is the agency's form, `whole` whether the credit is the whole match.

    `lone` shapes count only where the line is nothing but a credit.
    """

    pattern: re.Pattern[str]
    whole: bool
    lone: bool


@cache
def _shapes() -> tuple[_Shape, ...]:
    """Bracketed; alone or listed; after a city and a dash; before a dash; after "source" or "with"; after a sign of rights."""
    every = _one_of(_forms())
    plain = _one_of(form for form in _forms() if form not in _common_forms())
    led = _one_of(fold(phrase) for phrase in phrases_of("agency_with"))
    more = rf"(?:\s*(?:[,،/+&|\-–—]|and|و|und|et)\s*(?:{every}))*"
    shapes = (
        (rf"[(\[]\s*({every})\s*(?:[،,/+\-]\s*(?:{every}|[^()\[\]]{{1,25}}))?\s*[)\]]", True, False),
        (rf"^\s*[-–—©]*\s*({plain}){more}\s*[-–—.]*\s*$", True, True),
        (rf"^[^\W\d_][^\n.،:]{{1,38}}?\s*[-–—/،,|]\s*({every})(?=\s*(?:$|[-–—:.،/|]|\n))", False, False),
        (rf"^[-–—\s]*({plain}){more}\s*[-–—/:|]\s*(?=\S)", False, False),
        (rf"^\s*({plain})\s*[,،]\s*[^\W\d_][^\n.،:]{{1,25}}$", False, True),
        (rf"(?:المصدر|مصدر الخبر|source|via|quelle|منبع)\s*[:：]\s*({every})(?!\w)", True, False),
        (rf"^\W*(?:{led})\s*[:：]?\s*({plain}){more}\W*$", True, True),
        (rf"(?<=[.!؟])\s*(?:with|مع)\s+({plain}){more}\W*$", True, False),
        (rf"[©]\s*({every})(?!\w)", True, False),
    )
    return tuple(_Shape(re.compile(pattern), whole, lone) for pattern, whole, lone in shapes)


def agency_named(words: str) -> str | None:
    """The canonical name when `words` is nothing but a form of an agency's name."""
    return _forms().get(_key(words.strip(' ()[]-–—:.،«»"')))


def credit_in(text: str, start: int, end: int, *, lone: bool = True) -> Credit | None:
    """The credit in `text[start:end]`, a first or last line of a body. `lone` lets a line that is only a credit count."""
    window = text[start:end].replace(
        " ـ ", " - "
    )  # a stretched letter between spaces is a dash, which folding would drop
    folded = fold(window)
    if not _may_name(folded) or not _any_form().search(folded):
        return None
    for shape in _shapes():
        match = shape.pattern.search(folded) if lone or not shape.lone else None
        if match:
            span = fold_with_map(window).original(*(match.span() if shape.whole else match.span(1)))
            begin = 0 if not window[: span.start].strip(_DASHES) else span.start
            words = window[begin : span.end]
            begin += len(words) - len(words.lstrip())
            name = _forms().get(_key(match.group(1)))
            return Credit(name, start + begin, start + begin + len(words.strip()))
    return None


def body_credits(text: str, lines: list[tuple[int, int]]) -> list[Credit]:
    """The agency credits of a body given as its lines: on the first two, and on the last three at the lines' ends."""
    found: list[Credit] = []
    for start, end in lines[:2]:
        credit = credit_in(text, start, min(end, start + _REACH), lone=end - start < _SHORT)
        if credit:
            found.append(credit)
            break
    for start, end in reversed(lines[-3:]):
        credit = credit_in(text, max(start, end - _REACH), end, lone=end - start < _SHORT)
        if credit and (
            credit.end >= end - _AT_END or end - start < _SHORT or "source_prefix" in cues_of(text[start:end])
        ):
            if not found or credit.start >= found[0].end:
                found.append(credit)
            break
    return found


def body_credit(text: str, lines: list[tuple[int, int]]) -> Credit | None:
    """The first agency credit of a body given as its lines."""
    return next(iter(body_credits(text, lines)), None)
