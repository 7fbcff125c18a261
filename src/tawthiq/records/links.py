"""What linking takes and gives: documents with their readings in, copy families and incidents out."""

from dataclasses import dataclass
from datetime import datetime

from tawthiq.records.copies import CopyFamily
from tawthiq.records.incident import Incident
from tawthiq.records.reading import Document, Reading


@dataclass(frozen=True, slots=True)
class LinkInput:
    """One document beside its reading; `reading.id` equals `document.id`.

    `address` is a key of the address that it was captured from, the same for all captures of it; empty where none is known.
    `published_at` is the moment of publication where the page gives a time of day: it helps to propose the origin of copies.
    """

    document: Document
    reading: Reading
    address: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """All copy families and incidents over one set of documents, in an order that the input's order cannot change.

    `unlinked` are the documents that are in no incident, since they tell no single occurrence: only totals, background,
    plans and denials, or nothing.
    """

    copies: tuple[CopyFamily, ...]
    incidents: tuple[Incident, ...]
    unlinked: tuple[str, ...] = ()
