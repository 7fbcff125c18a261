"""The picture that a browser made of a page, as a dossier shows it: small, always the same bytes, nothing but the picture.

It is an illustration. What was preserved is the picture in the WARC file, whose digest the log states.
"""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image

from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import TawthiqError
from tawthiq.records.visit import PartKind
from tawthiq.store import ArchiveFolder

WIDTH, MOST_HIGH = 1000, 2400  # pixels
MOST_PIXELS = 120_000_000
"""A larger picture is not opened: no browser of ours paints one."""
_COLOURS = 256
NOT_COLLECTED, UNREADABLE = "not-collected", "unreadable"


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A picture as PNG, or None with the code of the reason; how much of the page's height it shows, in its own pixels."""

    picture: bytes | None
    missing: str = ""
    shown: int = 0
    whole: int = 0


def screenshot_of(archive: ArchiveFolder, capture: Capture) -> Screenshot:
    """The picture of a capture: the one with the address and time around it, else the plain one; of several its first."""
    if capture.kind is not SourceKind.BROWSER:
        return Screenshot(None, NOT_COLLECTED)
    try:
        parts = archive.visit_facts(capture).get("parts", [])
        number = _first(parts)
        if number is None:
            return Screenshot(None, NOT_COLLECTED)
        return shrunk(archive.visit_part(capture, number).payload, _pieces(parts, number))
    except TawthiqError:
        return Screenshot(None, UNREADABLE)


def shrunk(picture: bytes, pieces: int = 1) -> Screenshot:
    """A picture at most `WIDTH` wide and `MOST_HIGH` high, from its top, without anything that its file says besides.

    `pieces` is of how many pieces of a page it is the first.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return Screenshot(None, UNREADABLE)
                plain = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning, Image.DecompressionBombError):
        return Screenshot(None, UNREADABLE)
    scale = min(1.0, WIDTH / plain.width)
    width, whole = max(1, round(plain.width * scale)), max(1, round(plain.height * scale))
    high = min(whole, MOST_HIGH)
    top = plain.crop((0, 0, plain.width, max(1, min(plain.height, round(high / scale)))))
    drawn = top.resize((width, high), Image.Resampling.LANCZOS)
    kept = drawn.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    stream = io.BytesIO()
    kept.save(stream, "PNG", compress_level=6)
    return Screenshot(stream.getvalue(), "", high, whole * pieces)


def _first(parts: list[dict[str, Any]]) -> int | None:
    for kind in (PartKind.FRAMED_SCREENSHOT, PartKind.SCREENSHOT):
        for number, part in enumerate(parts):
            if part.get("kind") == kind:
                return number
    return None


def _pieces(parts: list[dict[str, Any]], number: int) -> int:
    piece = parts[number].get("piece")
    return int(piece.get("count", 1)) if isinstance(piece, dict) else 1
