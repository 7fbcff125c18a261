"""What authorities and other teams made for checkpoints, chosen for a package: for each item the earliest that cover it.

A file below log/timestamps or log/cosignatures is known by the event that logged it. The checkpoint that tokens of a size are
about is whichever kept file opens as a checkpoint of this log at that size.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tawthiq.custody.checkpoint import opened
from tawthiq.custody.note import VerifierKey
from tawthiq.publication.contents import Attachment
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store import events
from tawthiq.store.files import read
from tawthiq.store.timestamps import kept_token

CHECKPOINT, CERTIFICATES = "checkpoint", "certificates"
_LOG = "log/"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A kept file: its path in the archive, the size of its checkpoint, who made it, and its event.

    `is_promise` marks a calendar's promise only, which no block holds yet.
    """

    path: str
    size: int
    by: str
    event: LogEvent
    is_promise: bool

    @property
    def member(self) -> str:
        """Where it lies in a package."""
        return self.path.removeprefix(_LOG)

    @property
    def is_statement(self) -> bool:
        """Whether it is somebody's word on a checkpoint, not the checkpoint or the certificates kept for it."""
        return not self.holds(CHECKPOINT) and not self.holds(CERTIFICATES)

    def holds(self, what: str) -> bool:
        """Whether its event says that it is such a file."""
        return self.event.facts.get("holds") == what


class Attestations:
    """The files that an archive keeps beside its log. `take` every entry first."""

    def __init__(self, archive: Path, key: VerifierKey) -> None:
        self._archive = archive
        self._key = key
        self._kept: list[_Kept] = []
        self._statements: list[_Kept] = []

    def take(self, entry: LogEntry) -> None:
        """Note the file that an entry records, if it is of this sort."""
        event = entry.event
        if event is None or event.kind not in events.BESIDE_LOG or not event.subject.isdecimal():
            return
        with suppress(TawthiqError):
            file = events.file_of(event)
            if file:
                by = event.facts.get("authority") or event.facts.get("witness") or file.path
                token = kept_token(event) if event.kind == events.TIMESTAMPED else None
                is_promise = token is not None and token.promised
                kept = _Kept(file.path, int(event.subject), f"{event.kind} {by}", event, is_promise)
                self._kept.append(kept)
                self._statements += [kept] if kept.is_statement else []

    def sizes(self, index: int) -> set[int]:
        """For each authority and witness, the size of the earliest checkpoint of theirs that covers entry `index`.

        A calendar's promise goes along only where it has no proof yet that covers the entry.
        """
        earliest: dict[str, tuple[bool, int]] = {}
        for each in self._statements:
            if each.size > index:
                mine = (each.is_promise, each.size)
                earliest[each.by] = min(mine, earliest.get(each.by, mine))
        return {size for _, size in earliest.values()}

    def attested(self, index: int) -> list[int]:
        """The sizes of all checkpoints that cover entry `index` and of which more is kept than a promise, ascending."""
        return sorted({each.size for each in self._statements if each.size > index and not each.is_promise})

    def covered(self, index: int) -> bool:
        """Whether a timestamp or cosignature covers entry `index`; a calendar's promise does not."""
        return any(each.size > index and not each.is_promise for each in self._statements)

    def checkpoint(self, size: int) -> tuple[str, bytes] | None:
        """Member and bytes of the kept checkpoint of `size` entries; None where there is none of this log."""
        for each in self._kept:
            if each.size == size:
                with suppress(TawthiqError):
                    data = read(self._archive / each.path, each.path)
                    if opened(data, self._key, each.path).size == size:
                        return each.member, data
        return None

    def attachments(self, sizes: Iterable[int]) -> list[Attachment]:
        """Every file about the checkpoints of these sizes, and the certificates that their tokens name, without repetition."""
        wanted = set(sizes)
        chosen = {each.path: each for each in self._kept if each.size in wanted and not each.holds(CERTIFICATES)}
        named = {str(each.event.facts.get(CERTIFICATES)) for each in chosen.values()}
        chosen |= {each.path: each for each in self._kept if each.path in named}
        return [self._attachment(each) for _, each in sorted(chosen.items())]

    def _attachment(self, kept: _Kept) -> Attachment:
        about = self.checkpoint(kept.size) if kept.is_statement else None
        certificates = kept.event.facts.get(CERTIFICATES)
        holds = str(kept.event.facts.get("holds"))
        return Attachment(
            member=kept.member,
            kind=holds if holds in (CHECKPOINT, CERTIFICATES) else kept.event.kind,
            size=kept.size,
            data=read(self._archive / kept.path, kept.path),
            facts=kept.event.facts,
            checkpoint=about[0] if about else None,
            certificates=str(certificates).removeprefix(_LOG) if isinstance(certificates, str) else None,
        )
