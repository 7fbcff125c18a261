"""Verification of erasures: nothing went without an event that says so, and what was said to have gone is gone.

An erased line that no later "erased" event names differs: somebody took the event away. A file or an event that an erasure
names and that is still there differs as well, unless the run that was erasing it is at work, or was interrupted and is
finished at the next use.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from tawthiq.custody.meaning import ERASED, JOURNAL, OPEN_FILES
from tawthiq.custody.tiles import WIDTH
from tawthiq.records.check import Check
from tawthiq.records.erasure import Erasure
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry
from tawthiq.store.custody_events import erasure_of
from tawthiq.store.erasing import erasures, intended_erasures
from tawthiq.store.incoming import run_folders
from tawthiq.store.layout import Layout

_PROVES = ERASED.proves.en


def erasure_checks(layout: Layout, entries: Sequence[LogEntry]) -> Iterator[Check]:
    """One check for each file and each entry without a file that was erased, and one for everything that differs."""
    found: list[Erasure] = []
    for entry in entries:
        try:
            erasure = erasure_of(entry)
        except TawthiqError as error:
            yield Check(_place(layout, entry.index), holds=False, found=error.happened, proves=_PROVES)
            continue
        if erasure:
            found.append(erasure)
    named = {index for erasure in found for index in erasure.entries if index < erasure.index}
    for entry in entries:
        if entry.event is None and entry.index not in named:
            told = f'the event of entry {entry.index} is gone, and no later event of the kind "erased" names it'
            yield Check(_place(layout, entry.index), holds=False, found=told, proves=JOURNAL.proves.en)
    whole = {entry.index for entry in entries if entry.event}
    open_yet = [each.entries for folder in run_folders(layout) for _, each in intended_erasures(folder)]
    for erasure in found:
        yield from _checks_of(layout, erasure, whole, at_work=erasure.entries in open_yet)


def erased_paths(entries: Sequence[LogEntry]) -> set[str]:
    """The files that erasures name."""
    paths: set[str] = set()
    for entry in entries:
        with suppress(TawthiqError):
            erasure = erasure_of(entry)
            paths.update(file.path for file in erasure.files) if erasure else None
    return paths


def erased_since(layout: Layout, path: str, size: int) -> Erasure | None:
    """The erasure that took the file `path` while verification of the first `size` entries was under way."""
    with suppress(TawthiqError):
        for erasure in erasures(layout):
            if erasure.index >= size and any(file.path == path for file in erasure.files):
                return erasure
    return None


def told(erasure: Erasure) -> str:
    """An erasure in one line."""
    return (
        f"erased on {erasure.time:%Y-%m-%d %H:%M} UTC, reason: {erasure.reason}, authorised by {erasure.authorised_by} "
        f"(entry {erasure.index})"
    )


def _checks_of(layout: Layout, erasure: Erasure, whole: set[int], *, at_work: bool) -> Iterator[Check]:
    """Whether everything that an erasure names is gone."""
    for file in erasure.files:
        if (layout.root / file.path).exists():
            yield _unfinished(file.path, "the file is still there", erasure, at_work)
        else:
            yield Check(file.path, holds=True, found=told(erasure), proves=_PROVES)
    for index in whole.intersection(erasure.entries):
        yield _unfinished(_place(layout, index), f"entry {index} still holds its event", erasure, at_work)
    if not erasure.files:
        name = ", ".join(f"log entry {index}" for index in erasure.entries)
        yield Check(name, holds=True, found=told(erasure), proves=_PROVES)


def _unfinished(name: str, what: str, erasure: Erasure, at_work: bool) -> Check:
    if at_work:
        found = f"{what}: it is being erased, or will be at the next use"
        return Check(name, holds=True, found=found, proves=OPEN_FILES.proves.en)
    found = f"{what} although it was {told(erasure)}; finish it: tawthiq erase {erasure.subject}"
    return Check(name, holds=False, found=found, proves=_PROVES)


def _place(layout: Layout, index: int) -> str:
    """Where the line of an entry stands: "file:line"."""
    return f"{layout.relative(layout.shard(index // WIDTH))}:{index % WIDTH + 1}"
