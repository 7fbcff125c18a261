"""What the view of a page shows: zones as blocks, kinds with their share, dates side by side, two opinions of one body.

Everything is counted in code points of the report's text. No rule is decided here: rows are put in order and words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tawthiq.archive.models import Report, SecondOpinion
from tawthiq.page.second_opinion import DISAGREES
from tawthiq.pipeline.correct_page import CORRECTED
from tawthiq.records.page import ZoneKind
from tawthiq.records.span import Span
from tawthiq.web.comparing import Comparison, compare
from tawthiq.web.highlighting import Mark, Piece, pieces


@dataclass(frozen=True, slots=True)
class Block:
    """One zone: its kind, the cue that labelled it, its characters; `asked` holds characters that the address names."""

    kind: str
    reason: str
    span: Span
    pieces: list[Piece]
    asked: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a page is of one kind; `share` is of all its characters, 0 to 1."""

    kind: str
    zones: int
    characters: int
    share: float


@dataclass(frozen=True, slots=True)
class Told:
    """A date as one place of the page tells it, with the words that say so."""

    day: date
    clock: str
    text: str


@dataclass(frozen=True, slots=True)
class Dates:
    """One thing that a page dates, by its visible text and by its metadata."""

    name: str | Promise
    visible: Told | None
    metadata: Told | None

    @property
    def differ(self) -> bool:
        """Whether the two name different days."""
        return bool(self.visible and self.metadata and self.visible.day != self.metadata.day)


@dataclass(frozen=True, slots=True)
class Opinion:
    """The other extractor's body beside ours; `comparison` is None where its text was not kept, since they agree."""

    row: SecondOpinion
    disagrees: bool
    ours: int
    comparison: Comparison | None


def zones_of(report: Report) -> list[tuple[str, str, Span]]:
    """Kind, reason and range of every zone in reading order; characters that no zone covers stand as "other"."""
    found, at = list[tuple[str, str, Span]](), 0
    for zone in sorted(report.zones.all(), key=lambda row: (row.start, row.end)):
        if zone.start > at:
            found.append((ZoneKind.OTHER.value, "", Span(at, zone.start)))
        found.append((zone.kind, zone.reason, Span(zone.start, zone.end)))
        at = max(at, zone.end)
    if at < len(report.text):
        found.append((ZoneKind.OTHER.value, "", Span(at, len(report.text))))
    return found


def blocks(text: str, zones: Sequence[tuple[str, str, Span]], asked: Span | None) -> list[Block]:
    """The zones as blocks, those of white space alone left out, with the characters marked that the address asks for."""
    marks = [Mark("at", "asked", "at", asked)] if asked else []
    return [
        Block(kind, reason, span, pieces(text, _seen(text, span), marks), bool(asked and asked.overlaps(span)))
        for kind, reason, span in zones
        if span.of(text).strip()
    ]


def _seen(text: str, span: Span) -> Span:
    """The range without the white space around it, which shows nothing but empty lines."""
    words = span.of(text)
    return Span(span.end - len(words.lstrip()), span.start + len(words.rstrip()))


def shares(zones: Sequence[tuple[str, str, Span]], length: int) -> list[Share]:
    """The kinds that the page has, in the order of the contract, with their share of its characters."""
    characters, count = Counter[str](), Counter[str]()
    for kind, _reason, span in zones:
        characters[kind] += len(span)
        count[kind] += 1
    return [
        Share(kind.value, count[kind.value], characters[kind.value], characters[kind.value] / max(1, length))
        for kind in ZoneKind
        if count[kind.value]
    ]


def dates(report: Report) -> list[Dates]:
    """When the page says it was published, and when it was last changed, where it says so."""
    shown = None
    if report.published and report.published_source == "visible":
        clock = f"{report.published_time:%H:%M}" if report.published_time else ""
        shown = Told(report.published, " ".join(filter(None, (clock, report.published_zone))), report.published_text)
    found = [Dates(_("Published"), shown, _told(report.metadata_published, report.metadata_text))]
    visible = _told(report.updated, report.updated_text)
    metadata = _told(report.metadata_updated, report.metadata_updated_text)
    if visible or metadata:
        found.append(Dates(_("Last changed"), visible, metadata))
    return found


def _told(day: date | None, text: str) -> Told | None:
    return Told(day, "", text) if day else None


def opinion(report: Report) -> Opinion | None:
    """The second opinion with both bodies compared; None where there is none."""
    row = getattr(report, "second_opinion", None)
    if row is None:
        return None
    ours = "\n".join(_bodies(report))
    compared = compare(ours, row.text) if row.text or row.agreement < DISAGREES else None
    return Opinion(row, row.agreement < DISAGREES, len(ours), compared)


def disputed(report: Report) -> float | None:
    """The agreement of the two extractors where it is low and nobody has decided about the page yet; else None."""
    row = getattr(report, "second_opinion", None)
    return row.agreement if row and row.agreement < DISAGREES and CORRECTED not in report.reader else None


def _bodies(report: Report) -> Iterator[str]:
    for kind, _reason, span in zones_of(report):
        if kind == ZoneKind.BODY.value:
            yield span.of(report.text)
