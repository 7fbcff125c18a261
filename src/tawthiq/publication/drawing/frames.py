"""Which part of the world a map shows, and where a place lies on it.

Plate carrée with the longitudes shortened by the cosine of the middle latitude: true to scale around the middle, which is what
a scale bar promises; good for a country, wrong for a continent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from tawthiq.publication.drawing.atlas import Box, borders_in
from tawthiq.records.drawing import MapPoint

DEGREE = 111.2
"""Kilometres of a degree of latitude."""
LEAST = 260.0
"""Kilometres that a map shows at least from side to side: outlines at 1:50 million tell nothing on a closer look."""
WIDEN, WIDENINGS = 1.6, 4
MARGIN = 1.35
_FARTHEST = 85.0  # degrees of latitude: nearer to a pole the cosine has no use


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world drawn on `width` by `height` units; `kilometres` is its width."""

    box: Box
    width: float
    height: float
    kilometres: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place lies, in units from the upper left corner."""
        box = self.box
        return (
            (longitude - box.west) / (box.east - box.west) * self.width,
            (box.north - latitude) / (box.north - box.south) * self.height,
        )

    def units(self, kilometres: float) -> float:
        """How long a distance is on the map."""
        return kilometres * self.width / self.kilometres


def frame_of(points: Sequence[MapPoint], width: float, height: float) -> Frame:
    """The frame around points that have coordinates: wide enough for all of them with their reach and for some outline."""
    reaches = [_reach(point) for point in points]
    west, east = min(box.west for box in reaches), max(box.east for box in reaches)
    south, north = min(box.south for box in reaches), max(box.north for box in reaches)
    middle = ((west + east) / 2, max(-_FARTHEST, min(_FARTHEST, (south + north) / 2)))
    across = (east - west) * DEGREE * cos(radians(middle[1])) * MARGIN
    upright = (north - south) * DEGREE * MARGIN * width / height
    kilometres = max(LEAST, across, upright)
    found = _around(middle, kilometres, width, height)
    for _ in range(WIDENINGS):
        if borders_in(found.box):
            break
        kilometres *= WIDEN
        found = _around(middle, kilometres, width, height)
    return found


def scale_of(frame: Frame) -> int:
    """The kilometres of a scale bar: the largest of 1, 2, 5 times a power of ten within a quarter of the width."""
    room = frame.kilometres / 4
    lengths = [step * 10**power for power in range(5) for step in (1, 2, 5)]
    return max((length for length in lengths if length <= room), default=1)


def _around(middle: tuple[float, float], kilometres: float, width: float, height: float) -> Frame:
    wide = kilometres / DEGREE / cos(radians(middle[1])) / 2
    high = kilometres * height / width / DEGREE / 2
    box = Box(middle[0] - wide, middle[1] - high, middle[0] + wide, middle[1] + high)
    return Frame(box, width, height, kilometres)


def _reach(point: MapPoint) -> Box:
    latitude, longitude = point.latitude or 0.0, point.longitude or 0.0
    high = point.reach / DEGREE
    wide = high / cos(radians(max(-_FARTHEST, min(_FARTHEST, latitude))))
    return Box(longitude - wide, latitude - high, longitude + wide, latitude + high)
