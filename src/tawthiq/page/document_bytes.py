"""From the bytes of a document of pages to its anatomy, to the words of a sheet, and to sheets drawn for recognition.

Pure. Recognition is handed in (`records.sheet_words.Recognition`): sheets that it read replace those whose text is missing
or garbled; a picture of a leaflet is a document only with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tawthiq.page.composing import composed, words
from tawthiq.page.document_kinds import is_pdf
from tawthiq.page.documents import take_document_apart
from tawthiq.page.html import Anatomy
from tawthiq.page.pdf_file import file_words, opened, raw_sheets
from tawthiq.page.recognized import recognized_sheet
from tawthiq.page.sheets import FileWords, RawSheet
from tawthiq.records.sheet_words import Recognition, RecognizedWord, SheetWord


@dataclass(frozen=True, slots=True)
class WantedSheet:
    """A sheet whose characters recognition may read, and why."""

    number: int
    garbled: bool


def document_anatomy(
    data: bytes,
    item: str,
    notes: list[str],
    recognition: Recognition | None = None,
    on_sheet: Callable[[int], None] | None = None,
) -> Anatomy:
    """The anatomy of a PDF, or of a picture that was recognized. `on_sheet` is told each sheet's number as it is read.

    Raises UnreadableCapture, naming `item`, as `pdf_file.opened` does.
    """
    sheets, told = _sheets(data, item, recognition, on_sheet)
    if recognition:
        if any(sheet.number in recognition.sheets for sheet in sheets):
            notes.append(f"recognized by {recognition.by}")
        notes += recognition.notes
    return take_document_apart(sheets, told, notes)


def words_of_sheet(
    data: bytes, number: int, recognition: Recognition | None = None, item: str = "document"
) -> list[SheetWord]:
    """The words of sheet `number` (from 1) with their places, spans pointing into the text that `anatomy` gives.

    They are worked out anew, which is cheaper than to keep some 300,000 rows for a book; `recognition` must be the one
    that the page was made with. A word that a line's end broke is given as its two parts.
    """
    sheets, _ = _sheets(data, item, recognition, None)
    found = words(composed(sheets), number)
    read = recognition.sheets.get(number) if recognition else None
    if read is None:
        return found
    told = {
        (round(word.box.left, 1), round(word.box.right, 1), word.text): word for line in read.lines for word in line
    }
    text = composed(sheets).text
    return [_with_confidence(word, told.get((word.box.left, word.box.right, word.span.of(text)))) for word in found]


def _with_confidence(word: SheetWord, told: RecognizedWord | None) -> SheetWord:
    return replace(word, box=told.box, confidence=told.confidence) if told else word


def wanted_sheets(data: bytes, item: str) -> list[WantedSheet]:
    """The sheets of a PDF whose characters are missing or garbled."""
    with opened(data, item) as document:
        return [WantedSheet(raw.number, raw.garbled) for raw in raw_sheets(document) if raw.unread or raw.garbled]


def _sheets(
    data: bytes, item: str, recognition: Recognition | None, on_sheet: Callable[[int], None] | None
) -> tuple[list[RawSheet], FileWords]:
    read = recognition.sheets if recognition else {}
    if not is_pdf(data):
        return [recognized_sheet(number, sheet) for number, sheet in sorted(read.items())], FileWords()
    found: list[RawSheet] = []
    with opened(data, item) as document:
        told = file_words(document, data)
        for raw in raw_sheets(document):
            if on_sheet:
                on_sheet(raw.number)
            recognized = read.get(raw.number)
            found.append(recognized_sheet(raw.number, recognized, raw.pictures) if recognized else raw)
    return found, told
