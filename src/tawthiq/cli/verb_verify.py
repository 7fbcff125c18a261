"""`tawthiq verify`: recompute every digest and the whole tree; one line a check."""

from pathlib import Path

import click

from tawthiq.cli.located import locate
from tawthiq.records.check import Check
from tawthiq.store.printing import printable
from tawthiq.store.verify import verify

_DIFFERS = 1


@click.command(name="verify")
@click.argument("archive", required=False, type=click.Path(path_type=Path))
@click.option("--quiet", "-q", is_flag=True, help="Print only what differs, and the summary.")
@click.option("--explain", is_flag=True, help="Say with each check what it proves.")
@click.pass_context
def command(context: click.Context, archive: Path | None, quiet: bool, explain: bool) -> int:
    """Verify ARCHIVE, or the archive at hand, with no database and no network. Exits 0 only if everything holds."""
    held = differing = 0
    for check in verify(locate(archive or context.obj)):
        held, differing = held + check.holds, differing + (not check.holds)
        if not check.holds or not quiet:
            click.echo(_line(check, explain=explain))
    click.echo(f"{held} checks hold, {differing} do not.")
    if differing:
        click.echo("What is marked DIFFERS is not what the log says it was.", err=True)
    return _DIFFERS if differing else 0


def _line(check: Check, *, explain: bool) -> str:
    """One check as one line, whatever characters a file's name holds."""
    mark = "holds  " if check.holds else "DIFFERS"
    proves = f"  [proves: {check.proves}]" if explain else ""
    return printable(f"{mark}  {check.name}: {check.found}{proves}")
