"""`tawthiq key rotate`: another key for the protected fields of the database; the signing key stays as it is."""

import click

from tawthiq.archive.database import open_database, storing_rows
from tawthiq.cli.located import open_archive

NOT_DONE = 3


@click.command("rotate")
@click.pass_context
def rotate(context: click.Context) -> int:
    """Seal names and other protected fields with a new key, and destroy the old one. Interrupted, run it again."""
    with open_archive(context.obj) as folder:
        folder.unlock()
        open_database(folder.database)
        from tawthiq.casework.domain.field_key_rotation import rotate as rotated  # noqa: PLC0415  models need the database
        from tawthiq.casework.domain.people_sealing import seal_pairs  # noqa: PLC0415

        with storing_rows(folder.database):
            seal_pairs(folder.path)
            outcome = rotated(folder.path, folder.settings.collector)
    click.echo(f"{outcome.sealed} protected fields sealed anew")
    for item in outcome.failed:
        click.echo(
            f"tawthiq: {item}: not what was sealed there; restore it from a backup, then run this again", err=True
        )
    if not outcome.done:
        click.echo("The old key stays in keys/fields.key until every field is sealed anew.", err=True)
        return NOT_DONE
    click.echo("The old key is gone. Backups from before still hold it, and what it opens.", err=True)
    return 0
