"""Proofs from the archive folder: an entry's audit path out of the entry bundles, beside the signed checkpoint."""

from pathlib import Path

from tawthiq.custody.checkpoint import opened
from tawthiq.custody.merkle import inclusion_proof, leaf_hash
from tawthiq.custody.proof import Proof, extra_of
from tawthiq.custody.tiles import ENTRIES, tile_paths, unbundled
from tawthiq.records.errors import UnreadableInput
from tawthiq.store.files import read
from tawthiq.store.journal import entries_from
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock


def proof_of(path: Path, index: int) -> bytes:
    """The tlog-proof file of entry `index` of the archive at `path`, with its event and salt in the extra line.

    Raises UnreadableInput when no checkpoint covers the entry, EvidenceDiffers when the log is damaged.
    """
    layout = Layout(path)
    with Lock(layout.lock).shared():
        return bytes(_proof(layout, index))


def _proof(layout: Layout, index: int) -> Proof:
    """The proof, while nobody writes."""
    checkpoint = read(layout.checkpoint, "log/checkpoint")
    size = opened(checkpoint, read_public(layout), "log/checkpoint").size
    entry = next(entries_from(layout, index), None)
    if entry is None or index >= size:
        raise UnreadableInput(
            item=f"log entry {index}", happened="no checkpoint covers it yet", advice="run the command again"
        )
    bundles = [each for each in tile_paths(size) if each.startswith(f"tile/{ENTRIES}/")]
    entries = [each for name in bundles for each in unbundled(read(layout.log / name, f"log/{name}"), f"log/{name}")]
    leaves = [leaf_hash(each) for each in entries]
    return Proof(index, inclusion_proof(leaves, index), checkpoint, extra_of(entry))
