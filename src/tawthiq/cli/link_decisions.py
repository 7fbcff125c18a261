"""`tawthiq link --decisions`: the decisions about links that are in force, one JSON object a line (link-decision/1)."""

from pathlib import Path

import click

from tawthiq.archive.database import open_database
from tawthiq.cli.files import STANDARD, written_to
from tawthiq.cli.located import open_archive
from tawthiq.linking.decision_contract import decision_to_json
from tawthiq.pipeline.lines import written

DIFFERS = 1


def print_decisions(archive: Path | None) -> int:
    """Print the decisions in force of an archive, those that fit its readings no more marked; the exit code.

    What differs from the custody log is named on standard error.
    """
    with open_archive(archive) as folder:
        folder.log_waiting()
        open_database(folder.database)
        from tawthiq.casework.link_checking import differences  # noqa: PLC0415  models need the database opened above
        from tawthiq.casework.queries.link_decisions import all_in_force, constraints_for  # noqa: PLC0415

        unfit = {decision.identifier for decision in constraints_for().unfit}
        decisions = all_in_force().decisions
        with written_to(STANDARD) as out:
            for decision in decisions:
                state = "unfit" if decision.identifier in unfit else "in_force"
                out.write(written({**decision_to_json(decision), "sha256": decision.identifier, "state": state}))
        found = list(differences(folder))
    for error in found:
        click.echo(f"tawthiq: {error}", err=True)
    counted = "1 decision" if len(decisions) == 1 else f"{len(decisions)} decisions"
    click.echo(f"{counted} in force; fitting the readings no more: {len(unfit)}", err=True)
    return DIFFERS if found else 0
