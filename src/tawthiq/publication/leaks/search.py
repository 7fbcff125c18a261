"""Looking at the parts of an output one after the other, in bounded memory: each as bytes, and as what it is a file of."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from tawthiq.publication.leaks.containers import members_of
from tawthiq.publication.leaks.documents import texts_in
from tawthiq.publication.leaks.encodings import (
    has_same_markup,
    may_hold_packed,
    packed_in,
    texts_of,
    undone,
    without_markup,
    without_packed,
)
from tawthiq.publication.leaks.errors import leak, unreadable
from tawthiq.publication.redaction_matcher import Matcher
from tawthiq.publication.redaction_words import compared
from tawthiq.records.errors import TawthiqError

BLOCK, OVERLAP = 1 << 21, 1 << 13
"""Bytes that are looked at together, and how many of them once more with the next: longer than any name in any encoding."""
_GAPS = ("", " ")
"""What is read in place of a tag: it may stand amid a name, or between two words."""
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
            # A small file is read once and lies in memory while it is looked at from several sides.
            small = path.stat().st_size <= BLOCK
            self.part(BytesIO(stream.read()) if small else stream, place, 0)

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
        """Whether a text tells as it stands, with its encodings undone, or without its markup."""
        read = undone(text)
        if read != text and self._matcher.tells(without_packed(text)):
            return True
        if may_hold_packed(read):
            return self._matcher.tells(without_packed(read)) or any(self._bare_tells(read, gap) for gap in _GAPS)
        form = compared(read)
        if self._matcher.may_tell(form) and self._matcher.tells(read):
            return True
        if "<" not in read:
            return False
        same = has_same_markup(read, form)
        return any(
            (not same or self._bare_may_tell(without_markup(form, gap))) and self._bare_tells(read, gap)
            for gap in _GAPS
        )

    def _bare_may_tell(self, form: str) -> bool:
        return may_hold_packed(form) or self._matcher.may_tell(form)

    def _bare_tells(self, text: str, gap: str) -> bool:
        return "<" in text and self._matcher.tells(without_packed(without_markup(text, gap)))


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream, each block with the end of the one before."""
    before = b""
    while block := stream.read(BLOCK):
        yield before + block
        before = block[-OVERLAP:]
