"""Pictures, sounds, films and documents that say something of their making: nobody's, nowhere."""

import io
import struct
import wave
import zlib

from PIL import Image


def picture(*, place: bool = True, form: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x013B] = "Maker", "Phone 7", 6, "someone"
    exif.get_ifd(0x8769)[0x9003] = "2021:03:12 14:05:33"
    exif.get_ifd(0x8769)[0x9011] = "+03:00"
    if place:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "S", (35.0, 57.0, 1.5), "E", (39.0, 0.0, 36.0)
        gps[5], gps[6] = b"\x01", 12.5
    out = io.BytesIO()
    Image.new("RGB", (64, 32)).save(out, form, exif=exif)
    return out.getvalue()


def huge_picture() -> bytes:
    """A PNG of 4 thousand million pixels in some bytes: a bomb for whoever decodes it."""
    small = io.BytesIO()
    Image.new("1", (8, 8)).save(small, "PNG")
    data = bytearray(small.getvalue())
    data[16:24] = struct.pack(">II", 65_000, 65_000)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(b"\0" * 16000)
    return out.getvalue()


def film() -> bytes:
    """An MP4 with one video track of no frames, made 2021-03-12 11:05:33 UTC, with a place as phones write it."""
    moment = 3_698_391_933  # seconds since 1904

    def box(kind: bytes, *parts: bytes) -> bytes:
        body = b"".join(parts)
        return struct.pack(">I4s", 8 + len(body), kind) + body

    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    times = struct.pack(">II", moment, moment)
    header = box(
        b"mvhd", b"\0" * 4, times, struct.pack(">IIIH10x", 1000, 2000, 0x10000, 0x100), matrix, b"\0" * 24, b"\0\0\0\2"
    )
    shown = struct.pack(">II", 64 << 16, 32 << 16)
    track = box(b"tkhd", b"\0\0\0\3", times, struct.pack(">III8xHHHH", 1, 0, 2000, 0, 0, 0, 0), matrix, shown)
    media = box(b"mdhd", b"\0" * 4, times, struct.pack(">IIHH", 1000, 2000, 0x55C4, 0))
    handler = box(b"hdlr", b"\0" * 8, b"vide", b"\0" * 13)
    entry = box(b"avc1", b"\0" * 6, b"\0\1", b"\0" * 16, struct.pack(">HH", 64, 32), b"\0" * 50)
    table = box(b"stbl", box(b"stsd", b"\0" * 4, b"\0\0\0\1", entry))
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", 18, 0x15C7), b"+35.9504+039.0100/"))
    movie = box(b"moov", header, box(b"trak", track, box(b"mdia", media, handler, box(b"minf", table))), place)
    return box(b"ftyp", b"isom", b"\0\0\2\0", b"isom") + box(b"mdat", b"\0" * 2000) + movie
