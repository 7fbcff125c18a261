"""`tawthiq new`: make an archive."""

import shlex
from pathlib import Path

import click

from tawthiq.store import ArchiveFolder

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
def command(archive: Path, title: str | None, collector: str) -> None:
    """Make an archive in the new or empty folder ARCHIVE."""
    folder = ArchiveFolder.create(archive, title=title or archive.absolute().name, collector=collector)
    with folder:
        click.echo(f"Made the archive {folder.path}")
    click.echo(f"  title      {folder.settings.title}")
    click.echo(f"  collector  {folder.settings.collector}  (a pseudonym; change it in tawthiq.toml)")
    click.echo(f"  log        {folder.settings.origin}")
    click.echo(f"  key        {folder.verifier_key}")
    click.echo("Write the key down somewhere else: with it anyone can tell this log from a forged one.")
    click.echo("Keep keys/archive.key secret and backed up: it signs every checkpoint.")
    named = shlex.quote(str(archive))
    click.echo("Next:")
    click.echo(f"  tawthiq --archive {named} collect URL-OR-FILE...")
    click.echo(f"  tawthiq --archive {named} read")
    click.echo(f"  tawthiq verify {named}")
