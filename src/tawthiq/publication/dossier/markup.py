"""HTML as text: everything from outside is escaped, made legible and kept apart from the direction around it.

Html is markup of ours; any other string is text. Directions are written out, first strong letter first (Unicode Standard
Annex 9, rule P2): programs that make PDF know no `dir="auto"`.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import escape

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates, which can make a text read otherwise than it is."""
_JOINERS = frozenset("\u200c\u200d")  # Persian and some emoji need them
_VOID = frozenset({"img", "meta", "br"})
_LONG = 60  # characters of a value, its markup among them
_GAPS = re.compile(r"\s+")


class Html(str):
    """Markup of ours, which is not escaped again."""

    __slots__ = ()


Value = str | int | None


def legible(text: str) -> str:
    """Text as a document can hold and people can read it.

    What turns directions and what no document can hold (lone surrogates, controls, noncharacters, private use) is shown by its
    code, as [U+202E]; other invisible characters are left out, white space is one space.
    """
    if text.isascii() and text.isprintable():
        return text
    return _GAPS.sub(" ", "".join(map(_seen, text)))


def _seen(character: str) -> str:
    if character in _JOINERS or character.isspace():
        return character
    category = unicodedata.category(character)
    odd = category in ("Cc", "Cs", "Co") or (category == "Cn" and _is_noncharacter(ord(character)))
    if odd or character in _TURNING:
        return f"[U+{ord(character):04X}]"
    return "" if category == "Cf" else character


def _is_noncharacter(point: int) -> bool:
    """Unicode Standard, section 23.7."""
    return 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE


def direction_of(text: str) -> str:
    """ "rtl" or "ltr" by the first strong letter; "ltr" where there is none."""
    for character in text:
        strong = unicodedata.bidirectional(character)
        if strong in ("L", "R", "AL"):
            return "ltr" if strong == "L" else "rtl"
    return "ltr"


def shown(text: str) -> Html:
    """Text of ours, escaped."""
    return Html(escape(legible(text)))


def apart(text: str, of: str = "") -> Html:
    """Text of a source, escaped and isolated; `of` is a class of the element."""
    plain = legible(text).strip()
    return element("bdi", plain, dir=direction_of(plain), class_=of or None) if plain else Html("")


def code(text: str) -> Html:
    """A digest, identifier or command: from left to right, whatever it holds."""
    return element("code", text, dir="ltr")


def element(tag: str, /, *content: str, **attributes: Value) -> Html:
    """One element. A last underscore of an attribute's name is dropped, others stand for hyphens, None is left out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(legible(str(value)))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Html(f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{joined(content)}</{tag}>")


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Parts one after another; what is no Html is escaped."""
    written = [part if isinstance(part, Html) else shown(part) for part in parts]
    return Html((between if isinstance(between, Html) else escape(between)).join(written))


def filled(template: str, **values: str) -> Html:
    """A text of ours with its braces filled; values that are no Html are escaped. Raises KeyError for one that is missing."""
    pieces = re.split(r"{(\w+)}", template)
    return joined([values[piece] if at % 2 else Html(escape(piece)) for at, piece in enumerate(pieces)])


def table(headings: Iterable[str], rows: Iterable[Html], *, of: str = "") -> Html:
    """A table with a heading for each column; rows are `row`s."""
    head = element("thead", element("tr", *(element("th", each, scope="col") for each in headings)))
    return element("table", head, *rows, class_=of or None)


def row(labels: Iterable[str], cells: Iterable[str]) -> Html:
    """A row whose cells carry their column's heading too, for narrow screens where columns stand below each other."""
    written = (element("td", cell, data_label=label) for label, cell in zip(labels, cells, strict=True))
    return element("tr", *written)


def pairs(facts: Iterable[tuple[str, str]]) -> Html:
    """A list of names and values; those without a value are left out. Long ones are marked: in print two stand on a line."""
    told = [
        element("div", element("dt", name), element("dd", value), class_="wide" if len(value) > _LONG else None)
        for name, value in facts
        if value
    ]
    return element("dl", *told) if told else Html("")
