"""Proofs that travel (C2SP tlog-proof): one text file that shows offline that an entry stands in the signed log.

The `extra` line carries the event and its salt as canonical JSON, so that whoever is handed the file can recompute the
entry; without it the proof still shows that some entry stands there. Extra data is not authenticated until the entry
recomputed from it is proven.
"""

import re
from dataclasses import dataclass

from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.entry import canonical_json, event_from_json, event_to_json, parsed_json, salted_entry
from tawthiq.custody.merkle import HASH_BYTES, leaf_hash, proves_inclusion
from tawthiq.custody.note import VerifierKey, decoded, encoded
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError, UnreadableInput
from tawthiq.records.log import LogEntry, LogEvent

HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Proof:
    """The place of one entry, its audit path, the signed checkpoint as bytes, and what the extra line carries."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None

    def __bytes__(self) -> bytes:
        lines = [HEADER, *([f"extra {encoded(self.extra)}"] if self.extra is not None else []), f"index {self.index}"]
        lines += [encoded(value) for value in self.path]
        return "\n".join([*lines, "", ""]).encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes, item: str) -> "Proof":
        """The proof that a file holds. Raises UnreadableInput naming `item`; nothing is verified yet."""
        head, separator, checkpoint = data.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise _malformed(item) from error
        extra = decoded(lines.pop(1).removeprefix("extra "), item) if _has_extra(lines) else None
        match = _INDEX.fullmatch(lines[1]) if len(lines) > 1 else None
        path = tuple(decoded(line, item) for line in lines[2:])
        if not separator or lines[0] != HEADER or match is None or any(len(each) != HASH_BYTES for each in path):
            raise _malformed(item)
        return cls(int(match[1]), path, checkpoint, extra)

    def event(self, item: str) -> tuple[LogEvent, bytes]:
        """The event and salt that the extra line carries. Raises UnreadableInput where it carries none."""
        value = parsed_json(self.extra or b"null", item)
        if not isinstance(value, dict) or set(value) != {"event", "salt"} or not isinstance(value["salt"], str):
            raise _malformed(item)
        try:
            salt = bytes.fromhex(value["salt"])
        except ValueError as error:
            raise _malformed(item) from error
        return event_from_json(value["event"], item), salt

    def head(self, key: VerifierKey, item: str) -> Checkpoint:
        """The signed head of the log. Raises as `checkpoint.opened` does."""
        return opened(self.checkpoint, key, item)


def extra_of(entry: LogEntry) -> bytes | None:
    """What the extra line says of an entry; None once its event was erased."""
    if entry.event is None or entry.salt is None:
        return None
    return canonical_json({"event": event_to_json(entry.event), "salt": entry.salt.hex()})


def checked(data: bytes, key: VerifierKey, item: str) -> Check:
    """Whether a proof file shows that the event it carries stands in the log that `key` signed."""
    name, proves = f"proof {item}", "the event was in the log when the key's holder signed this checkpoint"
    try:
        proof = Proof.parse(data, item)
        head = proof.head(key, item)
        event, salt = proof.event(item)
        leaf = leaf_hash(salted_entry(event, salt))
    except TawthiqError as error:
        return Check(name, holds=False, found=str(error), proves=proves)
    holds = proves_inclusion(leaf, proof.index, head.size, proof.path, head.root)
    found = f"entry {proof.index} of {head.size}" if holds else "the audit path does not lead to the signed root"
    return Check(name, holds=holds, found=found, proves=proves)


def _has_extra(lines: list[str]) -> bool:
    return len(lines) > 1 and lines[1].startswith("extra ")


def _malformed(item: str) -> UnreadableInput:
    return UnreadableInput(
        item=item, happened="it is not a tlog-proof", advice="ask for the file again; it was changed or cut"
    )
