"""`tawthiq package`: hand items over as an evidence package that others can check without us."""

from pathlib import Path

import click

from tawthiq.capture.names import shown
from tawthiq.cli.asking import expect_somebody
from tawthiq.cli.located import open_archive
from tawthiq.pipeline.packaging import HandOver, hand_over, package

_MOST_SHOWN = 20


@click.command(name="package")
@click.argument("items", metavar="ITEM...", nargs=-1, required=True)
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="The file to write: NAME.wacz.")
@click.option("--to", metavar="TEXT", help="Who receives it; logged as a transfer, not written into the package.")
@click.option("--reason", metavar="TEXT", help="Why it is handed over; logged with the transfer.")
@click.option("--chain", is_flag=True, help="Also what was done with the items since, and by whom.")
@click.option("--without-events", is_flag=True, help="Proofs without what the log says of the items.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing; needed where no terminal is.")
@click.pass_context
def command(
    context: click.Context,
    *,
    items: tuple[str, ...],
    output: Path,
    to: str | None,
    reason: str | None,
    chain: bool,
    without_events: bool,
    yes: bool,
) -> None:
    """Write each ITEM (a capture, a file or the number of an entry) with its proofs into one package.

    Says what is handed over and asks before it writes; without a terminal it writes only with --yes. `tawthiq verify
    NAME.wacz` checks a package; tawthiq/explanation.html in it tells how others do, with public tools.
    """
    with open_archive(context.obj) as archive:
        handed = hand_over(archive, items, with_chain=chain)
        _tell(handed, archive.settings.title, with_events=not without_events)
        if not yes:
            expect_somebody("package", "--yes")
            click.confirm("Write the package?", default=True, abort=True, err=True)
        done = package(archive, handed, output, to=to, reason=reason, with_events=not without_events)
    click.echo(f"{done.sha256}\t{done.length}\t{shown(str(done.path))}")
    click.echo(f"Wrote {_counted(done.items)}. Hand on both files:", err=True)
    click.echo(f"  {shown(str(done.path))}", err=True)
    click.echo(f"  {shown(str(done.proof))}  (the log's entry of this export)", err=True)
    click.echo("Tell whoever receives them the archive's key by another way: tawthiq verify ... --key KEY", err=True)


def _tell(handed: HandOver, title: str, *, with_events: bool) -> None:
    """Everything that leaves with the package, before it is written."""
    _say(f"This hands over {_counted(len(handed.items))}, {handed.length:,} bytes:")
    for capture, _ in handed.items[:_MOST_SHOWN]:
        _say(f"  {capture.id}  {capture.source}")
    if len(handed.items) > _MOST_SHOWN:
        _say(f"  and {len(handed.items) - _MOST_SHOWN} more")
    if handed.beside:
        _say(f"and {handed.beside} further captures that stand in the same files")
    _say(f"  title of the archive   {title}")
    _say(f"  who collected          {', '.join(handed.collectors)}")
    _say(f"  reasons and cases      {'; '.join(handed.reasons) or 'none'}")
    for event in handed.chain:
        told = f" to {event.facts['to']}" if event.facts.get("to") else ""
        _say(f"  done with them since   {event.time:%Y-%m-%d %H:%M} {event.kind}{told}, by {event.actor}")
    if handed.unattested:
        _say(f"no timestamp and no cosignature covers {_counted(handed.unattested)} yet: tawthiq timestamp")
    if with_events:
        _say("  of each item           programs, system, clock and way out, as the log has them")
    else:
        _say("Events stay behind, so nobody can tell from the package that these files are those in the log.")
        _say("The files themselves still name title, collector and reason, as they were preserved.")


def _counted(items: int) -> str:
    return f"{items:,} item" if items == 1 else f"{items:,} items"


def _say(text: str) -> None:
    click.echo(shown(text), err=True)
