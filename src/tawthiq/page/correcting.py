"""A person's decision over a page: it wins over rules and over what is remembered of the outlet.

Pure. On the text that the person saw, zones and values are exactly theirs. When another version of the program gives
another text for the same bytes, the decision is carried over where every character that it speaks of (title, byline,
date, agency, body, captions, comments) is found again, in order; characters that the person never saw keep what the
program says of them. Where it cannot be carried over, the page stays the program's and says so.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from tawthiq.page.aligning import aligned, tokens
from tawthiq.page.correction_contract import REASONS
from tawthiq.page.painting import Canvas
from tawthiq.page.report import report_language
from tawthiq.records.correction import PageCorrection
from tawthiq.records.page import Comment, DateSource, Page, Zone, ZoneKind
from tawthiq.records.span import Span

SPOKEN_OF = frozenset(
    {ZoneKind.TITLE, ZoneKind.BYLINE, ZoneKind.DATE, ZoneKind.AGENCY, ZoneKind.BODY, ZoneKind.CAPTION, ZoneKind.COMMENT}
)
# New words inside what the person marked: more than this share, and the text was put together otherwise.
_MOST_NEW = 0.1
_FEW_NEW = 5


class Fit(StrEnum):
    """How a decision met the page: on the same text, carried over to another, or not at all."""

    EXACT = "exact"
    CARRIED = "carried"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Applied:
    """The page after a decision, and how it fitted; the page is the program's own when it did not."""

    page: Page
    fit: Fit


def apply(page: Page, correction: PageCorrection) -> Applied:
    """The page as the person decided; the caller has made sure that both are of the same preserved payload."""
    if page.text == correction.text:
        return Applied(_corrected(page, correction), Fit.EXACT)
    carried = carry(correction, page)
    if carried is None:
        note = f"the correction by {correction.by} of {correction.at:%Y-%m-%d} does not fit this text; look at it again"
        return Applied(replace(page, notes=(*page.notes, note)), Fit.UNFIT)
    note = f"the correction by {correction.by} of {correction.at:%Y-%m-%d} was made on another text and carried over"
    page = _corrected(page, carried)
    return Applied(replace(page, notes=(*page.notes, note)), Fit.CARRIED)


def _corrected(page: Page, correction: PageCorrection) -> Page:
    metadata = page.published_metadata
    notes = page.notes
    if correction.published is None and metadata:
        notes = (*notes, f"its metadata says {metadata.day}; a person says that it does not tell its publication")
        metadata = None
    return replace(
        page,
        language=report_language(page.text, correction.zones),
        zones=correction.zones,
        title=correction.title,
        byline=correction.byline,
        agency=correction.agency,
        published=correction.published,
        published_metadata=metadata,
        comments=correction.comments,
        notes=notes,
    )


def carry(correction: PageCorrection, page: Page) -> PageCorrection | None:
    """The decision as it stands over the page's text; None when something that it speaks of is not found there."""
    return _Carrying(correction, page).result()


class _Carrying:
    """One decision on its way from its own text to the page's."""

    def __init__(self, correction: PageCorrection, page: Page) -> None:
        self.correction, self.page = correction, page
        self.old, self.new = tokens(correction.text), tokens(page.text)
        self.places = aligned(
            [span.of(correction.text) for span in self.old], [span.of(page.text) for span in self.new]
        )

    def result(self) -> PageCorrection | None:
        owners = self._owners()
        spoken = [i for i, zone in enumerate(owners) if self.correction.zones[zone].kind in SPOKEN_OF]
        if any(self.places[i] is None for i in spoken) or self._is_pulled_apart(spoken, owners):
            return None
        comments = [self._moved(comment.span) for comment in self.correction.comments]
        date = self.correction.published_span and self._moved(self.correction.published_span)
        if not all(comments) or (self.correction.published_span and not date):
            return None
        if not self._is_still_told():
            return None
        return replace(
            self.correction,
            text=self.page.text,
            zones=self._zones(owners),
            published_span=date,
            comments=tuple(
                Comment(comment.author, comment.date, span)
                for comment, span in zip(self.correction.comments, comments, strict=True)
                if span
            ),
        )

    def _is_still_told(self) -> bool:
        """Whether a date without a place on the page is still told: by the metadata, or by its words."""
        published, metadata = self.correction.published, self.page.published_metadata
        if published is None or self.correction.published_span:
            return True
        if published.source is not DateSource.METADATA:
            return " ".join(published.text.split()) in " ".join(self.page.text.split())
        return metadata is not None and metadata.day == published.day

    def _owners(self) -> list[int]:
        """For each old word the number of the zone in which it begins."""
        found, number = [], 0
        for span in self.old:
            while self.correction.zones[number].span.end <= span.start:
                number += 1
            found.append(number)
        return found

    def _is_pulled_apart(self, spoken: list[int], owners: list[int]) -> bool:
        """Whether much that the person never saw stands between words of one zone."""
        between = sum(
            (self.places[second] or 0) - (self.places[first] or 0) - 1
            for first, second in pairwise(spoken)
            if second == first + 1 and owners[first] == owners[second]
        )
        return between > max(_FEW_NEW, _MOST_NEW * len(spoken))

    def _moved(self, span: Span) -> Span | None:
        """Where the characters of `span` stand now."""
        inside = [i for i, token in enumerate(self.old) if token.overlaps(span)]
        first, last = (self.places[inside[0]], self.places[inside[-1]]) if inside else (None, None)
        if first is None or last is None or any(self.places[i] is None for i in inside):
            return None
        start = self.new[first].start + max(0, span.start - self.old[inside[0]].start)
        end = self.new[last].end - max(0, self.old[inside[-1]].end - span.end)
        return Span(start, end)

    def _zones(self, owners: list[int]) -> tuple[Zone, ...]:
        """The program's zones, painted over with the person's."""
        canvas = Canvas(self.page.text)
        for zone in self.page.zones:
            canvas.paint(zone.span.start, zone.span.end, zone.kind, zone.reason)
        for i, place in enumerate(self.places):
            if place is not None:
                last = self._paint_word(canvas, i, place, owners[i])
                if i + 1 < len(owners) and owners[i + 1] == last and self.places[i + 1] == place + 1:
                    self._paint(canvas, self.new[place].end, self.new[place + 1].start, last)
        return canvas.zones()

    def _paint_word(self, canvas: Canvas, i: int, place: int, number: int) -> int:
        """One old word in its new place, over which several zones may run from `number` on; the number of the last."""
        word = self.old[i]
        shift = self.new[place].start - word.start
        while True:
            span = self.correction.zones[number].span
            self._paint(canvas, shift + max(span.start, word.start), shift + min(span.end, word.end), number)
            if span.end >= word.end:
                return number
            number += 1

    def _paint(self, canvas: Canvas, start: int, end: int, number: int) -> None:
        canvas.paint(start, end, self.correction.zones[number].kind, REASONS[self.correction.kind])
