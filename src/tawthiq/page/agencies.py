"""News agencies credited in a report: the canonical name, and the characters of the credit.

Vocabulary: lexicon/data/en/page_agencies.tsv. Credits are recognised where reports carry them: in brackets at the end of a
text or after a city ("بيروت (أ ف ب)", Beirut), after a dash ("دمشق-سانا", Damascus), after "source:", and alone on a first
or last line.
"""

import re
from dataclasses import dataclass
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.page.wording import cues_of
from tawthiq.text.folding import fold, fold_with_map

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
        _key(form): row.optional("name")
        for row in load("en/page_agencies", ("name", "country", "forms"))
        for form in row.alternatives("forms")
    }


@cache
def _any_form() -> re.Pattern[str]:
    """Any agency's form in folded text, the longest first: no credit stands where this finds none."""
    forms = sorted((re.escape(form).replace(r"\ ", r"[\s.]*") for form in _forms()), key=len, reverse=True)
    return re.compile("|".join(forms))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Over folded text: bracketed, after a city and a dash, and after "source". Group 1 is the agency's form."""
    forms = _any_form().pattern
    return (
        re.compile(rf"[(\[]\s*({forms})\s*(?:[،,/+\-]\s*(?:{forms}|[^()\[\]]{{1,25}}))?\s*[)\]]"),
        re.compile(rf"^[^\W\d_][^\n.،:]{{1,38}}?\s*[-–—ـ/،,]\s*({forms})(?=\s*(?:$|[-–—:.،/]|\n))"),
        re.compile(rf"(?:المصدر|مصدر الخبر|source|via|quelle|منبع)\s*[:：]\s*({forms})(?!\w)"),
        re.compile(rf"^\s*[-–—(\[©]*\s*({forms})\s*[-–—)\].]*\s*$"),
        re.compile(rf"[©]\s*({forms})(?!\w)"),
    )


def agency_named(words: str) -> str | None:
    """The canonical name when `words` is nothing but a form of an agency's name."""
    return _forms().get(_key(words.strip(' ()[]-–—:.،«»"')))


def credit_in(text: str, start: int, end: int, *, lone: bool = True) -> Credit | None:
    """The credit in `text[start:end]`, a first or last line of a body. `lone` lets a line that is only a name count."""
    window = text[start:end]
    folded = fold(window)
    if not _any_form().search(folded):
        return None
    for number, pattern in enumerate(_patterns()):
        if number >= 3 and not lone:
            continue
        match = pattern.search(folded)
        if match:
            whole = match.span() if number in (0, 2, 3, 4) else match.span(1)
            span = fold_with_map(window).original(*whole)
            name = _forms().get(_key(match.group(1)))
            lead = len(window[span.start : span.end]) - len(window[span.start : span.end].lstrip())
            return Credit(name, start + span.start + lead, start + span.end)
    return None


def body_credit(text: str, lines: list[tuple[int, int]]) -> Credit | None:
    """The agency credit of a body given as its lines: looked for on the first two and last three, at the lines' ends."""
    for start, end in lines[:2]:
        credit = credit_in(text, start, min(end, start + 90), lone=end - start < 60)
        if credit:
            return credit
    for start, end in reversed(lines[-3:]):
        credit = credit_in(text, max(start, end - 90), end, lone=end - start < 60)
        if credit and (credit.end >= end - 30 or end - start < 60 or "source_prefix" in cues_of(text[start:end])):
            return credit
    return None
