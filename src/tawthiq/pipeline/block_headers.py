"""OpenTimestamps proofs of an archive, held against a block header that a person brought: with no network.

A block cannot be older than what it holds. So a header whose time lies before the times that entries state is remarked on: the
computer's clock was wrong, or the header is no block of the public chain, which anybody can make for any root.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from tawthiq.custody import opentimestamps
from tawthiq.custody.meaning import BITCOIN_TIMESTAMP
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError
from tawthiq.store import ArchiveFolder
from tawthiq.store.custody_settings import OPEN_TIMESTAMPS
from tawthiq.store.files import read
from tawthiq.store.timestamps import KeptToken, checkpoint_name, read_stamped
from tawthiq.store.verify_timestamps import latest_times, misfit

# Miners may state a time that lies this far from the network's (Bitcoin developer reference, "Block Headers").
_TOLERATED_SECONDS = 2 * 3600.0


def held_against(archive: ArchiveFolder, header: opentimestamps.BlockHeader) -> Iterator[Check]:
    """Whether each proof that names a block leads to the Merkle root of `header`, in the order of the log."""
    tokens = [each for each in read_stamped(archive.path).tokens if each.kind == OPEN_TIMESTAMPS and each.blocks]
    latest = latest_times(archive.entries(), {each.size for each in tokens}) if tokens else {}
    for token in tokens:
        yield _check(archive, token, header, latest.get(token.size))


def _check(
    archive: ArchiveFolder, token: KeptToken, header: opentimestamps.BlockHeader, latest: datetime | None
) -> Check:
    proves = BITCOIN_TIMESTAMP.proves.en
    name = f"log/{checkpoint_name(token.size)}"
    try:
        digest = hashlib.sha256(read(archive.path / name, name)).digest()
        standing = opentimestamps.standing(read(archive.path / token.path, token.path), digest, token.path)
    except TawthiqError as error:
        return Check(token.path, holds=False, found=error.happened, proves=proves)
    heights = [height for height, root in standing.blocks if root == header.merkle_root]
    if not heights:
        named = ", ".join(str(height) for height, _ in standing.blocks)
        found = f"this is not the header of block {named} that it names"
        return Check(token.path, holds=False, found=found, proves=proves)
    found = f"entries below {token.size} existed when block {heights[0]} was made"
    found += misfit(latest, header.time, _TOLERATED_SECONDS)
    return Check(token.path, holds=True, found=found, proves=proves)
