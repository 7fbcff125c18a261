"""When each watched address was asked and is due: files below `.watch/` that can be lost, for the log tells it again.

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
from tawthiq.store.locking import try_lock
from tawthiq.store.watch_list import WORKING

SCHEMA = "tawthiq/watch-state/1"


class WatchStates:
    """The states of the watched addresses of the archive in a folder, by address as the watch list gives it.

    Each has a folder of its own below `.watch/`, called by the SHA-256 of the address: `state.json`, and `lock`.
    """

    def __init__(self, archive: Path) -> None:
        self._working = archive / WORKING

    def read(self, address: str) -> WatchState | None:
        """The state of an address; None where there is none that can be read: then it is to be told from the log."""
        try:
            stored = json.loads((self._folder(address) / "state.json").read_bytes())
            return _state(stored) if stored["schema"] == SCHEMA and stored["address"] == address else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def write(self, address: str, state: WatchState) -> None:
        """Put a state in place; only while the block of `at_work` lasts. Raises StorageFailed."""
        stated = {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(state).items()
        }
        text = json.dumps({"schema": SCHEMA, "address": address, **stated}, ensure_ascii=False, indent=1)
        folder = self._folder(address)
        replace(folder / "state.json", text.encode("utf-8", "surrogatepass"), folder)

    def forget(self, address: str) -> None:
        """Leave nothing behind of an address that is watched no longer: its state names it in clear."""
        folder = self._folder(address)
        with storing(str(folder)):
            for name in ("state.json", "draft", "lock"):
                (folder / name).unlink(missing_ok=True)
            if folder.is_dir():
                folder.rmdir()

    @contextmanager
    def at_work(self, address: str) -> Iterator[bool]:
        """Whether this process may work on an address while the block lasts: not while another one does."""
        folder = self._folder(address)
        make_folder(folder)
        path = folder / "lock"
        with storing(str(path)):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield try_lock(descriptor, fcntl.LOCK_EX)
        finally:
            os.close(descriptor)

    def _folder(self, address: str) -> Path:
        return self._working / hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:32]


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
