"""A watchdog over one visit: Playwright waits without bound for a page whose script never ends, or whose process died.

Until the visit's time for reading is over it only looks whether the page crashed; then it ends the page's script again and
again, and when that does not help either it closes the page, upon which all that waits for it fails.
"""

import threading
import time
from types import TracebackType

from tawthiq.capture.browser.chromium import Tab

EVERY_SECONDS = 3.0
LOOKING_SECONDS = 0.5
INTERRUPTS = 8


class Watchdog:
    """Watches over one tab from a thread of its own, strictly after `seconds`. A context manager.

    `interrupts` counts how often a script of the page was broken off.
    """

    def __init__(self, tab: Tab, seconds: float) -> None:
        self._tab = tab
        self._seconds = seconds
        self.interrupts = 0
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
        due = time.monotonic() + self._seconds
        while not self._over.wait(LOOKING_SECONDS):
            if self._tab.has_crashed or self.interrupts >= INTERRUPTS:
                self._tab.abandon()
                return
            if time.monotonic() >= due:
                self._tab.interrupt()
                self.interrupts += 1
                due = time.monotonic() + EVERY_SECONDS
