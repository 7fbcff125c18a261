"""`tawthiq read --decisions`: decisions about readings that are in force, one JSON object a line (reading-correction/1)."""

from pathlib import Path

import click

from tawthiq.archive.database import open_database
from tawthiq.cli.files import STANDARD, written_to
from tawthiq.cli.located import open_archive
from tawthiq.pipeline.lines import written
from tawthiq.reading.correction_contract import correction_to_json

DIFFERS = 1


def print_decisions(archive: Path | None) -> int:
    """Print the decisions in force of an archive in the order in which they were made; the exit code.

    What differs from the custody log is named on standard error.
    """
    with open_archive(archive) as folder:
        folder.log_waiting()
        open_database(folder.database)
        from tawthiq.casework.queries.reading_corrections import all_kept  # noqa: PLC0415  models need the database opened
        from tawthiq.casework.reading_checking import differences  # noqa: PLC0415

        decisions = all_kept().decisions
        with written_to(STANDARD) as out:
            for decision in decisions:
                out.write(written({**correction_to_json(decision), "sha256": decision.identifier}))
        found = list(differences(folder))
    for error in found:
        click.echo(f"tawthiq: {error}", err=True)
    counted = "1 decision" if len(decisions) == 1 else f"{len(decisions)} decisions"
    click.echo(f"{counted} about readings in force", err=True)
    return DIFFERS if found else 0
