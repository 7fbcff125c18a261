"""Parts of a file as streams of their own: a range of its bytes, or what a deflated range (RFC 1951) unfolds to."""

import io
import zlib
from typing import BinaryIO

_STEP = 64 * 1024


class Slice(io.RawIOBase):
    """The bytes `start`..`start + length` of a stream, with positions of their own from 0."""

    def __init__(self, stream: BinaryIO, start: int, length: int) -> None:
        super().__init__()
        self._stream, self._start, self._length, self._at = stream, start, length, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes from here."""
        left = max(0, self._length - self._at)
        self._stream.seek(self._start + self._at)
        data = self._stream.read(left if size is None or size < 0 else min(size, left))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to another place; the new position."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """The position."""
        return self._at


class Inflated(io.RawIOBase):
    """What the deflated bytes `start`..`start + length` of a stream unfold to, at most `limit` bytes; read forward only.

    Raises OSError where the data is damaged.
    """

    def __init__(self, stream: BinaryIO, start: int, length: int, limit: int) -> None:
        super().__init__()
        self._source = Slice(stream, start, length)
        self._inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        self._limit, self._at = limit, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; as long as there are more, at least one."""
        wanted = min(size if size is not None and size >= 0 else self._limit, self._limit - self._at)
        pieces: list[bytes] = []
        while wanted > 0 and not self._inflating.eof:
            given = self._inflating.unconsumed_tail or self._source.read(_STEP)
            try:
                piece = self._inflating.decompress(given, wanted)
            except zlib.error as error:
                raise OSError(f"the packed data is damaged: {error}") from error
            if not given and not piece:
                break
            pieces.append(piece)
            wanted -= len(piece)
        data = b"".join(pieces)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at
