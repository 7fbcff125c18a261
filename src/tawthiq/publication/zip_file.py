"""Packages as ZIP files: written as a stream, read strictly.

The reader takes nothing on trust: a name that leads elsewhere, two members of one name, a compressed or encrypted member,
members that overlap, bytes between them or a cut end are each an error that names them. Nothing is ever unpacked to disk.
"""

import hashlib
import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tawthiq.publication import zip_layout as layout
from tawthiq.publication.zip_layout import Member
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput, WrongUsage

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 1 << 20
MOST_MEMBERS = 1_000_000
LARGEST_DIRECTORY = 1 << 28


@dataclass(frozen=True, slots=True)
class Packed:
    """A member as it was written: name, length in bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


class ZipWriter:
    """A package in the making. Members are written in the order of `add`; `finish` closes the file's directory."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._members: list[Member] = []

    def add(self, name: str, size: int, blocks: Iterable[bytes]) -> Packed:
        """Write a member of `size` bytes. Raises WrongUsage for a name that no member has, EvidenceDiffers when the blocks do
        not add up to `size`: the file changed while it was read.
        """
        if not layout.is_name(name):
            raise WrongUsage(item=name, happened="no member of a package can have this name", advice="choose another")
        offset = self._out.tell()
        self._out.write(layout.local_header(Member(name, size, 0, offset)))
        crc, length, sha256 = 0, 0, hashlib.sha256()
        for block in blocks:
            crc = zlib.crc32(block, crc)
            sha256.update(block)
            length += len(block)
            self._out.write(block)
        if length != size:
            raise EvidenceDiffers(
                item=name, happened=f"it has {length:,} bytes, not {size:,}", advice="run tawthiq verify on the archive"
            )
        member = Member(name, size, crc, offset)
        self._out.seek(offset)
        self._out.write(layout.local_header(member))
        self._out.seek(0, 2)
        self._members.append(member)
        return Packed(name, size, sha256.hexdigest())

    def finish(self) -> None:
        """Write the directory. Raises WrongUsage when two members share a name."""
        if len({member.name for member in self._members}) != len(self._members):
            raise WrongUsage(item="package", happened="two members share a name", advice="name each item once")
        self._out.write(layout.directory(self._members))


