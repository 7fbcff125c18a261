"""`tawthiq collect`: keep addresses, files, folders and WARC files as evidence.

A line an item on standard output: identifier, SHA-256 of the payload, source, separated by tabs. Everything said to the
person (progress, notes, errors, the summary) goes to standard error. Names are shown with hostile characters escaped.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from tawthiq.capture.names import shown
from tawthiq.capture.settings import MEBIBYTE
from tawthiq.capture.sources import sources
from tawthiq.cli.located import open_archive
from tawthiq.cli.screen import Screen
from tawthiq.pipeline.collect import Outcome, State, collect, fetch_settings
from tawthiq.pipeline.collect_browser import browsing_settings
from tawthiq.records.errors import StorageFailed

SOME_FAILED = 3


@click.command(name="collect")
@click.argument("given", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--again", is_flag=True, help="Collect again, as a new capture, what the archive holds already.")
@click.option("--reason", metavar="TEXT", help="Why this is collected; logged with every item.")
@click.option("--case", metavar="TEXT", help="The case it belongs to, in the team's own words; logged with every item.")
@click.option("--size-limit", type=click.IntRange(min=1), metavar="MB", help="The largest answer or file, in MiB.")
@click.option(
    "--pause", type=click.FloatRange(min=0), metavar="SECONDS", help="Least time between requests to one host."
)
@click.option(
    "--proxy",
    metavar="PROXY",
    help="http://HOST:PORT, socks5h://HOST:PORT or tor; proxies of the environment are ignored.",
)
@click.option("--authorities", type=click.Path(path_type=Path), help="Further certificate authorities, a PEM file.")
@click.option("--browser", is_flag=True, help="Visit addresses with a browser: keep what it loads and what it shows.")
@click.option(
    "--no-behaviours", is_flag=True, help="Let the browser load a page and not scroll, open or dismiss anything."
)
@click.pass_context
def command(
    context: click.Context,
    *,
    given: tuple[str, ...],
    again: bool,
    reason: str | None,
    case: str | None,
    size_limit: int | None,
    pause: float | None,
    proxy: str | None,
    authorities: Path | None,
    browser: bool,
    no_behaviours: bool,
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
        usual_visit = browsing_settings(archive)
        browsing = replace(usual_visit, behaviours=usual_visit.behaviours and not no_behaviours)
        found = list(sources(given, sys.stdin.buffer, archive.path))
        outcomes = collect(
            archive,
            found,
            again=again,
            reason=reason,
            case=case,
            fetching=fetching,
            size_limit=limit,
            browser=browsing if browser else None,
        )
        return _report(outcomes, len(found))


def _report(outcomes: Iterator[Outcome], total: int) -> int:
    """Tell of each outcome as it comes; the exit code."""
    counted: Counter[State] = Counter()
    with Screen(total) as screen:
        for outcome in outcomes:
            counted[outcome.state] += 1
            for capture in outcome.captures:
                screen.line(f"{capture.id}\t{capture.sha256}\t{shown(capture.source)}")
            for remark in _remarks(outcome):
                screen.remark(remark)
            screen.advance()
            if isinstance(outcome.error, StorageFailed):
                left = total - counted.total()
                screen.remark(f"stopped: nothing more can be kept; {left} further sources were not tried")
    summary = "; ".join(f"{counted[state]} {state}" for state in State if counted[state])
    click.echo(summary or "nothing to collect: no file and no address was found", err=True)
    return SOME_FAILED if counted[State.FAILED] or counted[State.KEPT_INCOMPLETE] else 0


def _remarks(outcome: Outcome) -> Iterator[str]:
    """What the person should know of an outcome."""
    for note in outcome.notes:
        yield f"note: {outcome.source}: {note}"
    if outcome.error is not None:
        yield f"{'failed' if outcome.state is State.FAILED else 'incomplete'}: {outcome.error}"
