"""Timelines: when it happened by each claim, when each report was published and collected, when people decided.

A day is a diamond, a stretch of days a bar, hatched at a side that nobody told. Stretches in which nothing is known are drawn
shorter than they were and marked, so that a page collected years later does not press the event's days together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tawthiq.publication.drawing.markup import ACCENT, Canvas, Markup, element, hatched, joined, width_of, wrapped
from tawthiq.publication.drawing.words import days, word
from tawthiq.records.drawing import TimelineEntry, TimelineKind

ROW, HEAD, AXIS = 34, 30, 34
LABELS = 0.36  # of the width
TRUE_DAYS = 10
"""A gap of more days is drawn shorter."""
_OPEN = 46.0  # units by which a side that nobody told is drawn


@dataclass(frozen=True, slots=True)
class _Scale:
    """The days that anything names, in order, and where each lies, from the side where the script begins."""

    days: tuple[date, ...]
    at: tuple[float, ...]
    broken: tuple[float, ...]

    def x(self, day: date) -> float:
        return self.at[self.days.index(day)]


def timeline_svg(
    entries: Sequence[TimelineEntry], language: str, width: int = 720, *, title: str = "", name: str = "timeline"
) -> str:
    """The entries by kind, each in the order of its days. Entries without a day stand at the end of their kind."""
    canvas = Canvas(language, width, name)
    shown = [(kind, lines) for kind in TimelineKind if (lines := _ordered(entries, kind))]
    scale = _scale(entries, LABELS * width + 30, width - 30)
    parts: list[Markup] = []
    y = 0.0
    for kind, lines in shown:
        y += HEAD
        parts.append(canvas.text(word(language, kind.value), 0, y - 8, font_weight=700))
        for entry in lines:
            parts.append(_line(entry, y, scale, canvas))
            y += ROW
    parts = [*_axis(scale, HEAD - 4.0, y, canvas), *parts]
    if not entries:
        parts.append(canvas.text(word(language, "nothing_dated"), 0, 22))
    height = y + AXIS
    if scale.broken:
        height += 20
        parts.append(canvas.text(word(language, "broken_note"), 0, height - 6, size=12))
    listed = "; ".join(_said(entry, language) for _kind, lines in shown for entry in lines)
    return canvas.picture(
        hatched(f"{name}-open"),
        joined(parts),
        height=height,
        title=title or word(language, "timeline_title"),
        description=word(language, "timeline_description", list=listed),
    )


def _ordered(entries: Sequence[TimelineEntry], kind: TimelineKind) -> list[TimelineEntry]:
    mine = [entry for entry in entries if entry.kind is kind]
    return sorted(mine, key=lambda entry: (entry.first or entry.last or date.max, entry.last or date.max))


def _scale(entries: Sequence[TimelineEntry], begin: float, end: float) -> _Scale:
    named = sorted({day for entry in entries for day in (entry.first, entry.last) if day})
    if not named:
        return _Scale((), (), ())
    gaps = [(after - before).days for before, after in pairwise(named)]
    lengths = _lengths(gaps)
    whole = sum(lengths) or 1.0
    at, broken = [begin if gaps else (begin + end) / 2], []
    for gap, length in zip(gaps, lengths, strict=True):
        at.append(at[-1] + (end - begin) * length / whole)
        if gap > TRUE_DAYS:
            broken.append((at[-1] + at[-2]) / 2)
    return _Scale(tuple(named), tuple(at), tuple(broken))


def _lengths(gaps: Sequence[int]) -> list[float]:
    """How long each gap of days is drawn, in days: those that are cut take no more room together than the others."""
    cut = sum(gap > TRUE_DAYS for gap in gaps)
    true = sum(gap for gap in gaps if gap <= TRUE_DAYS)
    return [float(gap) if gap <= TRUE_DAYS else max(1.0, true / cut) for gap in gaps]


def _axis(scale: _Scale, top: float, bottom: float, canvas: Canvas) -> Iterator[Markup]:
    if not scale.days:
        return
    line = f"M{canvas.x(LABELS * canvas.width):.2f} {bottom:g}H{canvas.x(canvas.width):.2f}"
    yield element("path", d=line, stroke="currentColor")
    free = 0.0
    for day, at in zip(scale.days, scale.at, strict=True):
        upright = f"M{canvas.x(at):.2f} {top:g}V{bottom + 4:g}"
        yield element("path", d=upright, stroke="currentColor", stroke_opacity=0.18)
        half = width_of(str(day), 11) / 2
        if at - half >= free:
            yield canvas.text(str(day), at, bottom + 18, anchor="middle", size=11)
            free = at + half + 6
    for at in scale.broken:
        x = canvas.x(at)
        marks = "".join(f"M{x + shift - 3:.2f} {bottom + 6:g}L{x + shift + 3:.2f} {bottom - 6:g}" for shift in (-3, 3))
        yield element("path", d=marks, stroke="currentColor", stroke_width=1.5)


def _line(entry: TimelineEntry, y: float, scale: _Scale, canvas: Canvas) -> Markup:
    middle = y + ROW / 2
    lines = wrapped(entry.label, LABELS * canvas.width - 8, 12)
    top = middle + 4 - (len(lines) - 1) * 7.5
    parts = [canvas.text(line, 0, top + at * 15, size=12) for at, line in enumerate(lines)]
    return element("g", element("title", _said(entry, canvas.language)), *parts, _stretch(entry, middle, scale, canvas))


def _stretch(entry: TimelineEntry, middle: float, scale: _Scale, canvas: Canvas) -> Markup:
    first, last = entry.first, entry.last
    said = days(first, last, canvas.language)
    begin, end = _ends(first, last, scale, canvas)
    if begin is None or end is None:
        return canvas.text(said, LABELS * canvas.width + 24, middle + 4, size=12, fill_opacity=0.75)
    if first == last:
        drawn = _diamond(canvas.x(begin), middle)
        begin, end = begin - 7, end + 7
    else:
        drawn = _bar(begin, end, middle, canvas, ACCENT if first and last else f"url(#{canvas.name}-open)")
    fits = end + 8 + width_of(said, 12) <= canvas.width
    place = (end + 8, "start") if fits else (begin - 8, "end")
    return joined((drawn, canvas.text(said, place[0], middle + 4, anchor=place[1], size=12)))


def _ends(first: date | None, last: date | None, scale: _Scale, canvas: Canvas) -> tuple[float | None, float | None]:
    """Where a stretch begins and ends; a side that nobody told is drawn a little way."""
    begin = scale.x(first) if first else None
    end = scale.x(last) if last else None
    if begin is not None and end is None:
        end = min(float(canvas.width), begin + _OPEN)
    if end is not None and begin is None:
        begin = max(LABELS * canvas.width, end - _OPEN)
    return begin, end


def _bar(begin: float, end: float, middle: float, canvas: Canvas, fill: str) -> Markup:
    length = max(end - begin, 2.0)
    return element(
        "rect", x=canvas.left(begin, length), y=middle - 6, width=length, height=12, fill=fill, stroke=ACCENT
    )


def _diamond(x: float, y: float) -> Markup:
    return element("path", d=f"M{x - 7:.2f} {y:g}L{x:.2f} {y - 7:g}L{x + 7:.2f} {y:g}L{x:.2f} {y + 7:g}Z", fill=ACCENT)


def _said(entry: TimelineEntry, language: str) -> str:
    words = f"{word(language, entry.kind.value)}: {entry.label}, {days(entry.first, entry.last, language)}"
    return f"{words} · {entry.detail}" if entry.detail else words
