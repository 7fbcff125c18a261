"""A document of pages (PDF, scan, picture of a leaflet) taken apart: zones by type, place and repetition.

Pure. The order: sheets to one text (`composing`), then running lines, then title, byline and date of the first sheet, then
captions, notes at the foot and lists of contents; what no rule takes is body. The date of the file's making is kept as
metadata only: a magazine is scanned years after it was printed.
"""

import re
from collections.abc import Sequence
from datetime import date, time

from tawthiq.page.agencies import body_credit
from tawthiq.page.bylines import has_prefix, person
from tawthiq.page.composing import Composed, Piece, composed
from tawthiq.page.html import Anatomy
from tawthiq.page.painting import Canvas
from tawthiq.page.pdf_glyphs import Sides
from tawthiq.page.published import SeenDate, dates_of_line
from tawthiq.page.sheet_text import Line
from tawthiq.page.sheets import FileWords, RawSheet
from tawthiq.page.titles import without_site
from tawthiq.page.unsure_dates import UNSURE_LANGUAGES, doubt
from tawthiq.page.wording import cues_of
from tawthiq.records.page import DateSource, PageDate, Sheet, SheetOrigin, ZoneKind
from tawthiq.text.folding import fold
from tawthiq.text.language import language

MOST_TEXT = 4_000_000  # code points; past it the text is kept whole, unlabelled
DOUBTFUL = 0.6  # mean confidence below which a recognized sheet is told of
_LARGE = 1.2  # title type, as a share of the usual size
_SMALL = 0.92
_TITLE_LINES = 4
_LONGEST_TITLE = 220
_AGAIN = "with Tesseract, `tawthiq read --again --recognize`"
_LOW = 0.6  # share of a sheet's height below which notes at the foot stand
_NOTE = re.compile(r"[(\[]?(?:\d{1,3}|[*†‡])[)\].]?\s*\S")
_CONTENTS = re.compile(r"(?:\.\s?){4,}|…{2,}|\t\s*\d{1,4}\s*$")
_MADE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)\d{0,2})?(?:([+\-])(\d\d)'?(\d\d)?|(Z))?")


def take_document_apart(sheets: Sequence[RawSheet], told: FileWords, notes: list[str]) -> Anatomy:
    """The anatomy of a document. What is odd about its sheets is added to `notes`."""
    whole = composed(sheets)
    canvas = Canvas(whole.text)
    notes += [*told.notes, *_notes_on(sheets)]
    kept = tuple(
        Sheet(sheet.number, whole.labels.get(sheet.number), span, sheet.origin, sheet.confidence)
        for sheet, span in zip(sheets, whole.spans, strict=True)
    )
    made = made_on(told.made)
    if len(whole.text) > MOST_TEXT:
        notes.append("the document is too large to take apart; its text is kept whole, unlabelled")
        return Anatomy(whole.text, canvas.zones(), None, None, None, None, made, (), (), sheets=kept)
    heights = {sheet.number: sheet.height for sheet in sheets}
    pictures = {sheet.number: sheet.pictures for sheet in sheets}
    for piece in whole.pieces:
        canvas.paint(piece.start, piece.end, *_kind(piece, whole, heights[piece.sheet], pictures[piece.sheet]))
    first = _first(whole)
    title = _title(first, whole, told, canvas)
    day, byline = _sure(_day(first, whole, canvas), whole.text, notes), _byline(first, whole, canvas)
    credit = body_credit(whole.text, [(piece.start, piece.end) for piece in first if not piece.reason])
    if credit:
        canvas.paint(credit.start, credit.end, ZoneKind.AGENCY, "a credited agency")
    agency = credit.name if credit else None
    return Anatomy(whole.text, canvas.zones(), title, byline, agency, day, made, (), (), sheets=kept)


def _kind(piece: Piece, whole: Composed, height: float, pictures: Sequence[Sides]) -> tuple[ZoneKind, str]:
    """The zone of one paragraph by its type, its place and its wording."""
    words = whole.text[piece.start : piece.end]
    if piece.paragraph is None or "printed number" in piece.reason:
        return ZoneKind.OTHER, piece.reason
    if piece.reason:
        return ZoneKind.NAVIGATION, piece.reason
    line = piece.paragraph.lines[0]
    if piece.paragraph.size < _SMALL * whole.size:
        if len(words) < 400 and any(_beside(line, box) for box in pictures):
            return ZoneKind.CAPTION, "small type beside a picture"
        if line.base > _LOW * height and _NOTE.match(words):
            return ZoneKind.OTHER, "a note at the foot of the sheet"
    return _by_wording(words, table=line.table)


def _by_wording(words: str, *, table: bool) -> tuple[ZoneKind, str]:
    cues = cues_of(words)
    if "caption_prefix" in cues and len(words) < 240:
        return ZoneKind.CAPTION, "its wording (caption_prefix)"
    if len(words) < 200 and _CONTENTS.search(words) and not table:
        return ZoneKind.NAVIGATION, "an entry of a list of contents"
    if "copyright" in cues:
        return ZoneKind.OTHER, "its wording (copyright)"
    return ZoneKind.BODY, "text of the sheet"


def _beside(line: Line, box: Sides) -> bool:
    """Whether a line stands right under or over a picture and not wider than it."""
    apart = min(abs(line.base - line.size - box.bottom), abs(box.top - line.base))
    overlap = min(line.right, box.right) - max(line.left, box.left)
    return apart < 2.2 * line.size and overlap > 0.6 * (line.right - line.left)


def _first(whole: Composed) -> list[Piece]:
    """The paragraphs of the first sheet that holds any."""
    number = whole.pieces[0].sheet if whole.pieces else 0
    return [piece for piece in whole.pieces if piece.sheet == number and piece.paragraph]


def _title(first: list[Piece], whole: Composed, told: FileWords, canvas: Canvas) -> str | None:
    """The lines of largest type on the first sheet; else the title of the metadata where the first sheet shows it."""
    free = [piece for piece in first if not piece.reason]
    largest = max((piece.paragraph.size for piece in free if piece.paragraph), default=0.0)
    alike = [piece for piece in free if piece.paragraph and piece.paragraph.size > 0.93 * largest]
    words = " ".join(_words(whole, piece) for piece in alike)
    together = len(alike) <= _TITLE_LINES and bool(alike) and alike[-1].start - alike[0].end < _LONGEST_TITLE
    large = largest >= _LARGE * whole.size
    if large and together and 4 <= len(words) <= _LONGEST_TITLE and re.search(r"[^\W\d_]{2}", words):
        for piece in alike:
            canvas.paint(piece.start, piece.end, ZoneKind.TITLE, "the largest type of the first sheet")
        return words
    return _told_title(free, whole, told, canvas)


def _told_title(free: list[Piece], whole: Composed, told: FileWords, canvas: Canvas) -> str | None:
    """The metadata's title where a line of the first sheet is it, in the characters of that line."""
    wanted = fold(without_site(told.title, ())).split() if told.title else []
    for piece in free:
        if wanted and fold(_words(whole, piece)).split() == wanted:
            canvas.paint(piece.start, piece.end, ZoneKind.TITLE, "the title that the file's metadata tells")
            return _words(whole, piece)
    return None


def _words(whole: Composed, piece: Piece) -> str:
    return " ".join(whole.text[piece.start : piece.end].replace("\u00ad", "").split())


def _day(first: list[Piece], whole: Composed, canvas: Canvas) -> PageDate | None:
    """The date that the first sheet displays; None where lines of it display several and none is marked as published."""
    seen: list[SeenDate] = []
    for piece in first:
        found = dates_of_line(whole.text, piece.start, piece.end)
        covered = sum(one.end - one.start for one in found)
        if found and (any(one.marked for one in found) or covered >= 0.4 * (piece.end - piece.start)):
            seen += found
    published = [one for one in seen if one.marked == "published"]
    unmarked = [one for one in seen if one.marked is None]
    chosen = published or (unmarked if len({one.value.day for one in unmarked}) == 1 else [])
    for one in chosen:
        canvas.paint(one.start, one.end, ZoneKind.DATE, "a date on the first sheet")
    return chosen[0].value if chosen else None


def _sure(day: PageDate | None, text: str, notes: list[str]) -> PageDate | None:
    """The date, unless it is all in figures that can be read two ways and nothing says which: then None, with a note.

    The day on which the file was made says nothing: it may be years later.
    """
    note = doubt(day) if day and language(text) in UNSURE_LANGUAGES else None
    if note:
        notes.append(note)
    return None if note else day


def _byline(first: list[Piece], whole: Composed, canvas: Canvas) -> str | None:
    for piece in first:
        words = whole.text[piece.start : piece.end]
        name = person(words, ()) if has_prefix(words) else None
        if name:
            canvas.paint(piece.start, piece.end, ZoneKind.BYLINE, "wording that signs the document")
            return name
    return None


def made_on(told: str | None) -> PageDate | None:
    """The date of a file's making (ISO 32000-1, 7.9.4), with its clock and zone as given; None where it is no day."""
    match = _MADE.match(told or "")
    if not told or not match:
        return None
    year, month, day, hour, minute, sign, hours, minutes, utc = match.groups()
    try:
        clock = time(int(hour), int(minute)) if hour else None
        zone = "Z" if utc else (f"{sign}{hours}:{minutes or '00'}" if sign and clock else None)
        return PageDate(date(int(year), int(month), int(day)), clock, zone, DateSource.METADATA, told)
    except ValueError:
        return None


def _notes_on(sheets: Sequence[RawSheet]) -> list[str]:
    """What a person should know of the sheets: pictures that were not read, and doubtful recognition."""
    unread = [sheet.number for sheet in sheets if sheet.unread]
    garbled = [sheet.number for sheet in sheets if sheet.garbled]
    doubtful = [
        sheet.number
        for sheet in sheets
        if sheet.origin is SheetOrigin.RECOGNIZED and sheet.confidence is not None and sheet.confidence < DOUBTFUL
    ]
    notes = []
    if unread:
        notes.append(f"{_listed(unread)} {_held(unread, 'a picture', 'pictures')} only; {_AGAIN} reads what is shown")
    if garbled:
        without = "characters without meaning"
        notes.append(f"{_listed(garbled)} {_held(garbled, without, without)}; {_AGAIN} reads what is shown")
    if doubtful:
        notes.append(
            f"{_listed(doubtful)} {_were(doubtful)} recognized with little confidence; compare with the picture"
        )
    return notes


def _held(numbers: list[int], one: str, several: str) -> str:
    return f"holds {one}" if len(numbers) == 1 else f"hold {several}"


def _were(numbers: list[int]) -> str:
    return "was" if len(numbers) == 1 else "were"


def _listed(numbers: list[int]) -> str:
    """Sheet numbers as people write them: "sheets 3, 7-9"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    words = ", ".join("-".join(map(str, part)) for part in ranges[:40])
    return f"{'sheet' if len(numbers) == 1 else 'sheets'} {words}{' and more' if len(ranges) > 40 else ''}"
