"""Bars side by side: one number a line, or a reach from the lowest to the highest. Numbers in, SVG out.

The picture reads from the side where the script begins. A reach is hatched, so that it is told from a number without colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from tawthiq.web.charts.legible import shortened
from tawthiq.web.charts.markup import element, joined
from tawthiq.web.charts.numbers import shown
from tawthiq.web.charts.patterns import hatched

WIDTH, LABELS, ROW, EDGE = 760, 250, 34, 70  # units; EDGE is kept free for numbers
LETTERS = 32


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: how much, and `highest` where the number is a reach; `address` is where it leads, if anywhere."""

    label: str
    value: int
    highest: int | None = None
    address: str = ""

    @property
    def most(self) -> int:
        """Where the bar ends."""
        return max(self.value, self.highest if self.highest is not None else self.value)

    @property
    def words(self) -> str:
        """The number, or both ends of the reach."""
        return shown(self.value) if self.most == self.value else f"{shown(self.value)}–{shown(self.most)}"


def bars(rows: Sequence[Bar], *, name: str, title: str, description: str = "", rtl: bool = False) -> SafeString:
    """The chart of some lines, in their order. `name` tells its parts from those of other charts of the page."""
    most = max((row.most for row in rows), default=0) or 1
    height = max(1, len(rows)) * ROW + 8
    lines = (_line(row, at, most, name, rtl=rtl) for at, row in enumerate(rows))
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        hatched(f"{name}-reach"),
        joined(lines),
        viewBox=f"0 0 {WIDTH} {height}", class_="chart bars", role="group",
        aria_labelledby=f"{name}-title", aria_describedby=f"{name}-desc", xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def _line(row: Bar, at: int, most: int, name: str, *, rtl: bool) -> SafeString:
    room = WIDTH - LABELS - EDGE
    low, high = room * row.value / most, room * row.most / most
    y = at * ROW + 4
    parts = [
        _text(shortened(row.label, LETTERS), LABELS - 12, y, "end", "chart-label", rtl=rtl),
        element(
            "rect", x=_x(LABELS, low, rtl=rtl), y=y + 5, width=low, height=ROW - 12, class_="bar-low", fill="#7a4b00"
        ),
    ]
    if row.most > row.value:
        parts.append(
            element("rect", x=_x(LABELS + low, high - low, rtl=rtl), y=y + 5, width=high - low, height=ROW - 12,
                    class_="bar-reach", fill=f"url(#{name}-reach)", stroke="#7a4b00")
        )  # fmt: skip
    parts.append(_text(row.words, LABELS + high + 8, y, "start", "chart-number", rtl=rtl))
    content = (element("title", f"{row.label}: {row.words}"), *parts)
    return element("a", *content, href=row.address, class_="chart-line") if row.address else element("g", *content)


def _x(start: float, width: float, *, rtl: bool) -> float:
    return WIDTH - start - width if rtl else start


def _text(text: str, x: float, y: float, anchor: str, kind: str, *, rtl: bool) -> SafeString:
    """Text of the chart: in a script from the right, "start" is its right end."""
    return element(
        "text", text, x=WIDTH - x if rtl else x, y=y + ROW / 2 + 3, text_anchor=anchor, class_=kind,
        direction="rtl" if rtl else "ltr",
    )  # fmt: skip
