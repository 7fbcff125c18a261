"""Numbers of a text as reports use them: quantities with their bounds, ordinals, percentages, ranges, duals.

Owns the bounds that wording sets (docs/contracts.md): "N" and "about N" are N; "at least N" and "more than N" have
minimum N and no
maximum; "less than N" and "up to N" have minimum 0 and maximum N, because nobody may be counted on; "dozens" is at
least 20,
"hundreds" 200, "thousands" 2,000, "several" 2. A dual is 2; a form that may be dual or plural ("مدنيين") is at least
2. What a number
belongs to is for readers to decide; `identifier` warns where a name, a rank in an order of battle or a telephone is
likelier.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from tawthiq.records.span import Span
from tawthiq.text.cardinals import Numeral, numerals
from tawthiq.text.terms import Term, Terms, terms

_ARTICLE = "ال"
_TWO = 2
_DUALS = ("many", "dual")
_EITHER = 2
"""How many times the lower number the higher of "five or six" may be."""
_POINTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""Thousands set off by a point, as some Arabic outlets print them."""
_BEHIND = 5
"""Words that may stand between a number and "at least" behind it: its noun with its adjectives."""
_LONGEST_COUNT = 7
_MOVES = 6
_VOWELLED_DUAL = re.compile("\u064e\u0651?ي\\W*ن|\u0651\u064eي\\W*ن")
"""A fatha before the ending: the dual, where the plural has a kasra."""
_CEILING_REASON = "an upper bound: nothing is said about the least"


@dataclass(frozen=True, slots=True)
class Number:
    """A number expression at `span`, with its approximator; `core` covers the number alone.

    `minimum` and `maximum` are equal for an exact number, `maximum` is None for a floor. `kind` is "cardinal",
    "ordinal", "percent",
    "range", "approximate" or "dual"; percentages keep their figure (45 for 45%). `reason` names the rule. `identifier` is true
    where the number names something ("brigade 52", "resolution 2254", a telephone) or is part of a date or clock
    time's figures.
    """

    span: Span
    minimum: int | float
    maximum: int | float | None
    kind: str
    reason: str
    core: Span
    identifier: bool = False


def numbers(text: str, language: str, within: Span | None = None) -> list[Number]:
    """The numbers of `text` (or of its part `within`), in order. Both scripts are read whatever `language` says."""
    del language  # the vocabulary of both languages is read: scripts tell them apart
    found = _numbers(text)
    return [number for number in found if within is None or within.contains(number.span)]


@lru_cache(maxsize=8)
def _numbers(text: str) -> tuple[Number, ...]:
    source = terms(text)
    row = source.terms
    found: list[Numeral] = []
    for numeral in numerals(text):
        if numeral.kind == "many":
            first = row[numeral.first]
            if _VOWELLED_DUAL.search(source.span(first.start, first.end).of(text)):
                found.append(numeral._replace(kind="dual"))
            elif not (first.prefix.endswith(_ARTICLE) or (found and found[-1].end == numeral.first)):
                found.append(numeral)
            continue
        two = numeral.kind == "cardinal" and numeral.value == _TWO and not row[numeral.first].prefix
        if two and found and found[-1].kind in _DUALS and found[-1].end == numeral.first:
            found.pop()
        found.append(_grouped(row, numeral))
    return tuple(_composed(source, found))


def _grouped(row: tuple[Term, ...], numeral: Numeral) -> Numeral:
    """ "1.234 شخصاً" (persons): a point and three figures before an Arabic noun set off thousands."""
    after = row[numeral.end] if numeral.end < len(row) else None
    noun = after is not None and after.entry is None and after.kind == "word" and not after.text.isascii()
    alone = numeral.end == numeral.first + 1 and _POINTED.fullmatch(row[numeral.first].text)
    return numeral._replace(value=int(row[numeral.first].text.replace(".", ""))) if noun and alone else numeral


def _composed(source: Terms, found: list[Numeral]) -> list[Number]:
    out: list[Number] = []
    index = 0
    while index < len(found):
        second = found[index + 1] if index + 1 < len(found) else None
        opening = _range_opening(source.terms, found[index], second) if second else None
        if second is not None and opening is not None:
            out.append(_range(source, found[index], second, opening))
            index += 2
            continue
        out.append(_bounded(source, found[index], second))
        index += 1
    return [number for at, number in enumerate(out) if not at or number.span.start >= out[at - 1].span.end]


