"""What differs between two captures of one address."""

from dataclasses import dataclass
from enum import StrEnum

from tawthiq.records.span import Span


class How(StrEnum):
    """How far a later capture is the same as an earlier one, the nearest first."""

    BYTES = "bytes"  # the very same payload
    TEXT = "text"  # other bytes, every word of the page the same
    REPORT = "report"  # the report and its comments the same, what stands around it not
    CHANGED = "changed"
    UNTOLD = "untold"  # other bytes, and no page on both sides that could be compared


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of one part of a page that one side has and the other has not, or has otherwise.

    `part` is "title", "byline", "agency", "date", "body", "caption" or "comment". `before` and `after` are code points of
    the two pages' texts; an empty one marks where the other side's words would stand. Both are None for a value that
    stands in no text (a date, a title of the metadata). `removed` and `added` are the words.
    """

    part: str
    before: Span | None
    after: Span | None
    removed: str
    added: str


@dataclass(frozen=True, slots=True)
class PageChange:
    """Two pages compared. `surroundings` tells that furniture differs; `too_long` are parts not compared in detail."""

    passages: tuple[Passage, ...]
    surroundings: bool
    too_long: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that differ, in the order in which they are told."""
        return tuple(dict.fromkeys([*(passage.part for passage in self.passages), *self.too_long]))

    @property
    def how(self) -> How:
        """How far the pages are the same, apart from their bytes."""
        if self.passages or self.too_long:
            return How.CHANGED
        return How.REPORT if self.surroundings else How.TEXT


@dataclass(frozen=True, slots=True)
class ServerChange:
    """A fact of the answer that differs: `name` is "status", "final", "content_type" or "kind" (how it was collected)."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CaptureChange:
    """Two captures of one address compared, the earlier first, by their identifiers and payload digests.

    `gone` tells that the page was served before and is answered with 404, 410 or 451 now. `page` is None where `how` is
    `bytes` or `untold`; `reason` says why nothing more is told, in English.
    """

    before: str
    after: str
    digests: tuple[str, str]
    how: How
    server: tuple[ServerChange, ...]
    gone: bool
    page: PageChange | None
    reason: str = ""
