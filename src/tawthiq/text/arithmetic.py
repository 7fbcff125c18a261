"""Numbers as a general text may hold them: signs, fractions, ratios, decimals in words, powers.

Owns readings that reports must not get: there "three of twenty" counts three, and a dash opens a line. `general_numbers` is
for tables, forms and texts about figures. The relations are in lexicon/data/{ar,en}/number_relations.tsv. What the notation
means follows arithmetic: a sign binds weaker than a power, a whole number stands beside its fraction, on either side in
right-to-left figures. A figure glued to letters ("180ml", "1M") is a measure or a name and no number here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tawthiq.lexicon.tables import load
from tawthiq.records.span import Span
from tawthiq.text.cardinals import numerals, role
from tawthiq.text.digits import digits_value
from tawthiq.text.folding import fold
from tawthiq.text.terms import Term, Terms, terms

_NUMBER = r"\d+(?:[.,]\d+)*"
_FIGURES = re.compile(
    rf"(?P<base>{_NUMBER})\^(?P<turns>[+-]*)(?P<power>{_NUMBER})"
    rf"|(?<![\w.,])(?P<digits>{_NUMBER})e(?P<ten>[+-]?\d{{1,3}})(?![\w])"
    r"|(?<![\w/.,])(?<!\d-)(?:(?P<whole>\d+) )?(?P<upper>\d+)/(?P<lower>\d+)(?: (?P<behind>\d+)(?![\w/.,]))?(?![\d/])"
    r"|(?<![\w.,])\.(?P<decimals>\d+)(?!\w)"
)
_SIGN = re.compile(r"(?:(?<![\w)])(?<![\w)] )-|^ ?- )$")
_SHARE_BEFORE = re.compile(r"(?<!\w)(?:جزء|جزءا|part) (?:من|of) ?$")
_NEAR = 16
"""Characters before a number in which a sign or "part of" may stand."""
_LARGEST_POWER = 300
_WHICH = frozenset({"اي", "which", "any"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at `span` with its `value`; `kind` is "number" or what composes it: "fraction", "ratio", "point", "power"."""

    span: Span
    value: int | float
    kind: str


class _Operand(NamedTuple):
    """A number at folded `start` to `end`, terms `first` to `last`.

    `share` is what the word says as a fraction (خمس: a fifth); a `plural` needs a number before it.
    """

    start: int
    end: int
    value: int | float
    kind: str = "number"
    share: float | None = None
    plural: bool = False
    prefix: str = ""
    first: int = -1
    last: int = -1


_Merge = Callable[[_Operand, _Operand, str], "tuple[float, str] | None"]


def general_numbers(text: str) -> list[Figure]:
    """The numbers of `text` in order, composed as the notation and the words between them say."""
    source = terms(text)
    folded = source.folded.text
    found = sorted(_operands(source, list(_figures(folded, text))))
    found = _merged(found, folded, _with_fraction, backwards=True)
    found = _merged(found, folded, _ratio)
    found = [_shared(_signed(operand, folded), folded) for operand in _merged(found, folded, _pointed)]
    return [
        Figure(source.span(operand.start, operand.end), _whole(value), kind)
        for operand in found
        for value, kind in _alone(operand, source)
    ]


@cache
def _relations() -> dict[str, str]:
    return {
        fold(form): row["relation"]
        for code in ("ar", "en")
        for row in load(f"{code}/number_relations", ("form", "relation", "gloss"))
        for form in row.alternatives("form")
    }


def _figures(folded: str, text: str) -> Iterator[_Operand]:
    """Powers, fractions and decimals without a whole, written in figures."""
    eastern = not text.isascii() and any(0x660 <= ord(character) <= 0x6F9 for character in text)
    for match in _FIGURES.finditer(folded):
        start, end = match.span()
        part = match.groupdict()
        if part["base"]:
            value, kind = _powered(part["base"], part["turns"], part["power"]), "power"
        elif part["digits"]:
            value, kind = digits_value(part["digits"]) * 10.0 ** int(part["ten"]), "power"
        elif part["decimals"]:
            value, kind = float("0." + part["decimals"]), "number"
        else:
            if part["behind"] and (part["whole"] or not eastern):
                end = match.end("lower")
                part["behind"] = None
            value, kind = _divided(part), "fraction"
        if value is not None:
            yield _Operand(start, end, value, kind)


def _powered(base: str, turns: str, power: str) -> float | None:
    exponent = float(digits_value(power)) * (-1) ** turns.count("-")
    number = float(digits_value(base))
    if abs(exponent) > _LARGEST_POWER or number > 10**6 or not number:
        return None
    try:
        return float(number**exponent)
    except OverflowError:
        return None


def _divided(part: dict[str, str | None]) -> float | None:
    upper, lower = digits_value(part["upper"] or "0"), digits_value(part["lower"] or "0")
    whole = digits_value(part["whole"] or part["behind"] or "0")
    return whole + upper / lower if lower else None


