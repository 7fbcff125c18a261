"""From the bytes of a document of pages to its anatomy, and to the words of a sheet.

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
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.sheet_words import Recognition, RecognizedWord, SheetWord


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The sheets of a document as its file holds them, and what it says of itself; a picture has none yet."""

    sheets: tuple[RawSheet, ...]
    told: FileWords

    @property
    def unread(self) -> tuple[int, ...]:
        """The numbers of the sheets whose characters are missing or garbled."""
        return tuple(sheet.number for sheet in self.sheets if sheet.unread or sheet.garbled)


def raw_document(data: bytes, item: str, on_sheet: Callable[[int], None] | None = None) -> RawDocument:
    """The document that `data` holds. `on_sheet` is told each sheet's number before it is read, and 0 behind the last.

    Raises UnreadableCapture, naming `item`, as `pdf_file.opened` does.
    """
    if not is_pdf(data):
        return RawDocument((), FileWords())
    found: list[RawSheet] = []
    with opened(data, item) as document:
        told = file_words(document, data)
        for raw in raw_sheets(document, on_sheet):
            found.append(raw)
    if not any(sheet.width for sheet in found):
        raise UnreadableCapture(
            item=item,
            happened="the PDF holds no sheets that can be read",
            advice="the capture stays in evidence as it is; collect it again if its source is still there",
        )
    if on_sheet:
        on_sheet(0)
    return RawDocument(tuple(found), told)


def document_anatomy(raw: RawDocument, notes: list[str], recognition: Recognition | None = None) -> Anatomy:
    """The anatomy of a document. What is odd about it is added to `notes`."""
    sheets = _sheets(raw, recognition)
    if recognition:
        if any(sheet.number in recognition.sheets for sheet in sheets):
            notes.append(f"recognized by {recognition.by}")
        notes += recognition.notes
    return take_document_apart(sheets, raw.told, notes)


def words_of_sheet(
    data: bytes, number: int, recognition: Recognition | None = None, item: str = "document"
) -> list[SheetWord]:
    """The words of sheet `number` (from 1) with their places, spans pointing into the text that `anatomy` gives.

    They are worked out anew, which is cheaper than to keep some 300,000 rows for a book; `recognition` must be the one
    that the page was made with. A word that a line's end broke is given as its two parts.
    """
    whole = composed(_sheets(raw_document(data, item), recognition))
    found = words(whole, number)
    read = recognition.sheets.get(number) if recognition else None
    if read is None:
        return found
    told = {_key(word): word for line in read.lines for word in line}
    return [_sure(word, told.get((word.span.of(whole.text), word.box.left, word.box.right))) for word in found]


def _key(word: RecognizedWord) -> tuple[str, float, float]:
    return word.text, round(word.box.left, 1), round(word.box.right, 1)


def _sure(word: SheetWord, told: RecognizedWord | None) -> SheetWord:
    return replace(word, box=told.box, confidence=told.confidence) if told else word


def _sheets(raw: RawDocument, recognition: Recognition | None) -> list[RawSheet]:
    """The sheets of a document, those that were recognized as recognition read them."""
    read = recognition.sheets if recognition else {}
    if not raw.sheets:
        return [recognized_sheet(number, sheet) for number, sheet in sorted(read.items())]
    return [
        recognized_sheet(sheet.number, read[sheet.number], sheet.pictures) if sheet.number in read else sheet
        for sheet in raw.sheets
    ]
