"""`tawthiq key anew`: a key for protected fields where the old one is lost, by whoever knows what is lost with it."""

import click

from tawthiq.archive.database import open_database, storing_rows
from tawthiq.cli.located import open_archive


@click.command("anew")
@click.option(
    "--losing", type=int, help="How many protected fields are given up; without it, nothing is done but told."
)
@click.pass_context
def anew(context: click.Context, losing: int | None) -> None:
    """Begin a new key for names and other protected fields whose key file (keys/fields.key) is lost in every copy."""
    with open_archive(context.obj) as folder:
        folder.unlock()
        open_database(folder.database)
        from tawthiq.casework.domain.field_key_anew import begin_anew  # noqa: PLC0415  models need the database

        with storing_rows(folder.database):
            lost = begin_anew(folder.path, losing, folder.settings.collector)
    click.echo(f"keys/fields.key is made anew; {lost} protected fields stay closed for good")
    click.echo(
        "Destroy identities that nobody can open any more; compare lists again: tawthiq people propose", err=True
    )
