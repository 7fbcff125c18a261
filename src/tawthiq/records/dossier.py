"""What a dossier shows of the evidence behind an incident, beside the incident itself (records.disclosure)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """One entry of the custody log about an item: its index, kind, time in UTC, and who did it, by pseudonym."""

    index: int
    kind: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along with a dossier: its name, media type, bytes, and what it is (`kind`: "proof", "checkpoint",
    "timestamp", "public-key", "checks" (a script that checks them), "package").
    """

    name: str
    media_type: str
    data: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """What was preserved of one report. `document` is the identifier of its capture.

    `screenshot` is a PNG of the page as it was collected or rendered from the preserved bytes; None with `no_screenshot` a code
    that says why ("withheld", "not-collected", "no-browser"). `facts` are pairs of a code and a value (program, clock, way out,
    server address, status, media type). `proofs` names the attached files that prove the entry.
    """

    document: str
    screenshot: bytes | None
    no_screenshot: str
    facts: tuple[tuple[str, str], ...]
    chain: tuple[ChainEntry, ...]
    proofs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DossierEvidence:
    """The evidence of one incident: of each report in the incident's order, and the files that are attached once."""

    reports: tuple[ReportEvidence, ...]
    attached: tuple[Attached, ...]
    checkpoint: str
    """The origin, size and root of the checkpoint to which the proofs lead, as signed."""
