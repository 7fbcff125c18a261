"""When each watched address was asked and is due: `.watch/state.json`, which can be lost, for the log tells it again.

And who is at work on an address: a lock for each, freed by the system when its process dies, so that two runs beside each
other do not ask for the same twice.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.records.watch import WatchState
from tawthiq.store.files import make_folder, replace, storing
from tawthiq.store.locking import Lock, try_lock
from tawthiq.store.watch_list import working_folder

SCHEMA = "tawthiq/watch-state/1"


class WatchStates:
    """The states of the watched addresses of the archive in a folder, by address as the watch list gives it."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive

    def read(self) -> dict[str, WatchState] | None:
        """Every state; None where there is no file, or none that can be read: then it is to be told from the log."""
        try:
            stored = json.loads((self._archive / ".watch" / "state.json").read_bytes())
            if stored["schema"] != SCHEMA:
                return None
            return {str(address): _state(each) for address, each in stored["watched"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def write(self, states: Mapping[str, WatchState]) -> None:
        """Put all states in place of those that are there. Raises StorageFailed, ArchiveBusy."""
        folder = working_folder(self._archive)
        with Lock(folder / "lock").held():
            self._write(folder, states)

    def update(self, address: str, state: WatchState) -> None:
        """Put one state in place; those of other addresses stay as other runs left them. Raises as `write` does."""
        folder = working_folder(self._archive)
        with Lock(folder / "lock").held():
            self._write(folder, {**(self.read() or {}), address: state})

    @contextmanager
    def at_work(self, address: str) -> Iterator[bool]:
        """Whether this process may work on an address while the block lasts: not while another one does."""
        folder = working_folder(self._archive) / "at-work"
        make_folder(folder)
        path = folder / hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        with storing(str(path)):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield try_lock(descriptor, fcntl.LOCK_EX)
        finally:
            os.close(descriptor)

    def _write(self, folder: Path, states: Mapping[str, WatchState]) -> None:
        watched = {
            address: {
                name: value.isoformat() if isinstance(value, datetime) else value
                for name, value in asdict(state).items()
            }
            for address, state in sorted(states.items())
        }
        text = json.dumps({"schema": SCHEMA, "watched": watched}, ensure_ascii=False, indent=1)
        replace(folder / "state.json", text.encode("utf-8", "surrogatepass"), folder)


def _state(given: Mapping[str, object]) -> WatchState:
    """One state as it was written. Raises ValueError, KeyError or TypeError for anything else."""
    failures = given["failures"]
    if isinstance(failures, bool) or not isinstance(failures, int) or failures < 0:
        raise ValueError("failures")
    return WatchState(_time(given["asked"]), _time(given["succeeded"]), failures, _time(given["due"]))


def _time(given: object) -> datetime | None:
    if given is None:
        return None
    if not isinstance(given, str):
        raise TypeError("no time")
    moment = datetime.fromisoformat(given)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
