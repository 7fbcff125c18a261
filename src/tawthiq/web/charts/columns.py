"""Columns beside each other, for numbers in the order of time: what is certain is filled, what is possible is hatched.

Numbers in, SVG out. Time runs from the side where the script begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from tawthiq.web.charts.axes import ticks
from tawthiq.web.charts.markup import element, joined
from tawthiq.web.charts.numbers import shown
from tawthiq.web.charts.patterns import hatched

WIDTH, HEIGHT, AXIS, FOOT, HEAD = 960, 300, 56, 44, 14
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One stretch of time: what is certainly in it, at most what may be, and where it leads, if anywhere.

    `label` names it under the axis, as short as can be; `full` in words.
    """

    label: str
    full: str
    low: int
    high: int
    words: str
    address: str = ""


def columns(found: Sequence[Column], *, name: str, title: str, description: str = "", rtl: bool = False) -> SafeString:
    """The chart of some columns in the order of time. `name` tells its parts from those of other charts of the page."""
    marks = ticks(max((column.high for column in found), default=1))
    step = (WIDTH - AXIS) / max(1, len(found))
    every = -(-len(found) // MOST_LABELS)
    drawn = (_column(column, at, step, marks[-1], name, rtl=rtl) for at, column in enumerate(found))
    labelled = (
        _text(column.label, _centre(at, step, rtl=rtl), HEIGHT - FOOT + 22, "middle", rtl=rtl)
        for at, column in enumerate(found)
        if at % every == every // 2
    )
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        hatched(f"{name}-reach"),
        joined(_grid(mark, marks[-1], rtl=rtl) for mark in marks),
        joined(drawn),
        joined(labelled),
        viewBox=f"0 0 {WIDTH} {HEIGHT}", class_="chart columns", role="group",
        aria_labelledby=f"{name}-title", aria_describedby=f"{name}-desc", xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def _height(number: float, most: int) -> float:
    return (HEIGHT - FOOT - HEAD) * number / max(1, most)


def _centre(at: int, step: float, *, rtl: bool) -> float:
    x = AXIS + (at + 0.5) * step
    return WIDTH - x if rtl else x


def _grid(mark: int, most: int, *, rtl: bool) -> SafeString:
    y = HEIGHT - FOOT - _height(mark, most)
    line = element(
        "path", d=f"M{0 if rtl else AXIS} {y:.1f}H{WIDTH - AXIS if rtl else WIDTH}", class_="grid", stroke="#d9d5ca"
    )
    x = WIDTH - AXIS + 8 if rtl else AXIS - 8
    return joined(
        (line, element("text", shown(mark), x=x, y=y + 5, text_anchor="start" if rtl else "end", class_="chart-number",
                       direction="ltr"))
    )  # fmt: skip


def _column(column: Column, at: int, step: float, most: int, name: str, *, rtl: bool) -> SafeString:
    width = max(1.0, min(step * 0.8, 48.0))
    x, foot = _centre(at, step, rtl=rtl) - width / 2, HEIGHT - FOOT
    low, high = _height(column.low, most), _height(max(column.low, column.high), most)
    parts = [element("title", f"{column.full}: {column.words}")]
    if column.address:  # the whole stretch can be hit, be its column ever so low
        parts.append(
            element("rect", x=x, y=HEAD, width=width, height=foot - HEAD, fill="transparent", class_="column-room")
        )
    if low:
        parts.append(element("rect", x=x, y=foot - low, width=width, height=low, class_="bar-low", fill="#7a4b00"))
    if high > low:
        parts.append(
            element("rect", x=x, y=foot - high, width=width, height=high - low, class_="bar-reach",
                    fill=f"url(#{name}-reach)", stroke="#7a4b00")
        )  # fmt: skip
    if column.address and column.high:
        return element(
            "a", *parts, href=column.address, class_="chart-line", aria_label=f"{column.full}: {column.words}"
        )
    return element("g", *parts)


def _text(text: str, x: float, y: float, anchor: str, *, rtl: bool) -> SafeString:
    return element("text", text, x=x, y=y, text_anchor=anchor, class_="chart-label", direction="rtl" if rtl else "ltr")
