"""The value of number words and digits: Arabic and English numerals composed from terms.

Owns arithmetic only. Arabic joins hundreds, units and tens by "and" (مئة وخمسة وعشرون: 125), puts ten behind the unit
(خمسة عشر:
15) and multiplies before a scale (ثلاثة آلاف و200: 3,200). English needs no "and". A component joins only where it fits under
what stands before it, so that "300 و212" stays two numbers.
"""

from functools import lru_cache
from typing import NamedTuple

from tawthiq.text.digits import digits_value
from tawthiq.text.terms import Term, terms

_AND = "و"
_ARTICLE = "ال"
_SMALL = frozenset({"unit", "teen", "tens", "ten", "hundred", "hundreds"})
_TEN = 10
_NUMERIC = frozenset(
    [
        "unit",
        "ten",
        "teen",
        "tens",
        "hundred",
        "hundreds",
        "scale",
        "scale_dual",
        "dozen",
        "dozen_dual",
        "fraction",
        "fraction_weak",
        "fraction_added",
        "denominator",
        "vague",
        "several",
        "article_number",
        "one_construct",
        "ordinal",
        "ordinal_unit",
        "dual",
        "minus",
    ]
)


class Value(NamedTuple):
    """A number read from terms up to `end` (exclusive); `kind` is cardinal, ordinal, vague, several, dual or many."""

    value: int | float
    end: int
    kind: str


class Numeral(NamedTuple):
    """A number standing at terms `first` to `end` (exclusive)."""

    first: int
    end: int
    value: int | float
    kind: str


@lru_cache(maxsize=8)
def numerals(text: str) -> tuple[Numeral, ...]:
    """The numbers of a text in order, as words and digits give them; the last few texts are remembered."""
    row = terms(text).terms
    found: list[Numeral] = []
    end = 0
    for at, term in enumerate(row):
        if at < end or not (
            term.kind == "number" or (term.entry is not None and not _NUMERIC.isdisjoint(term.entry.roles))
        ):
            continue
        value = read_number(row, at)
        if value is not None:
            end = value.end
            found.append(Numeral(at, end, value.value, value.kind))
    return tuple(found)


def role(term: Term, name: str) -> object:
    """The value of `term` in role `name`, or None."""
    return term.entry.roles.get(name) if term.entry else None


class _Sum:
    """A cardinal being added up: what is closed by scales, the open group under a thousand, and what it may still take."""

    def __init__(self) -> None:
        self.total: int | float = 0
        self.group: int | float | None = None
        self.units = self.tens = self.hundreds = False
        self.scale = float("inf")
        self.last = ""
        self.component: int | float = 0
        self.digits = False

    def take(self, name: str, value: int | float, joined: bool) -> bool:
        """Adds a component of role `name` if it fits; `joined` when "and" stands before it."""
        fresh = self.group is None
        if not value and self.last:
            return False
        if name in ("unit", "article_number"):
            fits = fresh or (
                (joined or self.last in ("tens", "hundred", "hundreds")) and not self.units and not self._tail()
            )
        elif name == "ten":
            if self.last == "unit" and not joined:
                return self._add("tens", value)
            fits = fresh or (joined and not self.units and not self.tens)
        elif name in ("tens", "teen"):
            fits = fresh or ((joined or self.last in ("hundred", "hundreds")) and not self.tens)
            fits = fits and (joined or self.last != "unit")
        elif name in ("hundred", "hundreds"):
            if name == "hundred" and not joined and self.units and not self.hundreds and not fresh:
                self.group = (self.group or 0) * 100
                self.units = self.tens = False
                self.hundreds, self.last = True, name
                return True
            fits = fresh
        else:
            return False
        return self._add(name, value) if fits else False

    def _tail(self) -> bool:
        """Whether tens stand before: then only English adds a unit ("twenty-five")."""
        return self.tens and self.last != "tens"

    def _add(self, name: str, value: int | float) -> bool:
        self.group = (self.group or 0) + value
        self.units |= name in ("unit", "teen", "article_number") or (name == "tens" and self.last == "unit")
        self.tens |= name in ("tens", "teen", "ten")
        self.hundreds |= name in ("hundred", "hundreds")
        self.last, self.component = name, value
        return True

    def divide(self, parts: int | float) -> bool:
        """Makes the last component a fraction: "three fifths", "twenty and three fifths"."""
        if self.last not in ("unit", "ten", "digits") or not self.group:
            return False
        self.group += self.component / parts - self.component
        self.last = "fraction"
        return True

    def close(self, scale: int | float, value: int | float) -> bool:
        """Multiplies the open group by `scale`; `value` is what the scale word says alone (2,000 for the dual)."""
        if scale >= self.scale:
            if self.group is not None or self.last != "scale":
                return False
            self.total, self.scale = self.total * scale, scale
            return True
        self.total += value if self.group is None else self.group * scale
        self.group, self.units, self.tens, self.hundreds = None, False, False, False
        self.scale, self.last, self.digits = scale, "scale", False
        return True

    @property
    def value(self) -> int | float:
        return self.total + (self.group or 0)


