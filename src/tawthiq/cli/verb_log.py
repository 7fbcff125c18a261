"""`tawthiq log`: the append-only log as a table, the chain of one item, a proof that travels, a hand-over written down.

The table is printed as it is read, so that a log of any length needs no memory; a reader who goes away ends it.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import click

from tawthiq.cli.chain_lines import chain_lines, entry_json, link_json
from tawthiq.cli.located import open_archive
from tawthiq.cli.screen import say
from tawthiq.records.errors import WrongUsage
from tawthiq.records.log import LogEntry
from tawthiq.store import ArchiveFolder
from tawthiq.store.chain import Part, chain_of
from tawthiq.store.custody_events import transferred
from tawthiq.store.printing import printable
from tawthiq.store.proving import proof_of


@click.command(name="log")
@click.argument("item", required=False)
@click.option("--proof", is_flag=True, help="Write the tlog-proof of ITEM's first entry to standard output.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an entry, for machines.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only entries of this kind; may be repeated.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="Only entries that state this time (UTC) or a later one.",
)
@click.option("--transferred", "handed", metavar="ITEM", help="Write down that ITEM was handed over by hand.")
@click.option("--to", metavar="TEXT", help="With --transferred: to whom, a pseudonym or an office.")
@click.option("--how", metavar="TEXT", help="With --transferred: in which way.")
@click.option("--reason", metavar="TEXT", help="With --transferred: why.")
@click.pass_context
def command(
    context: click.Context,
    *,
    item: str | None,
    proof: bool,
    as_json: bool,
    kinds: tuple[str, ...],
    since: datetime | None,
    handed: str | None,
    to: str | None,
    how: str | None,
    reason: str | None,
) -> None:
    """Show the log, or the whole chain of ITEM: a capture, a file, an address, a user, or the number of an entry.

    The chain holds whatever names the item, other captures of its address, checks of all files since, and the first stamp
    and cosignature of each authority and team that cover it.
    """
    if proof and item is None:
        raise WrongUsage(item="--proof", happened="it needs an item", advice="run: tawthiq log --proof ITEM")
    with open_archive(context.obj) as archive:
        if handed is not None:
            _transfer(archive, handed, to, how, reason)
        elif proof and item is not None:
            click.echo(proof_of(archive.path, _first_index(archive, item)), nl=False)
        elif item is not None:
            _print_chain(archive, item, as_json=as_json)
        else:
            chosen = _chosen(archive.entries(), frozenset(kinds), since.replace(tzinfo=UTC) if since else None)
            _print_table(chosen, as_json=as_json)


def _chosen(entries: Iterator[LogEntry], kinds: frozenset[str], since: datetime | None) -> Iterator[LogEntry]:
    """The entries that the options ask for; an erased one has no kind and no time, and is shown where neither is asked for."""
    for entry in entries:
        event = entry.event
        if event is None and (kinds or since):
            continue
        if event and ((kinds and event.kind not in kinds) or (since and event.time < since)):
            continue
        yield entry


def _print_table(entries: Iterator[LogEntry], *, as_json: bool) -> None:
    """One line an entry, of columns that scripts can split at tabs."""
    if not as_json:
        click.echo("entry\ttime (UTC)         \twhat            \titem                             \tby\tsource")
    for entry in entries:
        line = json.dumps(entry_json(entry), ensure_ascii=False) if as_json else _row(entry)
        if not say(line):
            return


def _row(entry: LogEntry) -> str:
    """The columns of one entry."""
    event = entry.event
    if event is None:
        return f"{entry.index:>5}\t{'':19}\t(erased)"
    source = event.facts.get("source", event.facts.get("path", ""))
    time = f"{event.time:%Y-%m-%d %H:%M:%S}"
    cells = (f"{entry.index:>5}", time, f"{event.kind:<16}", f"{event.subject:<33}", event.actor, str(source))
    return "\t".join(printable(cell) for cell in cells)


def _print_chain(archive: ArchiveFolder, item: str, *, as_json: bool) -> None:
    """Everything the log says of one item, oldest first."""
    links = chain_of(archive.entries_with, item)
    if not links:
        raise _unknown(item)
    for link in links:
        if as_json:
            click.echo(json.dumps(link_json(link), ensure_ascii=False))
            continue
        for line in chain_lines(link):
            click.echo(line)
    if not as_json and all(link.part is not Part.COVER for link in links):
        click.echo("no timestamp and no cosignature covers it yet: tawthiq timestamp", err=True)


def _first_index(archive: ArchiveFolder, item: str) -> int:
    """The first entry of an item."""
    own = [link for link in chain_of(archive.entries_with, item) if link.part is Part.ITEM]
    if not own:
        raise _unknown(item)
    return own[0].entry.index


def _transfer(archive: ArchiveFolder, item: str, to: str | None, how: str | None, reason: str | None) -> None:
    """Log a hand-over that people did by hand."""
    if not (to and how and reason):
        raise WrongUsage(
            item="--transferred",
            happened="a hand-over says to whom, how and why",
            advice="give --to, --how and --reason",
        )
    if not chain_of(archive.entries_with, item):
        raise _unknown(item)
    event = transferred(item, archive.settings.collector, to=to, how=how, reason=reason, at=datetime.now(UTC))
    entry = archive.log([event])[0]
    click.echo(printable(f"logged as entry {entry.index}: {item} was handed over to {to}, by {how}: {reason}"))


def _unknown(item: str) -> WrongUsage:
    return WrongUsage(item=item, happened="no entry of the log speaks of it", advice="run tawthiq log to see the items")
