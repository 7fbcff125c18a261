"""Zones over a text by painting: later paint covers earlier, and the result is cut into zones that leave no gap.

The law: zones partition 0..len(text). A newline between two zones goes to the neighbour that is not body, so that a
body zone neither begins nor ends with one.
"""

import re
from itertools import pairwise

from tawthiq.records.page import Zone, ZoneKind
from tawthiq.records.span import Span

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
        codes = [0] * len(text)
        for start, end, number in self._paints:
            codes[start:end] = [number] * (min(end, len(text)) - start)
        self._settle_newlines(codes)
        drawn = "".join(map(chr, codes))
        return tuple(
            Zone(self._legend[ord(match.group(1))][0], Span(*match.span()), self._legend[ord(match.group(1))][1])
            for match in _ALIKE.finditer(drawn)
        )

    def _settle_newlines(self, codes: list[int]) -> None:
        """Give white space at the edge of zones to the neighbour that is not body."""
        for match in re.finditer(r"\s+", self._text):
            if match.start() == 0 or match.end() == len(self._text):
                neighbour = (
                    codes[match.end()] if match.end() < len(codes) else codes[match.start() - 1] if match.start() else 0
                )
                codes[match.start() : match.end()] = [neighbour] * len(match.group())
                continue
            before, after = codes[match.start() - 1], codes[match.end()]
            if before != after:
                chosen = after if self._legend[before][0] is ZoneKind.BODY else before
                codes[match.start() : match.end()] = [chosen] * len(match.group())
            elif "\n" in match.group() or codes[match.start()] == 0:
                codes[match.start() : match.end()] = [before] * len(match.group())


def is_partition(zones: tuple[Zone, ...], length: int) -> bool:
    """Whether `zones` cover 0..length in order, without gap or overlap."""
    if not zones:
        return length == 0
    joined = all(first.span.end == second.span.start for first, second in pairwise(zones))
    return (
        joined and zones[0].span.start == 0 and zones[-1].span.end == length and all(len(zone.span) for zone in zones)
    )
