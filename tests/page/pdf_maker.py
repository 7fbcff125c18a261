"""Small PDF files for tests: text drawn where a test says, in the order and with the characters that it says.

The font is not embedded; every character is half as wide as its type is large, and its Unicode value is told by a ToUnicode
table, as in real files.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
_FONT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/DW 500/FontDescriptor 5 0 R>>"
)
_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/Any/Flags 4/FontBBox[0 -200 500 800]/ItalicAngle 0/Ascent 800/Descent -200"
    b"/CapHeight 700/StemV 80>>"
)
_LEFT_TO_RIGHT = re.compile(r"[\dA-Za-z](?:[\dA-Za-z:.,/ ]*[\dA-Za-z])?")
_MIRRORED = str.maketrans("()«»[]", ")(»«][")


@dataclass(frozen=True)
class Text:
    """Characters drawn from `x`, `y` (points from the bottom left corner) to the right, in this order."""

    x: float
    y: float
    words: str
    size: float = 12


def as_drawn(line: str) -> str:
    """A line of Arabic as its characters stand from left to right."""
    turned = line.translate(_MIRRORED)[::-1]
    return _LEFT_TO_RIGHT.sub(lambda match: match.group()[::-1], turned)


def from_right(x: float, y: float, line: str, size: float = 12) -> Text:
    """A line of Arabic that begins at `x`, its characters stored as old programs do: in the order drawn."""
    drawn = as_drawn(line)
    return Text(x - len(drawn) * size / 2, y, drawn, size)


def pdf(pages: Sequence[Sequence[Text]], *, facts: str = "", picture: bytes | None = None, unmapped: str = "") -> bytes:
    """A PDF of these pages. `facts` are entries of its information dictionary; `picture` is a PGM that fills each page."""
    letters = sorted({letter for page in pages for text in page for letter in text.words})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    mapped = [f"<{codes[letter]:04X}> <{_hexadecimal(letter)}>" for letter in letters if letter not in unmapped]
    table = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    table += "".join(f"1 beginbfchar {row} endbfchar\n" for row in mapped) + "endcmap"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        _FONT, _DESCRIPTOR,
        _stream("", table.encode()), f"<<{facts}>>".encode(),
    ]  # fmt: skip
    if picture:
        _, sizes, _, pixels = picture.split(b"\n", 3)
        width, height = sizes.split()
        kind = (
            f"/Subtype/Image/Width {width.decode()}/Height {height.decode()}/ColorSpace/DeviceGray/BitsPerComponent 8"
        )
        objects.append(_stream(f"{kind}/Filter/FlateDecode", zlib.compress(pixels)))
    kids = []
    for page in pages:
        drawing = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q\n" if picture else ""
        drawing += "".join(
            f"BT /F {text.size} Tf {text.x} {text.y} Td <{''.join(f'{codes[letter]:04X}' for letter in text.words)}> Tj ET\n"
            for text in page
        )
        objects.append(_stream("", drawing.encode()))
        resources = "/Font<</F 3 0 R>>" + ("/XObject<</P 8 0 R>>" if picture else "")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<<{resources}>>"
            f"/Contents {len(objects)} 0 R>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return written(objects)


def written(objects: Sequence[bytes]) -> bytes:
    """A file of these objects; the first is the catalogue, the seventh (if any) the information dictionary."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + rows
    facts = b"/Info 7 0 R" if len(objects) > 6 else b""
    trailer = b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, facts)
    return out + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(out)


def _stream(entries: str, content: bytes) -> bytes:
    return f"<<{entries}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def _hexadecimal(letter: str) -> str:
    return letter.encode("utf-16-be").hex().upper()
