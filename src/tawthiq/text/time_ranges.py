"""Expressions put together: ranges of days, "since", "from ... to", and what refers back to a day named before.

Owns the table of resolvers by rule name, and the pass over a text's resolved expressions in order: it joins two ends of
a period,
stretches "since" to the text's own day, and gives "the same day" and bare times of day the day that the text named last.
"""

from datetime import date
from typing import NamedTuple

from tawthiq.records.period import Period, Precision
from tawthiq.text import calendars, time_durations, time_periods, time_values, time_weeks
from tawthiq.text.items import Items
from tawthiq.text.time_values import NO_BASE, Resolved, Resolver, Slots, open_time, whole

_REACH = 12
_FAR = 60


class Atom(NamedTuple):
    """Items `first` to `last` (inclusive), the rule that matched, what it resolved to."""

    first: int
    last: int
    rule: str
    found: Resolved


def day_range(slots: Slots) -> Resolved | None:
    """ "From 3 to 5 May", "19-20 November": both ends in one month."""
    first, second = slots.number("D"), slots.number("D2")
    joined = slots.has("join") or slots["D2"].prefix.startswith("و")
    if not (1 <= first < second <= 31 and joined):
        return None
    begin = time_values.day_of(slots)
    if begin is None or begin.period is None:
        return begin
    day = begin.period.first
    return whole(day, calendars.shift_days(day, second - first), Precision.RANGE, f"from day to day; {begin.reason}")


def _night_before(slots: Slots) -> Resolved | None:
    if slots.base is None:
        return open_time(NO_BASE)
    first = calendars.shift_days(slots.base, slots.number("H"))
    last = calendars.shift_days(first, 1) if first else None
    return whole(first, last, Precision.RANGE, "the night before, which has two dates")


def _now(slots: Slots) -> Resolved | None:
    return time_values.single(slots.base, "the text's own day") if slots.base else open_time(NO_BASE)


def _short(slots: Slots) -> Resolved | None:
    """ "22/04": only behind "day", a preposition, or written with a nought, since other figures are divided too."""
    padded = any(slots[name].raw.startswith("0") for name in "ab")
    return time_values.day_of(slots) if padded or slots.has("near") or slots.has("day") else None


def _same_year(slots: Slots) -> Resolved | None:
    """A month or season of the year named before: its first month stands for it until then."""
    if slots.has("V"):
        return Resolved(None, "no year is named before it", f"season:{slots.number('V')}")
    named = slots.month()
    return (
        Resolved(None, "no year is named before it", f"year:{named.number}") if named.calendar == "gregorian" else None
    )


def _day(slots: Slots) -> Resolved | None:
    if slots.has("U") and slots.has("M"):
        return None
    return time_values.day_of(slots)


RESOLVERS: dict[str, Resolver] = {
    "after_midnight": time_values.after_midnight,
    "weekday_night": time_values.weekday_night,
    "near_day": time_values.near_day,
    "day_range": day_range,
    "month_day_range": day_range,
    "day_range_of": day_range,
    "weekday": time_values.weekday,
    "week_weekday": time_values.weekday,
    "day": _day,
    "short": _short,
    "month_figures": time_periods.month_figures,
    "part_of_year": time_periods.part_of_year,
    "positioned": time_periods.positioned,
    "week_in": time_weeks.week_in,
    "week_of": time_weeks.week_of,
    "week_days": time_weeks.week_days,
    "nth_weekday": time_weeks.nth_weekday,
    "numbered_day": time_weeks.numbered_day,
    "rest": time_weeks.rest,
    "sum": time_durations.summed,
    "months": time_periods.months,
    "month_range": time_periods.months,
    "month_year": time_periods.month,
    "month": time_periods.month,
    "season": time_periods.season,
    "years": time_periods.years,
    "year": time_periods.year,
    "bare_year": time_periods.year,
    "ago": time_durations.ago,
    "since_duration": time_durations.since_duration,
    "span": time_durations.span,
    "during": time_durations.during,
    "night_before": _night_before,
    "now": _now,
    "same_day": lambda slots: Resolved(None, "no day is named before it", f"same:{slots.number('same')}"),
    "same_month": lambda slots: Resolved(None, "no month is named before it", f"month:{slots.number('D')}"),
    "same_year": _same_year,
    "same_period": lambda _: Resolved(None, "no period is named before it", "same_period"),
    "later": time_durations.later,
    "since_then": lambda _: Resolved(None, "no day is named before it", "since_then"),
    "until_now": lambda _: Resolved(None, "no beginning is given", "until_now"),
    "open": lambda _: open_time("the wording leaves it open"),
    "time_of_day": lambda slots: Resolved(
        None,
        "a time of day without a day",
        "small_hours" if slots.has("p") and slots.number("p") == 2 else "time_of_day",
    ),
    "decade": time_periods.decade,
    "nth": time_periods.nth,
}


