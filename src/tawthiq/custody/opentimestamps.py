"""OpenTimestamps: proofs that a digest was committed to by a calendar, and later by a block of Bitcoin.

The format and its operations are those of the library `opentimestamps` (the extra `tawthiq[opentimestamps]`). A proof is
pending until its calendar's promise stands in a block; a block is checked against a header (80 bytes, Bitcoin developer
reference, "Block Headers") that a person brings, with no network: the proof must lead to the header's Merkle root. Whether
that header is in the chain is for the person to compare, by its hash.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tawthiq.custody.timestamps import BadTimestamp
from tawthiq.records.errors import UnreadableInput, WrongUsage

CALENDAR_TYPE = "application/vnd.opentimestamps.v1"
NONCE_BYTES = 16
HEADER_BYTES = 80
_HEADER_HEX = 160


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a proof has come: commitments that calendars promise, and the Merkle roots of blocks by their height."""

    pending: tuple[bytes, ...]
    blocks: tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class BlockHeader:
    """A block's header: its hash as block explorers show it, its Merkle root, and the time (UTC) that its miner stated."""

    hash: str
    merkle_root: bytes
    time: datetime


def available() -> bool:
    """Whether the library is installed; it is not imported to find out."""
    return find_spec("opentimestamps") is not None


def commitment(digest: bytes, nonce: bytes) -> bytes:
    """What a calendar is sent: SHA-256 of digest and nonce, so that it does not learn the digest."""
    return hashlib.sha256(digest + nonce).digest()


def proof(digest: bytes, nonce: bytes, answer: bytes, item: str) -> bytes:
    """The proof file (.ots) over `digest` that a calendar's answer to `commitment` makes. Raises BadTimestamp."""
    library = _library(item)
    whole = library.timestamp.Timestamp(digest)
    inner = whole.ops.add(library.op.OpAppend(nonce)).ops.add(library.op.OpSHA256())
    inner.merge(_promised(library, answer, inner.msg, item))
    return _written(library, whole)


def standing(data: bytes, digest: bytes, item: str) -> Standing:
    """How far the proof in a file has come. Raises BadTimestamp naming `item` when it is none over `digest`."""
    library = _library(item)
    pending, blocks = [], []
    for message, attestation in _read(library, data, digest, item).all_attestations():
        if isinstance(attestation, library.notary.PendingAttestation):
            pending.append(message)
        elif isinstance(attestation, library.notary.BitcoinBlockHeaderAttestation):
            blocks.append((attestation.height, message))
    if not pending and not blocks:
        raise _bad(item, "nobody attests it that is known here")
    return Standing(tuple(sorted(set(pending))), tuple(sorted(set(blocks))))


def upgraded(data: bytes, digest: bytes, answers: Mapping[bytes, bytes], item: str) -> bytes:
    """The proof with what calendars answered for its pending commitments worked in. Raises BadTimestamp."""
    library = _library(item)
    whole = _read(library, data, digest, item)
    waiting = [whole]
    while waiting:
        stamp = waiting.pop()
        if stamp.msg in answers:
            stamp.merge(_promised(library, answers[stamp.msg], stamp.msg, item))
        else:
            waiting.extend(stamp.ops.values())
    return _written(library, whole)


def block_header(data: bytes, item: str) -> BlockHeader:
    """A header from a file of 80 bytes, or of 160 hexadecimal digits. Raises UnreadableInput naming `item`.

    The hash must meet the difficulty that the header itself states, so that a slip of copying is noticed.
    """
    raw = data
    if len(data) != HEADER_BYTES:
        try:
            raw = bytes.fromhex(data.decode("ascii").strip())
        except ValueError:
            raw = b""
    if len(raw) != HEADER_BYTES:
        raise _no_header(item, f"it is neither {HEADER_BYTES} bytes nor {_HEADER_HEX} hexadecimal digits")
    value = hashlib.sha256(hashlib.sha256(raw).digest()).digest()
    bits = int.from_bytes(raw[72:76], "little")
    exponent, mantissa = bits >> 24, bits & 0x7FFFFF
    target = mantissa << 8 * (exponent - 3) if 3 <= exponent <= 32 else 0
    if int.from_bytes(value, "little") > target:
        raise _no_header(item, "its hash does not meet the difficulty it states, so some of it was changed")
    time = datetime.fromtimestamp(int.from_bytes(raw[68:72], "little"), UTC)
    return BlockHeader(value[::-1].hex(), raw[36:68], time)


@dataclass(frozen=True, slots=True)
class _Modules:
    """The parts of the library that are used."""

    timestamp: Any
    op: Any
    notary: Any
    serialize: Any

    @property
    def refusals(self) -> tuple[type[Exception], ...]:
        """What the library raises over bytes that are no proof."""
        return (self.serialize.DeserializationError, ValueError, TypeError, AssertionError, OverflowError)


def _library(item: str) -> _Modules:
    if not available():
        raise WrongUsage(
            item=item,
            happened="the library for OpenTimestamps is not installed",
            advice='pip install "tawthiq[opentimestamps]"',
        )
    return _Modules(*(import_module(f"opentimestamps.core.{name}") for name in _Modules.__dataclass_fields__))


def _promised(library: _Modules, answer: bytes, message: bytes, item: str) -> Any:
    """What a calendar answered for `message`, whole."""
    try:
        context = library.serialize.BytesDeserializationContext(answer)
        stamp = library.timestamp.Timestamp.deserialize(context, message)
        context.assert_eof()
    except library.refusals as error:
        raise _bad(item, "the calendar's answer is no timestamp") from error
    return stamp


def _read(library: _Modules, data: bytes, digest: bytes, item: str) -> Any:
    """The tree of operations in a proof file over `digest`."""
    try:
        context = library.serialize.BytesDeserializationContext(data)
        detached = library.timestamp.DetachedTimestampFile.deserialize(context)
    except library.refusals as error:
        raise _bad(item, "it is no OpenTimestamps proof") from error
    if not isinstance(detached.file_hash_op, library.op.OpSHA256) or detached.file_digest != digest:
        raise _bad(item, "it stamps something else: its digest is not the SHA-256 of the checkpoint")
    return detached.timestamp


def _written(library: _Modules, whole: Any) -> bytes:
    context = library.serialize.BytesSerializationContext()
    library.timestamp.DetachedTimestampFile(library.op.OpSHA256(), whole).serialize(context)
    return bytes(context.getbytes())


def _bad(item: str, happened: str) -> BadTimestamp:
    return BadTimestamp(item=item, happened=happened, advice="try again later, or choose another calendar")


def _no_header(item: str, happened: str) -> UnreadableInput:
    return UnreadableInput(item=item, happened=happened, advice="give the header of the block that the proof names")
