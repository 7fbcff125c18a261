"""An item that was erased: what is left of it is the proof that it was there."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ErasedFile:
    """A file that was removed: where it lay in the archive, its SHA-256 in hexadecimal, its length in bytes."""

    path: str
    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class Erasure:
    """One act of erasing, as the log's event number `index` records it (-1 while it is not logged yet).

    `entries` are the indices of the entries whose events went, `captures` those among them that recorded captures: each
    keeps its number, which no other capture ever gets. `subject` is the identifier of the item's file, with which the
    identifiers of its captures begin; `actor` and `authorised_by` are pseudonyms.
    """

    index: int
    time: datetime
    actor: str
    subject: str
    entries: tuple[int, ...]
    captures: tuple[int, ...]
    files: tuple[ErasedFile, ...]
    reason: str
    authorised_by: str
