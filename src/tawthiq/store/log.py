"""The append-only log of one archive: journal first, then tiles, then the signed checkpoint.

Order of writing, each step on disk before the next begins:
  1. journal lines (event and salt): from here on the entries are recorded and survive any crash;
  2. tiles and entry bundles, full and partial;
  3. the checkpoint, replaced in one step;
  4. partial tiles that the new checkpoint no longer needs are removed: their hashes stand in the wider tile.
Whoever takes the lock first reads what others appended, so that all processes extend one tree; a checkpoint can
therefore never go back. Checkpoints follow every CHECKPOINT_ENTRIES entries or CHECKPOINT_SECONDS, and every flush.
"""

import secrets
import time
from collections.abc import Iterator, Sequence

from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.entry import SALT_BYTES, salted_entry
from tawthiq.custody.note import Signer
from tawthiq.custody.tiles import Edge, partial_paths
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store import journal
from tawthiq.store.files import read, replace, storing
from tawthiq.store.incoming import Run
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.unlocking import signer

CHECKPOINT_ENTRIES = 256
CHECKPOINT_SECONDS = 5.0


class Log:
    """Appends to and reads from one archive's log. Safe between threads and between processes."""

    def __init__(self, layout: Layout, run: Run, lock: Lock) -> None:
        self._layout = layout
        self._run = run
        self._lock = lock
        self._signer: Signer | None = None
        self._edge = Edge()
        self._state: journal.State | None = None
        # Sizes for which partial tiles may lie on disk: also those whose checkpoint the disk refused.
        self._tiled_sizes: set[int] = set()
        self._signed_size = 0
        self._signed_time = time.monotonic()
        with lock.shared():
            if layout.checkpoint.exists():
                self._open_at_checkpoint()

    @property
    def size(self) -> int:
        """How many entries this process knows of."""
        return self._edge.size

    def unlock(self) -> Signer:
        """The signing key, which may have to be asked for: before anything is recorded, since all of it must be signed.

        Raises as `unlocking.signer` does.
        """
        self._signer = self._signer or signer(self._layout)
        return self._signer

    def append(self, events: Sequence[LogEvent]) -> list[LogEntry]:
        """Record events in this order and return their entries. Raises StorageFailed or ArchiveBusy, and as `unlock` does."""
        self.unlock()
        with self._lock.held():
            _ = self._run.folder
            self.catch_up()
            entries = [_salted(index, event) for index, event in enumerate(events, start=self._edge.size)]
            journal.append_entries(self._layout, self._edge.size, entries)
            for entry in entries:
                self._edge.append(entry.leaf)
            self._state = journal.shard_state(self._layout, self._edge.size)
            due = time.monotonic() - self._signed_time > CHECKPOINT_SECONDS
            if due or self._edge.size - self._signed_size >= CHECKPOINT_ENTRIES:
                self._sign()
            return entries

    def flush(self) -> None:
        """Sign a checkpoint over everything recorded so far, by this process or by others."""
        if self._edge.size == self._signed_size:
            return
        self.unlock()
        with self._lock.held():
            self.catch_up()
            self._sign()

    def entries(self, start: int = 0) -> Iterator[LogEntry]:
        """The entries from `start` on, those not signed yet included."""
        return journal.entries_from(self._layout, start)

    def catch_up(self) -> None:
        """Take in what other processes appended; to be called with the lock held. Moves a cut last line aside.

        Raises EvidenceDiffers when the journal ends before what is known to be signed: nothing may be appended there.
        """
        if self._state == journal.shard_state(self._layout, self._edge.size):
            return
        journal.expect_lines(self._layout, self._edge.size)
        journal.move_torn_aside(self._layout, self._edge.size)
        for entry in journal.entries_from(self._layout, self._edge.size):
            self._edge.append(entry.leaf)
        self._state = journal.shard_state(self._layout, self._edge.size)

    def _open_at_checkpoint(self) -> None:
        """Begin where the last checkpoint was signed; whatever the journal holds beyond it is taken in later."""
        head = self._head()
        self._edge = Edge.at(head.size, lambda path: read(self._layout.log / path, f"log/{path}"))
        self._signed_size = head.size
        if self._edge.root() != head.root:
            raise EvidenceDiffers(
                item="log/checkpoint",
                happened="the tiles do not add up to the signed root",
                advice="run tawthiq verify to see which file differs",
            )

    def _head(self) -> Checkpoint:
        """The checkpoint on disk."""
        data = read(self._layout.checkpoint, "log/checkpoint")
        return opened(data, read_public(self._layout), "log/checkpoint")

    def _sign(self) -> None:
        """Write tiles and checkpoint for the present size."""
        signing = self.unlock()
        if self._layout.checkpoint.exists():
            self._tiled_sizes.add(self._head().size)
        self._tiled_sizes.add(self._edge.size)
        for path, data in self._edge.tiles():
            replace(self._layout.log / path, data, self._run.folder)
        head = Checkpoint(signing.name, self._edge.size, self._edge.root())
        replace(self._layout.checkpoint, head.signed_by(signing), self._run.folder)
        self._edge.settle()
        self._signed_size, self._signed_time = head.size, time.monotonic()
        begun = {path for size in self._tiled_sizes for path in partial_paths(size)}
        for path in sorted(begun - set(partial_paths(head.size))):
            self._remove_partial(path)
        self._tiled_sizes.clear()

    def remove_stale_partials(self) -> None:
        """Remove partial tiles that a crash left beside those of the signed size; to be called with the lock held."""
        needed = set(partial_paths(self._head().size))
        present = {path.relative_to(self._layout.log).as_posix() for path in self._layout.log.glob("tile/**/*.p/*")}
        for path in sorted(present - needed):
            self._remove_partial(path)

    def _remove_partial(self, path: str) -> None:
        """Remove a partial tile that the checkpoint does not need, and its folder where nothing is left in it."""
        file = self._layout.log / path
        with storing(f"log/{path}"):
            file.unlink(missing_ok=True)
            if file.parent.is_dir() and not any(file.parent.iterdir()):
                file.parent.rmdir()


def _salted(index: int, event: LogEvent) -> LogEntry:
    """A new entry with its own random salt."""
    salt = secrets.token_bytes(SALT_BYTES)
    return LogEntry(index, salted_entry(event, salt), salt, event)
