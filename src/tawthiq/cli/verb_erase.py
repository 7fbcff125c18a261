"""`tawthiq erase`: take an item out of the archive for good, and leave the proof that it was there.

What cannot be taken back is asked for twice: the person types the item's identifier again, scripts give it with --yes.
"""

import click

from tawthiq.archive.database_address import has_database
from tawthiq.cli.asking import expect_somebody
from tawthiq.cli.located import open_archive
from tawthiq.records.erasure import Erasure
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder
from tawthiq.store.erasing_plan import Plan
from tawthiq.store.printing import printable

_NOT_REACHED = (
    "Not reached: backups (`tawthiq backup` and others), packages and copies given to others (the chain of the item tells of "
    "them: tawthiq log {item}), snapshots of the disk, and your watch list, where its address may stand. Deleting is no "
    "wiping: cells of an SSD or a card may hold the bytes on, so keep the disk encrypted."
)


@click.command(name="erase")
@click.argument("item")
@click.option("--reason", required=True, metavar="TEXT", help="Why; stays in the log for good. No name, no content.")
@click.option(
    "--authorised-by",
    "authority",
    required=True,
    metavar="PSEUDONYM",
    help="Who decided it; stays in the log for good.",
)
@click.option(
    "--yes", "typed", metavar="ITEM", help="ITEM once more, in place of typing it; needed where no terminal is."
)
@click.pass_context
def command(context: click.Context, *, item: str, reason: str, authority: str, typed: str | None) -> None:
    """Erase ITEM: its file, the events that tell of its content, and what was read of it.

    ITEM is a capture, a file, or the number of an entry. What stays is an event that says what went, why and by whose
    authority, and 32 bytes for each entry, so that every proof over the log holds on.
    """
    with open_archive(context.obj) as folder:
        try:
            if folder.erased(item) is None:
                _tell_plan(item, folder.erasing(item))
                _expect_meant(item, typed)
            erasure = folder.erase(item, reason=reason, authorised_by=authority)
            folder.flush()
        except WrongUsage:
            _forget(folder)  # an erasure whose rows another process kept is finished here
            raise
        rows = _forget(folder)
    _tell_done(erasure, rows)


def _tell_plan(item: str, plan: Plan) -> None:
    click.echo(f"Erasing {printable(item)} takes away for good:", err=True)
    for path, file in plan.files.items():
        click.echo(f"  the file {printable(path)} ({file.length:,} bytes)", err=True)
    numbers = ", ".join(map(str, plan.entries[:12])) + (", ..." if len(plan.entries) > 12 else "")
    said = f"{_counted(len(plan.entries), 'entry', 'entries')} of the log {'says' if len(plan.entries) == 1 else 'say'}"
    captures = _counted(len(plan.captures), "capture", "captures")
    click.echo(f"  what {said} ({numbers}), {captures}", err=True)
    click.echo("  what was read of it, and what people decided about its page", err=True)


def _expect_meant(item: str, typed: str | None) -> None:
    """Raises WrongUsage unless the person, or the script, names the item once more."""
    if typed is None:
        expect_somebody(item, "--yes ITEM")
    again = click.prompt("Type its identifier again to erase it", err=True) if typed is None else typed
    if again.strip() != item:
        raise WrongUsage(
            item=item, happened="it was not named a second time, so nothing was erased", advice="run the command again"
        )


def _forget(folder: ArchiveFolder) -> int:
    """Take the item out of the database, if there is one; how many rows of captures and decisions there were."""
    if not has_database(folder.path):
        return 0
    from tawthiq.archive.database import open_database, storing_rows  # noqa: PLC0415  Django is loaded where it is needed
    from tawthiq.archive.one_run import one_run  # noqa: PLC0415

    open_database(folder.database)
    from tawthiq.archive.erasing import sweep  # noqa: PLC0415  models need the database opened above
    from tawthiq.casework.domain.erasing import forget_erased  # noqa: PLC0415

    with one_run(folder.path, "tawthiq erase"), storing_rows(folder.database):
        rows = forget_erased(folder)
        sweep(folder.database)
    return rows


def _tell_done(erasure: Erasure, rows: int) -> None:
    files = _counted(len(erasure.files), "file", "files")
    entries = _counted(len(erasure.entries), "entry", "entries")
    click.echo(f"Erased {printable(erasure.subject)}: {files}, {entries}, {_counted(rows, 'row', 'rows')}.")
    click.echo(f"  logged     entry {erasure.index}, which holds the reason and no content")
    for file in erasure.files:
        click.echo(f"  was        SHA-256 {file.sha256}")
    click.echo(f"  still true tawthiq verify; tawthiq log --proof {erasure.entries[0]}")
    click.echo(printable(_NOT_REACHED.format(item=erasure.subject)), err=True)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
