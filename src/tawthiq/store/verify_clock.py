"""Verification of the times that events state: not proven by the log, so what is odd about them is told and is no fault."""

from collections.abc import Iterator, Sequence

from tawthiq.custody.meaning import CLOCK
from tawthiq.records.check import Check
from tawthiq.records.log import LogEntry
from tawthiq.store.layout import Layout

# An act in the pages, and a page that took long to fetch, are logged a little after the moment that they state.
_USUAL_SECONDS = 60.0


def time_checks(layout: Layout, entries: Sequence[LogEntry]) -> Iterator[Check]:
    """One line about the order of the stated times: a clock that was set back, or acts that were logged later, show in it."""
    del layout
    latest, back, largest, at = None, 0, 0.0, 0
    for entry in entries:
        if entry.event is None:
            continue
        seconds = (latest - entry.event.time).total_seconds() if latest else 0.0
        if seconds > _USUAL_SECONDS:
            back += 1
            largest, at = max((largest, at), (seconds, entry.index))
        latest = entry.event.time if latest is None else max(latest, entry.event.time)
    found = "the stated times follow the order of the log, within a minute"
    if back:
        found = (
            f"{back} entries state a time more than a minute before one above them, entry {at} by {largest:,.0f} s: the "
            "clock was set back, or they were logged later than they happened; the order of the log stands"
        )
    yield Check("log times", holds=True, found=found, proves=CLOCK.proves.en)
