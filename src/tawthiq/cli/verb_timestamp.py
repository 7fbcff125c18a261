"""`tawthiq timestamp`: have the log stamped by the authorities of tawthiq.toml, or tell how far it is.

A line an authority on standard output; remarks and failures go to standard error. Nothing but digests leaves the machine,
and only to those whom the settings name.
"""

from pathlib import Path

import click

from tawthiq.cli.located import open_archive
from tawthiq.cli.stamp_standing import moment_told, standing_of
from tawthiq.custody.opentimestamps import block_header
from tawthiq.pipeline.block_headers import held_against
from tawthiq.pipeline.stamp_outcome import StampOutcome, StampState, told
from tawthiq.pipeline.stamping import stamp
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder
from tawthiq.store.printing import printable
from tawthiq.store.timestamps import read_stamped

_DIFFERS, _SOME_FAILED = 1, 3
_LONGEST_HEADER_FILE = 1_000


@click.command(name="timestamp")
@click.option("--status", is_flag=True, help="Only tell what is stamped by whom and when, and what waits.")
@click.option("--if-due", is_flag=True, help="Leave those in peace that stamped within timestamp_hours.")
@click.option(
    "--bitcoin-header",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Check OpenTimestamps proofs against this block header (80 bytes, or 160 hexadecimal digits).",
)
@click.pass_context
def command(context: click.Context, *, status: bool, if_due: bool, bitcoin_header: Path | None) -> int:
    """Have the log's signed checkpoint stamped by every authority that has not covered what is newest.

    Run it again after being offline: what is due is told from the archive itself.
    """
    with open_archive(context.obj) as archive:
        if bitcoin_header:
            return _against_header(archive, bitcoin_header)
        _expect_authorities(archive)
        if status:
            return _status(archive)
        failed = False
        for outcome in stamp(archive, if_due=if_due):
            _tell(outcome)
            failed = failed or outcome.state is StampState.FAILED
        return _SOME_FAILED if failed else 0


def _expect_authorities(archive: ArchiveFolder) -> None:
    if not archive.settings.authorities:
        raise WrongUsage(
            item="tawthiq.toml",
            happened="it names no timestamp authority",
            advice="add a table [authorities.NAME] with url and certificates; docs/custody-format.md shows one",
        )


def _tell(outcome: StampOutcome) -> None:
    """One line of what became of an authority, and its remarks."""
    click.echo(printable(told(outcome)), err=outcome.state is StampState.FAILED)
    for note in outcome.notes:
        click.echo(printable(f"note: {outcome.authority}: {note}"), err=True)


def _status(archive: ArchiveFolder) -> int:
    log = read_stamped(archive.path)
    for authority in archive.settings.authorities:
        click.echo(printable(f"{authority.name}: {standing_of(log, authority)}"))
    return 0


def _against_header(archive: ArchiveFolder, path: Path) -> int:
    """Hold every proof that a block attests against the header that the person brought."""
    with path.open("rb") as stream:
        header = block_header(stream.read(_LONGEST_HEADER_FILE), str(path))
    click.echo(f"block {header.hash}, made at {moment_told(header.time)} by its miner's clock")
    checks = list(held_against(archive, header))
    for check in checks:
        click.echo(printable(f"{'holds  ' if check.holds else 'DIFFERS'}  {check.name}: {check.found}"))
    if not checks:
        click.echo("no proof in this archive names a block", err=True)
        return _SOME_FAILED
    click.echo("note: compare the block's hash with a source that you trust; nothing here asks the network", err=True)
    return 0 if any(check.holds for check in checks) else _DIFFERS
