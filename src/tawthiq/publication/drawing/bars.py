"""Horizontal bars: one number a line, or a reach from the lowest to the highest, which is hatched; a floor ends in an arrow.

Bars grow from the side where the script begins.
"""

from collections.abc import Iterator, Sequence

from tawthiq.publication.drawing.markup import (
    ACCENT,
    Canvas,
    Markup,
    element,
    hatched,
    joined,
    shortened,
    width_of,
    wrapped,
)
from tawthiq.publication.drawing.words import amount, word
from tawthiq.records.drawing import BarRow

ROW, THICK, GAP, LINE = 44, 18, 10, 17  # units
LABELS, NUMBERS = 0.34, 0.36  # of the width


def bars_svg(rows: Sequence[BarRow], language: str, width: int = 720, *, title: str = "", name: str = "bars") -> str:
    """The rows in their order; an empty figure says that there is nothing to count."""
    canvas = Canvas(language, width, name)
    heading = title or word(language, "bars_title")
    if not rows:
        return canvas.empty(heading)
    said = [_words(row, language) for row in rows]
    listed = "; ".join(f"{row.label}: {words}" for row, words in zip(rows, said, strict=True))
    return canvas.picture(
        hatched(f"{name}-reach"),
        joined(_lines(rows, said, canvas)),
        height=len(rows) * ROW + 4,
        title=heading,
        description=listed,
    )


def _words(row: BarRow, language: str) -> str:
    return amount(row, language) + (f" · {row.detail}" if row.detail else "")


def _lines(rows: Sequence[BarRow], said: Sequence[str], canvas: Canvas) -> Iterator[Markup]:
    labels = LABELS * canvas.width
    numbers = min(NUMBERS * canvas.width, max(width_of(words) for words in said) + GAP)
    room = canvas.width - labels - numbers - 2 * GAP
    most = max(row.high for row in rows) or 1
    for at, (row, words) in enumerate(zip(rows, said, strict=True)):
        middle = at * ROW + ROW / 2
        low, high = room * row.low / most, room * row.high / most
        parts = [*_label(row.label, middle, canvas), _bar(labels, low, middle, canvas, fill=ACCENT)]
        if row.high > row.low:
            fill = f"url(#{canvas.name}-reach)"
            parts.append(_bar(labels + low, high - low, middle, canvas, fill=fill, stroke=ACCENT))
        if row.is_floor:
            parts.append(_arrow(labels + high, middle, canvas))
        begin = labels + high + GAP + (GAP if row.is_floor else 0)
        parts.append(canvas.text(shortened(words, numbers), begin, middle + 5))
        yield element("g", element("title", f"{row.label}: {words}"), *parts)
    yield element("path", d=f"M{canvas.x(labels):g} 0V{len(rows) * ROW}", stroke="currentColor", fill="none")


def _label(label: str, middle: float, canvas: Canvas) -> Iterator[Markup]:
    lines = wrapped(label, LABELS * canvas.width - GAP)
    top = middle + 5 - (len(lines) - 1) * LINE / 2
    for at, line in enumerate(lines):
        yield canvas.text(line, 0, top + at * LINE)


def _bar(start: float, length: float, middle: float, canvas: Canvas, **look: str) -> Markup:
    x = canvas.left(start, length)
    return element("rect", x=x, y=middle - THICK / 2, width=length, height=THICK, **look)


def _arrow(end: float, middle: float, canvas: Canvas) -> Markup:
    """The end of a bar that goes on."""
    base, tip = canvas.x(end + 2), canvas.x(end + GAP)
    return element("path", d=f"M{base:g} {middle - 7:g}L{tip:g} {middle:g}L{base:g} {middle + 7:g}Z", fill=ACCENT)