def _operands(source: Terms, figures: list[_Operand]) -> Iterator[_Operand]:
    """The figures, and beside them the numerals and the fraction words of the text."""
    yield from figures
    row, taken = source.terms, {at for figure in figures for at in range(figure.start, figure.end)}
    counted = {numeral.first: numeral for numeral in numerals(source.text)}
    skip = 0
    for at, term in enumerate(row):
        numeral = counted.get(at)
        end = row[numeral.end - 1].end if numeral is not None else term.end
        if at < skip or (numeral is None and term.entry is None) or not taken.isdisjoint(range(term.start, end)):
            continue
        share, plural = _share(term)
        if numeral is not None and numeral.kind == "cardinal":
            skip = numeral.end
            if not (_glued(source, row[numeral.end - 1]) or (at and row[at - 1].text in _WHICH)):
                alone = share if numeral.end == at + 1 else None
                yield _Operand(term.start, end, numeral.value, "number", alone, False, term.prefix, at, numeral.end - 1)
        elif numeral is None and share is not None:
            yield _Operand(term.start, term.end, share, "fraction", share, plural, term.prefix, at, at)


def _share(term: Term) -> tuple[float | None, bool]:
    """What a word says as a fraction, and whether it is the plural that follows a number (أخماس: fifths)."""
    weak, parts = role(term, "fraction_weak"), role(term, "denominator")
    if isinstance(weak, float) and not term.prefix.endswith("ال"):
        return weak, False
    return (1 / parts, True) if isinstance(parts, int) else (None, False)


def _glued(source: Terms, last: Term) -> bool:
    """Whether letters follow the digits without a space."""
    return last.kind == "number" and source.folded.text[last.end : last.end + 1].isalpha()


def _merged(found: list[_Operand], folded: str, merge: _Merge, *, backwards: bool = False) -> list[_Operand]:
    """Neighbours made one where `merge` gives a value for them and the words between them."""
    out: list[_Operand] = []
    for operand in reversed(found) if backwards else found:
        first, second = (operand, out[-1]) if backwards and out else (out[-1] if out else operand, operand)
        value = merge(first, second, _between(first, second, folded)) if out else None
        if value is None:
            out.append(operand)
        else:
            out[-1] = first._replace(end=second.end, value=value[0], kind=value[1], share=None, last=second.last)
    return out[::-1] if backwards else out


def _between(first: _Operand, second: _Operand, folded: str) -> str:
    gap = " ".join(folded[first.end : second.start].split())
    return gap or ("و" if second.prefix.startswith("و") else "")


def _with_fraction(first: _Operand, second: _Operand, gap: str) -> tuple[float, str] | None:
    """A number and a fraction: 23 fifths, three and a fifth, a fifth of twenty."""
    if gap == "":
        if second.share is not None and first.share is None and second.kind != "ratio":
            return first.value * second.share, "fraction"
        definite = second.prefix.endswith("ال") or (second.kind == "fraction" and second.value > 1)
        if first.share is not None and not first.plural and definite:
            return first.share * second.value, "fraction"
        if first.value >= 1000 > second.value >= 100 and not first.value % 1000 and first.last > first.first:
            return first.value + second.value, "number"
    if gap in ("و", "and") and first.kind == "number" and abs(first.value) >= 1 and not second.plural:
        part = second.share if second.share is not None else second.value if second.kind != "number" else 2
        if 0 < part < 1 or (isinstance(second.value, float) and 0 < (part := second.value) < 1):
            return first.value + (part if first.value >= 0 else -part), "fraction"
    return None


def _ratio(first: _Operand, second: _Operand, gap: str) -> tuple[float, str] | None:
    """A number over, of or in another."""
    relation = _relations().get(gap)
    smaller = abs(first.value) < second.value
    if not second.value or relation in (None, "point") or second.prefix:
        return None
    if (relation == "ratio_under" and not smaller) or (relation == "ratio_one" and abs(first.value) != 1):
        return None
    rest = first.value % 100
    if relation == "share" and 0 < rest < second.value <= first.value:
        return first.value - rest + rest / second.value, "fraction"
    return first.value / second.value, "ratio"


def _pointed(first: _Operand, second: _Operand, gap: str) -> tuple[float, str] | None:
    """A whole number and its decimals in words."""
    if _relations().get(gap) != "point" or first.kind != "number":
        return None
    decimals = second.value
    if second.kind == "number":
        if decimals < 0 or isinstance(decimals, float):
            return None
        decimals /= 10 ** len(str(decimals))
    return first.value + (decimals if first.value >= 0 else -decimals), "point"


def _signed(operand: _Operand, folded: str) -> _Operand:
    """With the minus that stands before the figure, unless a number or word before it makes it a dash."""
    before = (
        _SIGN.search(folded, max(0, operand.start - _NEAR), operand.start)
        if folded[operand.start : operand.start + 1] in _FIGURE_HEADS
        else None
    )
    return operand._replace(start=before.start(), value=-operand.value) if before else operand


_FIGURE_HEADS = tuple("0123456789.")


def _shared(operand: _Operand, folded: str) -> _Operand:
    """With "one part of" before it, where no number counts the parts."""
    before = (
        _SHARE_BEFORE.search(folded, max(0, operand.start - _NEAR), operand.start)
        if operand.kind == "number" and operand.value
        else None
    )
    if before is None:
        return operand
    return operand._replace(start=before.start(), value=1 / operand.value, kind="ratio")


def _alone(operand: _Operand, source: Terms) -> Iterator[tuple[int | float, str]]:
    """What stays of an operand: a fraction word that may be a number is one only before a definite noun or nothing."""
    if operand.share is None:
        yield operand.value, operand.kind
        return
    following = source.terms[operand.last + 1] if operand.last + 1 < len(source.terms) else None
    divides = following is None or following.kind in ("mark", "line") or following.text.startswith("ال")
    if divides and not operand.plural:
        yield operand.share, "fraction"
    elif operand.kind == "number":
        yield operand.value, "number"


def _whole(value: int | float) -> int | float:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
