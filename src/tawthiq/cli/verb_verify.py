"""`tawthiq verify`: recompute every digest and the whole tree; one line a check."""

from collections.abc import Iterator
from pathlib import Path

import click

from tawthiq.cli.located import locate
from tawthiq.pipeline.package_checks import package_checks
from tawthiq.records.check import Check
from tawthiq.records.errors import WrongUsage
from tawthiq.store.printing import printable
from tawthiq.store.verify import verify

_DIFFERS = 1


@click.command(name="verify")
@click.argument("archive", required=False, type=click.Path(path_type=Path))
@click.option("--quiet", "-q", is_flag=True, help="Print only what differs, and the summary.")
@click.option("--key", metavar="KEY", help="Of a package: the archive's key as it was written down elsewhere.")
@click.option("--explain", is_flag=True, help="Say with each check what it proves.")
@click.pass_context
def command(context: click.Context, archive: Path | None, quiet: bool, key: str | None, explain: bool) -> int:
    """Verify ARCHIVE, or the archive at hand, with no database and no network. Exits 0 only if everything holds.

    ARCHIVE may be a file: an evidence package that was handed over (NAME.wacz).
    """
    held = differing = 0
    for check in _checks(archive or context.obj, key):
        held, differing = held + check.holds, differing + (not check.holds)
        if not check.holds or not quiet:
            click.echo(_line(check, explain=explain))
    click.echo(f"{held} checks hold, {differing} do not.")
    if differing:
        click.echo("What is marked DIFFERS is not what the log says it was.", err=True)
    return _DIFFERS if differing else 0


def _checks(named: Path | None, key: str | None) -> Iterator[Check]:
    """The checks of an archive, or of a package where a file is named. Raises WrongUsage for a key without a package."""
    if named is not None and named.is_file():
        return package_checks(named, key)
    if key is not None:
        raise WrongUsage(item="--key", happened="it is for packages", advice="name a file: tawthiq verify NAME.wacz")
    return verify(locate(named))


def _line(check: Check, *, explain: bool) -> str:
    """One check as one line, whatever characters a file's name holds."""
    mark = "holds  " if check.holds else "DIFFERS"
    proves = f"  [proves: {check.proves}]" if explain else ""
    return printable(f"{mark}  {check.name}: {check.found}{proves}")
