"""Looking at the parts of an output one after the other, in bounded memory: each as bytes, and as what it is a file of."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tawthiq.publication.leaks.containers import members_of
from tawthiq.publication.leaks.documents import texts_in
from tawthiq.publication.leaks.encodings import packed_in, readings_of, texts_of, without_packed
from tawthiq.publication.leaks.errors import leak, unreadable
from tawthiq.publication.redaction_matcher import Matcher
from tawthiq.records.errors import TawthiqError

BLOCK, OVERLAP = 1 << 21, 1 << 13
"""Bytes that are looked at together, and how many of them once more with the next: longer than any name in any encoding."""
DEEPEST = 8
"""Parts within parts that are looked into; whatever lies deeper is refused."""


class Search:
    """What must not stand in an output, and how it is looked for."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def __bool__(self) -> bool:
        return bool(self._matcher)

    def shown(self, place: str) -> str:
        """The name of a place for messages, unless it tells what they must not."""
        return "the name of a part" if self._tells(place) else place

    def name(self, name: str) -> None:
        """Look at the name of a file or folder. Raises LeakFound."""
        if self._tells(name):
            raise leak(self.shown(name))

    def file(self, path: Path, place: str) -> None:
        """Look at a whole file. Raises LeakFound, UnreadablePart."""
        with path.open("rb") as stream:
            self.part(stream, place, 0)

    def part(self, stream: BinaryIO, place: str, depth: int) -> None:
        """Look at a part: its bytes, and what lies inside it. Raises LeakFound, UnreadablePart."""
        if depth > DEEPEST:
            raise unreadable(place, f"it is packed more than {DEEPEST} times")
        self._bytes(stream, place)
        stream.seek(0)
        try:
            for text in texts_in(stream):
                self._text(text, place)
            stream.seek(0)
            for name, member in members_of(stream, place):
                inner = f"{place} > {self.shown(name)}"
                if self._tells(name):
                    raise leak(inner)
                self.part(member, inner, depth + 1)
        except TawthiqError:
            raise
        except (OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
            raise unreadable(place, f"it is damaged ({type(error).__name__})") from error

    def _bytes(self, stream: BinaryIO, place: str) -> None:
        for data in _blocks(stream):
            if self._bytes_tell(data, packed=True):
                raise leak(place)

    def _bytes_tell(self, data: bytes, *, packed: bool) -> bool:
        for text, is_text in texts_of(data):
            if not text:
                continue
            if not is_text:
                if self._matcher.tells_written(text):
                    return True
            elif self._tells(text) or (packed and self._packed_tells(text)):
                return True
        return False

    def _packed_tells(self, text: str) -> bool:
        return any(self._bytes_tell(data, packed=False) for data in packed_in(text) if data)

    def _text(self, text: str, place: str) -> None:
        if self._tells(text) or self._packed_tells(text):
            raise leak(place)

    def _tells(self, text: str) -> bool:
        return any(self._matcher.tells(without_packed(reading)) for reading in readings_of(text))


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream, each block with the end of the one before."""
    before = b""
    while block := stream.read(BLOCK):
        yield before + block
        before = block[-OVERLAP:]
