"""One run at a time over an archive's derived rows: a lock of its own, beside the log's, which collecting needs meanwhile.

The file says who holds it; the system frees the lock when that process ends, however it does.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.records.errors import ArchiveBusy
from tawthiq.store.files import storing
from tawthiq.store.locking import try_lock

LOCK_NAME = ".rows.lock"
_LONGEST_NAME = 200


@contextmanager
def one_run(folder: Path, verb: str) -> Iterator[None]:
    """Hold the right to rewrite the rows of the archive at `folder`.

    Raises ArchiveBusy at once, naming who works, while another run holds it; StorageFailed when the folder cannot be
    written.
    """
    path = folder / LOCK_NAME
    with storing(str(path)):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if not try_lock(descriptor, fcntl.LOCK_EX):
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
