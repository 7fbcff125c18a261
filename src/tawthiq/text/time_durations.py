"""What durations resolve to: "two days ago", "for a week", "the past 24 hours", "three days later".

They count from the text's own day; "later", and "before" an event, from the day named before, which `time_ranges` fills in.
Whole months and years passed give a month or a year, no exact day. A plural without a number stays open.
"""

from datetime import date

from tawthiq.records.period import Period, Precision
from tawthiq.text import calendars
from tawthiq.text.time_periods import unit_range, until_base
from tawthiq.text.time_values import NO_BASE, Resolved, Slots, open_time, single, whole

_UNIT_MONTHS = {"month": 1, "year": 12, "decade": 120}
_LENGTH = 2
"""What the lexicon says of "for": unlike "during" it gives a length only."""
_SATURDAY = 5
_UNIT_SHORT = ("hour", "minute")
_UNIT_DAYS = {"day": 1, "week": 7, "weekend": 7}


def amount(slots: Slots) -> tuple[str, int] | None:
    """Unit and how many of it: from a number beside it, the dual's own two, or one."""
    unit, _, count = str(slots["U"].value if slots["U"].kind == "U" else "day").partition(":")
    if slots.has("n"):
        value = 1 if slots["n"].kind == "a" else slots["n"].value
        if isinstance(value, float) and unit in _UNIT_SHORT:
            value = 0
        return (unit, int(value)) if isinstance(value, int) and value <= 10_000 else None
    return unit, int(count) if count else 1


def _rough(slots: Slots, unit: str) -> bool:
    """Whether "more than" leaves the length open, or "about" does for months and years."""
    return slots.has("ap") and (slots["ap"].kind == ">" or unit in _UNIT_MONTHS)


def uncounted(slots: Slots) -> bool:
    """Whether a plural stands without a number: "hours", "years"."""
    return not slots.has("n") and str(slots["U"].value).endswith(":0")


def shifted(base: date, unit: str, by: int) -> date | None:
    """`base` moved by a number of units."""
    if unit in _UNIT_MONTHS:
        return calendars.shift_months(base, by * _UNIT_MONTHS[unit])
    if unit in _UNIT_DAYS:
        return calendars.shift_days(base, by * _UNIT_DAYS[unit])
    hours = by if unit == "hour" else by / 60
    return calendars.shift_days(base, round(hours / 24 - 0.01 if hours < 0 else hours / 24))


def ago(slots: Slots) -> Resolved | None:
    """ "Two days ago": a day for days and weeks, the whole month or year for longer units, the day itself for hours."""
    counted = amount(slots)
    if counted is None or slots["U"].prefix.endswith("ال"):
        return None
    if slots.base is None:
        return open_time(NO_BASE)
    if _rough(slots, counted[0]):
        return open_time("only a bound or a rough length of the time passed is given")
    if uncounted(slots) and counted[0] not in ("hour", "minute"):
        return open_time("no number of them is given")
    return _passed(slots.base, *counted, event=slots.has("event"))


def _passed(base: date, unit: str, count: int, *, event: bool) -> Resolved:
    day = shifted(base, unit, -count)
    if day is None:
        return open_time("beyond the calendar")
    if event:
        days = (day - base).days if unit not in ("hour", "minute") else 0
        return Resolved(None, "counts from an event", f"same:{days}")
    if unit in ("month", "year", "decade"):
        found = unit_range(day, "month" if unit == "month" else "year", 0)
        return Resolved(found.period, "some months or years before publication, no exact day", "ago")
    return Resolved(Period(day, day, Precision.DAY), f"{count or 'less than one'} {unit} before publication", "ago")


def later(slots: Slots) -> Resolved | None:
    """ "Two days later": counted from the day named before it, or from publication where "from now" says so."""
    counted = amount(slots)
    if counted is None or slots["U"].prefix.endswith("ال") or (slots["U"].kind == "D" and not slots.has("n")):
        return None
    unit, count = counted
    if slots.has("now"):
        return (
            single(shifted(slots.base, unit, count), "counted on from publication")
            if slots.base
            else open_time(NO_BASE)
        )
    if slots.has("ap") or unit in ("year", "decade", "month"):
        return open_time("only roughly later than something else")
    if uncounted(slots) and unit not in ("hour", "minute"):
        return open_time("no number of them is given")
    days = {"day": count, "week": 7 * count}.get(unit, 0)
    return Resolved(None, "no day is named before it", f"same:{days}")


