"""Incidents as they are handed out, put together by hand for tests that reckon: nobody real, everyday words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tawthiq.records.disclosure import (
    DisclosedClaim,
    DisclosedDecision,
    DisclosedIncident,
    DisclosedPlace,
    DisclosedReport,
    DisclosedSlot,
)

DAY = date(2021, 5, 4)
TOWN = DisclosedPlace("SY.sindiyana", "السنديانة", "Sindiyana", "town", "SY", 35.86, 36.8, False)


def claim(slot: str, source: int = 1, **changes: Any) -> DisclosedClaim:
    """One claim of a slot, of a day's precision where it is about a day."""
    made = DisclosedClaim(
        key=f"{slot}-{source}", position=0, slot=slot, harm="", group="", part_of=False, minimum=None, maximum=None,
        first=None, last=None, precision="day", code="", shown="", speaker="", speaker_actor="", hedged=False,
        source=source, document=f"item-{source}", event=0, start=0, end=4, text="words", told=None,
    )  # fmt: skip
    return replace(made, **changes)


def count(harm: str, low: int | None, high: int | None, source: int = 1, **changes: Any) -> DisclosedClaim:
    """A claim on a toll; `high` None is "at least"."""
    return claim(harm, source, harm=harm, group=changes.pop("group", "all"), minimum=low, maximum=high, **changes)


def slot(*claims: DisclosedClaim, standing: str = "single", chosen: str = "") -> DisclosedSlot:
    """The slot of some claims."""
    first = claims[0]
    key = f"{first.slot}-{first.group}" if first.group else first.slot
    return DisclosedSlot(key, first.slot, first.group, standing, chosen, (), tuple(claims))


def report(source: int = 1, **changes: Any) -> DisclosedReport:
    """A report of a source."""
    made = DisclosedReport(
        document=f"item-{source}", source=source, outlet="صحيفة النهر", title="خبر", address="http://news.example/1",
        agency="", language="ar", published=DAY, collected=datetime(2026, 11, 2, 8, tzinfo=UTC), collector="c-1",
        content_type="text/html", sha256="ab" * 32, log_index=1,
    )  # fmt: skip
    return replace(made, **changes)


def incident(number: int = 1, **changes: Any) -> DisclosedIncident:
    """An airstrike of one day in one town, told by one report."""
    made = DisclosedIncident(
        number=number, act="airstrike", first=DAY, last=DAY, state="proposed", status="", sensitive=False, warnings=(),
        score=1.0, decided_by="program", places=(TOWN,), slots=(), statements=(), reports=(report(),), sources=1,
        violations=(), attributions=(), grades=(), differing=(),
        decisions=(DisclosedDecision("sheet-given", "heron", datetime(2026, 11, 3, tzinfo=UTC), "cd" * 32),), persons=(),
    )  # fmt: skip
    return replace(made, **changes)
