"""Proofs that travel (C2SP tlog-proof): one text file that shows offline that an entry stands in the signed log.

The `extra` line carries the event and its salt as canonical JSON, so that whoever is handed the file can recompute the
entry; of an erased event it carries the 32 bytes of the entry alone, which still proves that this entry stands there.
Extra data is not authenticated until the entry recomputed from it is proven.
"""

import re
from dataclasses import dataclass

from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.entry import canonical_json, event_from_json, event_to_json, parsed_json, salted_entry
from tawthiq.custody.meaning import INCLUSION, PROOF
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

    def entry(self, item: str) -> tuple[bytes, LogEvent | None]:
        """The 32 bytes of the entry, and its event, which is None where it was erased. Raises as `event` does."""
        value = parsed_json(self.extra or b"null", item)
        if isinstance(value, dict) and set(value) == {"entry"}:
            try:
                return bytes.fromhex(str(value["entry"])), None
            except ValueError as error:
                raise _malformed(item) from error
        event, salt = self.event(item)
        return salted_entry(event, salt), event

    def head(self, key: VerifierKey, item: str) -> Checkpoint:
        """The signed head of the log. Raises as `checkpoint.opened` does."""
        return opened(self.checkpoint, key, item)


def extra_of(entry: LogEntry) -> bytes:
    """What the extra line says of an entry: event and salt, or, once these were erased, its 32 bytes."""
    if entry.event is None or entry.salt is None:
        return canonical_json({"entry": entry.leaf.hex()})
    return canonical_json({"event": event_to_json(entry.event), "salt": entry.salt.hex()})


def checked(data: bytes, key: VerifierKey, item: str) -> Check:
    """Whether a proof file shows that the event it carries, or the entry of an erased one, is in the log `key` signed."""
    name, proves = f"proof {item}", PROOF.proves.en
    try:
        proof = Proof.parse(data, item)
        head = proof.head(key, item)
        entry, event = proof.entry(item)
        leaf = leaf_hash(entry)
    except TawthiqError as error:
        return Check(name, holds=False, found=str(error), proves=proves)
    holds = proves_inclusion(leaf, proof.index, head.size, proof.path, head.root)
    found = f"entry {proof.index} of {head.size}" if holds else "the audit path does not lead to the signed root"
    if holds and event is None:
        found, proves = f"{found}; its event was erased", INCLUSION.proves.en
    return Check(name, holds=holds, found=found, proves=proves)


def _has_extra(lines: list[str]) -> bool:
    return len(lines) > 1 and lines[1].startswith("extra ")


def _malformed(item: str) -> UnreadableInput:
    return UnreadableInput(
        item=item, happened="it is not a tlog-proof", advice="ask for the file again; it was changed or cut"
    )
