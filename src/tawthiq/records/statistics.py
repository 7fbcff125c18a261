"""Numbers over many incidents: what was asked for, how many by each cut, tolls as ranges, what was not counted."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True)
class StatisticsFilter:
    """Which incidents are counted: acts and places by their codes, empty for all; days, both included, None for open."""

    acts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many incidents, and how many of them are what.

    `decided`: people decided about it in some way; `verified` and `published` are parts of it. `sources_1` to `sources_3` part
    the incidents by independent sources (1, 2, 3 or more), `reports_1` to `reports_3` by reports, copies among them. `reports`
    and `sources` are sums over the incidents. `disputed`: independent sources cannot both be right about something.
    """

    incidents: int = 0
    decided: int = 0
    verified: int = 0
    published: int = 0
    sources_1: int = 0
    sources_2: int = 0
    sources_3: int = 0
    reports_1: int = 0
    reports_2: int = 0
    reports_3: int = 0
    reports: int = 0
    sources: int = 0
    disputed: int = 0

    def __add__(self, other: Self) -> "Tally":
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Reach:
    """A sum of claims: from the sum of the lowest to the sum of the highest over so many incidents.

    `floors` counts incidents whose highest number is one of "at least": with any, the upper end is open.
    """

    incidents: int = 0
    low: int = 0
    high: int = 0
    floors: int = 0

    def __add__(self, other: Self) -> "Reach":
        return Reach(
            self.incidents + other.incidents, self.low + other.low, self.high + other.high, self.floors + other.floors
        )

    @property
    def is_open(self) -> bool:
        """Whether the upper end is open."""
        return self.floors > 0


@dataclass(frozen=True, slots=True)
class TollRow:
    """One harm done to one group. `agreed` and `disputed` part the incidents; `whole` is both together.

    `verified` is over verified incidents, by the value that people settled where they did. `by_reports` adds what each report
    says, `by_sources` what each independent source says: what carelessness would count. `subsets` counts claims that were left
    out of a whole because they are a part of it.
    """

    harm: str
    group: str
    agreed: Reach
    disputed: Reach
    verified: Reach
    by_reports: int
    by_sources: int
    subsets: int

    @property
    def whole(self) -> Reach:
        """Over all incidents that tell of it."""
        return self.agreed + self.disputed


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """One line of a cut. `code` is of the cut's vocabulary, or a name of `publication.statistics` in brackets ("(none)").

    `possible` counts further incidents that may belong here as well; `attributed` those that verifiers attributed to a party.
    """

    code: str
    tally: Tally
    possible: int = 0
    attributed: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything counted. Each cut but `actors` parts the incidents: its lines add up to `total`.

    `left_out` says how many incidents were not counted, by reason. `straddling` counts incidents that may have happened outside
    the days asked for.
    """

    filter: StatisticsFilter
    total: Tally
    acts: tuple[StatisticsRow, ...]
    actors: tuple[StatisticsRow, ...]
    countries: tuple[StatisticsRow, ...]
    governorates: tuple[StatisticsRow, ...]
    years: tuple[StatisticsRow, ...]
    months: tuple[StatisticsRow, ...]
    states: tuple[StatisticsRow, ...]
    tolls: tuple[TollRow, ...]
    left_out: tuple[tuple[str, int], ...]
    straddling: int
