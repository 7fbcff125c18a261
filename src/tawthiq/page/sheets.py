"""What the layout of one sheet is worked out from, wherever its characters came from.

Pure records of this room: made by `pdf_file` from text in a file and by `recognized` from what recognition read.
"""

from dataclasses import dataclass

from tawthiq.page.pdf_glyphs import Sides
from tawthiq.page.sheet_lines import Stretch
from tawthiq.records.page import SheetOrigin


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: its characters in stretches, characters that run another way, and where pictures stand.

    `confidence` is the mean of the words that were recognized; None for text of the file. `unread` tells that the sheet
    shows a picture that nobody has read (`garbled`: that its text layer is no text).
    """

    number: int
    width: float
    height: float
    stretches: tuple[Stretch, ...]
    rotated: str
    pictures: tuple[Sides, ...]
    origin: SheetOrigin
    confidence: float | None
    unread: bool = False
    garbled: bool = False


@dataclass(frozen=True, slots=True)
class FileWords:
    """What a document says of itself: title and date of making as its metadata give them, and what was odd."""

    title: str | None = None
    made: str | None = None
    notes: tuple[str, ...] = ()
