"""Days on a line: where a day stands, and which days are named under it. Pure; any two days of the calendar may be its ends."""

from dataclasses import dataclass
from datetime import MAXYEAR, date

LEAST_DAYS = 6  # a line of one day shows the days around it
_MOST_TICKS = 8
_MONTHS = (1, 2, 3, 6, 12)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from the beginning of one day to the end of another, `width` units long; with `rtl` time runs leftwards."""

    first: date
    last: date
    start: float
    width: float
    rtl: bool = False

    @property
    def days(self) -> int:
        """How many days it holds."""
        return self.last.toordinal() - self.first.toordinal() + 1

    def at(self, day: date, *, end: bool = False) -> float:
        """Where a day begins on the line (`end`: where it ends)."""
        share = (day.toordinal() - self.first.toordinal() + (1 if end else 0)) / self.days
        return self.start + self.width * (1 - share if self.rtl else share)

    def ticks(self) -> list[date]:
        """First days of days, weeks, months or years that are named under the line, at most about eight."""
        for step in (1, 2, 7, 14):
            if self.days / step <= _MOST_TICKS:
                return [date.fromordinal(day) for day in range(self.first.toordinal(), self.last.toordinal() + 1, step)]
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        for step in _MONTHS:
            if months / step <= _MOST_TICKS:
                return self._months(step)
        step = next((step for step in _YEARS if months / 12 / step <= _MOST_TICKS), _YEARS[-1])
        years = range(-(-self.first.year // step) * step, min(self.last.year, MAXYEAR) + 1, step)
        return [day for year in years if year >= 1 and self.first <= (day := date(year, 1, 1)) <= self.last]

    def _months(self, step: int) -> list[date]:
        first, last = self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month - 1
        days = (date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1) if month % step == 0)
        return [day for day in days if self.first <= day <= self.last]


def scale_of(days: list[date], start: float, width: float, *, rtl: bool) -> Scale | None:
    """The line that holds all days with some room on both sides; None where there is no day."""
    if not days:
        return None
    first, last = min(days).toordinal(), max(days).toordinal()
    room = max(1, (last - first) // 30, (LEAST_DAYS - (last - first + 1) + 1) // 2)
    begin = date.fromordinal(max(1, first - room))
    return Scale(begin, date.fromordinal(min(date.max.toordinal(), last + room)), start, width, rtl)
