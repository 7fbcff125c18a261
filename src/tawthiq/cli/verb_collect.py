"""`tawthiq collect`: keep addresses, files, folders and WARC files as evidence.

A line an item on standard output: identifier, SHA-256 of the payload, source, separated by tabs. Everything said to the
person (progress, notes, errors, the summary) goes to standard error. Names are shown with hostile characters escaped.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TypeGuard

import click

from tawthiq.capture.names import shown
from tawthiq.capture.settings import MEBIBYTE
from tawthiq.capture.sources import AddressSource, Source, sources
from tawthiq.cli.located import open_archive
from tawthiq.cli.screen import Screen
from tawthiq.pipeline.collect import collect, fetch_settings
from tawthiq.pipeline.collect_browser import browsing_settings
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.visit_lists import Wish
from tawthiq.pipeline.visiting import collect_lists, names_channel
from tawthiq.records.errors import StorageFailed
from tawthiq.records.watch import WatchKind
from tawthiq.store.watch_list import MOST_ITEMS

SOME_FAILED = 3
# About 400 messages; the next run goes further back.
CHANNEL_PAGES = 20


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
@click.option(
    "--listed",
    type=click.IntRange(1, MOST_ITEMS),
    metavar="N",
    help="Addresses are feeds or sitemaps: keep them and the newest N of what they list.",
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
    listed: int | None,
) -> int:
    """Keep each SOURCE as evidence: http(s) addresses, files, folders, WARC files, or - for a list on standard input.

    What the archive holds already is skipped; run the same command again to finish what was interrupted. Of a public
    channel of Telegram (https://t.me/s/NAME) the newest messages are kept, and older ones page by page.
    """
    limit = size_limit * MEBIBYTE if size_limit else None
    with open_archive(context.obj) as archive:
        fetching = fetch_settings(archive, limit, pause=pause, proxy=proxy, authorities=authorities)
        usual_visit = browsing_settings(archive)
        browsing = replace(usual_visit, behaviours=usual_visit.behaviours and not no_behaviours)
        found = list(sources(given, sys.stdin.buffer, archive.path))
        lists = [each.given for each in found if _is_list(each, listed, browser)]
        visitor = browsing if browser else None
        outcomes = collect(
            archive,
            [each for each in found if not _is_list(each, listed, browser)],
            again=again,
            reason=reason,
            case=case,
            fetching=fetching,
            size_limit=limit,
            browser=visitor,
        )
        wish = Wish(WatchKind.AUTO, listed or CHANNEL_PAGES, reason, case, visitor, listed is not None)
        named = collect_lists(archive, lists, wish, fetching)
        return _report(chain(outcomes, named) if lists else outcomes, None if lists else len(found))


def _is_list(source: Source, listed: int | None, browser: bool) -> TypeGuard[AddressSource]:
    """Whether a source is an address, and what it lists is to be collected with it."""
    if not isinstance(source, AddressSource):
        return False
    return listed is not None or (names_channel(source.given) and not browser)


def _report(outcomes: Iterator[Outcome], total: int | None) -> int:
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
                left = "further" if total is None else f"{total - counted.total()} further"
                screen.remark(f"stopped: nothing more can be kept; {left} sources were not tried")
                break
    summary = "; ".join(f"{counted[state]} {state}" for state in State if counted[state])
    click.echo(summary or "nothing to collect: no file and no address was found", err=True)
    return SOME_FAILED if counted[State.FAILED] or counted[State.KEPT_INCOMPLETE] else 0


def _remarks(outcome: Outcome) -> Iterator[str]:
    """What the person should know of an outcome."""
    for note in outcome.notes:
        yield f"note: {outcome.source}: {note}"
    if outcome.error is not None:
        yield f"{'failed' if outcome.state is State.FAILED else 'incomplete'}: {outcome.error}"
