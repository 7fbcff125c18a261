"""What recognition read, as raw sheets: its words in its order on each line, its lines in the order of our own layout.

Pure. Recognition itself is an edge (`pipeline/recognizing`).
"""

from collections.abc import Sequence
from statistics import fmean, median

from tawthiq.page.pdf_glyphs import Sides
from tawthiq.page.sheet_lines import Drawn, Stretch
from tawthiq.page.sheets import RawSheet
from tawthiq.page.visual_order import Placed
from tawthiq.records.page import SheetOrigin
from tawthiq.records.sheet_words import RecognizedSheet, RecognizedWord

_TYPE_SHARE = 0.75  # size of type in a line's height from its highest to its lowest ink
_BASE_SHARE = 0.25  # how far below the middle of its ink a line's baseline is: steadier than its lowest ink
_ONE_TYPE = 0.3  # lines whose heights differ less from the sheet's usual one are taken for its usual type


def recognized_sheet(number: int, found: RecognizedSheet, pictures: tuple[Sides, ...] = ()) -> RawSheet:
    """The raw sheet of what recognition read on sheet `number`."""
    heights = [max(w.box.bottom for w in line) - min(w.box.top for w in line) for line in found.lines if line]
    usual = median(heights) if heights else 0.0
    words = [word for line in found.lines for word in line]
    confidence = round(fmean(_weighted(words)), 3) if words else None
    stretches = tuple(_stretch(line, usual) for line in found.lines if line)
    return RawSheet(
        number, found.width, found.height, stretches, "", pictures, SheetOrigin.RECOGNIZED, confidence, unread=not words
    )


def _weighted(words: Sequence[RecognizedWord]) -> list[float]:
    """The confidence of each character: its word's."""
    return [word.confidence for word in words for _ in word.text]


def _stretch(line: Sequence[RecognizedWord], usual: float) -> Stretch:
    top, bottom = min(word.box.top for word in line), max(word.box.bottom for word in line)
    height = bottom - top
    if abs(height - usual) < _ONE_TYPE * usual:
        height = usual
    base = (top + bottom) / 2 + _BASE_SHARE * height
    size = max(_TYPE_SHARE * height, 1.0)
    pieces = tuple(Drawn(w.text, w.box.left, w.box.right, base, size, w.box.left) for w in line)
    placed: list[Placed] = []
    for word in line:
        if placed:
            placed.append(Placed(" ", word.box.left, word.box.left))
        placed.append(Placed(word.text, word.box.left, word.box.right))
    left, right = min(word.box.left for word in line), max(word.box.right for word in line)
    return Stretch(pieces, left, right, base, size, tuple(placed))
