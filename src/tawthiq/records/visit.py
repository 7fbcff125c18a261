"""One visit of a browser to a page: every exchange seen, what the page looked like, and what was done to it.

The data points follow the Berkeley Protocol's list for online investigations (docs/custody-format.md, "Browser captures").
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawthiq.records.capture import Exchange


class PartKind(StrEnum):
    """What a part of a visit is."""

    DOM = "dom"
    FRAME_DOM = "frame-dom"
    SCREENSHOT = "screenshot"
    FRAMED_SCREENSHOT = "framed-screenshot"
    PDF = "pdf"
    DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class Piece:
    """Which piece of a page a picture shows, in CSS pixels: `number` of `count` from the top, rows `first` to `end` (not
    included) of a page `height` tall and `width` wide. Beyond `shown_height` and `shown_width` no picture shows anything.
    """

    number: int
    count: int
    first: int
    end: int
    height: int
    width: int
    shown_height: int
    shown_width: int

    @property
    def is_whole(self) -> bool:
        """Whether the picture shows the whole page."""
        return self.count == 1 and not self.is_cut

    @property
    def is_cut(self) -> bool:
        """Whether part of the page is on no picture."""
        return self.height > self.shown_height or self.width > self.shown_width


@dataclass(frozen=True, slots=True)
class Part:
    """Something made from the page as it stood, not received from the server.

    `target` is its WARC-Target-URI (`urn:dom:URL`, `urn:view:URL`, `urn:pdf:URL`; a download keeps its address). `made` is
    UTC. `converted` says by what means it came about, since none of it is as received; `piece` which piece a picture shows.
    """

    kind: PartKind
    target: str
    content_type: str
    data: bytes
    made: datetime
    converted: str
    piece: Piece | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a script of ours did to the page (scrolled, clicked, closed), at `moment` (UTC), and what came of it."""

    moment: datetime
    behaviour: str
    detail: str


class Loss(StrEnum):
    """Why a request that was seen has no record; NOT_KEPT is what has no place in a record, a WebSocket's messages."""

    BLOCKED = "blocked"
    FAILED = "failed"
    MISSED = "missed"
    NOT_KEPT = "not-kept"


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A request that was seen and of which no answer is kept: blocked by us, failed on the way, or missed (a fault)."""

    url: str
    method: str
    loss: Loss
    reason: str


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser that visited. `sha256` is that of its binary; `width` and `height` of the viewport are CSS pixels.

    `sandboxed` is False where it ran as root, which Chromium's sandbox does not allow.
    """

    name: str
    version: str
    sha256: str
    user_agent: str
    width: int
    height: int
    locale: str
    sandboxed: bool = True


@dataclass(frozen=True, slots=True)
class PageVisit:
    """A page as one visit saw it.

    `exchanges` are in the order of their requests; `main` is the index of the one that answered for the page itself, or None
    when none did. `requests` counts every request seen, so that `requests == len(exchanges) + len(unrecorded)` holds.
    `stopped` says why waiting for the page ended before it fell silent, or is None.
    """

    asked: str
    final: str
    title: str
    started: datetime
    ended: datetime
    browser: Browser
    exchanges: tuple[Exchange, ...]
    main: int | None
    parts: tuple[Part, ...]
    acts: tuple[Act, ...]
    unrecorded: tuple[Unrecorded, ...]
    requests: int
    cookies_sent: int
    stopped: str | None = None
