"""Streams of a PDF that would unfold past all measure are found before PDFium unfolds them.

Pure. A stream is looked at as it stands in the file: between `stream` and `endstream`, by zlib where it is deflated
(ISO 32000-1, 7.4.4), twice deflated ones twice. Streams of an encrypted file cannot be looked at; there only the limits of
PDFium hold (one gigabyte a stream) and those of the process that the reader runs in.
"""

import re
import zlib
from collections.abc import Iterator

from tawthiq.records.errors import UnreadableCapture

LARGEST_STREAM = 48 * 1024 * 1024  # bytes of a page's drawing, a font or a table of objects, unfolded
LARGEST_IMAGE = 256 * 1024 * 1024
MOST_UNFOLDED = 1024 * 1024 * 1024
_DENSEST = 1032  # zlib unfolds a byte to this many at most (zlib technical details)
_PIECE = 1 << 20
_STREAM = re.compile(rb"stream\r?\n")
_END = b"endstream"
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY = 4096


def refuse_bombs(data: bytes, item: str) -> None:
    """Raise UnreadableCapture, naming `item`, when a stream of the PDF unfolds to more than any document needs."""
    if len(data) * _DENSEST <= LARGEST_STREAM:
        return
    left = MOST_UNFOLDED
    for start, end, is_image in _streams(data):
        limit = min(LARGEST_IMAGE if is_image else LARGEST_STREAM, left)
        if (end - start) * _DENSEST <= limit and not _deflated(data[start : start + 2]):
            continue
        size = _unfolded(data[start:end], limit)
        if size > limit:
            raise UnreadableCapture(
                item=item,
                happened=f"a part of the PDF unfolds to more than {limit // 1024 // 1024} MB",
                advice="the capture stays in evidence as it is; look at it with other tools, with care",
            )
        left -= size


def _streams(data: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where the streams of a file begin and end, and whether each says that it is a picture."""
    at = 0
    while match := _STREAM.search(data, at):
        start = match.end()
        if data[max(0, match.start() - 3) : match.start()] == b"end":
            at = start
            continue
        end = data.find(_END, start)
        end = len(data) if end < 0 else end
        opening = data.rfind(b"obj", max(0, match.start() - _DICTIONARY), match.start())
        yield start, end, bool(_IMAGE.search(data, max(opening, 0), match.start()))
        at = end


def _deflated(head: bytes) -> bool:
    """Whether two bytes are a zlib header (RFC 1950)."""
    return len(head) == 2 and head[0] & 15 == 8 and (head[0] * 256 + head[1]) % 31 == 0


def _unfolded(stream: bytes, limit: int, *, again: bool = True) -> int:
    """How many bytes a deflated stream holds, counted up to a little over `limit`; 0 when it is none."""
    if not _deflated(stream[:2]):
        return 0
    machine = zlib.decompressobj()
    size, head = 0, b""
    waiting = stream
    try:
        while size <= limit and waiting and not machine.eof:
            piece = machine.decompress(waiting, _PIECE)
            if again and not size:
                head = piece[:2]
            size += len(piece)
            waiting = machine.unconsumed_tail
    except zlib.error:
        return size
    if again and size <= limit and _deflated(head):
        return max(size, _unfolded(zlib.decompressobj().decompress(stream, limit), limit, again=False))
    return size
