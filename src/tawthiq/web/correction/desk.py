"""Everything that one view of the correction form stands on: the page as it is, its lines, its dates, what was decided."""

from dataclasses import dataclass
from functools import cached_property

from tawthiq.archive.models import Report
from tawthiq.archive.restoring_pages import page_of
from tawthiq.casework.queries.corrections import last_revision
from tawthiq.records.page import Comment, Page, ZoneKind
from tawthiq.records.span import Span
from tawthiq.web.correction import dates
from tawthiq.web.correction.draft import Draft
from tawthiq.web.correction.forms import MOST_ROWS, SPARE_ROWS
from tawthiq.web.correction.lines import line_at, lines_of

LONGEST_PREVIEW = 20_000  # code points of the body


@dataclass(frozen=True, slots=True)
class Row:
    """A comment record as the form shows it; `lines` as typed ("12-14"), `span` the exact characters, both empty in a spare."""

    lines: str = ""
    span: str = ""
    author: str = ""
    date: str = ""
    words: str = ""


class Desk:
    """A report whose page is being corrected."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.page: Page = page_of(report)
        self.lines: list[Span] = lines_of(self.page.text)
        self.revision = last_revision(report.capture.identifier)

    @cached_property
    def offered(self) -> list[dates.Choice]:
        """The dates that can be chosen."""
        return dates.choices(self.page.text, self.lines, self.page.published, self.page.published_metadata)

    def rows(self, comments: tuple[Comment, ...], first: int, last: int) -> list[Row]:
        """The comment records whose first line is shown, and spare rows."""
        shown = [self._row(comment) for comment in comments if first <= line_at(self.lines, comment.span.start) <= last]
        return [*shown[:MOST_ROWS], *(Row() for _ in range(SPARE_ROWS))]

    def _row(self, comment: Comment) -> Row:
        begin, end = line_at(self.lines, comment.span.start), line_at(self.lines, comment.span.end - 1)
        return Row(
            lines=str(begin) if begin == end else f"{begin}-{end}",
            span=f"{comment.span.start}-{comment.span.end}",
            author=comment.author or "",
            date=comment.date or "",
            words=" ".join(comment.span.of(self.page.text).split())[:80],
        )

    def preview(self, draft: Draft) -> str:
        """What the body will be, cut where it is very long."""
        body = "\n".join(zone.span.of(self.page.text) for zone in draft.zones if zone.kind is ZoneKind.BODY)
        return body if len(body) <= LONGEST_PREVIEW else f"{body[:LONGEST_PREVIEW]}…"