def combined(atoms: list[Atom], row: Items, base: date | None, published: date | None) -> list[Atom]:
    """The atoms with ranges joined, "since" stretched to publication and back references filled, in text order."""
    return _referred(_since(_joined(atoms, row), row, published or base), base)


def _joined(atoms: list[Atom], row: Items) -> list[Atom]:
    """Atoms around "to", "until", a dash or "between ... and" become one period."""
    found: list[Atom] = []
    for atom in atoms:
        before = found[-1] if found else None
        if before is not None and _joins(before, atom, row):
            begin, end = before.found.period, atom.found.period
            assert begin is not None
            assert end is not None
            twice = begin.first == end.last
            found[-1] = Atom(
                before.first, atom.last, before.rule if twice else "from_to",
                whole(begin.first, end.last, begin.precision if twice else Precision.RANGE,
                      f"{before.found.reason} {'and' if twice else 'to'} {atom.found.reason}"),
            )  # fmt: skip
        else:
            found.append(atom)
    return found


def _joins(before: Atom, atom: Atom, row: Items) -> bool:
    begin, end = before.found.period, atom.found.period
    if begin is None or end is None or begin.first > end.first:
        return False
    between = row.letters[before.last + 1 : atom.first]
    opening = row.letters[max(0, before.first - 2) : before.first + 1]
    if between in ("t", "-", "ti", ",t", "tf", "tD", "&t"):
        return True
    own = row.item(atom.first).prefix.startswith("و")
    return (between in ("&", "") and (own or between == "&")) and "b" in opening


def _since(atoms: list[Atom], row: Items, base: date | None) -> list[Atom]:
    """ "Since" before an atom, or some words before it, makes it last until the text's own day."""
    found: list[Atom] = []
    floor = 0
    for atom in atoms:
        at = _since_at(atom, row, floor)
        floor = atom.last + 1
        until = found[-1] if found else None
        if atom.found.kind == "until_now" and until is not None and until.last + 1 >= atom.first - 1:
            if until.rule == "time_of_day":
                found[-1] = until._replace(last=atom.last)
                continue
            found[-1] = _stretched(until, until.first, base)._replace(last=atom.last)
        elif at is None or atom.found.period is None or atom.rule in ("since_duration", "sum", "open"):
            found.append(atom)
        elif atom.rule == "from_to":
            found.append(atom._replace(first=at))
        else:
            found.append(_stretched(atom, at, base))
    return found


def _since_at(atom: Atom, row: Items, floor: int) -> int | None:
    """Where the "since" of the atom stands: right before it, or up to some words before it in the same clause."""
    if row.letters[atom.first] == "S":
        return atom.first
    if (
        atom.rule == "positioned"
        and row.letters[atom.first] in "BO"
        and row.letters[atom.first - 1 : atom.first] == "f"
    ):
        return atom.first - 1
    for at in range(atom.first - 1, max(floor, atom.first - _REACH) - 1, -1):
        letter = row.letters[at]
        if letter == "S":
            return at
        if letter not in 'xBfiDNO"&t~ab-':
            return None
    return None


