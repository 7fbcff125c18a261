"""The events that the archive itself logs, and captures read back from them.

| kind | subject | says |
|---|---|---|
| archive-created | the origin | origin, public key and title: the first entry, so that another key is noticed |
| captured | the capture | source, path, place and digests of one item of evidence |
| warc-kept | the file | another tool's WARC file kept whole, and where reading it stopped, if it did |
| recovered, incomplete, torn-line | the file | what an interrupted run left (`store.recovery`) |
| timestamped, cosigned | the checkpoint's size | a file below log/ that others made for a checkpoint |
| erased | the item's file | which entries and files went, why, who authorised it (`store.custody_events`) |
| key-sealed, key-unsealed | the origin | that the private key was given a (new) passphrase, or lost it (`store.sealing`) |
| witness-trusted, witnessed, witness-refused | a log's origin | another team's log, and its heads (`store.witnessing`) |
| backed-up, restored | the log's size | a backup's digest, `log_size`, `recipients`; never where it lies (`store.backup`) |
| fixity-checked | the log's size | what verification found on a day (`store.fixity`) |

Rooms above log further kinds through `ArchiveFolder.log`. Text that no terminal should meet raw (control and bidi
characters, lone surrogates) is escaped before it is logged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tawthiq.custody.note import VerifierKey
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store.printing import printable
from tawthiq.store.settings import Settings

CREATED = "archive-created"
CAPTURED = "captured"
WARC_KEPT = "warc-kept"
RECOVERED = "recovered"
INCOMPLETE = "incomplete"
TORN_LINE = "torn-line"
TIMESTAMPED = "timestamped"
COSIGNED = "cosigned"
ERASED = "erased"
KEY_SEALED = "key-sealed"
KEY_UNSEALED = "key-unsealed"
KEY_KINDS = frozenset({KEY_SEALED, KEY_UNSEALED})
KEY_PATH = "keys/archive.key"
WITNESS_TRUSTED = "witness-trusted"
WITNESSED = "witnessed"
WITNESS_REFUSED = "witness-refused"
BACKED_UP = "backed-up"
RESTORED = "restored"
FIXITY_CHECKED = "fixity-checked"
# What the archive must remember to stay one history: erasure never takes these.
LASTING = KEY_KINDS | {WITNESS_TRUSTED, WITNESSED, WITNESS_REFUSED, BACKED_UP, RESTORED, FIXITY_CHECKED}
BESIDE_LOG = frozenset({TIMESTAMPED, COSIGNED})
FILE_KINDS = frozenset({CAPTURED, WARC_KEPT, RECOVERED, INCOMPLETE, TORN_LINE}) | BESIDE_LOG
FOLDERS = ("evidence/", "log/torn/", "log/timestamps/", "log/cosignatures/")
OWN_KINDS = FILE_KINDS | {CREATED, ERASED} | KEY_KINDS


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file in evidence/: its path in the archive, SHA-256 in hexadecimal, length in bytes."""

    path: str
    sha256: str
    length: int

    @property
    def facts(self) -> dict[str, Any]:
        """As events state it."""
        return {"path": self.path, "file_sha256": self.sha256, "file_length": self.length}


def archive_created(settings: Settings, key: VerifierKey) -> LogEvent:
    """The first entry of every log."""
    facts = {"origin": key.name, "verifier_key": str(key), "title": settings.title}
    return LogEvent(CREATED, datetime.now(UTC), settings.collector, key.name, facts)


def key_sealed(origin: str, sha256: str, collector: str) -> LogEvent:
    """The private key's file is now a sealed one with this digest."""
    return LogEvent(KEY_SEALED, datetime.now(UTC), collector, origin, {"path": KEY_PATH, "file_sha256": sha256})


def key_unsealed(origin: str, collector: str) -> LogEvent:
    """The private key's file is now an unsealed one, whose bytes follow from the key alone."""
    return LogEvent(KEY_UNSEALED, datetime.now(UTC), collector, origin, {"path": KEY_PATH})


