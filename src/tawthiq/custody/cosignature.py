"""Cosignatures of other teams (C2SP tlog-cosignature, cosignature/v1 with Ed25519, signature type 0x04).

A cosignature says: at this time, the largest tree that I have seen of the log of this origin has this root, and it extends
every one that I had seen before. What is signed begins with a line of its own, which no checkpoint of an archive begins
with; so an archive's signing key may serve as its team's cosigning key under the same name, told apart by its key ID.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tawthiq.custody.note import Note, Signature, Signer, decoded, encoded
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput

COSIGNATURE_V1 = b"\x04"
HEADER = "cosignature/v1"
_TIME_BYTES = 8
_LAST_SECOND = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class CosignerKey:
    """A named Ed25519 public key (32 bytes) that cosigns, written as a verifier key of type 0x04."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which cosignatures name the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + COSIGNATURE_V1 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encoded(COSIGNATURE_V1 + self.public)}"

    @classmethod
    def parse(cls, text: str, item: str) -> "CosignerKey":
        """The key that `text` writes. Raises UnreadableInput naming `item`, also for the key of a log."""
        name, _, rest = text.partition("+")
        data = decoded(rest.partition("+")[2], item)
        key = cls(name, data[1:])
        if len(data) != 33 or not name or any(each.isspace() for each in name) or str(key) != text:
            raise UnreadableInput(
                item=item,
                happened="it is not a key that cosigns (C2SP signature type 0x04)",
                advice="ask that team for what its tawthiq witness key prints",
            )
        return key

    @classmethod
    def of(cls, signer: Signer) -> "CosignerKey":
        """The key by which an archive cosigns other teams' logs."""
        return cls(signer.name, signer.key.public)


def cosigned(signer: Signer, text: str, time: datetime) -> Signature:
    """The cosignature of a checkpoint's `text` at `time`, which is kept to the second."""
    seconds = int(time.timestamp())
    value = signer.private.sign(_message(text, seconds))
    return Signature(signer.name, CosignerKey.of(signer).id, seconds.to_bytes(_TIME_BYTES) + value)


def cosigned_by(note: Note, key: CosignerKey) -> bool:
    """Whether a note carries a line of `key`, sound or not."""
    return any((each.name, each.key_id) == (key.name, key.id) for each in note.signatures)


def cosigned_at(note: Note, key: CosignerKey, item: str) -> datetime:
    """When `key` cosigned the note (UTC): the latest, should it have done so more than once.

    Raises EvidenceDiffers naming `item` unless it did and none of its lines is wrong.
    """
    ours = [each for each in note.signatures if (each.name, each.key_id) == (key.name, key.id)]
    if not ours:
        raise _wrong(item, f"{key.name} (key {key.id.hex()}) has not cosigned it")
    public = Ed25519PublicKey.from_public_bytes(key.public)
    times = []
    for each in ours:
        seconds = int.from_bytes(each.value[:_TIME_BYTES])
        try:
            public.verify(each.value[_TIME_BYTES:], _message(note.text, seconds))
        except InvalidSignature as error:
            raise _wrong(item, f"the cosignature of {key.name} does not fit the text") from error
        if not 0 < seconds <= _LAST_SECOND:
            raise _wrong(item, f"the cosignature of {key.name} states no time that can be")
        times.append(datetime.fromtimestamp(seconds, UTC))
    return max(times)


def _message(text: str, seconds: int) -> bytes:
    return f"{HEADER}\ntime {seconds}\n{text}".encode()


def _wrong(item: str, happened: str) -> EvidenceDiffers:
    return EvidenceDiffers(item=item, happened=happened, advice="trust nothing that rests on it; ask that team again")
