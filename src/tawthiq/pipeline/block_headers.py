"""OpenTimestamps proofs of an archive, held against a block header that a person brought: with no network."""

import hashlib
from collections.abc import Iterator

from tawthiq.custody import opentimestamps
from tawthiq.custody.meaning import BITCOIN_TIMESTAMP
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError
from tawthiq.store import ArchiveFolder
from tawthiq.store.custody_settings import OPEN_TIMESTAMPS
from tawthiq.store.files import read
from tawthiq.store.timestamps import KeptToken, checkpoint_name, read_stamped


def held_against(archive: ArchiveFolder, header: opentimestamps.BlockHeader) -> Iterator[Check]:
    """Whether each proof that names a block leads to the Merkle root of `header`, in the order of the log."""
    for token in read_stamped(archive.path).tokens:
        if token.kind == OPEN_TIMESTAMPS and token.blocks:
            yield _check(archive, token, header)


def _check(archive: ArchiveFolder, token: KeptToken, header: opentimestamps.BlockHeader) -> Check:
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
    return Check(token.path, holds=True, found=found, proves=proves)
