"""One item of evidence in, one page and its reading out.

An item names the place of its record, which is loaded where it is read, so that no queue ever holds payloads. Only the
answer that was finally served, and only HTML, plain text or a document of pages (`document_items`), is a page; everything
else stays in evidence unread.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import regex

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.page.blocks import page_blocks
from tawthiq.page.report import report_spans
from tawthiq.pipeline.ask_opinion import with_opinion
from tawthiq.pipeline.correct_page import corrected
from tawthiq.pipeline.document_items import (
    PICTURE_TYPES,
    Recognizing,
    is_document,
    is_recognized,
    may_be_document,
    payload_limit,
)
from tawthiq.pipeline.document_process import page_of_bytes
from tawthiq.pipeline.export_parts import part_bytes, part_page
from tawthiq.pipeline.payload import Decoded, decode
from tawthiq.pipeline.record_place import record_within
from tawthiq.pipeline.table_capture import TABLE, page_and_reading, stamp_of
from tawthiq.reading import read
from tawthiq.reading.adapting import read_adapted
from tawthiq.records.authority import Overlay
from tawthiq.records.block import PageBlocks
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.correction import PageCorrection
from tawthiq.records.errors import AdapterUnavailable, BadLexicon, TawthiqError, UnreadableCapture
from tawthiq.records.export import ExportPart
from tawthiq.records.opinion import SecondOpinion
from tawthiq.records.page import Page
from tawthiq.records.proposal import AdaptedReading, AdapterIdentity, Proposer
from tawthiq.records.reading import Document, Reading
from tawthiq.records.table import TableImport
from tawthiq.store import StoredRecord
from tawthiq.store.place_packs import known_with

PAYLOAD_LIMIT = 30_000_000  # bytes, as stored and unfolded
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_UNTOLD_TYPES = frozenset({"", "application/octet-stream", "application/xml", "text/xml"})
_HTML = regex.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p)[\s>]", regex.IGNORECASE)
_LOOKED_AT = 4096
SHEETS_ONLY = Recognizing()
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class ReadCapture:
    """A page and what was read in it, under the identifier of its capture; `adapter` may have added to the reading.

    `unused` says why answers of the adapter could not be used; the reading is then grammar's alone, or lacks their part.
    `corrected` names a person's correction of the page and how it fitted (`correct_page.corrected`), empty without one.
    `blocks` is what the page, before any correction, teaches the memory of its host; `known` those of them that were known.
    """

    page: Page
    reading: Reading
    adapter: AdapterIdentity | None = None
    unused: tuple[str, ...] = ()
    corrected: str = ""
    opinion: SecondOpinion | None = None
    blocks: PageBlocks | None = None
    known: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class NotAPage:
    """An item that holds no report, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One capture under its number in the archive at `folder`; `ordinal` records stand before it at its place.

    `packs` are the files of the place packs to read with: each process opens them for itself. `adapter` offers values
    where the person asked for it. `correction` is a person's decision about the page, which wins over the program's,
    or why it cannot be trusted: the item then fails. `second_opinion` asks another extractor about the page as well.
    `known` are digests of the lines that the page's host is known to repeat. `recognize` lets characters be recognized on
    pictures of sheets. `part` is the stretch of an exported chat that the capture stands for, if it is one. `overlay` is
    what people decided about actors and places. `table` says that the item is a table whose rows people let in, or why that
    cannot be trusted: it is then read by its mapping, and by nothing else.
    """

    number: int
    capture: Capture
    folder: Path
    ordinal: int = 0
    packs: tuple[Path, ...] = ()
    adapter: Proposer | None = None
    correction: PageCorrection | TawthiqError | None = None
    second_opinion: bool = False
    known: frozenset[int] = frozenset()
    recognize: Recognizing = SHEETS_ONLY
    part: ExportPart | None = None
    overlay: Overlay | None = None
    table: TableImport | TawthiqError | None = None


def read_item(item: Item) -> ReadCapture | NotAPage | TawthiqError:
    """`read_capture` of one item, its record loaded only when it can be a page: the form that a pool of processes calls."""
    if item.table is not None:
        return _read_table(item, item.table)
    record = _loaded(item)
    if not isinstance(record, StoredRecord):
        return record
    if isinstance(item.correction, TawthiqError):
        return item.correction
    return read_capture(
        item.capture,
        record,
        known_with(item.packs, item.overlay),
        item.adapter,
        correction=item.correction,
        asking=item.second_opinion,
        remembered=item.known,
        recognize=item.recognize,
        part=item.part,
    )


def _read_table(item: Item, made: TableImport | TawthiqError) -> ReadCapture | NotAPage | TawthiqError:
    """A table by its mapping."""
    if isinstance(made, TawthiqError):
        return made

    def work(payload: Decoded) -> ReadCapture:
        known = known_with(item.packs, item.overlay)
        page, reading = page_and_reading(item.capture.id, item.capture.source, payload.data, made, known)
        correction = None if isinstance(item.correction, TawthiqError) else item.correction
        page, stamp = corrected(page, item.capture, correction)
        return ReadCapture(page, reading, corrected=f"{TABLE}{stamp_of(made.digest)}{stamp}")

    try:
        record = record_within(item.folder, item.capture, item.ordinal, PAYLOAD_LIMIT)
    except TawthiqError as error:
        return error
    return _guarded(item.capture, record, work, recognize=item.recognize, told=True)


def page_item(item: Item) -> Page | NotAPage | TawthiqError:
    """The page of one item as the program alone takes it apart, whatever a person decided about it."""
    record = _loaded(item)
    if not isinstance(record, StoredRecord):
        return record
    return _guarded(
        item.capture,
        record,
        lambda payload: _taken_apart(item.capture, payload, item.known, item.recognize, item.part),
        recognize=item.recognize,
    )


def _loaded(item: Item) -> StoredRecord | NotAPage | TawthiqError:
    """The preserved record of an item that can be a page."""
    why_not = no_page(item.capture, recognize=item.recognize)
    if why_not:
        return why_not
    try:
        if item.part:
            return StoredRecord(None, (), part_bytes(item.folder, item.capture, item.part), None)
        limit = payload_limit(item.capture, _media_type(item.capture), PAYLOAD_LIMIT)
        return record_within(item.folder, item.capture, item.ordinal, limit)
    except TawthiqError as error:
        return error


def no_page(capture: Capture, *, recognize: Recognizing = SHEETS_ONLY) -> NotAPage | None:
    """Why the item cannot be a page, by what the log knows of it; None when it may be one."""
    if capture.status is not None and not 200 <= capture.status < 300:
        return NotAPage(f"the server answered {capture.status}")
    told = _media_type(capture)
    if capture.kind is SourceKind.EXPORT:
        return None
    if told not in _PAGE_TYPES | _UNTOLD_TYPES and not may_be_document(told, recognize):
        if told in PICTURE_TYPES:
            return NotAPage(f"{told} is a picture; `tawthiq read --again --recognize` reads pictures of documents")
        return NotAPage(f"{told} is neither HTML, plain text nor PDF")
    return None


def _media_type(capture: Capture) -> str:
    return (capture.content_type or "").partition(";")[0].strip().lower()


def read_capture(
    capture: Capture,
    record: StoredRecord,
    known: Gazetteer | None = None,
    adapter: Proposer | None = None,
    *,
    correction: PageCorrection | None = None,
    asking: bool = False,
    remembered: frozenset[int] = frozenset(),
    recognize: Recognizing = SHEETS_ONLY,
    part: ExportPart | None = None,
) -> ReadCapture | NotAPage | TawthiqError:
    """The page and reading of one item, or why there is none; `asking` for a second opinion changes neither.

    `remembered` are digests of lines that the page's host repeats: they leave its body.

    A hostile page must not end the run over all others, so any failure of the rooms below becomes an UnreadableCapture;
    a broken lexicon or an adapter that nobody answers for would fail every page alike and is raised.
    """

    def work(payload: Decoded) -> ReadCapture:
        page = _taken_apart(capture, payload, remembered, recognize, part)
        blocks = page_blocks(page, capture.final)
        met = remembered.intersection(block.digest for block in blocks.blocks) if blocks else remembered
        page, stamp = corrected(page, capture, correction)
        page, opinion = with_opinion(page, payload.data, capture.content_type) if asking else (page, None)
        return replace(_read(page, known, adapter), corrected=stamp, opinion=opinion, blocks=blocks, known=met)

    why_not = no_page(capture, recognize=recognize)
    if why_not:
        return why_not
    return _guarded(capture, record, work, recognize=recognize)


def _guarded(
    capture: Capture,
    record: StoredRecord,
    work: Callable[[Decoded], Made],
    *,
    recognize: Recognizing,
    told: bool = False,
) -> Made | NotAPage | TawthiqError:
    """What `work` makes of the payload of an item that is a page, or why there is nothing. `told`: somebody says it is."""
    try:
        kind = _media_type(capture)
        payload = decode(record, payload_limit(capture, kind, PAYLOAD_LIMIT), item=capture.source)
        document = told or is_document(payload.data, recognize)
        if kind in _UNTOLD_TYPES and not document and not _HTML.search(payload.data[:_LOOKED_AT]):
            return NotAPage("the file does not look like HTML and nothing says that it is text")
        return work(payload)
    except (BadLexicon, AdapterUnavailable):
        raise
    except TawthiqError as error:
        return _by_source(capture, error)
    except Exception as error:
        return UnreadableCapture(
            item=capture.source,
            happened=f"the reader failed on this page ({type(error).__name__}: {error})",
            advice="the page stays in evidence; report the fault, then run `tawthiq read` again",
        )


def _by_source(capture: Capture, error: TawthiqError) -> TawthiqError:
    """The error with the name that the person knows the item by, where a room below knew only its identifier."""
    if error.item != capture.id:
        return error
    return type(error)(item=capture.source, happened=error.happened, advice=error.advice)


def _taken_apart(
    capture: Capture,
    payload: Decoded,
    remembered: frozenset[int],
    recognize: Recognizing,
    part: ExportPart | None = None,
) -> Page:
    if part:
        return part_page(payload.data, capture, part).page
    page = page_of_bytes(
        payload.data,
        id=capture.id,
        url=capture.final,
        content_type=capture.content_type,
        known=remembered,
        recognize=is_recognized(payload.data, recognize),
    )
    return replace(page, notes=payload.notes + page.notes)


def _read(page: Page, known: Gazetteer | None, adapter: Proposer | None) -> ReadCapture:
    if adapter is None:
        return ReadCapture(page, read(document_of(page), known=known))
    adapted = read_adapted(document_of(page), adapter, known)
    unused = tuple(refusal.reason for refusal in adapted.refused if refusal.kind == "answer")
    notes = (*page.notes, *_notes(adapted, unused))
    return ReadCapture(replace(page, notes=notes), adapted.reading, adapted.adapter, unused)


def _notes(adapted: AdaptedReading, unused: tuple[str, ...]) -> Iterator[str]:
    """What became of an adapter's offers, for whoever looks at the report."""
    yield f"{adapted.adapter}: {len(adapted.accepted)} offers stand in the text, {len(adapted.refused)} refused"
    for reason in unused:
        yield f"{adapted.adapter}: {reason}"


def document_of(page: Page) -> Document:
    """The page as a text to read: readable are its title and body, never navigation, related links or comments."""
    day = page.told_published
    return Document(
        id=page.id,
        text=page.text,
        language=page.language,
        published=day.day if day else None,
        outlet=page.outlet,
        title=page.title,
        readable=report_spans((zone.kind, zone.span) for zone in page.zones),
    )
