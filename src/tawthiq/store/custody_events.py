"""What was done with items after they were kept, as events: erased, viewed, exported, transferred, read, linked, redacted.

None of them holds anything of an item's content, so that the chain of who had it stays when the item is erased.

| kind | subject | facts |
|---|---|---|
| erased | the item's file | `entries`, `captures` (indices), `files`, `reason`, `authorised_by` |
| viewed | the capture | `page`: "report", "page", "evidence" or "payload"; `actor` is who was signed in |
| exported | the item, or the package | whatever the package says of itself; `items` lists the captures in it |
| transferred | the item | `to`, `how`, `reason`: a hand-over that was done by hand |
| read, linked | "readings" | counts, versions, `first` and `last` number of the captures |
| redacted | the item | kept for publishing |
"""

from datetime import datetime
from typing import Any

from tawthiq.records.erasure import ErasedFile, Erasure
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store.events import ERASED
from tawthiq.store.printing import printable

VIEWED, EXPORTED, TRANSFERRED = "viewed", "exported", "transferred"
READ, LINKED, REDACTED = "read", "linked", "redacted"
READINGS = "readings"


def erased(erasure: Erasure) -> LogEvent:
    """The event that records an erasure."""
    facts: dict[str, Any] = {
        "entries": list(erasure.entries),
        "captures": list(erasure.captures),
        "files": [{"path": f.path, "file_sha256": f.sha256, "file_length": f.length} for f in erasure.files],
        "reason": printable(erasure.reason),
        "authorised_by": printable(erasure.authorised_by),
    }
    return LogEvent(ERASED, erasure.time, erasure.actor, erasure.subject, facts)


def erasure_of(entry: LogEntry) -> Erasure | None:
    """The erasure that an entry records, None for entries of other kinds. Raises UnreadableInput for a malformed one."""
    if entry.event is None or entry.event.kind != ERASED:
        return None
    return erasure_in(entry.event, entry.index)


def erasure_in(event: LogEvent, index: int = -1) -> Erasure:
    """The erasure that an event of the kind "erased" states. Raises UnreadableInput for a malformed one."""
    facts = event.facts
    try:
        return Erasure(
            index=index,
            time=event.time,
            actor=event.actor,
            subject=event.subject,
            entries=_indices(facts["entries"]),
            captures=_indices(facts["captures"]),
            files=tuple(_file(each) for each in facts["files"]),
            reason=str(facts["reason"]),
            authorised_by=str(facts["authorised_by"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInput(
            item=f"log event {event.subject}",
            happened=f"it does not describe an erasure ({error})",
            advice="run tawthiq verify to see what else differs",
        ) from error


def transferred(item: str, actor: str, *, to: str, how: str, reason: str, at: datetime) -> LogEvent:
    """The event that records a hand-over which people did by hand."""
    return LogEvent(TRANSFERRED, at, actor, item, {"to": to, "how": how, "reason": reason})


def _indices(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(each) is int and each >= 0 for each in value):
        raise ValueError("entries are numbers")
    return tuple(value)


def _file(value: dict[str, Any]) -> ErasedFile:
    path, sha256, length = value["path"], value["file_sha256"], value["file_length"]
    inside = isinstance(path, str) and path.startswith(("evidence/", "log/torn/")) and ".." not in path.split("/")
    if not inside or not isinstance(sha256, str) or type(length) is not int:
        raise ValueError("a file of this archive has a path in evidence/ or log/torn/, a digest and a length")
    return ErasedFile(path, sha256, length)
