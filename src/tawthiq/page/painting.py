"""Zones over a text by painting: later paint covers earlier, and the result is cut into zones that leave no gap.

The law: zones partition 0..len(text). A newline between two zones goes to the neighbour that is not body, so that a
body zone neither begins nor ends with one.
"""

import re
import sys
from array import array
from itertools import pairwise

from tawthiq.records.page import Zone, ZoneKind
from tawthiq.records.span import Span

_CODES = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
_ALIKE = re.compile(r"(.)\1*", re.DOTALL)


class Canvas:
    """A text's length of characters, each painted with a kind and a reason; unpainted is `other`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paints: list[tuple[int, int, int]] = []
        self._legend: list[tuple[ZoneKind, str]] = [(ZoneKind.OTHER, "no cue")]
        self._numbers: dict[tuple[ZoneKind, str], int] = {(ZoneKind.OTHER, "no cue"): 0}

    def paint(self, start: int, end: int, kind: ZoneKind, reason: str) -> None:
        """Paint characters `start`..`end`; what was there is covered."""
        if end <= start:
            return
        number = self._numbers.setdefault((kind, reason), len(self._legend))
        if number == len(self._legend):
            self._legend.append((kind, reason))
        self._paints.append((start, end, number))

    def zones(self) -> tuple[Zone, ...]:
        """The zones in order, covering the text completely."""
        text = self._text
        codes = array("I", bytes(4 * len(text)))
        for start, end, number in self._paints:
            codes[start:end] = array("I", (number,)) * (min(end, len(text)) - start)
        position = text.find("\n")
        while position >= 0:
            codes[position] = codes[position - 1] if position else 0
            position = text.find("\n", position + 1)
        painted = codes.tobytes().decode(_CODES, "surrogatepass")
        stretches = [[match.start(), match.end(), ord(match.group(1))] for match in _ALIKE.finditer(painted)]
        self._settle_edges(stretches)
        return tuple(
            Zone(self._legend[code][0], Span(start, end), self._legend[code][1])
            for start, end, code in stretches
            if end > start
        )

    def _settle_edges(self, stretches: list[list[int]]) -> None:
        """Move white space at the edges of body stretches to their neighbours, and blank stretches to the one before."""
        for before, after in pairwise(stretches):
            if self._legend[before[2]][0] is ZoneKind.BODY:
                while before[1] > before[0] and self._text[before[1] - 1].isspace():
                    before[1] -= 1
                after[0] = before[1]
            elif self._legend[after[2]][0] is ZoneKind.BODY:
                while after[0] < after[1] - 1 and self._text[after[0]].isspace():
                    after[0] += 1
                before[1] = after[0]


def is_partition(zones: tuple[Zone, ...], length: int) -> bool:
    """Whether `zones` cover 0..length in order, without gap or overlap."""
    if not zones:
        return length == 0
    joined = all(first.span.end == second.span.start for first, second in pairwise(zones))
    return (
        joined and zones[0].span.start == 0 and zones[-1].span.end == length and all(len(zone.span) for zone in zones)
    )
