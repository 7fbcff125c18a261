"""Interrupts held back while evidence is being written: Ctrl-C waits for the item in hand to be whole and logged.

Evidence survives an interrupt at any moment, even the plug being pulled; this only spares the next run some clearing up.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def unbroken() -> Iterator[None]:
    """A block that SIGINT does not break into; an interrupt that came meanwhile is raised when the block has ended.

    Works in the main thread, which is where Python delivers interrupts; elsewhere it does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt
