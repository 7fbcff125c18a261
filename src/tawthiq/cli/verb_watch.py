"""`tawthiq watch`: the list of addresses that are asked again and again, and the run that does it.

`watch run` writes a line for each thing that happened on standard output: time, what became of it, capture, address, separated
by tabs. Everything said to the person goes to standard error. It can be interrupted at any moment.
"""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from tawthiq.capture.address import parse
from tawthiq.capture.names import shown
from tawthiq.cli.located import locate, open_archive
from tawthiq.cli.screen import Screen
from tawthiq.pipeline.collect import fetch_settings
from tawthiq.pipeline.collect_outcome import State
from tawthiq.pipeline.watching import Told, Watching
from tawthiq.records.errors import CaptureFailed, WrongUsage
from tawthiq.records.watch import Watch, WatchKind
from tawthiq.store import ArchiveFolder
from tawthiq.store.printing import printable
from tawthiq.store.watch_list import MOST_ITEMS, USUAL_EVERY, USUAL_ITEMS, WatchList, span_seconds, span_text
from tawthiq.store.watch_state import WatchStates

SOME_FAILED = 3
NOTHING_WATCHED = "nothing is watched: add an address with tawthiq watch add ADDRESS"


def _seconds(_context: click.Context, _option: click.Parameter, given: str) -> int:
    """The seconds that --every spells; a usage error for anything else."""
    try:
        return span_seconds(given)
    except ValueError as error:
        raise click.BadParameter(f'"{shown(given, 40)}" {error}') from error


@click.group()
def command() -> None:
    """Ask addresses again on schedule: keep what changed, note what did not, leave busy servers alone.

    The list is the file watch.toml of the archive, which may also be edited by hand.
    """


@command.command()
@click.argument("address")
@click.option(
    "--every",
    default=span_text(USUAL_EVERY),
    show_default=True,
    callback=_seconds,
    metavar="TIME",
    help="Time between two visits: 30m, 6h, 2d.",
)
@click.option("--kind", type=click.Choice([kind.value for kind in WatchKind]), default="auto", show_default=True)
@click.option(
    "--items",
    type=click.IntRange(1, MOST_ITEMS),
    default=USUAL_ITEMS,
    show_default=True,
    help="The most addresses out of a list, or pages of a channel, that one visit collects.",
)
@click.option("--browser", is_flag=True, help="Visit pages with a browser; each visit is then kept.")
@click.option("--reason", metavar="TEXT", help="Why this is watched; logged with every item.")
@click.pass_context
def add(
    context: click.Context, *, address: str, every: int, kind: str, items: int, browser: bool, reason: str | None
) -> None:
    """Watch ADDRESS: a page, a feed, a sitemap or a public channel of Telegram (https://t.me/s/NAME).

    Nothing is asked for until `tawthiq watch run`. An address that is watched already is watched as told now.
    """
    given = address.strip()
    try:
        wire = parse(given).url
    except CaptureFailed as error:
        raise WrongUsage(
            item=error.item, happened=error.happened, advice="only http and https addresses can be watched"
        ) from error
    if printable(given) != given:
        given = wire
    new = Watch(given, WatchKind(kind), every, items, browser, printable(reason) if reason else None)

    def put(watches: tuple[Watch, ...]) -> tuple[Watch, ...]:
        kept = [watch for watch in watches if _wire(watch.address) != wire]
        return (*kept, new)

    WatchList(_folder(context)).change(put)
    click.echo(f"watching {shown(given)} every {span_text(every)} ({kind})", err=True)


@command.command(name="list")
@click.pass_context
def list_watched(context: click.Context) -> None:
    """Show what is watched, when it was last in order, how often it failed since, and when it is due."""
    with ArchiveFolder.open(locate(context.obj)) as archive:
        watches = WatchList(archive.path).read()
        states = Watching(archive).states(watches)
    for watch in watches:
        state = states[watch.address]
        cells = (
            shown(watch.address),
            watch.kind.value + (" by browser" if watch.browser else ""),
            f"every {span_text(watch.every)}",
            f"in order {_time(state.succeeded)}" if state.succeeded else "never in order yet",
            f"{state.failures} failures since",
            f"due {_time(state.due)}" if state.due else "due now",
        )
        click.echo("\t".join(cells))
    if not watches:
        click.echo(NOTHING_WATCHED, err=True)


