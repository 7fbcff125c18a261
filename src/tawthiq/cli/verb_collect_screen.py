"""Where `tawthiq collect` writes: result lines on standard output, remarks and a progress bar on standard error.

The bar, with rate and time left, is drawn only when standard error is a terminal; lines that go to a terminal are then
written above it. Lines are complete and flushed one by one, so that a reader of a pipe sees each item when it is kept.
"""

import os
import sys
from io import TextIOWrapper
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Task as ProgressTask
from rich.text import Text

SPEED_SECONDS = 120


class Screen:
    """The two streams and the bar of one run over `total` items. Used as a context manager."""

    def __init__(self, total: int) -> None:
        console = Console(stderr=True)
        self._reader_gone = False
        self._bar: Progress | None = None
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        if console.is_terminal:
            columns = (TextColumn("collecting"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
            self._bar = Progress(
                *columns,
                console=console,
                redirect_stdout=False,
                redirect_stderr=False,
                speed_estimate_period=SPEED_SECONDS,
            )
            self._bar.add_task("collecting", total=total)

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
        """One result line. A reader who has gone away does not end the collecting."""
        if self._reader_gone:
            return
        if self._bar is not None and sys.stdout.isatty():
            self._above(text)
            return
        try:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            self._reader_gone = True
            # What is still buffered for the reader must not fail once more when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def remark(self, text: str) -> None:
        """One line for the person."""
        if self._bar is not None:
            self._above(text)
        else:
            sys.stderr.write(text + "\n")

    def advance(self) -> None:
        """One item is done."""
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])

    def _above(self, text: str) -> None:
        if self._bar is not None:
            self._bar.console.print(Text(text), soft_wrap=True)


class _Rate(ProgressColumn):
    """Items a second."""

    def render(self, task: ProgressTask) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")
