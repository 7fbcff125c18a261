"""Pictures of preserved pages as a dossier shows them: made narrow enough to print, cut into parts that stand side by side.

A page of news is many times as tall as wide: parts of equal height, three in a row, keep one page on one sheet. The same
picture gives the same bytes (one encoder, fixed settings, no metadata). What the original held stays in the archive.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageFile

WIDTH = 800
"""Pixels across: 370 dots an inch in a third of the width of a sheet, so that words can be read when they are enlarged."""
TALLEST = 1180
"""Pixels down of a part, so that two rows of parts and the facts of a report fill a sheet."""
MOST_PARTS = 6
QUALITY = 60
MOST_PIXELS = 120_000_000
"""Larger pictures are not opened: they would take the memory of a small machine."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a page's picture as JPEG, numbered from 1; `name` is unique in its dossier.

    `is_cut` says that the page went on.
    """

    name: str
    data: bytes
    width: int
    height: int
    part: int
    parts: int
    is_cut: bool


def pictures_of(screenshot: bytes, name: str) -> tuple[Picture, ...]:
    """The parts of a picture from its top; none where it cannot be read or is too large."""
    whole_pictures_only()
    try:
        with Image.open(BytesIO(screenshot), formats=("PNG", "JPEG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return ()
            shown = min(opened.height, TALLEST * MOST_PARTS * opened.width // min(WIDTH, opened.width))
            narrow = _narrow(opened.crop((0, 0, opened.width, shown)))
            is_cut = shown < opened.height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for broken files
        return ()
    return tuple(_parts(narrow, name, is_cut=is_cut))


def whole_pictures_only() -> None:
    """Have Pillow refuse pictures that end early: importing WeasyPrint lets them pass in the whole process from then on."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False


def _narrow(picture: Image.Image) -> Image.Image:
    """The picture on white, at most WIDTH across."""
    flat = _on_white(picture)
    if flat.width <= WIDTH:
        return flat
    return flat.resize((WIDTH, max(1, flat.height * WIDTH // flat.width)), Image.Resampling.BICUBIC)


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def _parts(narrow: Image.Image, name: str, *, is_cut: bool) -> Iterator[Picture]:
    tops = range(0, narrow.height, TALLEST)
    for part, top in enumerate(tops, start=1):
        bottom = min(narrow.height, top + TALLEST)
        data = BytesIO()
        narrow.crop((0, top, narrow.width, bottom)).save(data, "JPEG", quality=QUALITY)
        yield Picture(f"{name}-{part}.jpg", data.getvalue(), narrow.width, bottom - top, part, len(tops), is_cut)
