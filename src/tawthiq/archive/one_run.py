"""One run at a time over an archive's derived rows: a lock of its own, beside the log's, which collecting needs meanwhile.

The file says who holds it; the system frees the lock when that process ends, however it does.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.records.errors import ArchiveBusy
from tawthiq.store.files import storing
from tawthiq.store.locking import try_lock

LOCK_NAME = ".rows.lock"
_LONGEST_NAME = 200
_PAUSE = 0.1


@contextmanager
def one_run(folder: Path, verb: str, *, patience: float = 0.0) -> Iterator[None]:
    """Hold the right to rewrite the rows of the archive at `folder`.

    Raises ArchiveBusy, naming who works, when another run still holds it after `patience` seconds; StorageFailed when the
    folder cannot be written.
    """
    until = time.monotonic() + patience
    path = folder / LOCK_NAME
    with storing(str(path)):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        while not try_lock(descriptor, fcntl.LOCK_EX):
            if time.monotonic() < until:
                time.sleep(_PAUSE)
                continue
            raise _busy(folder, os.pread(descriptor, _LONGEST_NAME, 0).decode("utf-8", "replace").strip())
        with storing(str(path)):
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, _name(verb).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _name(verb: str) -> str:
    return f"`{verb}`, process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _busy(folder: Path, who: str) -> ArchiveBusy:
    return ArchiveBusy(
        item=str(folder),
        happened=f"another run is at work on its readings ({who or 'it has just begun'})",
        advice="wait until it is done, or end that process, and run the command again",
    )
