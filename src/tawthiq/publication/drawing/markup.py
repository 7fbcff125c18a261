"""SVG as text: every value is escaped here, and nowhere else is markup put together.

Presentation attributes only (SVG 1.1, appendix on presentation attributes): a strict content security policy forbids `style`.
Text is drawn in the reader's direction: in Arabic `direction="rtl"` makes "start" the right end of a line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from tawthiq.publication.drawing.words import ARABIC, word

FONTS = "Vazirmatn, 'Noto Naskh Arabic', 'Noto Sans Arabic', sans-serif"
ACCENT = "#b5561f"
"""At least 3 : 1 against white, black paper and each grey between a page's light and dark ground; dark grey in print."""
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, production [2] Char
_LETTER, _WIDE_LETTER = 0.56, 0.62  # of the size of the letters, on average; Latin capitals and digits are wider


Value = str | int | float | None


class Markup(str):
    """Markup of ours, which is not escaped again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a figure is drawn: its language, its width in units, and the name that begins its identifiers."""

    language: str
    width: int
    name: str

    def x(self, start: float) -> float:
        """A distance from the side where the script begins, as one from the left."""
        return self.width - start if self.language == ARABIC else start

    def left(self, start: float, length: float) -> float:
        """The left end of a stretch that begins at a distance from the side where the script begins."""
        return self.width - start - length if self.language == ARABIC else start

    def text(
        self, words: str, start: float, y: float, *, anchor: str = "start", size: int = 13, **more: Value
    ) -> "Markup":
        """A line of text at a distance from the side where the script begins."""
        return text(words, self.x(start), y, self.language, anchor=anchor, size=size, **more)

    def empty(self, title: str) -> "Markup":
        """The figure of nothing, which says so."""
        nothing = word(self.language, "nothing_counted")
        return self.picture(self.text(nothing, 0, 24), height=36, title=title, description=nothing)

    def picture(self, *content: str, height: float, title: str, description: str) -> "Markup":
        """The whole drawing with its title and description for those who hear it."""
        tall = round(height)
        name, language = self.name, self.language
        return element(
            "svg",
            element("title", title, id=f"{name}-title"),
            element("desc", description, id=f"{name}-desc"),
            *content,
            xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {self.width} {tall}", width=self.width, height=tall,
            role="img", aria_labelledby=f"{name}-title", aria_describedby=f"{name}-desc", lang=language,
            **{"xml:lang": language}, direction=direction(language), font_family=FONTS, font_size=13,
            fill="currentColor",
        )  # fmt: skip


def element(name: str, *content: str, **attributes: Value) -> Markup:
    """One element. Content is escaped where it is no Markup; underscores in attributes stand for hyphens, a last one is
    dropped, None is left out, numbers have at most two decimals.
    """
    written = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    inside = joined(content)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def joined(parts: Iterable[str]) -> Markup:
    """Elements one after another; what is no Markup is escaped."""
    return Markup("".join(part if isinstance(part, Markup) else escape(legible(part), quote=False) for part in parts))


def direction(language: str) -> str:
    """The direction of writing: "rtl" for Arabic."""
    return "rtl" if language == ARABIC else "ltr"


def text(
    words: str, x: float, y: float, language: str, *, anchor: str = "start", size: int = 13, **more: Value
) -> Markup:
    """A line of text at a baseline; `anchor` "start" is the side where the language begins."""
    return element("text", words, x=x, y=y, text_anchor=anchor, font_size=size, direction=direction(language), **more)


def hatched(name: str, colour: str = ACCENT) -> Markup:
    """A definition by which `fill="url(#NAME)"` hatches: what is open is told from what is certain without colour."""
    line = element("path", d="M0 0V6", stroke=colour, stroke_width=2)
    pattern = element(
        "pattern", line, id=name, width=6, height=6, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )
    return element("defs", pattern)


def width_of(words: str, size: int = 13) -> float:
    """About how wide a line of text is, in units: drawings are made without a font at hand."""
    return sum(_WIDE_LETTER if letter.isupper() or letter.isdigit() else _LETTER for letter in words) * size


def shortened(words: str, room: float, size: int = 13) -> str:
    """The words on one line within so many units, with "…" where they go on."""
    line = " ".join(words.split())
    if width_of(line, size) <= room:
        return line
    while line and width_of(line, size) > room - size:
        line = line[:-1]
    return f"{line.rstrip()}…"


def wrapped(words: str, room: float, size: int = 13, most: int = 2) -> tuple[str, ...]:
    """The words on at most so many lines within `room` units; the last is shortened."""
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most - 1:
        line = [rest.pop(0)]
        while rest and width_of(" ".join((*line, rest[0])), size) <= room:
            line.append(rest.pop(0))
        lines.append(shortened(" ".join(line), room, size))
    return (*lines, shortened(" ".join(rest), room, size)) if rest else tuple(lines)


def legible(words: str) -> str:
    """The words with each character that no XML document may hold replaced by U+FFFD."""
    return _IMPOSSIBLE.sub("\ufffd", words)


def _attribute(key: str) -> str:
    return key if key in _MIXED else key.rstrip("_").replace("_", "-")


def _value(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0" if abs(value) < 0.005 else "-0") or "0"
    return escape(legible(str(value)), quote=True)


_MIXED = frozenset({"viewBox", "patternUnits", "patternTransform"})
