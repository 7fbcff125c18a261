"""`tawthiq verify --decisions`: what people did at the desk, compared with the custody log (casework.desk_checking)."""

from pathlib import Path

import click

from tawthiq.archive.database import open_database
from tawthiq.cli.located import open_archive
from tawthiq.records.errors import WrongUsage


def decided_otherwise(archive: Path | None) -> int:
    """Name on standard error every row that is not as the log has it; how many there are.

    Raises WrongUsage for a package, which holds no database.
    """
    if archive is not None and archive.is_file():
        raise WrongUsage(item="--decisions", happened="a package holds no casework", advice="leave --decisions out")
    with open_archive(archive) as folder:
        folder.log_waiting()
        open_database(folder.database)
        from tawthiq.casework.desk_checking import differences as of_the_desk  # noqa: PLC0415  models need the database
        from tawthiq.casework.link_checking import differences as of_links  # noqa: PLC0415
        from tawthiq.casework.reading_checking import differences as of_readings  # noqa: PLC0415

        found = [*of_the_desk(folder), *of_links(folder), *of_readings(folder)]
    for error in found:
        click.echo(f"tawthiq: {error}", err=True)
    click.echo(f"acts of people that differ from the log: {len(found)}", err=True)
    return len(found)
