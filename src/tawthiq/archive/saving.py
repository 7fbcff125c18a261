"""From records to rows: one page and its reading become the rows of one report.

Keys follow from the capture's number and the order of things in the text (models/keys.py).
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from tawthiq import __version__
from tawthiq.archive.blocks import save_blocks
from tawthiq.archive.event_rows import save_events
from tawthiq.archive.link_memory import mark
from tawthiq.archive.models import Capture, Report, SearchText, Statement, Zone
from tawthiq.archive.models.keys import row_key
from tawthiq.archive.opinion_rows import save_opinion
from tawthiq.archive.page_rows import save_parts
from tawthiq.archive.search_text import comment_words, own_words
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.page import Page
from tawthiq.records.proposal import AdapterIdentity
from tawthiq.records.statement import Statement as StatementRecord

READER = f"tawthiq {__version__}"


def reader(packs: str, adapter: AdapterIdentity | None = None, authority: str = "") -> str:
    """Who reads: this version, the place packs it reads with (`store.place_packs.stamp`), people's authority in force
    (`archive.authority`), and the adapter that may add.
    """
    plain = f"{READER} places {packs}" if packs else READER
    plain = f"{plain} authority {authority}" if authority else plain
    return f"{plain} + {adapter}" if adapter else plain


def save_report(capture: Capture, read: ReadCapture, by: str = READER) -> None:
    """All rows of one report, read `by` this reader. The caller holds the transaction; the report must not be there yet."""
    number = capture.number
    report = _report(capture, read, by)
    report.save(force_insert=True)
    Zone.objects.bulk_create(_zones(number, read.page))
    save_parts(number, read.page)
    save_blocks(number, read.blocks)
    save_opinion(number, read.opinion)
    Statement.objects.bulk_create(
        _statement(number, order, statement, read.page.text) for order, statement in enumerate(read.reading.statements)
    )
    save_events(number, read.reading.events)
    mark([number])
    own, comments = own_words(read.page), comment_words(read.page)
    SearchText.objects.create(
        report=report,
        exact=own.exact,
        stemmed=own.stemmed,
        places=own.places,
        comments_exact=comments.exact,
        comments_stemmed=comments.stemmed,
        comments_places=comments.places,
    )


def _report(capture: Capture, read: ReadCapture, by: str) -> Report:
    page = read.page
    row = Report(
        capture=capture,
        language=read.reading.language,
        title=page.title or "",
        byline=page.byline or "",
        agency=page.agency or "",
        outlet=page.outlet or "",
        publisher=publisher(page.outlet, capture.final) or capture.source,
        text=page.text,
        encoding=page.encoding,
        notes=list(page.notes),
        statement_count=len(read.reading.statements),
        event_count=len(read.reading.events),
        reader=by + read.corrected,
    )
    shown = page.told_published
    if shown:
        row.published = shown.day
        row.published_time = shown.clock
        row.published_zone = shown.zone or ""
        row.published_source = shown.source.value
        row.published_text = shown.text
    if page.published_metadata:
        row.metadata_published = page.published_metadata.day
        row.metadata_text = page.published_metadata.text
    if page.updated:
        row.updated, row.updated_text = page.updated.day, page.updated.text
    if page.updated_metadata:
        row.metadata_updated, row.metadata_updated_text = page.updated_metadata.day, page.updated_metadata.text
    return row


def publisher(outlet: str | None, address: str) -> str:
    """The outlet by its own name, else the host of the address with its port, where that is not the usual one.

    Empty when there is neither, as with files.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return outlet or ""
    if outlet and outlet != host:
        return outlet
    return f"{host}:{port}" if host and port else host


def _zones(number: int, page: Page) -> Iterator[Zone]:
    for order, zone in enumerate(page.zones):
        yield Zone(
            key=row_key(number, order),
            report_id=number,
            kind=zone.kind.value,
            start=zone.span.start,
            end=zone.span.end,
            reason=zone.reason,
        )


def _statement(number: int, order: int, statement: StatementRecord, text: str) -> Statement:
    row = Statement(
        key=row_key(number, order),
        report_id=number,
        order=order,
        start=statement.content.start,
        end=statement.content.end,
        text=statement.content.of(text),
        kind=statement.kind.value,
        stance=statement.stance.value,
        rule=statement.rule,
    )
    if statement.speaker:
        mention = statement.speaker.mention
        row.speaker_start, row.speaker_end, row.speaker_text = mention.span.start, mention.span.end, mention.text
        row.speaker_actor = statement.speaker.actor or ""
        row.speaker_implicit = statement.speaker.implicit
    if statement.cue:
        row.cue_start, row.cue_end = statement.cue.span.start, statement.cue.span.end
        row.cue_text = statement.cue.text
    return row