def _modifiers(term: Term) -> frozenset[str]:
    return term.entry.modifiers if term.entry else frozenset()


def _range_opening(row: tuple[Term, ...], first: Numeral, second: Numeral) -> int | None:
    """The first term of "between A and B", "from A to B", "A to B", "A or B" or "A-B", or None when the two make no range."""
    if first.kind != "cardinal" or second.kind != "cardinal" or first.value >= second.value:
        return None
    gap = row[first.end : second.first]
    before = row[first.first - 1] if first.first else None
    opens = _modifiers(before) if before is not None else frozenset()
    joined = row[second.first].prefix.startswith("و")
    if "between" in opens and ((not gap and joined) or (len(gap) == 1 and gap[0].text in ("و", "and", "-", "–"))):
        return first.first - 1
    if len(gap) != 1 or "identifier" in opens:
        return None
    if _moves(row, first) or 1900 <= first.value <= 2100 < second.value:
        return None
    if "to" in _modifiers(gap[0]) and gap[0].text != "ل":
        return first.first - 1 if "from" in opens and gap[0].text != "حتى" else first.first
    tight = (
        gap[0].text in ("-", "–") and row[first.end - 1].end == gap[0].start and gap[0].end == row[second.first].start
    )
    plain = row[first.first].text.isdigit() and row[second.first].text.isdigit()
    dated = (second.end < len(row) and row[second.end].text in ("-", "–", "/")) or (
        before is not None and before.text in ("-", "/")
    )
    close = second.value <= first.value * _EITHER and not opens & {"floor", "ceiling"}
    either = "either" in _modifiers(gap[0]) and close
    return first.first if either or (tight and plain and not dated and first.first + 1 == first.end) else None


def _moves(row: tuple[Term, ...], first: Numeral) -> bool:
    """Whether a word shortly before says that a figure rose or fell from the one number to the other."""
    return any("change" in _modifiers(term) for term in row[max(0, first.first - _MOVES) : first.first])


def _range(source: Terms, first: Numeral, second: Numeral, opening: int) -> Number:
    row = source.terms
    low, high = first.value, second.value
    last = row[second.end - 1]
    scale = _shared_scale(row, first, second)
    return Number(
        span=source.span(row[opening].start, last.end),
        minimum=low * scale,
        maximum=high,
        kind="range",
        reason="from the lower to the higher number" + (", which share a scale" if scale != 1 else ""),
        core=source.span(row[first.first].start, last.end),
        identifier=_identifies(row, first),
    )


def _shared_scale(row: tuple[Term, ...], first: Numeral, second: Numeral) -> int:
    """1,000 in "60 to 80 thousand", where the scale stands once; else 1."""
    if second.end - second.first < 2 or first.end - first.first > 1:
        return 1
    entry = row[second.end - 1].entry
    scale = entry.roles.get("scale") if entry else None
    fits = isinstance(scale, int) and first.value < scale <= second.value
    return scale if isinstance(scale, int) and fits else 1


def _bounded(source: Terms, found: Numeral, following: Numeral | None) -> Number:
    row = source.terms
    opening, bound = _bound_before(row, found)
    start = row[opening].start
    end = row[found.end - 1].end
    percent = _percent_end(row, found)
    if percent is not None:
        end = max(end, row[percent].end)
        if percent < opening:
            start = row[percent].start
    closing = None
    if bound is None:
        bound, closing = _bound_behind(
            row, percent + 1 if percent is not None and percent >= found.end else found.end, following
        )
    if closing is not None and closing == found.end:
        end = row[closing].end
    minimum, maximum, kind, reason = _bounds(found, bound)
    if percent is not None:
        kind = "percent"
    elif kind == "cardinal" and _orders(row, found):
        kind, reason = "ordinal", "definite tens behind a definite noun: a place in an order"
    core = source.span(row[found.first].start, row[found.end - 1].end)
    alone = (start, end) == (row[found.first].start, row[found.end - 1].end)
    return Number(
        span=core if alone else source.span(start, end),
        minimum=minimum,
        maximum=maximum,
        kind=kind,
        reason=reason,
        core=core,
        identifier=kind not in ("percent", "dual") and _identifies(row, found),
    )


