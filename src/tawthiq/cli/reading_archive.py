"""`tawthiq read` and `tawthiq link` over an archive: what they show while they work, and what they say at the end."""

from pathlib import Path

import click

from tawthiq.archive.rebuilding import ReadOutcome, link_archive, read_archive, unread_items
from tawthiq.capture.names import shown
from tawthiq.casework.in_force import decisions_in_force
from tawthiq.cli.adapter_choice import ready_adapter
from tawthiq.cli.located import open_archive
from tawthiq.cli.screen import Screen

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
    with open_archive(archive) as folder, Screen(None, "reading") as screen:
        helper = ready_adapter(adapter, folder.settings.adapters, folder.path) if adapter else None

        def tell(outcome: ReadOutcome) -> None:
            if outcome.error is not None:
                screen.remark(shown(f"tawthiq: {outcome.error}"))
            for reason in outcome.unused:
                screen.remark(shown(f"tawthiq: {outcome.source}: {reason}. Grammar's own reading is kept."))
            screen.advance(outcome.total)

        asking = False if alone else None
        summary = read_archive(
            folder,
            again=again,
            progress=tell,
            packs=packs,
            adapter=helper,
            second_opinion=asking,
            corrections=decisions_in_force(),
            recognize=recognize,
        )
    unhelped = f", {summary.unhelped} by grammar alone" if summary.unhelped else ""
    renewed = f", {summary.again} read again without what their host repeats" if summary.again else ""
    click.echo(
        f"{summary.read} read, {summary.kept} kept unread, {len(summary.failed)} failed{unhelped}{renewed}", err=True
    )
    return SOME_FAILED if summary.failed or summary.unhelped else 0


def link_in_archive(archive: Path | None) -> int:
    """Link the archive's reports and say what was found; the exit code."""
    with open_archive(archive) as folder:
        with Screen(None, "loading reports to link") as screen:
            found = link_archive(folder, lambda _loaded, total: screen.advance(total))
        waiting = unread_items(folder)
    click.echo(f"{found.reports} reports: {found.incidents} incidents, {found.families} copy families", err=True)
    advise(waiting)
    return 0


def advise(unread: int) -> None:
    """Say what to do about items of evidence that nothing was read of yet."""
    if unread:
        items = "1 item of evidence is" if unread == 1 else f"{unread} items of evidence are"
        click.echo(f"{items} not read yet: run `tawthiq read` first", err=True)
