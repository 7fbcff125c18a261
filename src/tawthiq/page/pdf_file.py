"""PDF bytes to raw sheets (ISO 32000-1), by PDFium, within bounds.

Pure: bytes in, records out. PDFium is not safe for threads, so one document is open at a time in a process. Bounds keep a
hostile file from holding the reader: MOST_SHEETS sheets, MOST_CHARACTERS a sheet (`pdf_glyphs`), MOST_OBJECTS looked at for
pictures. What a stream may unfold to is bounded by `pdf_bounds` before PDFium sees it.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import pypdfium2.raw as pdfium

from tawthiq.page.pdf_bounds import refuse_bombs
from tawthiq.page.pdf_glyphs import Glyph, Placing, Sides, characters
from tawthiq.page.sheet_lines import stretches
from tawthiq.page.sheets import FileWords, RawSheet
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.page import SheetOrigin

MOST_SHEETS = 2_000
MOST_OBJECTS = 2_000
LONGEST_NAME = 400
_FEW_LETTERS = 8  # a sheet with fewer letters and a picture is a picture
_COVERS = 0.2  # share of the sheet from which a picture may hold its text
_GARBLED = 0.3  # share of characters that are none, or Latin-1 letters where Arabic was meant
_ONE_AT_A_TIME = RLock()


@contextmanager
def opened(data: bytes, item: str) -> Iterator[Any]:
    """The document that `data` holds. Raises UnreadableCapture, naming `item`, when it is locked or past repair."""
    refuse_bombs(data, item)
    with reopened(data, item) as document:
        yield document


@contextmanager
def reopened(data: bytes, item: str) -> Iterator[Any]:
    """The document in `data`, which was `opened` before: its streams are not measured again. Raises as `opened` does."""
    with _ONE_AT_A_TIME:
        pdfium.FPDF_InitLibrary()
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            raise _unreadable(item, pdfium.FPDF_GetLastError())
        try:
            yield document
        finally:
            pdfium.FPDF_CloseDocument(document)


def _unreadable(item: str, code: int) -> UnreadableCapture:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return UnreadableCapture(
            item=item,
            happened="the PDF is locked with a password",
            advice="the capture stays in evidence; save a copy without the password and collect that too",
        )
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableCapture(
            item=item,
            happened="the PDF is protected in a way that is not known here",
            advice="the capture stays in evidence; open it in a viewer, print it to a PDF and collect that too",
        )
    return UnreadableCapture(
        item=item,
        happened="the PDF is damaged past repair",
        advice="the capture stays in evidence as it is; collect it again if its source is still there",
    )


def file_words(document: Any, data: bytes) -> FileWords:
    """What the document says of itself, and whether its end is missing."""
    notes = []
    if b"%%EOF" not in data[-2048:]:
        notes.append("the end of the PDF is missing; sheets may be lost")
    count = pdfium.FPDF_GetPageCount(document)
    if count > MOST_SHEETS:
        notes.append(f"only the first {MOST_SHEETS} of {count} sheets are taken apart")
    told = {name: _told(document, name) for name in ("Title", "CreationDate")}
    return FileWords(told["Title"], told["CreationDate"], tuple(notes))


def _told(document: Any, name: str) -> str | None:
    size = min(pdfium.FPDF_GetMetaText(document, name.encode(), None, 0), 2 * LONGEST_NAME)
    if size <= 2:
        return None
    kept = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, name.encode(), kept, size)
    return kept.raw.decode("utf-16-le", "replace").rstrip("\0").strip() or None


def sheet_count(document: Any) -> int:
    """How many sheets are read: all, up to MOST_SHEETS."""
    return int(min(pdfium.FPDF_GetPageCount(document), MOST_SHEETS))


def raw_sheets(document: Any, on_sheet: Callable[[int], None] | None = None) -> Iterator[RawSheet]:
    """The sheets of a document in order, each number told before; one that PDFium cannot load is an empty sheet."""
    for number in range(1, sheet_count(document) + 1):
        if on_sheet:
            on_sheet(number)
        with loaded_page(document, number) as page:
            yield RawSheet(number, 0, 0, (), "", (), SheetOrigin.TEXT, None) if page is None else _sheet(page, number)


@contextmanager
def loaded_page(document: Any, number: int) -> Iterator[Any]:
    """Sheet `number` (from 1) of an open document, closed afterwards; None when PDFium cannot load it."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def _sheet(page: Any, number: int) -> RawSheet:
    placing = Placing(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    glyphs: list[Glyph] = []
    rotated = ""
    if text_page:
        try:
            glyphs, rotated = characters(text_page, placing)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    pictures = tuple(_pictures(page, placing))
    letters = sum(glyph.text.isalpha() for glyph in glyphs)
    area = max(placing.width * placing.height, 1.0)
    covered = max(((box.right - box.left) * (box.bottom - box.top) / area for box in pictures), default=0.0)
    return RawSheet(
        number,
        placing.width,
        placing.height,
        tuple(stretches(glyphs)),
        rotated,
        pictures,
        SheetOrigin.TEXT,
        None,
        unread=letters < _FEW_LETTERS and covered >= _COVERS,
        garbled=garbled("".join(glyph.text for glyph in glyphs)),
    )


def garbled(text: str) -> bool:
    """Whether a text layer is no text: characters without a Unicode value, or Arabic shown as Latin-1 letters.

    Fonts of the nineties put Arabic letters on the codes of À to ÿ. French has one in ten of those, garbled Arabic most.
    """
    letters = [character for character in text if not character.isspace()]
    if len(letters) < 4 * _FEW_LETTERS:
        return False
    none = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in letters)
    high = sum("\u00a1" <= character <= "\u00ff" and character not in "«»°·§©®" for character in letters)
    return max(none, high) > _GARBLED * len(letters)


def _pictures(page: Any, placing: Placing) -> Iterator[Sides]:
    """Where pictures stand, those inside form objects by the form's own box."""
    sides = [ctypes.c_float() for _ in range(4)]
    for number in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, number)
        kind = pdfium.FPDFPageObj_GetType(thing)
        holds = kind == pdfium.FPDF_PAGEOBJ_IMAGE or (kind == pdfium.FPDF_PAGEOBJ_FORM and _holds_picture(thing))
        if holds and pdfium.FPDFPageObj_GetBounds(thing, *sides):
            left, bottom, right, top = (side.value for side in sides)
            (x, y), (across, down) = placing.point(left, bottom), placing.point(right, top)
            yield Sides(max(min(x, across), 0), max(min(y, down), 0), min(max(x, across), placing.width), max(y, down))


def _holds_picture(form: Any, depth: int = 3) -> bool:
    for number in range(min(pdfium.FPDFFormObj_CountObjects(form), 50)):
        thing = pdfium.FPDFFormObj_GetObject(form, number)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth and _holds_picture(thing, depth - 1):
            return True
    return False