def since_duration(slots: Slots) -> Resolved | None:
    """ "For two days now": from then up to the text's own day."""
    counted = amount(slots)
    if counted is None or slots["U"].prefix.endswith("ال"):
        return None
    if uncounted(slots):
        return open_time("no number of them is given")
    if slots.base is None:
        return open_time(NO_BASE)
    if _rough(slots, counted[0]):
        return open_time("only a bound or a rough length of the time passed is given")
    return whole(shifted(slots.base, counted[0], -counted[1]), slots.base, Precision.RANGE, "from then to publication")


def summed(slots: Slots) -> Resolved | None:
    """ "A year and two months ago", "two years and 21 days from now"; a range where "since" leads it."""
    parts = [_part(slots, *names) for names in (("U", "n", "way"), ("U2", "n2", "and2"), ("U3", "n3", "and3"))]
    ahead = slots.has("way") and slots["way"].kind == "A"
    told = slots.has("now") or (not ahead and (slots.has("way") or slots.has("ago")))
    if not told or any(part is None for part in parts):
        return None
    if slots.base is None:
        return open_time(NO_BASE)
    day: date | None = slots.base
    units = []
    for part in parts:
        if part and day is not None:
            units.append(part[0])
            day = shifted(day, part[0], part[1] if ahead else -part[1])
    if day is None or (slots.has("way") and slots["way"].kind == "S" and not slots.has("now")):
        return whole(day, slots.base, Precision.RANGE, "from then to publication")
    if not _UNIT_DAYS.keys().isdisjoint(units):
        return Resolved(Period(day, day, Precision.DAY), "the lengths together, counted from publication", "ago")
    return Resolved(unit_range(day, "month", 0).period, "the lengths together before publication, no exact day", "ago")


def _part(slots: Slots, unit: str, count: str, joint: str) -> tuple[str, int] | tuple[()] | None:
    """Unit and number of one length of a sum, nothing where it is not there, None where the words do not join."""
    if not slots.has(unit):
        return ()
    item = slots[unit]
    joined = slots.has(count) or slots.has(joint) or item.prefix.startswith("و") or unit == "U"
    if not joined or item.prefix.endswith("ال"):
        return None
    named = {"U": item, **({"n": slots[count]} if slots.has(count) else {})}
    own = Slots(named, slots.language, slots.base)
    return None if uncounted(own) else amount(own)


def _opened(slots: Slots) -> Resolved | None:
    """Why a duration stays open, or None when it can be counted."""
    if amount(slots) is None:
        return None
    if uncounted(slots):
        return open_time("no number of them is given")
    bare = slots.has("n") or not (slots["U"].prefix.endswith("ال") or slots.language == "en")
    if slots.has("G") and slots.number("G") == _LENGTH and bare:
        return open_time("a length of time, which does not say when")
    return open_time(NO_BASE) if slots.base is None else None


def span(slots: Slots) -> Resolved | None:
    """Last week, this month, the past 24 hours, the last three days."""
    counted = amount(slots)
    opened = _opened(slots)
    if counted is None or opened is not None or slots.base is None:
        return opened
    unit, count = counted
    modifier = slots.number("mod")
    if not slots.has("n") and ":" not in str(slots["U"].value):
        if unit in ("minute", "hour"):
            return single(slots.base, "the text's own day")
        return until_base(unit_range(slots.base, unit, modifier), slots.base)
    if modifier > 0:
        last = shifted(slots.base, unit, count)
        return whole(calendars.shift_days(slots.base, 1), last, Precision.RANGE, "counted on from publication")
    return whole(shifted(slots.base, unit, -count), slots.base, Precision.RANGE, "counted back from publication")


def during(slots: Slots) -> Resolved | None:
    """ "Within three days": counted back from the text's own day; "during the week" is the current one."""
    counted = amount(slots)
    opened = _opened(slots)
    if counted is None or opened is not None or slots.base is None or (slots["U"].kind == "D" and not slots.has("n")):
        return opened
    unit, count = counted
    if slots.has("n") or ":" in str(slots["U"].value):
        count -= unit == "day" and not slots.has("G") and slots.has("n")
        return whole(shifted(slots.base, unit, -count), slots.base, Precision.RANGE, "counted back from publication")
    if not slots.has("G"):
        return None
    if not slots["U"].prefix.endswith("ال") and slots.language != "en":
        return whole(shifted(slots.base, unit, -1), slots.base, Precision.RANGE, "counted back from publication")
    return _running(slots.base, unit)


def _running(base: date, unit: str) -> Resolved | None:
    """The week, month or year that runs, up to the text's own day; the weekend that has begun last."""
    if unit == "weekend":
        return unit_range(base, unit, 0 if base.weekday() >= _SATURDAY else -1)
    return until_base(unit_range(base, unit, 0), base) if unit in ("week", "month", "year") else None
