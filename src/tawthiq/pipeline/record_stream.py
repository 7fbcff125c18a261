"""The payload of a preserved record as a stream that can go back, in bounded memory: going back begins anew.

Films are kept compressed in one piece; their containers are read at the beginning and at the end only.
"""

import io
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from fastwarc.warc import ArchiveIterator

from tawthiq.records.errors import UnreadableCapture
from tawthiq.store.files import BLOCK
from tawthiq.store.wacz import piece


class RecordStream(io.RawIOBase):
    """The payload of the record after `ordinal` others at a place in the evidence file at `path`. `size` is in bytes.

    Raises UnreadableCapture, naming `item`, when no record stands there, StorageFailed when the file cannot be read.
    """

    def __init__(self, path: Path, offset: int, length: int, ordinal: int, item: str) -> None:
        super().__init__()
        self._place = (path, offset, length)
        self._ordinal, self._item = ordinal, item
        self._held = ExitStack()
        self._reader: Any = None
        self._passed = 0
        self._at = 0
        self.size = self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes from here; all that are left without one."""
        if self._passed > self._at:
            self._begin()
        while self._passed < self._at and (passed := self._reader.read(min(BLOCK, self._at - self._passed))):
            self._passed += len(passed)
        wanted = self.size if size is None or size < 0 else size
        pieces = []
        while wanted > 0 and (data := self._reader.read(min(BLOCK, wanted))):
            pieces.append(data)
            wanted -= len(data)
        data = b"".join(pieces)
        self._passed += len(data)
        self._at = self._passed
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to another place; the new position, at most the end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = min(self.size, max(0, base + offset))
        return self._at

    def tell(self) -> int:
        """The position."""
        return self._at

    def _begin(self) -> int:
        """Open the record at its beginning; the length of its payload."""
        self._held.close()
        stream = self._held.enter_context(piece(*self._place, self._item))
        try:
            for place, record in enumerate(ArchiveIterator(stream, parse_http=False)):
                if place == self._ordinal:
                    whole = record.content_length
                    if record.is_http:
                        record.parse_http(auto_decode="none")
                    self._reader, self._passed = record.reader, 0
                    return int(min(whole, record.content_length))
        except (OSError, ValueError, RuntimeError) as error:
            raise self._unreadable(str(error)) from error
        raise self._unreadable("no record stands there")

    def _unreadable(self, why: str) -> UnreadableCapture:
        return UnreadableCapture(
            item=self._item,
            happened=f"its record cannot be read ({why})",
            advice="run tawthiq verify to see whether it changed",
        )
