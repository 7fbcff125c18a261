"""Entries of the append-only custody log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class LogEvent:
    """What was done, by whom (a pseudonym) and when, before it is salted and hashed.

    `subject` names the item acted on; `facts` holds JSON scalars, lists and objects only.
    """

    kind: str
    time: datetime
    actor: str
    subject: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One place in the log: `leaf` is the salted hash that the tree commits to.

    `event` and `salt` are None once personal data was erased; the proof stays valid.
    """

    index: int
    leaf: bytes
    salt: bytes | None
    event: LogEvent | None