def warc_kept(file_id: str, name: str, file: EvidenceFile, collector: str, facts: Mapping[str, object]) -> LogEvent:
    """Another tool's WARC file as it was kept."""
    return LogEvent(WARC_KEPT, datetime.now(UTC), collector, file_id, {**file.facts, "name": name, **facts})


def captured(capture: Capture, file: EvidenceFile, collector: str, facts: Mapping[str, object]) -> LogEvent:
    """The event that records `capture`; `facts` are the caller's, kept under their own name."""
    own = {
        "source_kind": capture.kind.value,
        "source": capture.source,
        "final": capture.final,
        "collected": capture.collected.astimezone(UTC).isoformat(),
        "content_type": capture.content_type,
        "status": capture.status,
        "offset": capture.offset,
        "length": capture.length,
        "sha256": capture.sha256,
    }
    return LogEvent(CAPTURED, datetime.now(UTC), collector, capture.id, {**file.facts, **own, "facts": plain(facts)})


def capture_of(entry: LogEntry) -> Capture | None:
    """The capture that an entry records; None for entries of other kinds. Raises UnreadableInput for a malformed one."""
    event = entry.event
    if event is None or event.kind != CAPTURED:
        return None
    facts = event.facts
    try:
        return Capture(
            id=event.subject,
            kind=SourceKind(facts["source_kind"]),
            source=facts["source"],
            final=facts["final"],
            collected=datetime.fromisoformat(facts["collected"]),
            content_type=facts["content_type"],
            status=facts["status"],
            path=facts["path"],
            offset=facts["offset"],
            length=facts["length"],
            sha256=facts["sha256"],
            file_sha256=facts["file_sha256"],
            log_index=entry.index,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInput(
            item=f"log entry {entry.index}",
            happened=f"it does not describe a capture ({error})",
            advice="run tawthiq verify to see what else differs",
        ) from error


def file_of(event: LogEvent) -> EvidenceFile | None:
    """The file that an event of the archive itself vouches for; None for events of other kinds.

    Raises UnreadableInput for a malformed one, also when the path leads out of `FOLDERS`.
    """
    if event.kind not in FILE_KINDS:
        return None
    path, sha256, length = (event.facts.get(key) for key in ("path", "file_sha256", "file_length"))
    if isinstance(path, str) and isinstance(sha256, str) and isinstance(length, int):
        inside = path.startswith(FOLDERS) and ".." not in path.split("/")
        if inside:
            return EvidenceFile(path, sha256, length)
    raise UnreadableInput(
        item=f"log event {event.subject}",
        happened="it does not describe a file of this archive",
        advice="run tawthiq verify to see what else differs",
    )


def speaks_of(event: LogEvent, names: set[str]) -> bool:
    """Whether one of the names is the subject of an event, or stands anywhere in its facts as a whole text."""
    return event.subject in names or _holds(event.facts, names)


def _holds(value: object, names: set[str]) -> bool:
    if isinstance(value, str):
        return value in names
    if isinstance(value, Mapping):
        return any(_holds(each, names) for each in value.values())
    return isinstance(value, list) and any(_holds(each, names) for each in value)


def found_file(kind: str, file: EvidenceFile, collector: str) -> LogEvent:
    """A file that an interrupted run left, of which nothing but its bytes is known."""
    return LogEvent(kind, datetime.now(UTC), collector, file.path.rsplit("/", 1)[-1], file.facts)


def ordinal_of(entry: LogEntry) -> int:
    """How many records stand before a capture's own at its offset: not 0 only where records share one gzip member."""
    facts = entry.event.facts.get("facts") if entry.event else None
    ordinal = facts.get("ordinal", 0) if isinstance(facts, dict) else 0
    return ordinal if isinstance(ordinal, int) else 0


def plain_event(event: LogEvent) -> LogEvent:
    """An event of another room as it can be logged."""
    kind, actor, subject = (printable(text) for text in (event.kind, event.actor, event.subject))
    return LogEvent(kind, event.time, actor, subject, plain(event.facts))


def plain(value: object) -> Any:
    """`value` as JSON can carry it: mappings and sequences copied, times as ISO 8601, text made printable.

    Raises UnreadableInput, when it is hashed, for anything else.
    """
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {printable(str(key)): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain(each) for each in items]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value
