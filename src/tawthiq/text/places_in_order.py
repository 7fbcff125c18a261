"""Places in an order as a general text may give them: the third, the last but one, the next.

Owns readings that reports must not get: "last" and "next" stand there beside words of time, and "the thousand" counts.
Words counted from the end or from the present place are in lexicon/data/{ar,en}/order_words.tsv.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.records.span import Span
from tawthiq.text.cardinals import Numeral, numerals
from tawthiq.text.folding import fold
from tawthiq.text.terms import Terms, terms

_DEFINITE_ORDER = 20
"""Below it the order has words of its own; from it on a definite number is one (القرن العشرون: the twentieth century)."""
_FROM_END = re.compile(r" (?:الي|من) (?:ال)?(?:[اا]خير[هة]?|[اا]خر)(?!\w)| (?:to|from) (?:the )?last\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an order at `span`: `offset` from "start" (the first is 1), "end" (the last is 0) or "current"."""

    span: Span
    counted_from: str
    offset: int


def places_in_order(text: str) -> list[Place]:
    """The places in an order that `text` names, in order; those within a longer one are not told again."""
    source = terms(text)
    found = [place for numeral in _joined(numerals(text), source) if (place := _numbered(source, numeral)) is not None]
    for match in _pattern().finditer(source.folded.text):
        counted_from, offset = _words()[match.group()]
        found.append(Place(source.span(*match.span()), counted_from, offset))
    out: list[Place] = []
    for place in sorted(found, key=lambda place: (place.span.start, -place.span.end)):
        if not out or place.span.start >= out[-1].span.end:
            out.append(place)
    return out


def _joined(found: Iterable[Numeral], source: Terms) -> Iterator[Numeral]:
    """Round hundreds and the ordinal that "and" joins to them are one: المئة والخامسة والعشرون, the 125th."""
    before: Numeral | None = None
    for numeral in found:
        ordered = numeral.kind == "ordinal" and source.terms[numeral.first].prefix == "وال"
        if ordered and before is not None and before.end == numeral.first and not before.value % 100:
            numeral = Numeral(before.first, numeral.end, before.value + numeral.value, "ordinal")  # noqa: PLW2901
        elif before is not None:
            yield before
        before = numeral
    if before is not None:
        yield before


def _numbered(source: Terms, numeral: Numeral) -> Place | None:
    first, last = source.terms[numeral.first], source.terms[numeral.end - 1]
    definite = numeral.kind == "cardinal" and numeral.value >= _DEFINITE_ORDER and first.prefix.endswith("ال")
    if numeral.kind != "ordinal" and not definite:
        return None
    behind = _FROM_END.match(source.folded.text, last.end) if numeral.kind == "ordinal" else None
    if behind is not None:
        return Place(source.span(first.start, behind.end()), "end", 1 - int(numeral.value))
    return Place(source.span(first.start, last.end), "start", int(numeral.value))


@cache
def _words() -> dict[str, tuple[str, int]]:
    return {
        fold(form): (row["counted_from"], int(row["offset"]))
        for code in ("ar", "en")
        for row in load(f"{code}/order_words", ("form", "counted_from", "offset", "gloss"))
        for form in row.alternatives("form")
    }


@cache
def _pattern() -> "re.Pattern[str]":
    longest_first = sorted(_words(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
