"""Verification of the times that events state: not proven by the log, so what is odd about them is told and is no fault."""

from collections.abc import Iterator, Sequence

from tawthiq.custody.meaning import CLOCK
from tawthiq.records.check import Check
from tawthiq.records.log import LogEntry
from tawthiq.store.layout import Layout


def time_checks(layout: Layout, entries: Sequence[LogEntry]) -> Iterator[Check]:
    """One line about the order of the stated times: a clock that was set back, or acts that were logged later, show in it."""
    del layout
    latest, back, largest, at = None, 0, 0.0, 0
    for entry in entries:
        if entry.event is None:
            continue
        if latest is not None and entry.event.time < latest:
            back += 1
            seconds = (latest - entry.event.time).total_seconds()
            largest, at = max((largest, at), (seconds, entry.index))
        latest = entry.event.time if latest is None else max(latest, entry.event.time)
    found = "the stated times follow the order of the log"
    if back:
        found = (
            f"{back} entries state an earlier time than one before them, entry {at} by {largest:,.3f} s: the clock was set "
            "back, or they were logged later than they happened; the order of the log stands"
        )
    yield Check("log times", holds=True, found=found, proves=CLOCK.proves.en)
