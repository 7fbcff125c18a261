"""Pictures of preserved pages as a dossier shows them: made narrow enough to print, cut into parts that stand side by side.

A page of news is many times as tall as wide: parts of equal height, three in a row, keep one page on one sheet. The same
picture gives the same bytes (one encoder, fixed settings, no metadata). What the original held stays in the archive.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

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
    try:
        with Image.open(BytesIO(screenshot), formats=("PNG", "JPEG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS or not opened.width:
                return ()
            narrow = _narrow(opened)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for broken files
        return ()
    return tuple(_parts(narrow, name))


def _narrow(opened: Image.Image) -> Image.Image:
    """The picture without transparency, at most WIDTH across, no taller than is shown."""
    visible = min(opened.height, max(1, opened.width * TALLEST * MOST_PARTS // min(WIDTH, opened.width)) + 1)
    flat = _on_white(opened.crop((0, 0, opened.width, visible)))
    if flat.width <= WIDTH:
        return flat
    return flat.resize((WIDTH, max(1, round(flat.height * WIDTH / flat.width))), Image.Resampling.BICUBIC)


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def _parts(narrow: Image.Image, name: str) -> Iterator[Picture]:
    due = -(-narrow.height // TALLEST)
    parts = min(due, MOST_PARTS)
    for part in range(parts):
        bottom = min(narrow.height, (part + 1) * TALLEST)
        if part == MOST_PARTS - 1:
            bottom = min(bottom, TALLEST * MOST_PARTS)
        cut = narrow.crop((0, part * TALLEST, narrow.width, bottom))
        data = BytesIO()
        cut.save(data, "JPEG", quality=QUALITY)
        yield Picture(
            f"{name}-{part + 1}.jpg", data.getvalue(), cut.width, cut.height, part + 1, parts, due > MOST_PARTS
        )