def read_number(terms: tuple[Term, ...], start: int) -> Value | None:
    """The number that begins at term `start`, or None. Never raises; oversized digits stay whole numbers."""
    first = terms[start]
    if first.kind != "number" and first.entry is None:
        return None
    for reader in (_alone, _ordinal, _cardinal):
        found = reader(terms, start)
        if found is not None:
            return found
    return None


def _alone(terms: tuple[Term, ...], start: int) -> Value | None:
    """Vague quantities, "several" and duals of nouns, which nothing composes with."""
    entry = terms[start].entry
    if entry is None:
        return None
    for name in ("vague", "several", "dual"):
        value = entry.roles.get(name)
        if value is not None:
            if value == "many":
                return Value(2, start + 1, "many")
            return Value(_number(value), start + 1, name)
    if role(terms[start], "scale") is not None and terms[start].text.endswith(("لاف", "ملايين", "مليارات")):
        return Value(2 * _number(role(terms[start], "scale")), start + 1, "vague")
    return None


def _number(value: object) -> int | float:
    return value if isinstance(value, int | float) else 0


def _ordinal(terms: tuple[Term, ...], start: int) -> Value | None:
    first = terms[start]
    following = terms[start + 1] if start + 1 < len(terms) else None
    if first.kind == "number":
        suffix = (
            following is not None and following.start == first.end and following.text in ("st", "nd", "rd", "th", "er")
        )
        return Value(digits_value(first.text), start + 2, "ordinal") if suffix and first.text.isdigit() else None
    small = role(first, "ordinal")
    joined_unit = role(first, "ordinal_unit")
    if small is None and joined_unit is None:
        return _tens_ordinal(terms, start)
    value = _number(small if small is not None else joined_unit)
    if following is not None:
        if role(following, "ten") is not None and not following.prefix and value < _TEN:
            return Value(value + _TEN, start + 2, "ordinal")
        if role(following, "tens") is not None and following.prefix.startswith(_AND):
            return Value(value + _number(role(following, "tens")), start + 2, "ordinal")
        after = terms[start + 2] if start + 2 < len(terms) else None
        if role(following, "and") is not None and after is not None and role(after, "tens") is not None:
            return Value(value + _number(role(after, "tens")), start + 3, "ordinal")
    return Value(value, start + 1, "ordinal") if small is not None else None


def _tens_ordinal(terms: tuple[Term, ...], start: int) -> Value | None:
    """English "twenty-first": tens, a hyphen or nothing, then a small ordinal."""
    tens = role(terms[start], "tens")
    if tens is None or not terms[start].text.isascii():
        return None
    at = start + 1
    if at < len(terms) and terms[at].text == "-":
        at += 1
    small = role(terms[at], "ordinal") if at < len(terms) else None
    if isinstance(small, int) and small < _TEN:
        return Value(_number(tens) + small, at + 1, "ordinal")
    return None


def _cardinal(terms: tuple[Term, ...], start: int) -> Value | None:
    negative = role(terms[start], "minus") is not None
    at = start + 1 if negative else start
    amount = _Sum()
    end = at
    while at < len(terms):
        term = terms[at]
        joined = term.prefix.startswith(_AND)
        if at > start + negative and _links(terms, at):
            at += 1
            if at >= len(terms):
                break
            term, joined = terms[at], terms[at - 1].text != "-"
        if end > start + negative and term.prefix and not joined:
            if not (amount.last == "fraction" and term.prefix == _ARTICLE and _of_scale(amount, term)):
                break
            at += 1
            end = at
            break
        if not _taken(amount, term, joined, end == start + negative):
            break
        at += 1
        end = at
    if end == start + negative:
        return None
    value = -amount.value if negative else amount.value
    return Value(int(value) if isinstance(value, float) and value.is_integer() else value, end, "cardinal")


