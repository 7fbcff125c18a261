"""A time line as SVG: lanes of bars, one under the other, and tolls as reaches over the day on which they were told.

What is known to a day is a sign; what is known to a month or a year is a bar as long as that. Numbers of tolls are drawn as
reaches from the lowest to the highest that one claim allows; nothing is joined or averaged.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from tawthiq.web.charts.axes import ticks
from tawthiq.web.charts.legible import shortened
from tawthiq.web.charts.markup import element, joined
from tawthiq.web.charts.numbers import shown
from tawthiq.web.timeline.scale import Scale, scale_of

WIDTH, NAMES, HEAD = 1060, 190, 34
ROW, TOLL, GAP = 28, 96, 14
LETTER, LONGEST = 7.4, 26
MOST_ROWS = 14  # of bars in one lane
DayWords = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something from one day to another, both included, in words, with the address that shows where it is said."""

    first: date
    last: date
    label: str
    words: str
    address: str = ""
    kind: str = "told"


@dataclass(frozen=True, slots=True)
class Reach:
    """A number told on a day: `highest` None leaves it open above."""

    day: date
    lowest: int
    highest: int | None
    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A named row of stretches, or of reaches."""

    name: str
    stretches: tuple[Stretch, ...] = ()
    reaches: tuple[Reach, ...] = ()


def time_line(
    lanes: Sequence[Lane], *, name: str, title: str, description: str, day_words: DayWords, rtl: bool
) -> SafeString | None:
    """The picture of all lanes over one scale; None where none of them has a day."""
    held = [lane for lane in lanes if lane.stretches or lane.reaches]
    days = [day for lane in held for each in lane.stretches for day in (each.first, each.last)]
    days += [each.day for lane in held for each in lane.reaches]
    scale = scale_of(days, 0 if rtl else NAMES, WIDTH - NAMES, rtl=rtl)
    if scale is None:
        return None
    drawn, y = list[SafeString](), float(HEAD)
    for lane in held:
        picture, height = _toll(lane, scale, y) if lane.reaches else _bars(lane, scale, y)
        drawn += [_lane_name(lane, y, height, rtl=rtl), picture]
        y += height + GAP
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        joined(_tick(day, scale, y, day_words) for day in scale.ticks()),
        joined(drawn),
        viewBox=f"0 0 {WIDTH} {y:.0f}", class_="chart time-line", role="group", aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc", xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def _tick(day: date, scale: Scale, bottom: float, words: DayWords) -> SafeString:
    x = scale.at(day)
    return joined(
        (
            element("path", d=f"M{x:.1f} {HEAD - 8}V{bottom - GAP / 2:.1f}", class_="grid", stroke="#d9d5ca"),
            element("text", words(day), x=max(44.0, min(WIDTH - 44.0, x)), y=16, text_anchor="middle", class_="chart-label",
                    direction="rtl" if scale.rtl else "ltr"),
        )
    )  # fmt: skip


def _lane_name(lane: Lane, y: float, height: float, *, rtl: bool) -> SafeString:
    rule = element("path", d=f"M0 {y + height + GAP / 2:.1f}H{WIDTH}", class_="grid", stroke="#d9d5ca")
    x = WIDTH - 4 if rtl else 4
    text = element(
        "text", shortened(lane.name, LONGEST), x=x, y=y + 19, text_anchor="start", class_="lane-name",
        direction="rtl" if rtl else "ltr",
    )  # fmt: skip
    return joined((rule, text))


def _bars(lane: Lane, scale: Scale, top: float) -> tuple[SafeString, float]:
    """The stretches of a lane in as many rows as keep them and their words apart."""
    ends: list[float] = []
    drawn, left_out = list[SafeString](), 0
    for each in sorted(lane.stretches, key=lambda stretch: (stretch.first, stretch.last, stretch.label)):
        begin, end = sorted((scale.at(each.first), scale.at(each.last, end=True)))
        middle, half = (begin + end) / 2, max(5.0, (end - begin) / 2)
        begin, end = middle - half, middle + half
        label = shortened(each.label, LONGEST)
        room = len(label) * LETTER + 14
        inward = (begin - room < scale.start) if scale.rtl else (end + room > WIDTH)
        taken = _taken(begin, end, room, scale, inward=inward)
        row = next((at for at, free in enumerate(ends) if free <= taken[0]), len(ends))
        if row == len(ends):
            if row >= MOST_ROWS:
                left_out += 1
                continue
            ends.append(0.0)
        ends[row] = taken[1] + 6
        drawn.append(_stretch(each, (begin, end), top + row * ROW, scale, inward=inward))
    if left_out:
        drawn.append(element("text", f"+ {shown(left_out)}", x=4 if scale.rtl else WIDTH - 4, y=top + MOST_ROWS * ROW + 12,
                             text_anchor="start" if scale.rtl else "end", class_="chart-label", direction="ltr"))  # fmt: skip
    return joined(drawn), len(ends) * ROW + (ROW if left_out else 0)


def _taken(begin: float, end: float, room: float, scale: Scale, *, inward: bool) -> tuple[float, float]:
    """From where to where a stretch and its words reach along the time, counted from where time begins."""
    low, high = (begin, end + room) if scale.rtl is inward else (begin - room, end)
    return (WIDTH - high, WIDTH - low) if scale.rtl else (low, high)


def _stretch(each: Stretch, reach: tuple[float, float], top: float, scale: Scale, *, inward: bool) -> SafeString:
    begin, end = reach
    label = shortened(each.label, LONGEST)
    after = scale.rtl is inward  # the words stand on the side of greater x
    parts = (
        element("title", each.words),
        element("rect", x=begin, y=top + 6, width=end - begin, height=14, rx=3 if end - begin > 12 else 5,
                class_=f"stretch is-{each.kind}", fill="#1a4f9c"),
        element("text", label, x=end + 6 if after else begin - 6, y=top + 18,
                text_anchor="end" if inward else "start",
                class_="stretch-label", direction="rtl" if scale.rtl else "ltr"),
    )  # fmt: skip
    return element("a", *parts, href=each.address, class_="chart-line") if each.address else element("g", *parts)


def _toll(lane: Lane, scale: Scale, top: float) -> tuple[SafeString, float]:
    """Reaches over their days, each from its lowest to its highest number; an arrow where it is open above."""
    highest = max(max(each.lowest, each.highest or 0) for each in lane.reaches)
    marks = ticks(highest, 3)
    foot = top + TOLL - 6

    def height(number: float) -> float:
        return (TOLL - 22) * number / marks[-1]

    drawn = [_level(mark, foot - height(mark), scale) for mark in marks]
    beside: dict[date, int] = {}
    for each in sorted(lane.reaches, key=lambda reach: (reach.day, reach.lowest)):
        at = beside[each.day] = beside.get(each.day, -1) + 1
        x = (scale.at(each.day) + scale.at(each.day, end=True)) / 2 + (-1 if scale.rtl else 1) * 9 * min(at, 12)
        drawn.append(_reach(each, x, foot, height))
    return joined(drawn), float(TOLL)


def _level(mark: int, y: float, scale: Scale) -> SafeString:
    x = WIDTH - NAMES + 8 if scale.rtl else NAMES - 8
    begin, end = (0, WIDTH - NAMES) if scale.rtl else (NAMES, WIDTH)
    return joined(
        (
            element("path", d=f"M{begin} {y:.1f}H{end}", class_="grid", stroke="#d9d5ca"),
            element("text", shown(mark), x=x, y=y + 5, text_anchor="start" if scale.rtl else "end", class_="chart-number",
                    direction="ltr"),
        )
    )  # fmt: skip


def _reach(each: Reach, x: float, foot: float, height: Callable[[float], float]) -> SafeString:
    low = foot - height(each.lowest)
    high = low if each.highest is None else foot - height(max(each.lowest, each.highest))
    line = f"M{x:.1f} {low:.1f}V{high:.1f}"
    if each.highest is None:
        line = f"M{x:.1f} {low:.1f}V{low - 14:.1f}m-4 5l4-5l4 5"
    parts = (
        element("title", each.words),
        element("rect", x=x - 6, y=min(low, high) - 16, width=12, height=foot - min(low, high) + 16, fill="transparent"),
        element("path", d=line, class_="reach-line", stroke="#7a4b00", stroke_width=3, fill="none"),
        element("circle", cx=x, cy=low, r=4.5, class_="reach-low", fill="#7a4b00"),
        *((element("circle", cx=x, cy=high, r=4.5, class_="reach-high", fill="#fff", stroke="#7a4b00"),)
          if each.highest is not None and high < low else ()),
    )  # fmt: skip
    return element("a", *parts, href=each.address, class_="chart-line") if each.address else element("g", *parts)
