"""From rows back to a page: the zones and values that a person can correct."""

from tawthiq.archive.models import Report
from tawthiq.records.page import Comment, DateSource, Page, PageDate, Sheet, SheetOrigin, Zone, ZoneKind
from tawthiq.records.span import Span


def page_of(report: Report) -> Page:
    """The page of a report as it was read last, without its posts and dates of updating."""
    metadata = None
    if report.metadata_published:
        metadata = PageDate(report.metadata_published, None, None, DateSource.METADATA, report.metadata_text)
    return Page(
        id=report.capture.identifier,
        language=report.language,
        text=report.text,
        zones=tuple(Zone(ZoneKind(zone.kind), Span(zone.start, zone.end), zone.reason) for zone in report.zones.all()),
        title=report.title or None,
        byline=report.byline or None,
        agency=report.agency or None,
        published=_published(report),
        published_metadata=metadata,
        outlet=report.outlet or None,
        comments=tuple(
            Comment(row.author or None, row.date or None, Span(row.start, row.end)) for row in report.comments.all()
        ),
        encoding=report.encoding,
        notes=tuple(report.notes),
        sheets=tuple(
            Sheet(row.number, row.label or None, Span(row.start, row.end), SheetOrigin(row.origin), row.confidence)
            for row in report.sheets.all()
        ),
    )


def _published(report: Report) -> PageDate | None:
    if report.published is None:
        return None
    source = DateSource(report.published_source)
    zone = report.published_zone or None
    return PageDate(report.published, report.published_time, zone, source, report.published_text)