def _of_scale(amount: _Sum, term: Term) -> bool:
    """Whether the word names the scale that a fraction is of: نصف المليون (half of the million), مليون ونصف المليون."""
    scale = role(term, "scale")
    if scale is None:
        return False
    return amount.scale == scale if amount.total else amount.close(_number(scale), _number(scale))


def _links(terms: tuple[Term, ...], at: int) -> bool:
    """Whether the term is "and" or a hyphen between the parts of one English number, or the Arabic و standing apart."""
    term = terms[at]
    if at + 1 >= len(terms):
        return False
    following = terms[at + 1]
    if term.text == "-":
        return role(terms[at - 1], "tens") is not None and role(following, "unit") is not None and term.text.isascii()
    if role(term, "and") is None:
        return False
    if term.text == "and":
        return role(terms[at - 1], "hundred") is not None or role(terms[at - 1], "scale") is not None
    return True


def _taken(amount: _Sum, term: Term, joined: bool, first: bool) -> bool:
    if term.kind == "number":
        return _digits_taken(amount, term, joined, first)
    if term.entry is None:
        return False
    roles = term.entry.roles
    for name in ("unit", "article_number", "ten", "teen", "tens", "hundred", "hundreds"):
        value = roles.get(name)
        if value is not None:
            fits = first or joined or not amount.digits or name == "hundred"
            fifth = not joined and amount.last in ("tens", "hundred", "hundreds") and "fraction_weak" in roles
            return fits and not fifth and amount.take(name, _number(value), joined)
    if "denominator" in roles and not first and not joined:
        return amount.divide(_number(roles["denominator"]))
    if first and roles.get("one_construct") is not None:
        return amount.take("unit", 1, joined=False)
    return _scaled(amount, roles, joined, first)


def _digits_taken(amount: _Sum, term: Term, joined: bool, first: bool) -> bool:
    value = digits_value(term.text)
    if first:
        amount.group, amount.digits, amount.last, amount.units = value, True, "digits", True
        amount.component = value
        return True
    under = amount.scale if amount.last == "scale" else 100 if amount.last in ("hundred", "hundreds") else 0
    if joined and 0 < value < under and (not amount.digits or amount.last == "hundred"):
        amount.units |= amount.group is None and value < _TEN
        amount.group, amount.last = (amount.group or 0) + value, "digits"
        return True
    return False


def _scaled(amount: _Sum, roles: dict[str, object], joined: bool, first: bool) -> bool:
    scale = roles.get("scale")
    if scale is not None:
        again = not joined and amount.last == "scale"
        return (first or again or joined == (amount.group is None)) and amount.close(_number(scale), _number(scale))
    dual = roles.get("scale_dual")
    if dual is not None:
        return (first or (joined and amount.group is None)) and amount.close(_number(dual) / 2, _number(dual))
    dozen = roles.get("dozen") or roles.get("dozen_dual")
    if dozen is not None:
        if amount.group is not None and not joined:
            amount.group *= _number(dozen)
            return amount.last != "dozen"
        return (first or joined) and amount.take("tens", _number(dozen), joined)
    if "fraction_added" in roles:
        return not first and _fraction_taken(amount, _number(roles["fraction_added"]), joined=True, first=False)
    return "fraction" in roles and _fraction_taken(amount, _number(roles["fraction"]), joined, first)


def _fraction_taken(amount: _Sum, fraction: int | float, joined: bool, first: bool) -> bool:
    """A fraction alone, or behind "and": of the scale before it (a million and a half), else of one."""
    if first:
        amount.group, amount.last, amount.digits = fraction, "fraction", True
        return True
    if joined and amount.last == "scale" and amount.scale >= 1_000_000:
        amount.total += fraction * amount.scale
    elif joined and amount.value and amount.last != "fraction":
        amount.group = (amount.group or 0) + fraction
    else:
        return False
    amount.last = "fraction"
    return True