def _stretched(atom: Atom, at: int, base: date | None) -> Atom:
    period = atom.found.period
    if period is None or base is None or period.first > base:
        return Atom(
            at, atom.last, "since", Resolved(None, NO_BASE if base is None else "it begins after publication", "since")
        )
    return Atom(
        at,
        atom.last,
        "since",
        Resolved(
            Period(period.first, base, Precision.RANGE), f"from then to publication: {atom.found.reason}", "range"
        ),
    )


def _referred(atoms: list[Atom], base: date | None) -> list[Atom]:
    """Back references filled from the days and periods named before them; a bare time of day falls back to the own day."""
    found: list[Atom] = []
    days: list[tuple[int, date]] = []
    last_range: Period | None = None
    told: date | None = None
    for atom in atoms:
        same = atom.found.kind.startswith(("month:", "year:", "season:"))
        filled = _of_the_same(atom, told) if same else _filled(atom, days, last_range, base)
        found.append(filled)
        period = filled.found.period
        if period is not None and filled.found.kind != "time_of_day":
            told = period.first
        if period is not None and atom.found.kind not in ("ago", "until_now"):
            if period.first == period.last:
                days.append((filled.last, period.first))
            elif filled.found.kind == "range":
                last_range = period
    return found


def _filled(atom: Atom, days: list[tuple[int, date]], last_range: Period | None, base: date | None) -> Atom:
    kind = atom.found.kind
    if kind.startswith("same:"):
        day = _referred_day(days, int(kind[5:]), base)
        return atom._replace(found=time_values.single(day, "counted from the day named before it")) if day else atom
    if kind == "same_period" and last_range is not None:
        return atom._replace(found=Resolved(last_range, "the period named before it", kind))
    if kind == "since_then" and base is not None:
        named = _referred_day(days, 0, base)
        if named is not None and named <= base:
            return atom._replace(
                found=whole(named, base, Precision.RANGE, "from the day named before it to publication")
            )
    if kind in ("time_of_day", "small_hours"):
        return _timed(atom, days, base)
    return atom


def _of_the_same(atom: Atom, told: date | None) -> Atom:
    """A day of the month, or a month or season of the year, of the time named last."""
    if told is None:
        return atom
    what, _, number = atom.found.kind.partition(":")
    if what == "month":
        day = calendars.gregorian(told.year, told.month, int(number))
        return atom._replace(found=time_values.single(day, "a day of the month named before it"))
    ends = (calendars.season_range if what == "season" else _month_range)(told.year, int(number))
    first, last = ends or (None, None)
    precision = Precision.RANGE if what == "season" else Precision.MONTH
    return atom._replace(found=whole(first, last, precision, "of the year named before it"))


def _month_range(year: int, month: int) -> tuple[date, date] | None:
    return calendars.month_range("gregorian", year, month)


def _referred_day(days: list[tuple[int, date]], by: int, base: date | None) -> date | None:
    """The day `by` days from the last one named before publication, or from the day of publication when no other is named."""
    others = [day for _, day in days if day != base]
    for day in (*reversed(others), *(day for _, day in reversed(days))):
        moved = calendars.shift_days(day, by)
        if moved is not None and (base is None or moved <= base):
            return moved
    return None


def _timed(atom: Atom, days: list[tuple[int, date]], base: date | None) -> Atom:
    """A bare time of day on the day named shortly before it; the small hours belong to the day after that."""
    near = [day for last, day in days if atom.first - last < _FAR]
    chosen, why = (near[-1], "the day named before it") if near else (base, "the text's own day")
    if chosen is None:
        return atom
    if near and atom.found.kind == "small_hours" and (base is None or chosen < base):
        chosen = calendars.shift_days(chosen, 1) or chosen
    return atom._replace(
        found=Resolved(Period(chosen, chosen, Precision.HOUR), f"a time of day of {why}", "time_of_day")
    )
