"""The characters of one PDF page and where they stand (ISO 32000-1, 9.4), by PDFium.

PDFium is asked for characters, pen positions and sizes only. In which order they are read is worked out from where they
stand (`visual_order`, `columns`), since the order in the file, and that of every library measured, is wrong for Arabic
(docs/adr/0008-documents-of-pages.md). Lengths are points of 1/72 inch; y grows downwards from the top of the sheet as shown.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

MOST_CHARACTERS = 60_000
"""Characters of one page that are looked at; a sheet of newsprint holds some 20,000."""
_SPACE = 0x20
_UNMAPPED = "\ufffd"
_HALF_SURROGATES = range(0xD800, 0xE000)


class Glyph(NamedTuple):
    """One character as drawn. `left`..`right` is its advance, `base` the height of its baseline, `size` that of its type.

    `origin` is where the pen stood; characters of one ligature share it. A space that was not drawn has no width.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    origin: float


class Sides(NamedTuple):
    """A rectangle on a sheet."""

    left: float
    top: float
    right: float
    bottom: float


class Placing:
    """From the coordinates of a PDF page (y upwards, before its rotation) to those of the sheet as shown."""

    def __init__(self, page: Any) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.turn = pdfium.FPDFPage_GetRotation(page)
        self._box = box
        wide, high = abs(box.right - box.left), abs(box.top - box.bottom)
        self.width, self.height = (high, wide) if self.turn % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is seen."""
        box = self._box
        if self.turn == 1:
            return y - box.bottom, x - box.left
        if self.turn == 2:
            return box.right - x, y - box.bottom
        if self.turn == 3:
            return box.top - y, box.right - x
        return x - box.left, box.top - y

    def upright(self, along: float, across: float) -> bool:
        """Whether writing with this direction on the page runs from left to right as seen, within some ten degrees."""
        seen = ((along, across), (across, -along), (-along, -across), (-across, along))[self.turn % 4]
        return seen[0] > 0 and abs(seen[1]) < 0.2 * seen[0]


def characters(text_page: Any, placing: Placing) -> tuple[list[Glyph], str]:
    """The upright characters of a loaded page in the order of the file, and the rotated ones as one string."""
    upright: list[Glyph] = []
    rotated: list[str] = []
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    count = min(pdfium.FPDFText_CountChars(text_page), MOST_CHARACTERS)
    for number, written in _written(text_page, count):
        pdfium.FPDFText_GetLooseCharBox(text_page, number, box)
        pdfium.FPDFText_GetMatrix(text_page, number, matrix)
        if not placing.upright(matrix.a, matrix.b):
            rotated.append(written)
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, number, x, y)
        size = pdfium.FPDFText_GetFontSize(text_page, number) * hypot(matrix.c, matrix.d)
        if written == " " and box.right <= box.left and upright:
            size = upright[-1].size
        origin, base = placing.point(x.value, y.value)
        ends = origin, placing.point(box.left, box.bottom)[0], placing.point(box.right, box.top)[0]
        if 0 < size < placing.height and abs(base) < 20 * placing.height and abs(origin) < 20 * placing.width:
            upright.append(Glyph(written, min(ends), max(ends), base, size, origin))
    return upright, "".join(rotated).strip()


def _written(text_page: Any, count: int) -> Iterator[tuple[int, str]]:
    """Each character's number and its Unicode form: presentation forms of Arabic as letters, unmapped ones as U+FFFD."""
    number = 0
    while number < count:
        code = pdfium.FPDFText_GetUnicode(text_page, number)
        at, number = number, number + 1
        if code in _HALF_SURROGATES:
            low = pdfium.FPDFText_GetUnicode(text_page, number) if number < count else 0
            number += 1
            pair = chr(code) + chr(low) if 0xDC00 <= low < 0xE000 else ""
            yield at, pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace") or _UNMAPPED
        elif code < _SPACE:
            yield at, _control(text_page, at)
        else:
            yield at, _form(code)


def _control(text_page: Any, number: int) -> str:
    """A control character: PDFium's own sign for a line's end or its hyphen, else a letter without a Unicode value."""
    if pdfium.FPDFText_IsHyphen(text_page, number) == 1:
        return "-"
    return " " if pdfium.FPDFText_IsGenerated(text_page, number) == 1 else _UNMAPPED


def _form(code: int) -> str:
    character = chr(code) if code <= 0x10FFFF else _UNMAPPED
    if 0xFB00 <= code <= 0xFDCF or 0xFDF0 <= code <= 0xFDFB or 0xFE70 <= code <= 0xFEFC:
        return unicodedata.normalize("NFKC", character)
    if character in "\xa0\u2028\u2029":
        return " "
    return _UNMAPPED if unicodedata.category(character) in ("Cc", "Cn", "Co") else character
