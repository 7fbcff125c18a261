"""From code points of a decoded page back to the bytes that they were decoded from.

Exact for every encoding: what could not be decoded (one U+FFFD for each broken sequence), stretches in another encoding,
the byte order mark and NUL characters that were left out are all counted.
"""

import codecs
from bisect import bisect_right
from contextvars import ContextVar

from tawthiq.page.encoding import Decoded, parts
from tawthiq.records.span import Span

_BROKEN: ContextVar[list[tuple[int, int]]] = ContextVar("byte ranges that could not be decoded")
_HANDLER = "tawthiq.page.byte_offsets"


def _noted(error: UnicodeError) -> tuple[str, int]:
    """Replace as "replace" does, and note what was replaced."""
    assert isinstance(error, UnicodeDecodeError)
    _BROKEN.get().append((error.start, error.end))
    return "\ufffd", error.end


codecs.register_error(_HANDLER, _noted)


class ByteOffsets:
    """The byte range of any range of a decoded page's text."""

    def __init__(self, data: bytes, decoded: Decoded) -> None:
        self._data = data
        self._segments: list[tuple[int, int, str, bool]] = []
        texts: list[str] = []
        length = 0
        for start, end, name in parts(data, decoded.encoding, decoded.stretches):
            text, broken = _decoded(data[start:end], name)
            texts.append(text)
            length = self._add(start, text, name, broken, length)
        self._segments.append((length, len(data), "", True))
        self._text = "".join(texts)
        self._starts = [segment[0] for segment in self._segments]
        self._nuls = _positions_without(self._text, "\x00")
        self._last = (-1, 0, 0)

    def _add(self, start: int, text: str, name: str, broken: list[tuple[int, int]], length: int) -> int:
        """Note the segments of one part of the file, `length` code points in; the code points up to its end."""
        position = at = 0
        for first, last in broken:
            if first > position:
                self._segments.append((length + at, start + position, name, True))
                at += len(self._data[start + position : start + first].decode(name, "replace"))
            self._segments.append((length + at, start + first, name, False))
            position, at = last, at + 1
        if at < len(text):
            self._segments.append((length + at, start + position, name, True))
        return length + len(text)

    def of(self, start: int, end: int) -> Span | None:
        """The bytes of code points `start`..`end` of the decoded text; None where the encoding gives no exact answer."""
        if end <= start:
            return None
        first = self._byte(start + bisect_right(self._nuls, start))
        last = self._byte(end - 1 + bisect_right(self._nuls, end - 1) + 1)
        return Span(first, last) if first < last else None

    def _byte(self, position: int) -> int:
        """The byte at which a code point, NUL characters counted, begins."""
        number = bisect_right(self._starts, position) - 1
        begin, byte, name, whole = self._segments[number]
        if position == begin or not whole or not name:
            return byte
        if self._last[0] == number and self._last[1] <= position:
            begin, byte = self._last[1:]
        byte += len(self._text[begin:position].encode(name, "replace"))
        self._last = (number, position, byte)
        return byte


def _decoded(data: bytes, name: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of `data`, and the byte ranges that became U+FFFD."""
    broken: list[tuple[int, int]] = []
    token = _BROKEN.set(broken)
    try:
        return data.decode(name, _HANDLER), broken
    finally:
        _BROKEN.reset(token)


def _positions_without(text: str, character: str) -> list[int]:
    """Where each `character` stood, counted in the text without them."""
    found: list[int] = []
    position = text.find(character)
    while position >= 0:
        found.append(position - len(found))
        position = text.find(character, position + 1)
    return found