def _orders(row: tuple[Term, ...], found: Numeral) -> bool:
    """Whether definite tens stand for an order, as in القرن العشرين (the twentieth century)."""
    first = row[found.first]
    if first.kind != "phrase" or not first.prefix.endswith("ال") or not 20 <= found.value < 100:
        return False
    return not found.first or row[found.first - 1].text.startswith("ال")


def _bound_before(row: tuple[Term, ...], found: Numeral) -> tuple[int, str | None]:
    """The first term of the modifiers before a number, and the bound they set."""
    opening, bound = found.first, None
    if row[opening].prefix.startswith("و"):
        return opening, None
    at = found.first - 1
    while at >= 0 and found.first - at <= 3:
        modifiers = _modifiers(row[at])
        kind = next((name for name in ("floor", "ceiling", "about") if name in modifiers), None)
        if kind is None:
            skipped = row[at].text in ("a", "an", "the", "من", "عن", '"') and at == found.first - 1 and at > 0
            if not skipped or not _modifiers(row[at - 1]) & {"floor", "ceiling", "about"}:
                break
        else:
            opening = at
            bound = kind if bound in (None, "about") else bound
        at -= 1
    return opening, bound


def _bound_behind(row: tuple[Term, ...], start: int, following: Numeral | None) -> tuple[str | None, int | None]:
    """ "At least" behind a number and its noun, before another number or the end of the clause."""
    limit = min(len(row), start + _BEHIND, following.first if following else len(row))
    other = following.first if following and not row[following.first].prefix.startswith("و") else None
    for at in range(start, limit):
        if row[at].kind == "line" or row[at].text in (".", ",", "،", "؛", ";", ":", "(", "؟", "!"):
            break
        modifiers = _modifiers(row[at])
        if at + 1 == other:
            break
        if "floor_after" in modifiers:
            return "floor", at
        if "ceiling_after" in modifiers:
            return "ceiling", at
    return None, None


def _bounds(found: Numeral, bound: str | None) -> tuple[int | float, int | float | None, str, str]:
    """Minimum, maximum, kind and reason."""
    number = found.value
    of_kind: dict[str, tuple[int | float, int | float | None, str, str]] = {
        "ordinal": (number, number, "ordinal", "a place in an order"),
        "dual": (2, 2 if bound is None else None, "dual", "the dual of a noun is two"),
        "many": (2, None, "dual", "dual or plural: the form may be either"),
        "vague": (number, None, "approximate", "a plural without a number: its floor"),
        "several": (number, None, "approximate", "a plural without a number: its floor"),
    }
    if found.kind in of_kind:
        return of_kind[found.kind]
    if bound == "floor":
        return number, None, "cardinal", "at least"
    if bound == "ceiling":
        return 0, number, "cardinal", _CEILING_REASON
    if bound == "about":
        return number, number, "approximate", "about: the number itself is kept"
    return number, number, "cardinal", "a number"


def _percent_end(row: tuple[Term, ...], found: Numeral) -> int | None:
    """The term that makes the number a percentage, behind it or before it."""
    if found.end < len(row) and "percent" in _modifiers(row[found.end]):
        return found.end
    before = found.first - 1
    if before >= 0 and _modifiers(row[before]) & {"percent_before", "percent"} and found.kind == "cardinal":
        taken = before > 0 and row[before - 1].kind == "number"
        return None if taken else before
    return None


def _identifies(row: tuple[Term, ...], found: Numeral) -> bool:
    """Whether a number names something rather than counting it."""
    first, last = row[found.first], row[found.end - 1]
    raw = first.text if first.kind == "number" else ""
    if raw.isdigit() and (len(raw) > _LONGEST_COUNT or (len(raw) > 1 and raw.startswith("0"))):
        return True
    before = row[found.first - 1] if found.first else None
    after = row[found.end] if found.end < len(row) else None
    if raw and after is not None and after.start == last.end and after.text in ("/", ":", "\\"):
        return True
    if before is None:
        return False
    if raw and before.end == first.start and before.text in ("/", ":", "\\", "-", "_", "#", "+"):
        return True
    skipped = before.text in (".", "(", ":", "-", "№", '"') and found.first > 1
    return "identifier" in _modifiers(row[found.first - 2] if skipped else before) and not first.prefix.startswith("و")
