"""Words of a document of pages with their places on the sheet, and what recognition found on pictures of sheets."""

from collections.abc import Mapping
from dataclasses import dataclass

from tawthiq.records.span import Span


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a sheet, from its top left corner: points of 1/72 inch in a PDF, pixels in a picture."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class SheetWord:
    """One word of the text of sheet `sheet` (from 1) and where it stands on it.

    `confidence` is what recognition gave the word, 0 to 1; None for text that was in the file.
    """

    span: Span
    sheet: int
    box: Box
    confidence: float | None


@dataclass(frozen=True, slots=True)
class RecognizedWord:
    """A word that recognition read; `confidence` is 0 to 1."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class RecognizedSheet:
    """What recognition read on one sheet: lines of words in reading order. Sizes in the unit of the boxes."""

    width: float
    height: float
    lines: tuple[tuple[RecognizedWord, ...], ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """Recognized sheets by number (from 1). `by` names program, version and languages ("tesseract 5.3.0 ara+eng").

    `notes` says which sheets could not be recognized, and why.
    """

    by: str
    sheets: Mapping[int, RecognizedSheet]
    notes: tuple[str, ...] = ()
