"""`tawthiq log`: the append-only log as a table, the chain of one item, or a proof that travels."""

from collections.abc import Iterator

import click

from tawthiq.cli.located import open_archive
from tawthiq.custody.entry import canonical_json
from tawthiq.records.errors import WrongUsage
from tawthiq.records.log import LogEntry
from tawthiq.store.printing import printable
from tawthiq.store.proving import proof_of

_DETAIL_WIDTH = 200


@click.command(name="log")
@click.argument("item", required=False)
@click.option("--proof", is_flag=True, help="Write the tlog-proof of ITEM's first entry to standard output.")
@click.pass_context
def command(context: click.Context, item: str | None, proof: bool) -> None:
    """Show the log, or every entry of ITEM: a capture, an incident, a file, or the number of an entry."""
    if proof and item is None:
        raise WrongUsage(item="--proof", happened="it needs an item", advice="run: tawthiq log --proof ITEM")
    with open_archive(context.obj) as archive:
        entries = list(_chosen(archive.entries(), item))
        if item is not None and not entries:
            raise WrongUsage(
                item=item, happened="no entry of the log speaks of it", advice="run tawthiq log to see the items"
            )
        if proof:
            click.echo(proof_of(archive.path, entries[0].index), nl=False)
        elif item is not None:
            _print_chain(entries)
        else:
            _print_table(entries)


def _chosen(entries: Iterator[LogEntry], item: str | None) -> Iterator[LogEntry]:
    """The entries of an item: those whose subject it is, whose facts name it, or whose number it is."""
    return (entry for entry in entries if item is None or _speaks_of(entry, item))


def _speaks_of(entry: LogEntry, item: str) -> bool:
    event = entry.event
    named = event is not None and (event.subject == item or item in event.facts.values())
    return named or item == str(entry.index)


def _print_table(entries: list[LogEntry]) -> None:
    """One line an entry, of columns that scripts can split at tabs."""
    click.echo("entry\ttime (UTC)         \twhat            \titem                             \tby\tsource")
    for entry in entries:
        event = entry.event
        if event is None:
            click.echo(f"{entry.index:>5}\t{'':19}\t(erased)")
            continue
        source = event.facts.get("source", event.facts.get("path", ""))
        time = f"{event.time:%Y-%m-%d %H:%M:%S}"
        cells = (f"{entry.index:>5}", time, f"{event.kind:<16}", f"{event.subject:<33}", event.actor, str(source))
        click.echo("\t".join(printable(cell) for cell in cells))


def _print_chain(entries: list[LogEntry]) -> None:
    """Everything the log says of one item, oldest first."""
    for entry in entries:
        event = entry.event
        click.echo(f"entry {entry.index}  leaf {entry.leaf.hex()}")
        if event is None:
            click.echo("  the event was erased; the entry stays proven")
            continue
        click.echo(printable(f"  {event.time.isoformat()}  {event.kind}  {event.subject}  by {event.actor}"))
        for name, value in sorted(event.facts.items()):
            shown = value if isinstance(value, str) else canonical_json(value).decode()
            cut = f"{shown[:_DETAIL_WIDTH]}..." if len(shown) > _DETAIL_WIDTH else shown
            click.echo(f"    {printable(name)}: {printable(cut)}")
