"""A watchdog over one visit: Playwright waits without bound for a page whose script never ends, so that script is ended.

It does nothing until the visit's time for reading is over, then interrupts again and again until the visit has ended.
"""

import threading
from collections.abc import Callable
from types import TracebackType

EVERY_SECONDS = 3.0


class Watchdog:
    """Calls `interrupt` from another thread after `seconds`, and every EVERY_SECONDS from then on. A context manager."""

    def __init__(self, interrupt: Callable[[], None], seconds: float) -> None:
        self._interrupt = interrupt
        self._seconds = seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="tawthiq-watchdog", daemon=True)

    def __enter__(self) -> "Watchdog":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        wait = self._seconds
        while not self._over.wait(wait):
            self._interrupt()
            wait = EVERY_SECONDS
