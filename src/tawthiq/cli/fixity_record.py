"""What `tawthiq verify --record` and `--if-due` add to verification: the outcome enters the log, whatever it is.

The key is unlocked before the work begins, so that nobody comes back after an hour to a question. A log so damaged that
nothing can be added to it is verified all the same; that it was not recorded is then told.
"""

from collections.abc import Iterator
from pathlib import Path

import click

from tawthiq.cli.located import open_archive
from tawthiq.records.check import Check
from tawthiq.records.errors import EvidenceDiffers, StorageFailed, TawthiqError, UnreadableInput
from tawthiq.store import ArchiveFolder
from tawthiq.store.fixity import Tally, is_due, last_check, record


def recording(chosen: Path | None, checks: Iterator[Check], tally: Tally, *, only_if_due: bool) -> Iterator[Check]:
    """The checks as they come, then the record of what `tally` counted; no check at all when none is due.

    Raises KeyLocked and WrongPassphrase before the first check.
    """
    archive, refusal = _ready(chosen)
    if archive and only_if_due and not is_due(archive):
        last, _ = last_check(archive.entries())
        click.echo(f"not due: checked on {last:%Y-%m-%d %H:%M} UTC, every {archive.settings.fixity_days:g} days")
        return
    if archive:
        archive.unlock()
    yield from checks
    if archive is None:
        click.echo(f"not recorded: {refusal}", err=True)
        return
    with archive:
        record(archive, tally)


def _ready(chosen: Path | None) -> tuple[ArchiveFolder | None, TawthiqError | None]:
    """The archive, or why nothing can be added to its log."""
    try:
        return open_archive(chosen), None
    except (EvidenceDiffers, UnreadableInput, StorageFailed) as error:
        return None, error
