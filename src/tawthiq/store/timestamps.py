"""Timestamps in the archive: what the log says of them, what still waits for one, and how their files are named.

Below log/timestamps/ stand the stamped checkpoints (`SIZE.checkpoint`), what authorities returned for them
(`SIZE-NAME.tsr`, `SIZE-NAME.ots`, upgraded proofs `SIZE-NAME-2.ots` and on), and the certificates that tokens were checked
with (`NAME-SHA8.pem`). Each is kept by `ArchiveFolder.keep_beside_log` with an event `timestamped`; its fact `holds` says
which of these it is. The events of timestamps and cosignatures need no timestamp themselves, or there would be no end.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tawthiq.custody.entry import entry_of_line
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store.custody_settings import OPEN_TIMESTAMPS
from tawthiq.store.events import BESIDE_LOG, TIMESTAMPED
from tawthiq.store.journal import lines_from
from tawthiq.store.layout import Layout

FOLDER = "timestamps/"
CHECKPOINT, CERTIFICATES, TOKEN = "checkpoint", "certificates", "token"
_PLACES = ("log/timestamps/", "log/cosignatures/")
# What a journal line about a stamp holds: each such event names a file there.
_MARKS = tuple(place.encode() for place in _PLACES)
_CERTIFICATES = re.compile(r"log/timestamps/[a-z0-9_-]+\.pem")
SUFFIXES = {OPEN_TIMESTAMPS: "ots"}


@dataclass(frozen=True, slots=True)
class KeptToken:
    """What the log says of one kept token.

    `path` and `certificates` are relative to the archive; `time` is what the authority stated (UTC), None while a proof is
    pending; `logged` is when it was kept, by this machine's clock.
    """

    path: str
    authority: str
    kind: str
    host: str
    own: bool
    size: int
    time: datetime | None
    logged: datetime
    certificates: str | None
    blocks: tuple[int, ...]

    @property
    def promised(self) -> bool:
        """Whether this is a calendar's promise only, which no block holds yet: it proves nothing about the time."""
        return self.kind == OPEN_TIMESTAMPS and not self.blocks


@dataclass(slots=True)
class StampedLog:
    """How far a log is stamped. `newest` is the index of the last entry that needs a stamp, -1 for none."""

    newest: int = -1
    tokens: list[KeptToken] = field(default_factory=list)
    checkpoints: list[int] = field(default_factory=list)

    def take(self, entry: LogEntry) -> None:
        """Take in the next entry."""
        event = entry.event
        if event is None or not _is_of_stamping(event):
            self.newest = entry.index
        elif event.kind == TIMESTAMPED and event.facts.get("holds") == TOKEN:
            if token := kept_token(event):
                self.tokens.append(token)
        elif event.kind == TIMESTAMPED and event.facts.get("holds") == CHECKPOINT and event.subject.isdecimal():
            self.checkpoints.append(int(event.subject))

    def covered(self, authority: str) -> int:
        """How many entries the authority has stamped; what a calendar has promised only is not counted."""
        stamped = (each.size for each in self.tokens if each.authority == authority and not each.promised)
        return max(stamped, default=0)

    def sent(self, authority: str) -> int:
        """How many entries the authority was sent: those that it stamped, and those that a calendar has promised."""
        return max((each.size for each in self.tokens if each.authority == authority), default=0)

    def last(self, authority: str) -> KeptToken | None:
        """The last token of the authority, a promise or not."""
        return next((each for each in reversed(self.tokens) if each.authority == authority), None)

    def last_stamp(self, authority: str) -> KeptToken | None:
        """The last token of the authority that is more than a promise."""
        own = (each for each in reversed(self.tokens) if each.authority == authority)
        return next((each for each in own if not each.promised), None)

    def waits(self, authority: str) -> bool:
        """Whether there is an entry that needs a stamp and that the authority was not sent."""
        return self.sent(authority) <= self.newest

    def pending(self, authority: str) -> list[KeptToken]:
        """The authority's proofs that no block attests yet: of each size the last file, where that is still pending."""
        newest = {
            each.size: each for each in self.tokens if each.authority == authority and each.kind == OPEN_TIMESTAMPS
        }
        return [each for each in newest.values() if each.promised]


def stamped_log(entries: Iterable[LogEntry]) -> StampedLog:
    """How far a log is stamped, by its entries in order."""
    found = StampedLog()
    for entry in entries:
        found.take(entry)
    return found


def read_stamped(path: Path) -> StampedLog:
    """How far the log of the archive at `path` is stamped; only lines about stamps are parsed, so that asking is cheap.

    Raises UnreadableInput and EvidenceDiffers naming file and line.
    """
    found = StampedLog()
    for index, line, item in lines_from(Layout(path), 0):
        if not line.endswith(b"\n"):
            break
        if any(mark in line for mark in _MARKS):
            found.take(entry_of_line(line, index, item))
        else:
            found.newest = index
    return found


def kept_token(event: LogEvent) -> KeptToken | None:
    """The token that an event records; None where it does not say enough."""
    facts = event.facts
    path, authority, kind = (facts.get(name) for name in ("path", "authority", "authority_kind"))
    if not (
        isinstance(path, str) and isinstance(authority, str) and isinstance(kind, str) and event.subject.isdecimal()
    ):
        return None
    certificates, time, blocks = facts.get("certificates"), facts.get("gen_time"), facts.get("blocks")
    return KeptToken(
        path=path,
        authority=authority,
        kind=kind,
        host=str(facts.get("host", "")),
        own=facts.get("own") is not False,
        size=int(event.subject),
        time=_time(time),
        logged=event.time,
        certificates=certificates if isinstance(certificates, str) and _CERTIFICATES.fullmatch(certificates) else None,
        blocks=tuple(each for each in blocks if isinstance(each, int)) if isinstance(blocks, list) else (),
    )


def checkpoint_name(size: int) -> str:
    """The file of a stamped checkpoint, relative to log/."""
    return f"{FOLDER}{size}.checkpoint"


def token_name(size: int, authority: str, kind: str, number: int = 1) -> str:
    """The file of a token, relative to log/; `number` counts upgrades of a proof from 2 on."""
    again = "" if number == 1 else f"-{number}"
    return f"{FOLDER}{size}-{authority}{again}.{SUFFIXES.get(kind, 'tsr')}"


def certificates_name(authority: str, pem: bytes) -> str:
    """The file of the certificates that an authority's tokens are checked with, relative to log/."""
    return f"{FOLDER}{authority}-{hashlib.sha256(pem).hexdigest()[:8]}.pem"


def _is_of_stamping(event: LogEvent) -> bool:
    """Whether an event tells of a timestamp or cosignature, also of one that recovery found."""
    path: Any = event.facts.get("path")
    found_there = isinstance(path, str) and path.startswith(_PLACES)
    return event.kind in BESIDE_LOG or found_there


def _time(text: object) -> datetime | None:
    try:
        time = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return time if time and time.tzinfo else None
