"""A picture of a page under a band that tells where and when it was taken, and the digest of the picture without it.

The words are set in the typeface that Tawthiq brings along, so a frame looks the same on every machine. Addresses are shown as
they went over the wire and, where they hold other letters than ASCII, decoded as well; what could turn the direction of
the line or hide in it is escaped.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from io import BytesIO
from itertools import groupby
from urllib.parse import quote, unquote

from PIL import Image, ImageDraw, ImageFont, features

from tawthiq.capture.browser.png_bands import picture_of, with_band
from tawthiq.capture.names import shown
from tawthiq.records.errors import CaptureFailed

EDGE = 12
SIZE = 15
LINE = 24
LONGEST = 1_500
NARROWEST = 200
INK, PAPER, LABEL = (20, 24, 32), (236, 239, 243), (90, 98, 112)
_LEFT = EDGE + 128


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of a picture tells. `number` of `count` pieces; `taken` is UTC."""

    asked: str
    final: str
    taken: datetime
    browser: str
    number: int = 1
    count: int = 1


def framed(picture: bytes, frame: Frame) -> bytes:
    """The picture (PNG) below a band that tells what `frame` says, as PNG. Raises CaptureFailed when it cannot be read."""
    try:
        plain = picture_of(picture)
    except ValueError as error:
        raise CaptureFailed(
            item=shown(frame.final, 300), happened=f"its picture cannot be read ({error})", advice="collect it again"
        ) from error
    rows = _rows(frame, hashlib.sha256(picture).hexdigest(), max(plain.width - _LEFT - EDGE, NARROWEST))
    mode = "RGBA" if plain.channels == 4 else "RGB"
    band = Image.new(mode, (plain.width, EDGE + LINE * len(rows)), PAPER)
    pen = ImageDraw.Draw(band)
    for number, (label, text) in enumerate(rows):
        at = EDGE // 2 + LINE * number
        _set(pen, EDGE, at, label, LABEL)
        _set(pen, _LEFT, at, text, INK)
    pen.rectangle((0, band.height - 2, plain.width, band.height), fill=INK)
    return with_band(plain, band.tobytes())


def _rows(frame: Frame, digest: str, width: int) -> list[tuple[str, str]]:
    """The lines of the frame: a label, empty for a line that goes on, and its text."""
    taken = frame.taken.astimezone(UTC)
    told = [("Address asked", wire(frame.asked)), ("Final address", wire(frame.final))]
    told += [("decoded", text)] if (text := decoded(frame.final)) else []
    told += [
        ("Time (UTC)", f"{taken:%Y-%m-%d %H:%M:%S}.{taken.microsecond // 1000:03d} UTC"),
        ("SHA-256", f"{digest} (of the picture without this band)"),
        ("Taken by", frame.browser + (f" · piece {frame.number} of {frame.count}" if frame.count > 1 else "")),
    ]
    return [
        (label if number == 0 else "", line)
        for label, text in told
        for number, line in enumerate(_lines(shown(text, LONGEST), width))
    ]


def wire(address: str) -> str:
    """An address in ASCII: everything else percent-encoded as UTF-8."""
    return quote(address, safe="-._~:/?#[]@!$&'()*+,;=%", errors="surrogatepass")


def decoded(address: str) -> str:
    """An address with its letters in clear; empty where that tells nothing more, or they cannot be drawn here."""
    text = shown(unquote(wire(address), errors="replace"))
    drawable = all(letter.isascii() or _is_arabic(letter) for letter in text)
    return text if drawable and not text.isascii() and features.check("raqm") else ""


def _lines(text: str, width: int) -> list[str]:
    """`text` in lines that fit into `width` pixels."""
    lines = [""]
    for letter in text:
        if lines[-1] and _length(lines[-1] + letter) > width:
            lines.append("")
        lines[-1] += letter
    return lines


def _runs(text: str) -> list[tuple[str, bool]]:
    """`text` in pieces of one typeface each, and whether a piece is Arabic."""
    return [("".join(letters), arabic) for arabic, letters in groupby(text, _is_arabic)]


def _length(text: str) -> float:
    return sum(_face(arabic).getlength(run) for run, arabic in _runs(text))


def _set(pen: ImageDraw.ImageDraw, at: float, top: float, text: str, ink: tuple[int, int, int]) -> None:
    """Set a line from the left; each piece in its own direction, as addresses are read."""
    for run, arabic in _runs(text):
        pen.text((at, top + SIZE), run, fill=ink, font=_face(arabic), anchor="ls")
        at += _face(arabic).getlength(run)


def _is_arabic(letter: str) -> bool:
    return not letter.isascii() and unicodedata.bidirectional(letter) in {"AL", "AN", "NSM"}


@cache
def _face(arabic: bool) -> ImageFont.FreeTypeFont:
    script = "arabic" if arabic else "latin"
    file = resources.files("tawthiq") / "web" / "static" / "fonts" / f"vazirmatn-{script}-wght-normal.woff2"
    return ImageFont.truetype(BytesIO(file.read_bytes()), SIZE)
