"""Acts of people that wait to be logged: written down at once, taken into the log by whoever opens the archive next.

A page must never wait for the log, which another process may hold, and an act must not be lost when the server is killed
between the act and its entry. So each is first appended to `.waiting.jsonl`, one canonical event a line, on disk before the
page goes on. Taking in, with the log's lock held: the file is renamed to `.waiting.taken`, its events are logged, it is
removed. Where `.waiting.taken` is found, that was cut: its events are held against the log, and only missing ones are logged.

The file is not signed, so whoever could write into the folder could put events into it that the next opening would sign: kinds
by which the archive itself vouches for files and keys are not taken from it, and the attempt is logged ("act-refused").
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.custody.entry import canonical_json, event_from_json, event_to_json, parsed_json
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEvent
from tawthiq.store import journal
from tawthiq.store.events import LASTING, OWN_KINDS, plain_event
from tawthiq.store.files import read, storing, sync_folder
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.log import Log

REFUSED = "act-refused"
_NO_ACTS = OWN_KINDS | LASTING
_PROGRAM = "tawthiq"


def put_down(root: Path, event: LogEvent) -> None:
    """Write an act down for the log of the archive at `root`, durably.

    Raises StorageFailed, and UnreadableInput for facts that JSON cannot carry.
    """
    line = canonical_json(event_to_json(plain_event(event))) + b"\n"
    path = Layout(root).waiting
    with storing(str(path)), _held(path) as descriptor:
        before = os.fstat(descriptor).st_size
        cut = before > 0 and os.pread(descriptor, 1, before - 1) != b"\n"  # by a crash: its act was never acknowledged
        try:
            _write_all(descriptor, b"\n" + line if cut else line)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, before)
            raise
        if before == 0:
            sync_folder(path.parent)


def waits(layout: Layout) -> bool:
    """Whether there is anything to take in."""
    return any(path.exists() and path.stat().st_size for path in (layout.waiting, layout.taken))


def take_in(layout: Layout, log: Log, lock: Lock) -> None:
    """Log what waits. Raises StorageFailed or ArchiveBusy; nothing is lost then, and nothing is logged twice."""
    if not waits(layout):
        return
    with lock.held():
        log.catch_up()
        if layout.taken.exists():
            _log_taken(layout, log, only_missing=True)
        if layout.waiting.exists():
            with storing(str(layout.waiting)), _held(layout.waiting):
                layout.waiting.rename(layout.taken)
            # Else a power cut could give the file its old name back, and what is logged by then would be logged again.
            sync_folder(layout.root)
            _log_taken(layout, log, only_missing=False)


def _log_taken(layout: Layout, log: Log, *, only_missing: bool) -> None:
    """Log the events of the file that was taken, then remove it."""
    lines = read(layout.taken, layout.taken.name).split(b"\n")
    if only_missing:
        lines = _missing(layout, lines)
    events = list(_events(lines))
    if events:
        log.append(events)
    with storing(layout.taken.name):
        layout.taken.unlink()


def _missing(layout: Layout, lines: list[bytes]) -> list[bytes]:
    """The events that no line of the journal holds: there, too, an event stands in its canonical form."""
    left = {line for line in lines if line}
    for _, logged, _ in journal.lines_from(layout, 0):
        left = {line for line in left if line not in logged}
    return [line for line in lines if line in left]


def _events(lines: list[bytes]) -> Iterator[LogEvent]:
    """The events of whole lines; one that a crash cut was never acknowledged."""
    for line in lines:
        if line:
            with suppress(TawthiqError):
                event = event_from_json(parsed_json(line, "a waiting act"), "a waiting act")
                yield _refused(event, line) if event.kind in _NO_ACTS else event


def _refused(event: LogEvent, line: bytes) -> LogEvent:
    """What is logged of an event that no person's act can be."""
    facts = {"kind": event.kind, "sha256": hashlib.sha256(line).hexdigest()}
    return plain_event(LogEvent(REFUSED, datetime.now(UTC), _PROGRAM, "waiting acts", facts))


def _write_all(descriptor: int, data: bytes) -> None:
    """Write `data` whole: a disk that fills up may take only a part."""
    while data:
        data = data[os.write(descriptor, data) :]


@contextmanager
def _held(path: Path) -> Iterator[int]:
    """The file at `path`, made where there is none, open for appending and locked while it still has that name."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            with suppress(FileNotFoundError):
                if path.stat().st_ino == os.fstat(descriptor).st_ino:
                    yield descriptor
                    return
        finally:
            os.close(descriptor)
