"""Runs at work: where files are written before they become evidence, and what tells a dead run from a live one.

Each process that writes has a folder evidence/incoming/RUN. Its `lock` file stays locked while the process lives, so any
other process can tell. Before an evidence file is renamed into place, its events are written to `ID.intent`; after they
are logged, the intent goes; `ID.erasing` stands for an erasure in the same way (`store.erasing`). A folder whose lock is
free therefore holds all that an interrupted run left open.
"""

import fcntl
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.custody.entry import canonical_json, event_from_json, event_to_json, parsed_json
from tawthiq.records.errors import StorageFailed, TawthiqError
from tawthiq.records.log import LogEvent
from tawthiq.store.files import make_folder, read, storing, write_new
from tawthiq.store.layout import Layout, new_id
from tawthiq.store.locking import Lock, try_lock

LOCK = "lock"
DRAFT = "draft"
INTENT = ".intent"
ERASING = ".erasing"


class Run:
    """This process's folder, made when first needed and removed when nothing is left open."""

    def __init__(self, layout: Layout, lock: Lock) -> None:
        self._layout = layout
        self._lock = lock
        self._folder: Path | None = None
        self._descriptor: int | None = None

    @property
    def folder(self) -> Path:
        """The folder, locked and durable.

        It is made with the archive's lock held, as recovery is done, so that no other process ever sees it without its
        owner's lock and takes it for a dead one.
        """
        if self._folder is None:
            with self._lock.held():
                self._folder = self._folder or self._made()
        return self._folder

    def _made(self) -> Path:
        folder = self._layout.incoming / new_id(datetime.now(UTC))
        make_folder(folder)
        with storing(str(folder)):
            self._descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        return folder

    def intend(self, file_id: str, events: Sequence[LogEvent]) -> Path:
        """Say, durably, what will be logged once the file is in place; returns what to remove afterwards."""
        path = self.folder / f"{file_id}{INTENT}"
        write_new(path, canonical_json([event_to_json(event) for event in events]))
        return path

    def close(self) -> None:
        """Leave nothing behind, unless something is still open: then the next opening recovers it."""
        if self._folder is None or self._descriptor is None:
            return
        left = {path.name for path in self._folder.iterdir()} - {LOCK, DRAFT}
        if not left:
            remove_run(self._folder)
        os.close(self._descriptor)
        self._folder = self._descriptor = None


def run_folders(layout: Layout) -> list[Path]:
    """The folders of all runs, dead or alive, in order of their start."""
    with storing(layout.relative(layout.incoming)):
        return sorted(layout.incoming.iterdir()) if layout.incoming.is_dir() else []


def is_alive(folder: Path) -> bool:
    """Whether the process of a run still holds its lock."""
    try:
        descriptor = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        return not try_lock(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def intended(folder: Path) -> dict[str, list[LogEvent]]:
    """The events that a run meant to log, by the path of their evidence file; unreadable intents are left out."""
    found: dict[str, list[LogEvent]] = {}
    for path in sorted(folder.glob(f"*{INTENT}")):
        with suppress(TawthiqError, OSError):
            value = parsed_json(read(path, path.name), path.name)
            events = [event_from_json(each, path.name) for each in value] if isinstance(value, list) else []
            for event in events:
                found.setdefault(str(event.facts.get("path")), []).append(event)
    return found


def leftovers(folder: Path) -> list[Path]:
    """The evidence files that a run did not finish."""
    return sorted(
        path for path in folder.iterdir() if path.name not in {LOCK, DRAFT} and path.suffix not in {INTENT, ERASING}
    )


def remove_run(folder: Path) -> None:
    """Remove the folder of a run of which nothing is open any more."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise StorageFailed(
            item=str(folder),
            happened=f"it cannot be removed ({error})",
            advice="check the rights on the archive folder",
        ) from error
