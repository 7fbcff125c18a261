"""Witnessing other teams' logs with this archive's key, so that they cannot be rewritten unnoticed.

What this archive knows of others stands in its own log: whose key it trusts ("witness-trusted"), each head that it cosigned
("witnessed": origin, size, root), and each one that it refused because the log had two histories ("witness-refused", with
the signed head itself in base64, which proves it). A head is on disk and signed in our log before the cosignature leaves
it, all with the lock held: so this archive never signs two histories of one log, whatever crashes. An archive that was
restored from a backup knows only what it had seen until then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.cosignature import cosigned
from tawthiq.custody.merkle import HASH_BYTES
from tawthiq.custody.note import Note, VerifierKey, encoded
from tawthiq.custody.witnessing import LogRewritten, Request, UnknownSize, judged
from tawthiq.records.errors import WrongUsage
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store.custody_settings import NAME
from tawthiq.store.events import WITNESS_REFUSED, WITNESS_TRUSTED, WITNESSED
from tawthiq.store.folder import ArchiveFolder
from tawthiq.store.printing import printable


@dataclass(frozen=True, slots=True)
class Seen:
    """A head of another log that this archive cosigned, at `time` by its own clock."""

    head: Checkpoint
    time: datetime


@dataclass(slots=True)
class Watched:
    """What the log says of other teams: keys by the team's name, and by origin the head that was cosigned last."""

    keys: dict[str, VerifierKey] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)

    def key_of(self, origin: str) -> VerifierKey | None:
        """The key of the log of this origin, if it is trusted."""
        return next((key for key in self.keys.values() if key.name == origin), None)


def watched(entries: Iterable[LogEntry]) -> Watched:
    """What the entries say of other teams. Raises UnreadableInput for a malformed one."""
    found = Watched()
    for event in (entry.event for entry in entries if entry.event):
        if event.kind == WITNESS_TRUSTED:
            item = f"log event {event.subject}"
            found.keys[str(event.facts.get("name"))] = VerifierKey.parse(str(event.facts.get("key")), item)
        elif event.kind == WITNESSED:
            found.seen[event.subject] = Seen(_head(event), event.time)
    return found


def trust(archive: ArchiveFolder, name: str, key: str) -> VerifierKey:
    """Take the log of team `name` as one to cosign, once its `key` (what its `tawthiq new` printed) was compared.

    Raises WrongUsage for a name or key that cannot be, a name or a log known with another key, and our own log.
    """
    if not NAME.fullmatch(name):
        raise WrongUsage(item=name, happened="it is no name", advice="use small letters, digits, - and _")
    trusted = VerifierKey.typed(key, f"the key of {name}")
    with archive.exclusively() as signer:
        known = watched(archive.entries())
        if trusted.name == signer.name:
            raise WrongUsage(item=name, happened="it is this archive", advice="a log cannot be its own witness")
        if known.keys.get(name, trusted) != trusted or known.key_of(trusted.name) not in (None, trusted):
            raise WrongUsage(
                item=name,
                happened="this name, or this log, is known with another key",
                advice="ask that team, by a way that you trust, whose key this is; a log's key never changes",
            )
        if name not in known.keys:
            facts = {"name": name, "key": str(trusted)}
            archive.log([_event(archive, WITNESS_TRUSTED, trusted.name, facts)])
            archive.flush()
    return trusted


def witness(archive: ArchiveFolder, data: bytes, item: str, now: datetime | None = None) -> bytes:
    """The checkpoint of the request in `data` with this archive's cosignature, as one note.

    Remembered in the log first. A head that was cosigned already is cosigned again. Raises WrongUsage for an unknown log,
    UnknownSize, LogRewritten (logged as well), EvidenceDiffers for a wrong signature, UnreadableInput.
    """
    request = Request.parse(data, item)
    with archive.exclusively() as signer:
        known = watched(archive.entries())
        key = known.key_of(request.origin)
        if key is None:
            raise WrongUsage(
                item=printable(request.origin),
                happened="no key of this log is trusted here",
                advice="get it from that team by a way that you trust, then: tawthiq witness trust NAME KEY",
            )
        head = _accepted(archive, request, key, known.seen.get(key.name), item)
        facts = {"size": head.size, "root": head.root.hex()}
        archive.log([_event(archive, WITNESSED, head.origin, facts)])
        archive.flush()
    note = Note.parse(request.checkpoint, item)
    own = [each for each in note.signatures if (each.name, each.key_id) == (key.name, key.id)]
    return bytes(Note(note.text, (*own[:1], cosigned(signer, note.text, now or datetime.now(UTC)))))


def _accepted(archive: ArchiveFolder, request: Request, key: VerifierKey, seen: Seen | None, item: str) -> Checkpoint:
    """The head to cosign. Raises as `witness` says; proof of two histories is logged."""
    head = opened(request.checkpoint, key, item)
    if seen and head == seen.head:
        return head
    try:
        if seen and head.size == seen.head.size:
            raise _two_histories(item, head, seen)
        if seen and head.size < seen.head.size:
            raise _went_back(item, head, seen)
        return judged(request, key, seen.head if seen else None, item)
    except LogRewritten:
        facts: dict[str, Any] = {
            "size": head.size, "root": head.root.hex(), "checkpoint": encoded(request.checkpoint),
        }  # fmt: skip
        if seen:
            facts |= {"seen_size": seen.head.size, "seen_root": seen.head.root.hex()}
        archive.log([_event(archive, WITNESS_REFUSED, head.origin, facts)])
        archive.flush()
        raise


def _head(event: LogEvent) -> Checkpoint:
    """The head that a "witnessed" event states. Raises WrongUsage for a malformed one."""
    size, root = event.facts.get("size"), event.facts.get("root")
    try:
        value = bytes.fromhex(str(root))
    except ValueError:
        value = b""
    if not isinstance(size, int) or len(value) != HASH_BYTES:
        raise WrongUsage(
            item=f"log event {event.subject}", happened="it states no head of a log", advice="run tawthiq verify"
        )
    return Checkpoint(event.subject, size, value)


def _event(archive: ArchiveFolder, kind: str, subject: str, facts: dict[str, Any]) -> LogEvent:
    return LogEvent(kind, datetime.now(UTC), archive.settings.collector, subject, facts)


def _two_histories(item: str, head: Checkpoint, seen: Seen) -> LogRewritten:
    return LogRewritten(
        item=item,
        happened=f"THIS LOG WAS REWRITTEN: its {head.size} entries are not those seen on {seen.time:%Y-%m-%d %H:%M} UTC",
        advice="do not cosign it, and keep the file: two signed heads of one size prove two histories",
    )


def _went_back(item: str, head: Checkpoint, seen: Seen) -> UnknownSize:
    return UnknownSize(
        item=item,
        happened=(
            f"it shows {head.size} entries, but {seen.head.size} were seen on {seen.time:%Y-%m-%d %H:%M} UTC: "
            "an old request, or the log was cut back"
        ),
        advice="ask that team for a new request; if it again shows fewer, THEIR LOG HAS LOST ENTRIES: do not cosign it",
    )
