"""Where long verbs write: result lines on standard output, remarks and a progress bar on standard error.

The bar, with rate and time left, is drawn only when standard error is a terminal; lines that go to a terminal are then
written above it. Lines are complete and flushed one by one, so that a reader of a pipe sees each item when it is kept.
"""

import os
import sys
from io import TextIOWrapper
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Task as ProgressTask
from rich.text import Text

SPEED_SECONDS = 120


class Screen:
    """The two streams and the bar of one run over `total` items, called `doing`. Used as a context manager.

    A `total` of None is told later, by `advance`.
    """

    def __init__(self, total: int | None, doing: str = "collecting") -> None:
        console = Console(stderr=True)
        self._reader_gone = False
        self._bar: Progress | None = None
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        if console.is_terminal:
            # One page may take a browser a minute and more: the spinner tells that the run is alive.
            columns = (
                SpinnerColumn(),
                TextColumn(doing),
                BarColumn(),
                MofNCompleteColumn(),
                _Rate(),
                TimeRemainingColumn(),
            )
            self._bar = Progress(
                *columns,
                console=console,
                redirect_stdout=False,
                redirect_stderr=False,
                speed_estimate_period=SPEED_SECONDS,
            )
            self._bar.add_task(doing, total=total)

    def __enter__(self) -> "Screen":
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def line(self, text: str) -> None:
        """One result line. A reader who has gone away does not end the work."""
        if self._reader_gone:
            return
        if self._bar is not None and sys.stdout.isatty():
            self._above(text)
            return
        self._reader_gone = not say(text)

    def remark(self, text: str) -> None:
        """One line for the person."""
        if self._bar is not None:
            self._above(text)
        else:
            sys.stderr.write(text + "\n")

    def advance(self, total: int | None = None) -> None:
        """One item is done, of `total` when that is known only now."""
        if self._bar is not None:
            if total is not None:
                self._bar.update(self._bar.task_ids[0], total=total)
            self._bar.advance(self._bar.task_ids[0])

    def _above(self, text: str) -> None:
        if self._bar is not None:
            self._bar.console.print(Text(text), soft_wrap=True)


def say(text: str) -> bool:
    """One line on standard output; False when its reader has gone away, which need not end the work."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered for the reader must not fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


class _Rate(ProgressColumn):
    """Items a second."""

    def render(self, task: ProgressTask) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")
