"""`tawthiq move`: carries an archive's readings and casework between its SQLite file and a PostgreSQL database."""

import click

from tawthiq.archive import database_address
from tawthiq.archive.database_address import SCHEMES, SQLITE, PostgresAddress
from tawthiq.cli.located import open_archive
from tawthiq.records.errors import WrongUsage


@click.command()
@click.option("--to", "target", required=True, metavar="ADDRESS|postgresql|sqlite", help="Where they are to lie.")
@click.option("--rebuild", is_flag=True, help="Carry casework only; read and link the archive anew there.")
@click.pass_context
def command(context: click.Context, target: str, rebuild: bool) -> int:
    """Move readings and casework to the PostgreSQL database at ADDRESS, or back to the SQLite file; evidence stays where it is.

    An address with a password is better kept off the command line: put it in TAWTHIQ_DATABASE and say --to postgresql. The
    target must be empty. Nothing is lost: each table is compared by its digest before the archive uses the target.
    """
    address = _address(target)
    with open_archive(context.obj) as folder:
        folder.unlock()
        from tawthiq.archive.database import set_up_django  # noqa: PLC0415

        set_up_django()
        from tawthiq.archive.moving import move  # noqa: PLC0415  Django is loaded only by the verbs that need it
        from tawthiq.casework.domain.custody import DATABASE_MOVED, record  # noqa: PLC0415

        moved = move(folder.path, address, derived=not rebuild)
        facts = {
            "from": "sqlite" if address else "postgresql",
            "to": "postgresql" if address else "sqlite",
            "tables": len(moved.tables),
            "rows": moved.rows,
            "sha256": moved.sha256,
            "rebuilt": rebuild,
        }
        record(folder.path, DATABASE_MOVED, folder.settings.collector, subject="database", facts=facts)
        click.echo(f"moved {moved.rows:,} rows of {len(moved.tables)} tables to {moved.target}")
        click.echo(f"  the same on both sides: SHA-256 {moved.sha256}")
        if moved.aside:
            click.echo(f"  the file before is kept as {moved.aside.name}; delete it once a backup was made", err=True)
        if not address:
            click.echo(f"  {moved.source} was only read; drop it once a backup was made", err=True)
    if rebuild:
        _rebuild(context)
    return 0


def _rebuild(context: click.Context) -> None:
    """Read and link everything anew, as the verbs do."""
    from tawthiq.cli.verb_link import command as link  # noqa: PLC0415
    from tawthiq.cli.verb_read import command as read  # noqa: PLC0415

    with read.make_context("read", ["--again"], parent=context, obj=context.obj) as reading:
        read.invoke(reading)
    with link.make_context("link", ["--again"], parent=context, obj=context.obj) as linking:
        link.invoke(linking)


def _address(target: str) -> PostgresAddress | None:
    """Where to; None for the file. Raises WrongUsage."""
    if target == SQLITE:
        return None
    if target not in SCHEMES:
        return database_address.parsed(target)
    said = database_address.chosen()
    if isinstance(said, PostgresAddress):
        return said
    raise WrongUsage(
        item="--to postgresql",
        happened=f"{database_address.VARIABLE} names no database",
        advice="put postgresql://USER:PASSWORD@HOST:PORT/NAME there, or give the address with --to",
    )
