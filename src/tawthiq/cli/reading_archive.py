"""`tawthiq read` and `tawthiq link` over an archive: what they show while they work, and what they say at the end."""

from dataclasses import dataclass
from pathlib import Path

import click

from tawthiq.archive.database import open_database, storing_rows
from tawthiq.archive.database_address import has_database
from tawthiq.archive.one_run import one_run
from tawthiq.archive.rebuilding import ReadOutcome, link_archive, read_archive, reader_of, unread_items
from tawthiq.capture.names import shown
from tawthiq.casework.domain.custody import record
from tawthiq.casework.in_force import (
    authority_in_force,
    decisions_in_force,
    link_lesson,
    links_in_force,
    links_not_followed,
    readings_in_force,
    tables_in_force,
)
from tawthiq.cli.adapter_choice import ready_adapter
from tawthiq.cli.located import open_archive
from tawthiq.cli.screen import Screen
from tawthiq.records.proposal import Proposer
from tawthiq.store import ArchiveFolder
from tawthiq.store.custody_events import LINKED, READ, READINGS

SOME_FAILED = 3


def read_in_archive(
    archive: Path | None,
    *,
    again: bool,
    packs: tuple[Path, ...],
    adapter: str | None = None,
    alone: bool = False,
    recognize: bool | None = None,
) -> int:
    """Read the archive's captures and say how many; the exit code of docs/contracts.md.

    `adapter` names a table of the archive's settings; `alone` asks for no second opinion, and
    `recognize` tells whether scans are recognized, whatever they say.
    """
    run = _Run()
    with open_archive(archive) as folder, Screen(None, "reading") as screen:
        _finish_erasures(folder)
        helper = ready_adapter(adapter, folder.settings.adapters, folder.path) if adapter else None

        def tell(outcome: ReadOutcome) -> None:
            if outcome.error is not None:
                screen.remark(shown(f"tawthiq: {outcome.error}"))
            for reason in outcome.unused:
                screen.remark(shown(f"tawthiq: {outcome.source}: {reason}. Grammar's own reading is kept."))
            screen.advance(outcome.total)
            run.add(outcome)

        asking = False if alone else None
        try:
            summary = read_archive(
                folder,
                again=again,
                progress=tell,
                packs=packs,
                adapter=helper,
                second_opinion=asking,
                corrections=decisions_in_force(),
                authorities=authority_in_force(),
                readings=readings_in_force(),
                tables=tables_in_force(),
                recognize=recognize,
            )
        finally:
            run.log(folder, packs, helper, again=again)
    unhelped = f", {summary.unhelped} by grammar alone" if summary.unhelped else ""
    renewed = f", {summary.again} read again without what their host repeats" if summary.again else ""
    click.echo(
        f"{summary.read} read, {summary.kept} kept unread, {len(summary.failed)} failed{unhelped}{renewed}", err=True
    )
    return SOME_FAILED if summary.failed or summary.unhelped else 0


def link_in_archive(archive: Path | None, *, again: bool = False) -> int:
    """Link what changed in the archive, or with `again` everything, and say what was found; the exit code."""
    with open_archive(archive) as folder:
        lesson = link_lesson(folder)
        with Screen(None, "linking reports") as screen:
            found = link_archive(
                folder, lambda _loaded, total: screen.advance(total), links_in_force(), lesson.weights, again=again
            )
        facts: dict[str, object] = {
            "reports": found.reports,
            "incidents": found.incidents,
            "families": found.families,
            "added": found.added,
            "changed": found.changed,
            "full": bool(found.full),
        }
        facts |= {"weights": lesson.stamp} if lesson.applies else {}
        from tawthiq.casework.domain.cases import refresh  # noqa: PLC0415  models need the database opened above

        unheld, reopened = links_not_followed(), refresh()
        if found.reports:
            record(folder.path, LINKED, folder.settings.collector, subject=READINGS, facts=facts)
        waiting = unread_items(folder)
    click.echo(f"{found.reports} reports: {found.incidents} incidents, {found.families} copy families", err=True)
    why = f"; all linked anew, since {found.full}" if found.full else ""
    click.echo(f"{found.added} reports added, {found.changed} incidents changed{why}", err=True)
    if unheld:
        click.echo(f"decisions about links that do not hold: {unheld}; look at `tawthiq link --decisions`", err=True)
    if reopened:
        click.echo(f"cases that changed since people verified them: {reopened}", err=True)
    advise(waiting)
    return 0


@dataclass(slots=True)
class _Run:
    """What one run of reading did, for the custody log: counts and numbers of items, nothing that was read."""

    read: int = 0
    kept: int = 0
    failed: int = 0
    first: int | None = None
    last: int | None = None

    def add(self, outcome: ReadOutcome) -> None:
        """Count one item."""
        self.failed += outcome.error is not None
        self.kept += outcome.reason is not None
        self.read += outcome.error is None and outcome.reason is None
        self.first = outcome.number if self.first is None else min(self.first, outcome.number)
        self.last = outcome.number if self.last is None else max(self.last, outcome.number)

    def log(self, folder: ArchiveFolder, packs: tuple[Path, ...], adapter: Proposer | None, *, again: bool) -> None:
        """Log the run, also one that was interrupted; nothing where it changed nothing."""
        if self.first is None:
            return
        facts = {
            "reader": reader_of(packs, adapter, authority_in_force()),
            "again": again,
            "read": self.read,
            "kept": self.kept,
            "failed": self.failed,
            "first": self.first,
            "last": self.last,
        }
        record(folder.path, READ, folder.settings.collector, subject=READINGS, facts=facts)


def _finish_erasures(folder: ArchiveFolder) -> None:
    """Take what was erased out of the rows, where the erasing itself did not come to it."""
    if has_database(folder.path) and any(folder.erasures()):
        open_database(folder.database)
        from tawthiq.casework.domain.erasing import forget_erased  # noqa: PLC0415  models need the database opened above

        with one_run(folder.path, "tawthiq read"), storing_rows(folder.database):
            forget_erased(folder)


def advise(unread: int) -> None:
    """Say what to do about items of evidence that nothing was read of yet."""
    if unread:
        items = "1 item of evidence is" if unread == 1 else f"{unread} items of evidence are"
        click.echo(f"{items} not read yet: run `tawthiq read` first", err=True)
