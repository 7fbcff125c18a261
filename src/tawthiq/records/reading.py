"""What was read in one document (docs/contracts.md, reading/1)."""

from dataclasses import dataclass
from datetime import date

from tawthiq.records.event import Event
from tawthiq.records.span import Span
from tawthiq.records.statement import Statement


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be read.

    `readable` lists the stretches that carry the outlet's report (title and body); None means that they are still to be
    found by wording and layout. Offsets of everything read are offsets into `text` as given.
    """

    id: str
    text: str
    language: str | None = None
    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    readable: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The statements and events of one document, in text order."""

    id: str
    language: str
    published: date | None
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
