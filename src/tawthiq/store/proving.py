"""Proofs from the archive folder: an entry's audit path out of the entry bundles, beside the signed checkpoint."""

from pathlib import Path

from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.entry import canonical_json
from tawthiq.custody.merkle import leaf_hash
from tawthiq.custody.proof import Proof, extra_of
from tawthiq.custody.subtrees import Subtrees
from tawthiq.custody.tiles import ENTRIES, tile_paths, unbundled
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput
from tawthiq.records.log import LogEntry
from tawthiq.store.files import read
from tawthiq.store.journal import entries_from
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock


def proof_of(path: Path, index: int) -> bytes:
    """The tlog-proof file of entry `index` of the archive at `path`, with its event and salt in the extra line.

    Raises UnreadableInput when no checkpoint covers the entry, EvidenceDiffers when the log is damaged.
    """
    prover = Prover(path)
    entry = next(entries_from(Layout(path), index), None)
    if entry is None or index >= prover.size:
        raise UnreadableInput(
            item=f"log entry {index}", happened="no checkpoint covers it yet", advice="run the command again"
        )
    return prover.proof(entry)


class Prover:
    """Makes any number of proofs over the log as it was signed when this was made.

    Raises UnreadableInput or EvidenceDiffers when the log is damaged, StorageFailed when a file is missing.
    """

    def __init__(self, path: Path) -> None:
        layout = Layout(path)
        self._key = read_public(layout)
        with Lock(layout.lock).shared():
            self.checkpoint = read(layout.checkpoint, "log/checkpoint")
            self.size = self._size(self.checkpoint)
            bundles = [each for each in tile_paths(self.size) if each.startswith(f"tile/{ENTRIES}/")]
            entries = (
                each for name in bundles for each in unbundled(read(layout.log / name, f"log/{name}"), f"log/{name}")
            )
            self._subtrees = Subtrees([leaf_hash(each) for each in entries])
        self._expect_root(self.checkpoint)

    def proof(self, entry: LogEntry, checkpoint: bytes | None = None, *, with_event: bool = True) -> bytes:
        """The tlog-proof file of an entry, leading to `checkpoint`, the newest one where it is left out.

        Without its event the extra line carries the 32 bytes of the entry alone. Raises UnreadableInput when the checkpoint
        does not cover the entry, EvidenceDiffers when it is not of this log.
        """
        if checkpoint is not None:
            self._expect_root(checkpoint)
        extra = extra_of(entry) if with_event else canonical_json({"entry": entry.leaf.hex()})
        signed = checkpoint or self.checkpoint
        path = self._subtrees.inclusion_proof(entry.index, self._size(signed))
        return bytes(Proof(entry.index, path, signed, extra))

    def head(self, size: int) -> Checkpoint:
        """The head that the log had when it held `size` entries, not signed. Raises UnreadableInput beyond what is signed."""
        if not 0 < size <= self.size:
            raise UnreadableInput(
                item=f"checkpoint of {size:,} entries",
                happened=f"{self.size:,} entries are signed",
                advice="run the command again",
            )
        return Checkpoint(self._key.name, size, self._subtrees.root(size))

    def _size(self, checkpoint: bytes) -> int:
        return opened(checkpoint, self._key, "log/checkpoint").size

    def _expect_root(self, checkpoint: bytes) -> None:
        """Raises EvidenceDiffers unless the tree at the checkpoint's size has the root that it signs."""
        head = opened(checkpoint, self._key, "log/checkpoint")
        if head.size > self._subtrees.size or self._subtrees.root(head.size) != head.root:
            raise EvidenceDiffers(
                item="log/checkpoint",
                happened=f"the entries do not add up to the root signed at {head.size:,}",
                advice="run tawthiq verify to see which file differs",
            )
