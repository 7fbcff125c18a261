"""The files that prove the log entries of an incident, chosen so that what is logged later changes none of them.

A proof leads to a checkpoint. For a group of entries that is the earliest attested one (timestamped or cosigned, no mere
promise) that covers them all, with everything that was kept for it. Where there is none, it is the head that the log had just
after the last of them, signed now: signatures are deterministic (Ed25519, RFC 8032), so these are the same bytes whenever they
are made, and a head that the log once had is never contradicted by a later one. Later views, exports and items do not matter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawthiq.pipeline.package_attachments import Attestations
from tawthiq.publication.dossier.checking import commands
from tawthiq.records.dossier import Attached
from tawthiq.records.log import LogEntry
from tawthiq.store import ArchiveFolder
from tawthiq.store.keys import public_text
from tawthiq.store.proving import Prover

_TEXT, _BINARY = "text/plain", "application/octet-stream"
_KINDS = {
    "timestamped": "timestamp",
    "cosigned": "cosignature",
    "certificates": "certificates",
    "checkpoint": "checkpoint",
}


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint as signed, and the sizes of it: `attested` where an authority or a witness spoke of it."""

    size: int
    data: bytes
    attested: bool


class Proving:
    """Proofs of entries of one archive. Make it after everything that it shall cover is logged and signed.

    Raises as `Prover` does, and as `ArchiveFolder.unlock`: where nobody attested a head, one is signed.
    """

    def __init__(self, archive: ArchiveFolder, attestations: Attestations) -> None:
        self._archive = archive
        self._attestations = attestations
        self._prover = Prover(archive.path)
        self._heads: dict[int, Head] = {}

    def head_over(self, entries: Sequence[LogEntry]) -> Head:
        """The checkpoint to which the proofs of a group of entries lead."""
        last = max(entry.index for entry in entries)
        for size in self._attestations.attested(last):
            found = self._attestations.checkpoint(size)
            if found is not None:
                return Head(size, found[1], attested=True)
        if last not in self._heads:
            signed = self._prover.head(last + 1).signed_by(self._archive.unlock())
            self._heads[last] = Head(last + 1, signed, attested=False)
        return self._heads[last]

    def proof(self, entry: LogEntry, head: Head, *, with_event: bool) -> Attached:
        """The proof of an entry; without its event it shows that these 32 bytes stand in the log, not what they say."""
        data = self._prover.proof(entry, head.data, with_event=with_event)
        return Attached(f"entry-{entry.index:08}.tlog-proof", _TEXT, data, "proof")

    def beside(self, heads: Sequence[Head]) -> Iterator[Attached]:
        """The script that checks them, the public key, the checkpoints, and what others made for them, each once."""
        yield Attached("checks.txt", _TEXT, commands(), "checks")
        yield Attached("archive.pub", _TEXT, public_text(self._archive.public_key), "public-key")
        for head in sorted({each.size: each for each in heads}.values(), key=lambda each: each.size):
            yield Attached(f"checkpoint-{head.size:08}", _TEXT, head.data, "checkpoint")
        for each in self._attestations.attachments({head.size for head in heads if head.attested}):
            if each.kind != "checkpoint":
                name = each.member.rpartition("/")[2]
                yield Attached(name, _BINARY, each.data, _KINDS.get(each.kind, "timestamp"))
