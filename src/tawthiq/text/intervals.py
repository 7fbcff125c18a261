"""Intervals that a general text gives for a number: more than, at most, between, equal to, in words and in signs.

Owns the joining of bounds: "more than 10 and less than 20" is one interval. Reports keep them two (`numbers`), since there
they bound two counts. Words of bounds are those of lexicon/data/{ar,en}/number_modifiers.tsv (floor, ceiling, equal); signs
are those of arithmetic, and a tilde or dash between two figures spans them. Whether an end belongs to it is not told.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tawthiq.lexicon.tables import load
from tawthiq.records.span import Span
from tawthiq.text.arithmetic import general_numbers
from tawthiq.text.folding import fold, fold_with_map

_SIGNS = r"(?<![<>=\d])(?:<\s?=|>\s?=|[<>≤≥])"
_ROLES = ("floor", "ceiling", "equal")
_SPANNED = re.compile(r"\s?(?:[-–~]|الي|حتي|to|until)\s?(?:ال)?")
_PAIRED = re.compile(r"\s?(?:و\s?(?:ال)?|and |[-–] ?)")
_BETWEEN = re.compile(r"(?<!\w)(?:ما )?(?:بين|between) (?:ال)?$")
_FROM = re.compile(r"(?<!\w)و?(?:من|from) (?:ال)?$")
_JOINT = re.compile(r"\s*[,،]?\s*(?:و|او|or|and|but)?\s*[,،]?\s*")
_LISTS = ("-", "+", "/")
"""Marks beside two joined figures that make them a telephone or a date."""
_NEAR = 48
"""Characters before a number in which the words of a bound may stand."""
_LATER = 3
"""Words that may stand between a number and "at least" behind it."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `minimum` to `maximum`; None where the text leaves that end open."""

    span: Span
    minimum: int | float | None
    maximum: int | float | None


class _Bounds(NamedTuple):
    """A figure or an interval in the folded text."""

    start: int
    end: int
    minimum: int | float | None
    maximum: int | float | None

    @property
    def value(self) -> int | float:
        return self.minimum or 0


def intervals(text: str) -> list[Interval]:
    """The intervals that `text` gives, in order; plain numbers give none."""
    folded = fold_with_map(text)
    figures = [
        _Bounds(
            bisect_left(folded.origins, figure.span.start),
            bisect_left(folded.origins, figure.span.end),
            figure.value,
            figure.value,
        )
        for figure in general_numbers(text)
    ]
    found = _joined(folded.text, _found(folded.text, figures))
    return [Interval(folded.original(one.start, one.end), one.minimum, one.maximum) for one in found]


def _found(text: str, figures: list[_Bounds]) -> list[_Bounds]:
    found: list[_Bounds] = []
    at = 0
    while at < len(figures):
        second = figures[at + 1] if at + 1 < len(figures) else None
        floor = max(figures[at - 1].end if at else 0, found[-1].end if found else 0)
        spanned = _spanned(text, floor, figures[at], second) if second else None
        bounded = spanned or _bounded(text, floor, figures[at], second.start if second else len(text))
        if bounded is not None:
            found.append(bounded)
        at += 2 if spanned else 1
    return found


def _spanned(text: str, floor: int, first: _Bounds, second: _Bounds) -> _Bounds | None:
    """ "Between A and B", "from A to B", "A - B"."""
    listed = text[first.start - 1 : first.start] in _LISTS or text[second.end : second.end + 1] in _LISTS
    if first.value >= second.value or listed:
        return None
    gap = text[first.end : second.start]
    floor = max(floor, first.start - _NEAR)
    opening = _BETWEEN.search(text, floor, first.start)
    if opening is None or not (_PAIRED.fullmatch(gap) or (not gap.strip() and text[second.start] == "و")):
        if not _SPANNED.fullmatch(gap) or _marker("before").search(text, floor, first.start):
            return None
        opening = _FROM.search(text, floor, first.start)
    start = opening.start() if opening else first.start
    return _Bounds(start, second.end, first.minimum, second.maximum)


def _bounded(text: str, floor: int, figure: _Bounds, limit: int) -> _Bounds | None:
    """The bound that the words or the sign before a figure set, else those behind it."""
    before = _marker("before").search(text, max(floor, figure.start - _NEAR), figure.start)
    if before is not None and _role(before["mark"]) != "equal":
        return _bound(before.start("mark"), figure.end, before["mark"], figure)
    start = before.start("mark") if before else figure.start
    behind = _marker("behind").match(text, figure.end, limit)
    if behind is None or (behind.end("mark") + 1 >= limit and limit < len(text)):
        return _bound(start, figure.end, before["mark"], figure) if before else None
    touches = not text[figure.end : behind.start("mark")].strip()
    return _bound(start, behind.end("mark") if touches else figure.end, behind["mark"], figure)


def _bound(start: int, end: int, mark: str, figure: _Bounds) -> _Bounds:
    role = _role(mark)
    return _Bounds(
        start, end, None if role == "ceiling" else figure.minimum, None if role == "floor" else figure.maximum
    )


def _joined(text: str, found: list[_Bounds]) -> list[_Bounds]:
    """A floor and a ceiling that follow each other and leave something between them are one."""
    out: list[_Bounds] = []
    for bounds in found:
        both = _both(out[-1], bounds) if out else None
        if both and _JOINT.fullmatch(text[out[-1].end : bounds.start]):
            out[-1] = _Bounds(out[-1].start, bounds.end, *both)
        else:
            out.append(bounds)
    return out


def _both(first: _Bounds, second: _Bounds) -> tuple[int | float, int | float] | None:
    if first.maximum is None and second.minimum is None:
        floor, ceiling = first.minimum, second.maximum
    elif first.minimum is None and second.maximum is None:
        floor, ceiling = second.minimum, first.maximum
    else:
        return None
    return (floor, ceiling) if floor is not None and ceiling is not None and floor < ceiling else None


@cache
def _words() -> dict[str, str]:
    """The folded words of bounds; those that stand behind a number have roles of their own."""
    return {
        f"{fold(form)}{'$' if row['role'].endswith('_after') else ''}": row["role"].removesuffix("_after")
        for code in ("ar", "en")
        for row in load(f"{code}/number_modifiers", ("form", "role", "gloss"))
        for form in row.alternatives("form")
        if row["role"].removesuffix("_after") in _ROLES
    }


def _role(mark: str) -> str:
    compact = mark.replace(" ", "")
    if compact[0] in "<>=≤≥":
        return "ceiling" if "<" in compact or "≤" in compact else "floor"
    word = " ".join(mark.split())
    found = (_words().get(form) for form in (word, word + "$", word[1:], word[1:] + "$"))
    return next(role for role in found if role is not None)


@cache
def _marker(where: str) -> "re.Pattern[str]":
    """Bounds right before a figure, or behind it and some words."""
    behind = where == "behind"
    forms = sorted((form for form in _words() if form.endswith("$") == behind), key=len, reverse=True)
    words = "|".join(re.escape(form.removesuffix("$")).replace(r"\ ", r"\s+") for form in forms)
    if behind:
        return re.compile(rf"(?:\s+[^\W\d]+){{0,{_LATER}}}?\s*(?P<mark>{words})(?!\w)(?!\s+من(?!\w))")
    return re.compile(rf"(?P<mark>{_SIGNS}|(?<!\w)[وف]?(?:{words}))\s*(?:ال)?$")
