"""Sheets of a PDF drawn as grey pictures, for recognition to read.

Pure: bytes in, PGM pictures out (netpbm's format, which needs no library). A sheet is drawn at RESOLUTION, coarser only
where it would have more than MOST_PIXELS; one that holds a picture of more than LARGEST_PICTURE pixels is not drawn, since
drawing unfolds it.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import pypdfium2.raw as pdfium

from tawthiq.page.pdf_file import loaded_page, reopened
from tawthiq.page.pdf_glyphs import Placing

RESOLUTION = 300  # dots an inch: what Tesseract is trained for
MOST_PIXELS = 40_000_000  # A3 at some 450 dots an inch
LARGEST_PICTURE = 120_000_000
_MOST_OBJECTS = 2_000
_POINTS = 72
_WHITE = 0xFFFFFFFF
_ANNOTATIONS = 0x01  # FPDF_ANNOT: stamps and notes are seen, too
_GREY = 0x08  # FPDF_GRAYSCALE


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """One sheet as a PGM picture, and how many of its pixels make a point; without a picture, why there is none."""

    number: int
    picture: bytes
    pixels_a_point: float
    why_not: str | None = None


def drawn_sheets(data: bytes, item: str, numbers: Sequence[int]) -> Iterator[DrawnSheet]:
    """The sheets of a PDF that was opened before, by number, one after the other.

    It is opened anew for each, since PDFium keeps what it unfolds. Raises UnreadableCapture as `pdf_file.opened` does.
    """
    for number in numbers:
        with reopened(data, item) as document, loaded_page(document, number) as page:
            sheet = DrawnSheet(number, b"", 1.0, "it cannot be loaded") if page is None else _drawn(page, number)
        yield sheet


def _drawn(page: Any, number: int) -> DrawnSheet:
    placing = Placing(page)
    if placing.width < 1 or placing.height < 1:
        return DrawnSheet(number, b"", 1.0, "it has no size")
    if _too_large(page):
        return DrawnSheet(number, b"", 1.0, f"it holds a picture of more than {LARGEST_PICTURE:,} pixels")
    scale = min(RESOLUTION / _POINTS, sqrt(MOST_PIXELS / (placing.width * placing.height)))
    width, height = max(int(placing.width * scale), 1), max(int(placing.height * scale), 1)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return DrawnSheet(number, b"", 1.0, "there is too little memory to draw it")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, _ANNOTATIONS | _GREY)
        return DrawnSheet(number, _pgm(bitmap, width, height), scale)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _pgm(bitmap: Any, width: int, height: int) -> bytes:
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    if stride != width:
        pixels = b"".join(pixels[row * stride : row * stride + width] for row in range(height))
    return f"P5\n{width} {height}\n255\n".encode() + pixels


def _too_large(page: Any) -> bool:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for number in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_IMAGE:
            known = pdfium.FPDFImageObj_GetImagePixelSize(thing, width, height)
            if known and width.value * height.value > LARGEST_PICTURE:
                return True
    return False
