"""One writer at a time: a lock that other processes and other threads of this one respect (flock)."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tawthiq.records.errors import ArchiveBusy
from tawthiq.store.files import storing

WAIT_SECONDS = 30.0
_PAUSE_SECONDS = 0.01


class Lock:
    """The lock on an archive's log. Re-entrant within a thread; the system frees it when a process dies."""

    def __init__(self, path: Path, wait_seconds: float = WAIT_SECONDS) -> None:
        self._path = path
        self._wait_seconds = wait_seconds
        self._thread = threading.RLock()
        self._depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises ArchiveBusy when another process keeps it for longer than the waiting time."""
        with self._thread:
            if self._depth:
                yield
                return
            descriptor = self._taken()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                os.close(descriptor)

    def is_free(self) -> bool:
        """Whether it could be taken without waiting, at this moment."""
        if self._depth:
            return True
        with storing(str(self._path)):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            return try_lock(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Keep writers away while the log is read. An archive that cannot be locked (read-only, copied) is just read."""
        try:
            # Without waiting: in an archive that came from anybody it may be a pipe.
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError:
            yield
            return
        try:
            self._wait_for(descriptor, fcntl.LOCK_SH)
            yield
        finally:
            os.close(descriptor)

    def _taken(self) -> int:
        """A descriptor that holds the lock."""
        with storing(str(self._path)):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            self._wait_for(descriptor, fcntl.LOCK_EX)
        except ArchiveBusy:
            os.close(descriptor)
            raise
        return descriptor

    def _wait_for(self, descriptor: int, kind: int) -> None:
        """Take the lock of an open file. Raises ArchiveBusy after the waiting time."""
        deadline = time.monotonic() + self._wait_seconds
        while not try_lock(descriptor, kind):
            if time.monotonic() > deadline:
                raise ArchiveBusy(
                    item=str(self._path.parent),
                    happened=f"another process has been writing to the log for {self._wait_seconds:.0f} seconds",
                    advice="wait until it is done, or end it, and run the command again",
                )
            time.sleep(_PAUSE_SECONDS)


def try_lock(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    """Take the lock of an open file for this process, if it is free."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
