"""What people do in the pages, as entries of the custody log: the name they chose, the act, the time, and what it was
done to; a decision enters with its digest, never with its words.

A busy or failing log must keep nobody out: it is waited for `WAIT_SECONDS`, then the person goes on and the entry waits in
the server's memory for the next act or the server's end, with the time at which it happened. What still cannot be logged
when the server ends is told on the terminal.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder

OWNER_MADE, SIGNED_IN, SIGNED_OUT = "owner-made", "signed-in", "signed-out"
PAGE_CORRECTED, PAGE_CONFIRMED, CORRECTION_WITHDRAWN = "page-corrected", "page-confirmed", "correction-withdrawn"
WAIT_SECONDS = 2.0

_waiting: dict[Path, list[LogEvent]] = {}
_lock = Lock()


def record(
    folder: Path | None,
    kind: str,
    name: str,
    *,
    subject: str | None = None,
    facts: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> None:
    """Log that the user called `name` did `kind`, together with what still waits; without a folder, nothing.

    `subject` names the item acted on (the user, when left out), `facts` what else the entry commits to, `at` the moment.
    """
    if folder is None:
        return
    event = LogEvent(kind, at or datetime.now(UTC), name, subject or name, dict(facts or {}))
    with _lock:
        _waiting.setdefault(folder, []).append(event)
    write_waiting(folder)


def write_waiting(folder: Path, *, last: bool = False) -> None:
    """Log and sign what waits. With `last`, entries that cannot be logged are told on the terminal."""
    with _lock:
        events = _waiting.pop(folder, [])
        if not events:
            return
        try:
            with ArchiveFolder.open(folder, wait_seconds=WAIT_SECONDS) as archive:
                archive.log(events)
        except TawthiqError as error:
            _waiting[folder] = events
            if last:
                told = ", ".join(f"{event.kind} {event.subject!r} {event.time:%H:%M:%S} UTC" for event in events)
                logging.getLogger("django").error("not in the custody log: %s (%s)", told, error)