@command.command()
@click.argument("address")
@click.pass_context
def remove(context: click.Context, address: str) -> None:
    """Stop watching ADDRESS. What was collected of it stays."""
    wire = _wire(address.strip())

    def without(watches: tuple[Watch, ...]) -> tuple[Watch, ...]:
        kept = tuple(watch for watch in watches if _wire(watch.address) != wire)
        if len(kept) == len(watches):
            raise WrongUsage(item=shown(address, 300), happened="it is not watched", advice="see tawthiq watch list")
        return kept

    folder = _folder(context)
    before = WatchList(folder).read()
    kept = WatchList(folder).change(without)
    for watch in before:
        if watch not in kept:
            WatchStates(folder).forget(watch.address)
    click.echo(f"no longer watching {shown(address)}", err=True)


@command.command()
@click.option("--once", is_flag=True, help="Visit everything once, due or not, and end.")
@click.option("--due-only", is_flag=True, help="With --once: visit only what is due.")
@click.option("--proxy", metavar="PROXY", help="http://HOST:PORT, socks5h://HOST:PORT or tor, instead of the setting.")
@click.option("--pause", type=click.FloatRange(min=0), metavar="SECONDS", help="Least time between requests to a host.")
@click.option("--authorities", type=click.Path(path_type=Path), help="Further certificate authorities, a PEM file.")
@click.pass_context
def run(
    context: click.Context,
    *,
    once: bool,
    due_only: bool,
    proxy: str | None,
    pause: float | None,
    authorities: Path | None,
) -> int:
    """Visit what is due, and again whenever something is, until interrupted (Ctrl-C).

    Two runs at once share the work. Timestamps and checks of the archive that are due are done as well.
    """
    # A service manager ends a run by SIGTERM: as cleanly as Ctrl-C does, with the item in hand kept whole.
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: os.kill(os.getpid(), signal.SIGINT))
    context.call_on_close(lambda: signal.signal(signal.SIGTERM, before))
    with open_archive(context.obj) as archive:
        # Asked for now, where somebody sits: not in the night, when something is due.
        archive.unlock()
        fetching = fetch_settings(archive, pause=pause, proxy=proxy, authorities=authorities)
        watching = Watching(archive, fetching)
        with Screen(None, "watching") as screen:
            if not once:
                for told in watching.always():
                    _tell(screen, told)
            everything = list(_told(screen, watching, due_only))
            if not any(told.watch for told, _ in everything):
                screen.remark(_why_nothing(watching, WatchList(archive.path).read()))
            failed = [told for told, is_trouble in everything if is_trouble]
        return SOME_FAILED if failed else 0


def _told(screen: Screen, watching: Watching, due_only: bool) -> Iterator[tuple[Told, bool]]:
    """What one run does, told as it comes, and whether a person must look at it."""
    for told in watching.once(due_only=due_only):
        yield told, _tell(screen, told)


def _why_nothing(watching: Watching, watches: tuple[Watch, ...]) -> str:
    """Why a run visited nothing, so that nobody takes silence for a fault."""
    if not watches:
        return NOTHING_WATCHED
    states = watching.states(watches)
    dues = sorted((due, watch.address) for watch in watches if (due := states[watch.address].due))
    if len(dues) < len(watches) or dues[0][0] <= datetime.now(UTC):
        return "nothing was visited: what is due is visited by another run"
    due, address = dues[0]
    return f"nothing is due until {_time(due)} UTC: {shown(address, 300)}"


def _tell(screen: Screen, told: Told) -> bool:
    """Write what happened; whether a person must look at it."""
    outcome = told.outcome
    if outcome is None:
        screen.remark(shown(told.line))
        return False
    capture = outcome.captures[0].id if outcome.captures else "-"
    screen.line(f"{_time(datetime.now(UTC))}\t{outcome.state}\t{capture}\t{outcome.source}")
    for note in outcome.notes:
        screen.remark(f"note: {outcome.source}: {note}")
    if outcome.error is not None:
        screen.remark(f"{'failed' if outcome.state is State.FAILED else 'incomplete'}: {outcome.error}")
    return outcome.is_trouble


def _folder(context: click.Context) -> Path:
    """The folder of the archive that is meant. Raises ArchiveMissing where there is none."""
    with ArchiveFolder.open(locate(context.obj)) as archive:
        return archive.path


def _wire(address: str) -> str:
    """One spelling for every way to write an address; what is none stands for itself."""
    try:
        return parse(address).url
    except CaptureFailed:
        return address


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""
