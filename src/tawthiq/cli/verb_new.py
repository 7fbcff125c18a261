"""`tawthiq new`: make an archive."""

import shlex
from pathlib import Path

import click

from tawthiq.cli.asking import on_terminal
from tawthiq.cli.verb_key import KEEP_IT, SHORT
from tawthiq.store import ArchiveFolder, passphrases

_DEFAULT_COLLECTOR = "collector-1"


@click.command(name="new")
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--title", help="What the archive is about; the folder's name where it is left out.")
@click.option(
    "--collector",
    default=_DEFAULT_COLLECTOR,
    show_default=True,
    help="Who collects: a pseudonym, written into every record. Never a real name.",
)
@click.option(
    "--passphrase", is_flag=True, help="Seal the signing key: TAWTHIQ_PASSPHRASE, or asked for twice. Recommended."
)
def command(archive: Path, title: str | None, collector: str, passphrase: bool) -> None:
    """Make an archive in the new or empty folder ARCHIVE."""
    passphrases.ask_with(on_terminal)
    chosen = passphrases.chosen(passphrases.KEY) if passphrase else None
    folder = ArchiveFolder.create(
        archive, title=title or archive.absolute().name, collector=collector, passphrase=chosen
    )
    with folder:
        click.echo(f"Made the archive {folder.path}")
    click.echo(f"  title      {folder.settings.title}")
    click.echo(f"  collector  {folder.settings.collector}  (a pseudonym; change it in tawthiq.toml)")
    click.echo(f"  log        {folder.settings.origin}")
    click.echo(f"  key        {folder.verifier_key}")
    click.echo("Write the key down somewhere else: with it anyone can tell this log from a forged one.")
    click.echo("Keep keys/archive.key secret and backed up: it signs every checkpoint.")
    if chosen is None:
        click.echo("It has no passphrase: whoever copies this folder can sign as you. Give it one:")
        click.echo(f"  tawthiq --archive {shlex.quote(str(archive))} key protect")
    else:
        click.echo(KEEP_IT)
    if chosen and passphrases.is_short(chosen):
        click.echo(SHORT, err=True)
    named = shlex.quote(str(archive))
    click.echo("Next:")
    click.echo(f"  tawthiq --archive {named} collect URL-OR-FILE...")
    click.echo(f"  tawthiq --archive {named} read")
    click.echo(f"  tawthiq verify {named}")