class Window(io.RawIOBase):
    """A part of a file as a file of its own, read only: what WARC readers are given of a package."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._stream, self._start, self._size, self._at = stream, start, size, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill `buffer` as far as there is something left; how many bytes came."""
        view = memoryview(buffer).cast("B")
        self._stream.seek(self._start + self._at)
        data = self._stream.read(min(len(view), self._size - self._at))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move, as files do; returns the new place, which is never outside."""
        base = (0, self._at, self._size)[whence]
        self._at = min(max(base + offset, 0), self._size)
        return self._at

    def tell(self) -> int:
        """The place of the next byte."""
        return self._at


class ZipReader:
    """The members of a package, in their order. A context manager; the layout is checked whole when it opens."""

    def __init__(self, path: Path) -> None:
        """Raises UnreadableInput for what is no package, EvidenceDiffers for bytes that are not as a package has them."""
        self._item = path.name
        try:
            self._stream = path.open("rb")
            self._length = path.stat().st_size
        except OSError as error:
            raise self._no_package(error.strerror or str(error)) from error
        try:
            members = self._directory()
            self._expect_layout(members)
        except BaseException:
            self._stream.close()
            raise
        self.members: dict[str, Member] = {member.name: member for member in members}

    def __enter__(self) -> "ZipReader":
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()

    def blocks(self, name: str) -> Iterator[bytes]:
        """The content of a member, block by block."""
        window = self.window(name)
        while block := window.read(BLOCK):
            yield block

    def window(self, name: str) -> Window:
        """A member as a file. Raises UnreadableInput where there is no such member."""
        member = self.members.get(name)
        if member is None:
            raise UnreadableInput(item=name, happened="it is not in the package", advice="ask for the package again")
        return Window(self._stream, member.start, member.size)

    def read(self, name: str, largest: int) -> bytes:
        """A whole member. Raises UnreadableInput where there is none, or one of more than `largest` bytes."""
        window = self.window(name)
        if self.members[name].size > largest:
            raise UnreadableInput(
                item=name, happened=f"it has more than {largest:,} bytes", advice="ask who made the package"
            )
        return window.readall()

    def digests(self, name: str) -> tuple[str, bool]:
        """SHA-256 of a member in hexadecimal, and whether its CRC-32 is the one in its header."""
        crc, sha256 = 0, hashlib.sha256()
        for block in self.blocks(name):
            crc = zlib.crc32(block, crc)
            sha256.update(block)
        return sha256.hexdigest(), crc == self.members[name].crc

    def _directory(self) -> list[Member]:
        """The members that the central directory names."""
        begin, size, count = self._end()
        if count > MOST_MEMBERS or size > LARGEST_DIRECTORY or begin + size > self._length:
            raise self._no_package("its directory is larger than any package's")
        self._stream.seek(begin)
        data = self._stream.read(size)
        members: list[Member] = []
        at = 0
        for _ in range(count):
            member, at = self._member(data, at)
            members.append(member)
        names = set[str]()
        for member in members:
            if member.name in names:
                raise self._no_package(f"it has two members called {member.name}")
            names.add(member.name)
        return members

    def _end(self) -> tuple[int, int, int]:
        """Where the central directory begins, its length, and how many members it names."""
        data = self._tail(layout.END_LENGTH, 0)
        signature, _, _, _, count, size, begin, _ = layout.END.unpack(data)
        if signature != layout.END_SIGNATURE:
            raise self._no_package("its end is missing: it is cut, was added to, or is no ZIP file")
        if layout.LARGEST_32 not in (size, begin) and count != layout.LARGEST_16:
            return begin, size, count
        behind = layout.END_LENGTH + layout.LOCATOR_LENGTH
        signature, *_, count, size, begin = layout.END64.unpack(self._tail(layout.END64_LENGTH, behind))
        if signature != layout.END64_SIGNATURE:
            raise self._no_package("its end is damaged")
        return begin, size, count

    def _tail(self, count: int, behind: int) -> bytes:
        """`count` bytes that stand before the last `behind` bytes of the file."""
        start = self._length - count - behind
        if start < 0:
            raise self._no_package("it is too short")
        self._stream.seek(start)
        return self._stream.read(count)

    def _member(self, data: bytes, at: int) -> tuple[Member, int]:
        """The member whose directory entry begins at `at`, and where the next one begins."""
        try:
            fields = layout.CENTRAL.unpack_from(data, at)
        except struct.error as error:
            raise self._no_package("its directory is cut") from error
        method, crc, packed, size, long_name, long_extra, long_comment = (*fields[4:5], *fields[7:13])
        start = at + layout.CENTRAL.size
        name = data[start : start + long_name].decode("ascii", "backslashreplace")
        if fields[0] != layout.CENTRAL_SIGNATURE or not layout.is_name(name):
            raise self._no_package(f"a member is called {name!r}, as no member of a package is")
        if method or packed != size or fields[3] & 1:
            raise self._no_package(f"{name} is compressed or encrypted, which members of a package never are")
        extra = data[start + long_name : start + long_name + long_extra]
        wide = list(struct.unpack_from(f"<{len(extra[4:]) // 8}Q", extra, 4)) if len(extra) >= 12 else []
        if size == layout.LARGEST_32 and len(wide) >= 2:
            size = wide[0]
            wide = wide[2:]
        offset = wide[0] if fields[16] == layout.LARGEST_32 and wide else fields[16]
        if offset + size > self._length:
            raise self._no_package(f"{name} would reach beyond its end")
        return Member(name, size, crc, offset), start + long_name + long_extra + long_comment

    def _expect_layout(self, members: list[Member]) -> None:
        """Raises EvidenceDiffers at the first byte outside of members that is not as this layout has it."""
        at = 0
        for member in members:
            if member.offset != at:
                raise self._differs(member.name, at)
            self._expect(at, layout.local_header(member), f"the header of {member.name}")
            at = member.end
        rest = layout.directory(members)
        self._expect(at, rest, "the directory")
        if at + len(rest) != self._length:
            raise self._differs("the end", at + len(rest))

    def _expect(self, at: int, due: bytes, what: str) -> None:
        self._stream.seek(at)
        found = self._stream.read(len(due))
        if found != due:
            pairs = enumerate(zip(found, due, strict=False))
            raise self._differs(what, at + next((place for place, (one, other) in pairs if one != other), len(found)))

    def _differs(self, what: str, byte: int) -> EvidenceDiffers:
        return EvidenceDiffers(
            item=self._item,
            happened=f"{what} is not as a package has it, at byte {byte:,}",
            advice="it was changed or packed anew by another program; ask for the file as it was handed over",
        )

    def _no_package(self, why: str) -> UnreadableInput:
        return UnreadableInput(
            item=self._item, happened=f"it is no evidence package ({why})", advice="ask for the file again"
        )
