"""Time as reports give it: a range of days with the precision that was really stated."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tawthiq.records.span import Mention


class Precision(StrEnum):
    """How finely a time was stated; nothing finer may be inferred from the range."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included (ISO 8601 calendar dates)."""

    first: date
    last: date
    precision: Precision

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"period {self.first}..{self.last} runs backwards")


@dataclass(frozen=True, slots=True)
class When:
    """A time expression and what it resolves to; `period` is None when the text leaves it open.

    `reason` names the rule that resolved it, or why it stays open.
    """

    mention: Mention
    period: Period | None
    reason: str
