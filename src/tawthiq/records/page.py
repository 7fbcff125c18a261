"""A page taken apart (docs/contracts.md, page/1)."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from tawthiq.records.span import Span


class ZoneKind(StrEnum):
    """What a stretch of a page is."""

    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    AGENCY = "agency"
    BODY = "body"
    CAPTION = "caption"
    COMMENT = "comment"
    COMMENT_FORM = "comment_form"
    RELATED = "related"
    ABOUT = "about"
    AD = "ad"
    NAVIGATION = "navigation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Zone:
    """A labelled stretch of a page's text. `reason` names the cue that labelled it."""

    kind: ZoneKind
    span: Span
    reason: str


class DateSource(StrEnum):
    """Where a publication date was read."""

    VISIBLE = "visible"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class PageDate:
    """A publication date as displayed; never shifted through UTC, never completed.

    `zone` is the time zone as given ("+03:00") or None; `text` the characters it was read from.
    """

    day: date
    clock: time | None
    zone: str | None
    source: DateSource
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment: evidence that it was there, never the outlet's words."""

    author: str | None
    date: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Post:
    """One message of a social or messaging page. `span` holds the message's own words, `account` the name it is shown under.

    `handle` is the account's address on the platform ("@name"). `moment` is what the page displays of its time ("35w");
    `published` the date that those words or the element's own attribute give in full, else None.
    """

    account: str | None
    handle: str | None
    moment: str | None
    published: PageDate | None
    span: Span


class SheetOrigin(StrEnum):
    """How the characters of a sheet came to be."""

    TEXT = "text"
    RECOGNIZED = "recognized"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a document of pages (PDF, scan): `number` counts from 1 in the file, `label` is the number printed on it.

    `span` is its part of the text, empty for a sheet without characters. `confidence` is the mean that recognition gave
    its characters, 0 to 1; None for text that was in the file.
    """

    number: int
    label: str | None
    span: Span
    origin: SheetOrigin
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page's visible text, every character of it under exactly one zone.

    `encoding` is the one the bytes were decoded by; `notes` lists what was odd (a lying header, bytes that could not be
    decoded). `published_metadata` is kept beside `published` when both exist; `updated` and `updated_metadata` are the
    last change that the page tells, never taken for its publication.
    """

    id: str
    language: str
    text: str
    zones: tuple[Zone, ...]
    title: str | None
    byline: str | None
    agency: str | None
    published: PageDate | None
    published_metadata: PageDate | None
    outlet: str | None
    comments: tuple[Comment, ...]
    encoding: str
    notes: tuple[str, ...]
    updated: PageDate | None = None
    updated_metadata: PageDate | None = None
    posts: tuple[Post, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    def zones_of(self, kind: ZoneKind) -> tuple[Span, ...]:
        """The ranges of all zones of one kind, in reading order."""
        return tuple(zone.span for zone in self.zones if zone.kind is kind)

    @property
    def told_published(self) -> PageDate | None:
        """When the page says that it was published: as displayed, else by its metadata.

        The metadata of a document of sheets tells when its file was made, which says nothing of its publication.
        """
        return self.published or (None if self.sheets else self.published_metadata)

    @property
    def body(self) -> str:
        """The body zones joined with newlines."""
        return "\n".join(span.of(self.text) for span in self.zones_of(ZoneKind.BODY))
