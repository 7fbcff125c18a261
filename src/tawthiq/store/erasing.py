"""Erasing an item: its file and its events go, the 32 bytes of each entry stay, and with them every proof.

Order of writing, each step on disk before the next begins, the log's lock held throughout:
  1. `ID.erasing` in the run's folder: the event that will say what went. Nothing has gone yet;
  2. the event in the journal, and a checkpoint over it;
  3. each journal file with lines of the item, replaced in one step by one in which those lines are erased;
  4. the item's files, removed; then `ID.erasing`.
From step 1 on the erasure is decided: whoever opens the archive after a crash finishes it (`store.recovery`). Deleting is no
wiping: cells of flash disks, snapshots and backups may hold the bytes on, and copies given away are not reached.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from tawthiq.custody.entry import (
    canonical_json,
    entry_of_line,
    erased_line,
    event_from_json,
    event_to_json,
    parsed_json,
)
from tawthiq.custody.tiles import WIDTH
from tawthiq.records.erasure import ErasedFile, Erasure
from tawthiq.records.errors import EvidenceDiffers, TawthiqError, WrongUsage
from tawthiq.store import journal
from tawthiq.store.custody_events import erased, erasure_in, erasure_of
from tawthiq.store.erasing_plan import Plan, planned
from tawthiq.store.files import read, replace, storing, sync_folder, write_new
from tawthiq.store.incoming import ERASING, Run
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.log import Log

_MARK = b'"kind":"erased"'


class Eraser:
    """Erases items of one archive."""

    def __init__(self, layout: Layout, run: Run, lock: Lock, log: Log) -> None:
        self._layout = layout
        self._run = run
        self._lock = lock
        self._log = log

    def plan(self, item: str) -> Plan:
        """What erasing `item` takes. Raises WrongUsage as `erasing_plan.planned` does."""
        return planned(self._layout, item)

    def erase(self, item: str, actor: str, *, reason: str, authorised_by: str) -> Erasure:
        """Erase `item` and return the erasure as it was logged.

        What was erased before and is there again, or still, goes by the authority of then. Raises WrongUsage where it cannot
        go or where reason or authority are missing, EvidenceDiffers where a link leads out of the archive, StorageFailed,
        ArchiveBusy.
        """
        if not reason.strip() or not authorised_by.strip():
            raise WrongUsage(item=item, happened="an erasure names a reason and who authorised it", advice="give both")
        with self._lock.held():
            folder = self._run.folder
            self._log.catch_up()
            before = next((each for each in erasures(self._layout) if is_of(each, item)), None)
            if before and is_unfinished(self._layout, before):
                carry_out(self._layout, folder, before)
                return before
            if before:
                raise WrongUsage(
                    item=item,
                    happened=f"it was erased on {before.time:%Y-%m-%d %H:%M} UTC",
                    advice=f"see its chain: tawthiq log {before.subject}",
                )
            wanted = _intended(self.plan(item), actor, reason, authorised_by)
            _expect_inside(self._layout, wanted)
            intent = folder / f"{wanted.subject}{ERASING}"
            write_new(intent, canonical_json(event_to_json(erased(wanted))))
            return self._finish(wanted, intent)

    def finish(self, folder: Path) -> None:
        """Finish what the dead run of `folder` was erasing; to be called with the lock held."""
        for intent, wanted in intended_erasures(folder):
            self._finish(wanted, intent)

    def _finish(self, wanted: Erasure, intent: Path) -> Erasure:
        """Steps 2 to 4, of which some may be done already."""
        logged = [each for each in erasures(self._layout) if each.entries == wanted.entries]
        entry = None if logged else self._log.append([erased(wanted)])[0]
        self._log.flush()
        carry_out(self._layout, intent.parent, wanted)
        with storing(intent.name):
            intent.unlink()
        return logged[-1] if entry is None else (erasure_of(entry) or wanted)


def intended_erasures(folder: Path) -> Iterator[tuple[Path, Erasure]]:
    """The erasures that a run began, with their files; one whose writing was cut is left out: nothing has gone yet."""
    for path in sorted(folder.glob(f"*{ERASING}")):
        with suppress(TawthiqError, OSError):
            yield path, erasure_in(event_from_json(parsed_json(read(path, path.name), path.name), path.name))


def erasures(layout: Layout) -> Iterator[Erasure]:
    """Every erasure of the log, in order. Reads each line but takes apart only those that may be one."""
    for index, line, item in journal.lines_from(layout, 0):
        if _MARK in line and line.endswith(b"\n") and (found := erasure_of(entry_of_line(line, index, item))):
            yield found


def carry_out(layout: Layout, staging: Path, erasure: Erasure) -> None:
    """Erase the lines and remove the files of an erasure, as far as they are still there.

    Raises EvidenceDiffers where a link leads out of the archive, StorageFailed.
    """
    _expect_inside(layout, erasure)
    for number, indices in groupby(erasure.entries, key=lambda index: index // WIDTH):
        _erase_lines(layout, number, set(indices), staging)
    for file in erasure.files:
        path = layout.root / file.path
        with storing(file.path):
            path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)


def _expect_inside(layout: Layout, erasure: Erasure) -> None:
    """Raises EvidenceDiffers before anything goes where a folder is a link: an archive may come from anybody."""
    root = layout.root.resolve()
    for file in erasure.files:
        with storing(file.path):
            inside = (root / file.path).parent.resolve() == (root / file.path).parent
        if not inside:
            raise EvidenceDiffers(
                item=file.path,
                happened="a folder on the way to it is a link, so that it lies somewhere else; nothing was removed",
                advice="put the folder itself in the place of the link, if you know who made it",
            )


def is_unfinished(layout: Layout, erasure: Erasure) -> bool:
    """Whether a file that was to go is there, or a line that was to be erased still holds its event."""
    if any((layout.root / file.path).exists() for file in erasure.files):
        return True
    numbers = sorted({index // WIDTH for index in erasure.entries})
    lines = {index: (line, item) for number in numbers for index, line, item in journal.lines_of(layout, number)}
    return any(entry_of_line(lines[index][0], index, lines[index][1]).event for index in erasure.entries)


def is_of(erasure: Erasure, item: str) -> bool:
    """Whether a person means what was erased by `item`: its file, one of its captures, or one of its entries."""
    named = item in (erasure.subject, *(file.path for file in erasure.files)) or item.startswith(f"{erasure.subject}-")
    return named or (item.isascii() and item.isdigit() and int(item) in erasure.entries)


def _erase_lines(layout: Layout, number: int, indices: set[int], staging: Path) -> None:
    """Replace the lines of some entries of one journal file by their erased form."""
    lines: list[bytes] = []
    changed = False
    for index, line, item in journal.lines_of(layout, number):
        if index in indices:
            kept = erased_line(index, entry_of_line(line, index, item).leaf)
            changed = changed or kept != line
            lines.append(kept)
            continue
        lines.append(line)
    if changed:
        replace(layout.shard(number), b"".join(lines), staging)


def _intended(plan: Plan, actor: str, reason: str, authorised_by: str) -> Erasure:
    """The erasure that a plan leads to, not logged yet."""
    files = tuple(ErasedFile(each.path, each.sha256, each.length) for each in plan.files.values())
    return Erasure(
        index=-1,
        time=datetime.now(UTC),
        actor=actor,
        subject=plan.subject,
        entries=tuple(plan.entries),
        captures=tuple(plan.captures),
        files=files,
        reason=reason,
        authorised_by=authorised_by,
    )
