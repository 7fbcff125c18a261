"""Asking for a cosignature and judging whether to give it (C2SP tlog-witness, add-checkpoint).

A request is text: `old N`, the hashes of a consistency proof, an empty line, and the signed checkpoint. It travels over
HTTP or as a file. A witness remembers the last head of each log that it cosigned, and cosigns nothing but its extensions:
so whoever rewrites a log needs every witness to forget.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.merkle import EMPTY_ROOT, HASH_BYTES, proves_consistency
from tawthiq.custody.note import VerifierKey, decoded, encoded
from tawthiq.records.errors import EvidenceDiffers, TawthiqError, UnreadableInput, WrongUsage

LONGEST_PROOF = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


class UnknownSize(WrongUsage):
    """The request begins at another head than the one that this witness cosigned last."""

    status: ClassVar[int] = 409


class LogRewritten(EvidenceDiffers):
    """A signed head does not extend the one that this witness cosigned: the log has two histories."""

    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Request:
    """A checkpoint to be cosigned, and the proof that it extends the head of `old_size` entries."""

    old_size: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def __bytes__(self) -> bytes:
        lines = [f"old {self.old_size}", *(encoded(value) for value in self.proof), "", ""]
        return "\n".join(lines).encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes, item: str) -> "Request":
        """The request that `data` holds. Raises UnreadableInput naming `item`; nothing is judged yet."""
        head, separator, checkpoint = data.partition(b"\n\n")
        try:
            old, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise _malformed(item) from error
        match = _OLD.fullmatch(old)
        if match is None or not separator or len(lines) > LONGEST_PROOF:
            raise _malformed(item)
        proof = tuple(decoded(line, item) for line in lines)
        if any(len(value) != HASH_BYTES for value in proof):
            raise _malformed(item)
        return cls(int(match[1]), proof, checkpoint)

    @property
    def origin(self) -> str:
        """The origin line of the checkpoint, by which a witness finds the key; nothing is verified yet."""
        return self.checkpoint.partition(b"\n")[0].decode("utf-8", "replace")


def judged(request: Request, key: VerifierKey, known: Checkpoint | None, item: str) -> Checkpoint:
    """The head to cosign: signed by `key` and an extension of `known`, the head of that log that was cosigned last.

    In the order of the specification: raises EvidenceDiffers (403) unless `key` signed it, UnreadableInput (400) for a
    malformed request, UnknownSize (409) when it does not begin at `known`, LogRewritten (422) when the proof fails.
    """
    head = opened(request.checkpoint, key, item)
    if request.old_size > head.size:
        raise _malformed(item)
    size, root = (known.size, known.root) if known else (0, EMPTY_ROOT)
    if request.old_size != size:
        raise UnknownSize(
            item=item,
            happened=f"it begins at {request.old_size} entries, and this witness has seen {size} of {head.origin}",
            advice=f"ask that team for a request that begins at {size}",
        )
    empty = head.size == 0 and head.root != EMPTY_ROOT
    if empty or not proves_consistency(size, head.size, request.proof, root, head.root):
        raise LogRewritten(
            item=item,
            happened=f"THIS LOG WAS REWRITTEN: its {head.size} signed entries do not extend the {size} seen before",
            advice="do not cosign it; unless the file was damaged on its way, keep it: it is proof of two histories",
        )
    return head


def status_of(error: TawthiqError) -> int:
    """The HTTP status by which the specification has a witness refuse."""
    if isinstance(error, UnknownSize | LogRewritten):
        return error.status
    return 403 if isinstance(error, EvidenceDiffers) else 400


def _malformed(item: str) -> UnreadableInput:
    return UnreadableInput(
        item=item,
        happened="it is not a request for a cosignature (C2SP tlog-witness)",
        advice="ask for the file again: tawthiq witness request writes it",
    )
