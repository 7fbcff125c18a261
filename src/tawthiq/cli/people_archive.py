"""`tawthiq people propose` over an archive: what it does, and what it says."""

from pathlib import Path

import click

from tawthiq.archive.database import open_database, storing_rows
from tawthiq.archive.one_run import one_run
from tawthiq.capture.names import shown
from tawthiq.cli.located import open_archive
from tawthiq.linking.people import propose

SOME_FAILED = 3
MOST_TOLD = 20


def propose_in_archive(archive: Path | None, threshold: float) -> int:
    """Compare the archive's records of persons and save what is proposed; the exit code of docs/contracts.md.

    The log is told how many records and pairs there were, and nothing of whom.
    """
    with open_archive(archive) as folder:
        open_database(folder.database)
        from tawthiq.archive.captures import take_in  # noqa: PLC0415  models need the database opened above
        from tawthiq.archive.people_records import people_in  # noqa: PLC0415
        from tawthiq.casework.domain import custody  # noqa: PLC0415
        from tawthiq.casework.domain.field_key import writing_keys  # noqa: PLC0415
        from tawthiq.casework.domain.people import PEOPLE, save_proposals  # noqa: PLC0415
        from tawthiq.casework.domain.people_sealing import seal_pairs  # noqa: PLC0415

        with one_run(folder.path, "tawthiq people propose"), storing_rows(folder.database):
            take_in(folder)
            folder.unlock()
            seal_pairs(folder.path)
            people = people_in(folder)
            found = propose(people.records, threshold)
            with writing_keys(folder.path) as keys:
                kept, new = save_proposals(found, {record.identifier: record for record in people.records}, keys)
        facts = {"records": found.records, "pairs": kept, "new": new}
        custody.record(folder.path, custody.PEOPLE_PROPOSED, folder.settings.collector, subject=PEOPLE, facts=facts)
    for fault in people.faults[:MOST_TOLD]:
        click.echo(shown(f"tawthiq: {fault}"), err=True)
    if len(people.faults) > MOST_TOLD:
        click.echo(f"tawthiq: {len(people.faults) - MOST_TOLD} more rows could not be read", err=True)
    click.echo(
        f"{found.records} records in {people.lists} lists and in reports: {kept} pairs proposed, {new} new", err=True
    )
    if found.repeated:
        click.echo(f"{found.repeated} rows not compared: word for word the same as ten others of their list", err=True)
    click.echo(
        f"between {found.distinct.least} and {found.distinct.most} persons ({found.distinct.reckoned})", err=True
    )
    return SOME_FAILED if people.faults else 0
