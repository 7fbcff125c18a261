"""Checkpoints (C2SP tlog-checkpoint): the log's origin, its size and its root, signed as a note."""

import re
from dataclasses import dataclass

from tawthiq.custody.merkle import HASH_BYTES
from tawthiq.custody.note import Note, Signer, VerifierKey, decoded, encoded
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: `size` entries under `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The note text that is signed."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"

    def signed_by(self, signer: Signer) -> bytes:
        """The checkpoint file."""
        return bytes(signer.signed(self.text))

    @classmethod
    def parse(cls, text: str, item: str) -> "Checkpoint":
        """The head that a note's text states. Raises UnreadableInput naming `item`; extension lines are refused."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0] or not _SIZE.fullmatch(lines[1]):
            raise _malformed(item)
        root = decoded(lines[2], item)
        if len(root) != HASH_BYTES:
            raise _malformed(item)
        return cls(lines[0], int(lines[1]), root)


def opened(data: bytes, key: VerifierKey, item: str) -> Checkpoint:
    """The head that a checkpoint file states, once `key` is seen to have signed it for its own origin.

    Raises UnreadableInput when the file is malformed, EvidenceDiffers when the signature or the origin is not the key's.
    """
    note = Note.parse(data, item)
    note.expect_signed_by(key, item)
    checkpoint = Checkpoint.parse(note.text, item)
    if checkpoint.origin != key.name:
        raise EvidenceDiffers(
            item=item,
            happened=f"it belongs to the log {checkpoint.origin}, not to {key.name}",
            advice="look for the checkpoint of this archive in a backup",
        )
    return checkpoint


def _malformed(item: str) -> UnreadableInput:
    return UnreadableInput(
        item=item, happened="it does not state origin, size and root", advice="restore the file from a backup"
    )
