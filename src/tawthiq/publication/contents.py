"""What goes into an evidence package, as the rooms above hand it in (docs/custody-format.md, "Evidence packages").

What authorities and other teams made for checkpoints keeps the place that it has below log/ (`timestamps/`, `cosignatures/`).
Where members lie: WACZ 1.1.1 reserves `archive/`, `indexes/` and `pages/`. Its validator knows members by their last folder
and name only, so that every member of ours lies exactly one folder deep, whatever it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tawthiq.records.capture import Capture
from tawthiq.records.log import LogEvent

SCHEMA = "tawthiq/package/1"
ARCHIVE, PAGES, INDEXES = "archive/", "pages/pages.jsonl", "indexes/"
OWN, PROOFS = "tawthiq/", "proofs/"
MANIFEST, EXPLANATION, COMMANDS = f"{OWN}manifest.json", f"{OWN}explanation.html", f"{OWN}checks.txt"
CHECKPOINT, PUBLIC_KEY = f"{OWN}checkpoint", f"{OWN}archive.pub"
DATAPACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"


@dataclass(frozen=True, slots=True)
class EntryProof:
    """A tlog-proof of one entry of an item: its place in the log, what it records, the size of the checkpoint it leads to."""

    index: int
    kind: str
    size: int
    data: bytes

    @property
    def member(self) -> str:
        """Its name in the package."""
        return f"{PROOFS}{self.index}-in-{self.size}.tlog-proof"


@dataclass(frozen=True, slots=True)
class Item:
    """One capture to hand over. `file` is its WARC file, `event` what the log says of it, None where that stays behind."""

    capture: Capture
    file: Path
    file_length: int
    title: str
    event: LogEvent | None
    proofs: tuple[EntryProof, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A small file that stands in the package as it is: a stamped checkpoint, a token, certificates, a cosignature.

    `kind` says what it is ("checkpoint", "timestamped", "cosigned", "certificates"), `size` which checkpoint it is about (0 for
    certificates), `facts` what the log says of it. `checkpoint` and `certificates` name the members that a token is about and
    that it must lead to, where there are such.
    """

    member: str
    kind: str
    size: int
    data: bytes
    facts: Mapping[str, Any]
    checkpoint: str | None = None
    certificates: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself: the archive's title, key and signed checkpoint, when and by which program it was made."""

    title: str
    verifier_key: str
    checkpoint: bytes
    created: datetime
    software: str
