"""Columns beside each other in the order of time: what is certain is filled, what is possible is hatched.

Time runs from the side where the script begins.
"""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10

from tawthiq.publication.drawing.markup import ACCENT, Canvas, Markup, element, hatched, joined, width_of
from tawthiq.publication.drawing.words import number, word
from tawthiq.records.drawing import ColumnRow

HEIGHT, FOOT, HEAD, LEGEND = 240, 30, 14, 30
_STEPS = (1, 2, 5, 10)


def columns_svg(
    rows: Sequence[ColumnRow],
    language: str,
    width: int = 720,
    *,
    title: str = "",
    name: str = "columns",
    legend: tuple[str, str] | None = None,
) -> str:
    """The columns in their order. `legend` says what the filled and the hatched part are, where both occur."""
    canvas = Canvas(language, width, name)
    heading = title or word(language, "bars_title")
    if not rows:
        return canvas.empty(heading)
    marks = ticks(max(row.high for row in rows))
    axis = width_of(number(marks[-1])) + 10
    parts = [*_grid(marks, axis, canvas), *_columns(rows, marks[-1], axis, canvas)]
    is_hatched = any(row.high > row.low for row in rows)
    if is_hatched:
        parts += _legend(legend or (word(language, "certain_legend"), word(language, "possible_legend")), canvas)
    return canvas.picture(
        hatched(f"{name}-reach"),
        joined(parts),
        height=HEIGHT + (LEGEND if is_hatched else 0),
        title=heading,
        description="; ".join(f"{row.full}: {_amount(row, language)}" for row in rows),
    )


def ticks(highest: float, most: int = 4) -> list[int]:
    """Whole numbers from 0 to at least `highest`, evenly apart by 1, 2 or 5 times a power of ten; about `most` of them."""
    if highest <= 1:
        return [0, 1]
    rough = highest / most
    power = 10 ** max(0, floor(log10(rough)))
    step = next(step * power for step in _STEPS if step * power >= rough or step == _STEPS[-1])
    return [at * step for at in range(ceil(highest / step) + 1)]


def _grid(marks: Sequence[int], axis: float, canvas: Canvas) -> Iterator[Markup]:
    for mark in marks:
        y = _y(mark, marks[-1])
        line = f"M{canvas.x(axis):g} {y:g}H{canvas.x(canvas.width):g}"
        yield element("path", d=line, stroke="currentColor", stroke_opacity=0.2 if mark else 1)
        yield canvas.text(number(mark), axis - 6, y + 4, anchor="end", size=12)


def _columns(rows: Sequence[ColumnRow], top: int, axis: float, canvas: Canvas) -> Iterator[Markup]:
    step = (canvas.width - axis) / len(rows)
    every = max(1, ceil((max(width_of(row.label, 12) for row in rows) + 12) / step))
    for at, row in enumerate(rows):
        middle = axis + (at + 0.5) * step
        said = f"{row.full}: {_amount(row, canvas.language)}"
        label = canvas.text(row.label, middle, HEIGHT - 10, anchor="middle", size=12) if at % every == 0 else Markup()
        yield element("g", element("title", said), *_column(row, top, canvas, (middle, min(46.0, step * 0.72))), label)


def _column(row: ColumnRow, top: int, canvas: Canvas, across: tuple[float, float]) -> Iterator[Markup]:
    """Both parts of a column; `across` is its middle, from the side where the script begins, and its width."""
    middle, thick = across
    x = canvas.x(middle) - thick / 2
    low, high = _y(row.low, top), _y(row.high, top)
    yield element("rect", x=x, y=low, width=thick, height=_y(0, top) - low, fill=ACCENT)
    if row.high > row.low:
        fill = f"url(#{canvas.name}-reach)"
        yield element("rect", x=x, y=high, width=thick, height=low - high, fill=fill, stroke=ACCENT)


def _amount(row: ColumnRow, language: str) -> str:
    low, high = number(row.low), number(row.high)
    return low if row.low == row.high else word(language, "range", low=low, high=high)


def _legend(words: tuple[str, str], canvas: Canvas) -> Iterator[Markup]:
    start = 0.0
    for said, fill in zip(words, (ACCENT, f"url(#{canvas.name}-reach)"), strict=True):
        x = canvas.left(start, 14)
        yield element("rect", x=x, y=HEIGHT + 8, width=14, height=14, fill=fill, stroke=ACCENT)
        yield canvas.text(said, start + 20, HEIGHT + 20, size=12)
        start += 44 + width_of(said, 12)


def _y(value: float, top: int) -> float:
    return HEAD + (HEIGHT - HEAD - FOOT) * (1 - value / top)
