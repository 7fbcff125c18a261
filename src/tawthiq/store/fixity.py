"""Fixity on schedule: verification whose outcome enters the log, due every `fixity_days` (settings).

The event "fixity-checked" says how many checks held, how many differed and which, with what version: also, and above all,
when something differs. Due is counted from the last such event, else from the making of the archive; a time that lies in the
future, because the clock was set back, counts as due.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tawthiq import __version__
from tawthiq.records.check import Check
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store.events import CREATED, FIXITY_CHECKED
from tawthiq.store.folder import ArchiveFolder
from tawthiq.store.verify import verify

MOST_NAMES = 100


@dataclass(slots=True)
class Tally:
    """What verification found so far; of what differs the first MOST_NAMES are named."""

    held: int = 0
    differing: int = 0
    names: list[str] = field(default_factory=list)

    def counting(self, checks: Iterable[Check]) -> Iterator[Check]:
        """The checks as they come, each counted."""
        for check in checks:
            self.held += check.holds
            self.differing += not check.holds
            if not check.holds and len(self.names) < MOST_NAMES:
                self.names.append(check.name)
            yield check


def last_check(entries: Iterable[LogEntry]) -> tuple[datetime | None, bool]:
    """When the archive was checked last, or made (UTC); and whether it ever was checked."""
    time, checked = None, False
    for event in (entry.event for entry in entries if entry.event):
        if event.kind in (CREATED, FIXITY_CHECKED):
            time, checked = event.time, checked or event.kind == FIXITY_CHECKED
    return time, checked


def is_due(archive: ArchiveFolder, now: datetime | None = None) -> bool:
    """Whether the archive should be verified again by its own setting."""
    last, _ = last_check(archive.entries())
    return is_overdue(last, archive.settings.fixity_days, now or datetime.now(UTC))


def is_overdue(last: datetime | None, days: float, now: datetime) -> bool:
    """Whether `days` have passed since `last`, or the clock says that it is yet to come."""
    return last is None or not timedelta() <= now - last < timedelta(days=days)


def record(archive: ArchiveFolder, tally: Tally) -> None:
    """Log what verification found. Raises as `ArchiveFolder.log` does."""
    size = sum(1 for _ in archive.entries())
    facts: dict[str, Any] = {
        "held": tally.held,
        "differing": tally.differing,
        "names": tally.names,
        "log_size": size,
        "tool": f"tawthiq/{__version__}",
    }
    archive.log([LogEvent(FIXITY_CHECKED, datetime.now(UTC), archive.settings.collector, str(size), facts)])
    archive.flush()


def check_if_due(archive: ArchiveFolder) -> Sequence[str]:
    """Verify and record the archive if that is due; what to tell, nothing when it was not due.

    Fit as a duty of scheduled runs. Raises as `ArchiveFolder.log` does.
    """
    if not is_due(archive):
        return []
    archive.unlock()
    tally = Tally()
    wrong = [
        f"DIFFERS  {check.name}: {check.found}" for check in tally.counting(verify(archive.path)) if not check.holds
    ]
    record(archive, tally)
    return [f"fixity: {tally.held} checks hold, {tally.differing} do not", *wrong[:MOST_NAMES]]
