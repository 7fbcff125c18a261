"""`tawthiq collect`: keep addresses, files, folders and WARC files as evidence.

A line an item on standard output: identifier, SHA-256 of the payload, source, separated by tabs. Everything said to the
person (progress, notes, errors, the summary) goes to standard error. Names are shown with hostile characters escaped.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Task as ProgressTask
from rich.text import Text

from tawthiq.capture.names import shown
from tawthiq.capture.settings import MEBIBYTE
from tawthiq.capture.sources import sources
from tawthiq.cli.located import open_archive
from tawthiq.pipeline.collect import Outcome, State, collect, fetch_settings
from tawthiq.records.errors import StorageFailed

SOME_FAILED = 3


@click.command(name="collect")
@click.argument("given", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--again", is_flag=True, help="Collect again, as a new capture, what the archive holds already.")
@click.option("--reason", metavar="TEXT", help="Why this is collected; logged with every item.")
@click.option("--size-limit", type=click.IntRange(min=1), metavar="MB", help="The largest answer or file, in MiB.")
@click.option(
    "--pause", type=click.FloatRange(min=0), metavar="SECONDS", help="Least time between requests to one host."
)
@click.option("--proxy", metavar="http://HOST:PORT", help="An HTTP proxy; those of the environment are ignored.")
@click.option("--authorities", type=click.Path(path_type=Path), help="Further certificate authorities, a PEM file.")
@click.pass_context
def command(
    context: click.Context,
    *,
    given: tuple[str, ...],
    again: bool,
    reason: str | None,
    size_limit: int | None,
    pause: float | None,
    proxy: str | None,
    authorities: Path | None,
) -> int:
    """Keep each SOURCE as evidence: http(s) addresses, files, folders, WARC files, or - for a list on standard input.

    What the archive holds already is skipped; run the same command again to finish what was interrupted.
    """
    limit = size_limit * MEBIBYTE if size_limit else None
    with open_archive(context.obj) as archive:
        usual = fetch_settings(archive, limit)
        fetching = replace(
            usual,
            pause=usual.pause if pause is None else pause,
            proxy=proxy or usual.proxy,
            authorities=authorities or usual.authorities,
        )
        found = list(sources(given, sys.stdin.buffer, archive.path))
        outcomes = collect(archive, found, again=again, reason=reason, fetching=fetching, size_limit=limit)
        return _report(outcomes, len(found))


def _report(outcomes: Iterator[Outcome], total: int) -> int:
    """Tell of each outcome as it comes; the exit code."""
    counted: Counter[State] = Counter()
    lines = _Lines()
    with _progress(total) as advance:
        for outcome in outcomes:
            counted[outcome.state] += 1
            for capture in outcome.captures:
                lines.write(f"{capture.id}\t{capture.sha256}\t{shown(capture.source)}")
            _remark(outcome)
            advance()
            if isinstance(outcome.error, StorageFailed):
                click.echo(f"tawthiq: stopped; {total - counted.total()} further sources were not tried", err=True)
    click.echo("; ".join(f"{counted[state]} {state}" for state in State if counted[state]), err=True)
    return SOME_FAILED if counted[State.FAILED] or counted[State.KEPT_INCOMPLETE] else 0


def _remark(outcome: Outcome) -> None:
    """What the person should know of an outcome, on standard error."""
    for note in outcome.notes:
        click.echo(f"note: {outcome.source}: {note}", err=True)
    if outcome.error is not None:
        click.echo(f"{'failed' if outcome.state is State.FAILED else 'incomplete'}: {outcome.error}", err=True)


class _Lines:
    """Lines on standard output, whatever its encoding; a reader who has gone away does not end the collecting."""

    def __init__(self) -> None:
        self._gone = False
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")

    def write(self, line: str) -> None:
        if self._gone:
            return
        try:
            click.echo(line)
        except BrokenPipeError:
            self._gone = True
            # What is still buffered for the reader must not fail once more when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Rate(ProgressColumn):
    """Items a second."""

    def render(self, task: ProgressTask) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")


@contextmanager
def _progress(total: int) -> Iterator["_Advance"]:
    """A bar with rate and time left on standard error when that is a terminal; nothing otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Advance(None)
        return
    columns = (TextColumn("collecting"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(
        *columns, console=console, redirect_stdout=sys.stdout.isatty(), speed_estimate_period=120
    ) as progress:
        progress.add_task("collecting", total=total)
        yield _Advance(progress)


class _Advance:
    """Moves the bar on by one item."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def __call__(self) -> None:
        if self._progress is not None:
            self._progress.advance(self._progress.task_ids[0])
