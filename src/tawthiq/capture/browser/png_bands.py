"""A band set above a PNG picture without unpacking it (W3C PNG third edition; RFC 1950, RFC 1951).

Packing a picture of a whole page again costs more than painting it did. The band's rows are packed by themselves and end on
a byte; the picture's packed rows follow as they are. The last row of the band is all zeros, because that is what the
picture's first row was filtered against; the check sum of both is worked out from the two (Adler-32 is additive).
"""

import struct
import zlib
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST_SIDE = 1 << 20
_CHANNELS = {2: 3, 6: 4}
_ADLER = 65_521


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of 8 bits a channel: its size in pixels, its channels (3 or 4), and its rows as packed (a zlib stream)."""

    width: int
    height: int
    channels: int
    packed: bytes

    @property
    def row(self) -> int:
        """The bytes of one row unpacked, the one that names its filter included."""
        return 1 + self.width * self.channels


def picture_of(data: bytes) -> Picture:
    """The picture in a PNG file. Raises ValueError for a file that is cut, or of a kind that browsers do not paint."""
    if not data.startswith(SIGNATURE):
        raise ValueError("it is no PNG")
    head = b""
    packed = []
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) < length:
            break
        if kind == b"IHDR":
            head = body
        elif kind == b"IDAT":
            packed.append(body)
        elif kind == b"IEND":
            return _checked(head, b"".join(packed))
        at += 12 + length
    raise ValueError("it is cut short")


def with_band(picture: Picture, band: bytes) -> bytes:
    """A PNG file of the picture below `band`: raw rows of its width and channels, without filter bytes.

    Raises ValueError when the band is no whole number of rows.
    """
    length = picture.row - 1
    if len(band) % length:
        raise ValueError("the band is not as wide as the picture")
    rows = [band[at : at + length] for at in range(0, len(band), length)] + [bytes(length)]
    raw = b"".join(b"\0" + row for row in rows)
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    above = packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH)
    total = _joined(zlib.adler32(raw), picture.packed[-4:], picture.row * picture.height)
    packed = b"".join((b"\x78\x9c", above, picture.packed[2:-4], total))
    kind = {channels: code for code, channels in _CHANNELS.items()}[picture.channels]
    head = struct.pack(">IIBBBBB", picture.width, picture.height + len(rows), 8, kind, 0, 0, 0)
    return b"".join((SIGNATURE, _chunk(b"IHDR", head), _chunk(b"IDAT", packed), _chunk(b"IEND", b"")))


def _checked(head: bytes, packed: bytes) -> Picture:
    if len(head) != 13 or len(packed) < 8:
        raise ValueError("it holds no picture")
    width, height, depth, kind, method, filtering, interlaced = struct.unpack(">IIBBBBB", head)
    sides = 0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE
    if not sides or depth != 8 or kind not in _CHANNELS or method or filtering or interlaced:
        raise ValueError("it is a PNG of another kind than browsers paint")
    return Picture(width, height, _CHANNELS[kind], packed)


def _joined(first: int, second: bytes, length: int) -> bytes:
    """The Adler-32 of two pieces, given that of each and the length of the second (RFC 1950 section 8.2)."""
    low, high = first & 0xFFFF, first >> 16
    other_high, other_low = struct.unpack(">HH", second)
    joined_low = (low + other_low - 1) % _ADLER
    joined_high = (high + other_high + (length % _ADLER) * (low - 1)) % _ADLER
    return struct.pack(">HH", joined_high, joined_low)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(body, zlib.crc32(kind)))
