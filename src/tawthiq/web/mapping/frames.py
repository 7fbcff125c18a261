"""The part of the world that a map shows, in the projection of Mercator (EPSG:3857 in degrees), fitted to what is on it.

Pure. Longitudes may run beyond 180 where a map crosses the antimeridian; latitudes end at 85.0511, where the square of the
projection does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan, cos, degrees, exp, isfinite, log, pi, radians, tan

WIDTH, HEIGHT = 960, 600  # units of the picture
MARGIN = 0.12  # of the frame on each side
LEAST_SPAN = 1.2  # degrees of longitude: a single village is shown with what lies around it
HIGHEST = 85.0511
KILOMETRES_A_DEGREE = 111.195  # of a great circle on the mean sphere of 6,371 km
WIDEST = 720.0  # degrees of longitude: the whole height of the projection with its margins
_ROUND = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)  # kilometres
Degrees = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """West and east in degrees of longitude, south and north in `mercator` degrees; as wide as the picture is."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        """Units of the picture in a degree of longitude."""
        return WIDTH / (self.east - self.west)

    def at(self, latitude: float, longitude: float) -> Degrees:
        """Where a place lies in the picture, from its upper left corner; the turn of the world nearest to its middle."""
        turned = longitude + 360 * round(((self.west + self.east) / 2 - longitude) / 360)
        return (turned - self.west) * self.scale, (self.north - mercator(latitude)) * self.scale

    def units(self, kilometres: float, latitude: float) -> float:
        """How long so many kilometres are in the picture at a latitude."""
        return kilometres / (KILOMETRES_A_DEGREE * max(0.05, cos(radians(latitude)))) * self.scale

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees."""
        return self.west, latitude_of(self.south), self.east, latitude_of(self.north)

    @property
    def text(self) -> str:
        """The box as addresses hold it."""
        return ",".join(f"{edge:.4f}" for edge in self.box)


@lru_cache(maxsize=1 << 14)
def mercator(latitude: float) -> float:
    """A latitude as a distance from the equator in the projection, in degrees of longitude."""
    bounded = max(-HIGHEST, min(HIGHEST, latitude))
    return degrees(log(tan(pi / 4 + radians(bounded) / 2)))


def latitude_of(height: float) -> float:
    """The latitude that `mercator` puts at this height."""
    return degrees(2 * atan(exp(radians(max(-180.0, min(180.0, height))))) - pi / 2)


def fitted(points: Iterable[Degrees], least: float = LEAST_SPAN) -> Frame:
    """The frame of all points (latitude, longitude) with a margin; the whole world where there is none.

    Of all ways around the world it takes the one with the widest gap left out, so that places on both sides of the
    antimeridian stand beside each other.
    """
    known = [(lat, lon) for lat, lon in points if isfinite(lat) and isfinite(lon)]
    if not known:
        return _shaped(-170, mercator(-56), 190, mercator(75), 360)
    west, east = _around([lon for _, lon in known])
    heights = [mercator(lat) for lat, _ in known]
    wide, high = (east - west) * MARGIN, (max(heights) - min(heights)) * MARGIN
    return _shaped(west - wide, min(heights) - high, east + wide, max(heights) + high, least)


def boxed(west: float, south: float, east: float, north: float) -> Frame | None:
    """The frame that shows a box of degrees; None where the numbers make no box."""
    if not all(map(isfinite, (west, south, east, north))) or not (-540 <= west < east <= 540 and south < north):
        return None
    if not -90 <= south <= 90 or not -90 <= north <= 90 or east - west > 400:
        return None
    return _shaped(west, mercator(south), east, mercator(north), 0.02)


def _shaped(west: float, south: float, east: float, north: float, least: float) -> Frame:
    """The smallest frame of the picture's shape around a box, at least so many degrees wide."""
    width = min(WIDEST, max(east - west, (north - south) * WIDTH / HEIGHT, least))
    height = width * HEIGHT / WIDTH
    middle, centre = (west + east) / 2, (south + north) / 2
    return Frame(middle - width / 2, centre - height / 2, middle + width / 2, centre + height / 2)


def _around(longitudes: Sequence[float]) -> Degrees:
    """From where to where longitudes reach, the widest gap between two of them left out."""
    around = sorted({(lon + 180) % 360 - 180 for lon in longitudes})
    gaps = [(after - before, after) for before, after in pairwise(around)]
    wrapping = around[0] + 360 - around[-1]
    widest, begin = max(gaps, default=(0.0, around[0]))
    if widest <= wrapping:
        return around[0], around[-1]
    return begin, max(lon for lon in around if lon < begin) + 360


def scale_bar(frame: Frame, longest: float = 180) -> tuple[float, float]:
    """A round number of kilometres and how long it is in the picture, at the latitude of its middle."""
    one = frame.units(1, latitude_of((frame.south + frame.north) / 2))
    fitting = [kilometres for kilometres in _ROUND if kilometres * one <= longest]
    kilometres = max(fitting, default=_ROUND[0])
    return kilometres, kilometres * one
