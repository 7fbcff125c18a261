"""What drawings are made of (publication.drawing): positions on a map, stretches of time, rows and columns."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One position on "where": degrees of WGS 84, or None where no coordinates are known; such a one is listed, not drawn.

    `number` is what stands in its mark and before its name in the list; empty where there is but one position. `reach` is in
    kilometres: 0 for a place itself, else the place is an area and the point is the gazetteer's, not the event's. `detail`
    follows the name in the list (how many sources say so).
    """

    label: str
    latitude: float | None
    longitude: float | None
    number: str = ""
    reach: float = 0.0
    detail: str = ""


class TimelineKind(StrEnum):
    """What happened on a day of a timeline; the kinds are drawn in this order."""

    HAPPENED = "happened"
    PUBLISHED = "published"
    COLLECTED = "collected"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a timeline: from a day to a day, the same for a single day, None for a side that nobody told.

    An entry without any day is listed as undated. `detail` is said with the label where there is room.
    """

    kind: TimelineKind
    label: str
    first: date | None
    last: date | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """One line of bars: from `low` to `high`, equal for one number. `is_floor`: the highest claim said "at least", so that the
    bar has no end. `detail` follows the number.
    """

    label: str
    low: int
    high: int
    is_floor: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One stretch of time: `label` under the axis, `full` in words, what is certainly in it and at most what may be."""

    label: str
    full: str
    low: int
    high: int
