"""Tar archives as streams (POSIX ustar with GNU's long names and large sizes): written member by member, read strictly.

`tar x` reads what is written here. What is read may come from anyone: only regular files with plain relative names pass, so
that no member can be a link or a device, lead out of the folder, or appear twice; and nothing is held in memory.
"""

import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from tawthiq.records.errors import UnreadableInput

BLOCK = 512
PIECE = 1 << 16
LONGEST_NAME = 4096
END = bytes(2 * BLOCK)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a tar archive: its name, length in bytes, time of last change (seconds) and permissions."""

    name: str
    size: int
    time: float = 0.0
    mode: int = 0o644


def header(member: Member) -> bytes:
    """What stands before a member's bytes. Names no person and no group."""
    info = tarfile.TarInfo(member.name)
    info.size, info.mtime, info.mode = member.size, int(member.time), member.mode
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")


def padding(size: int) -> bytes:
    """What stands behind a member's bytes."""
    return bytes(-size % BLOCK)


class TarReader:
    """Reads a tar archive from blocks of bytes, once, from its beginning to its end."""

    def __init__(self, blocks: Iterable[bytes], item: str) -> None:
        self._blocks = iter(blocks)
        self._held = bytearray()
        self._item = item
        self._seen: set[str] = set()

    def members(self) -> Iterator[tuple[Member, Iterator[bytes]]]:
        """Each member with its bytes, which must be taken before the next member is asked for.

        Raises UnreadableInput naming the archive: for anything but regular files with plain names, and for an archive that
        is cut or does not end where it says.
        """
        long_name = None
        while (head := self._taken(BLOCK)) != bytes(BLOCK):
            info = self._info(head)
            if info.type == tarfile.GNUTYPE_LONGNAME and long_name is None and info.size <= LONGEST_NAME:
                long_name = self._long_name(info.size)
                continue
            member = Member(self._plain(long_name or info.name), info.size, info.mtime, info.mode)
            if info.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or info.size < 0:
                raise self._hostile(f"{member.name} is not a regular file")
            long_name = None
            data = self._data(info.size)
            yield member, data
            for _ in data:
                pass
            self._taken(len(padding(info.size)))
        self._expect_end()

    def _info(self, head: bytes) -> tarfile.TarInfo:
        try:
            return tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
        except (tarfile.HeaderError, ValueError) as error:
            raise self._hostile(f"a header is malformed ({error})") from error

    def _long_name(self, size: int) -> str:
        name = self._taken(max(size, 0)).rstrip(b"\x00").decode("utf-8", "surrogateescape")
        self._taken(len(padding(max(size, 0))))
        return name

    def _plain(self, name: str) -> str:
        """A name that leads nowhere else and was not there before."""
        path = PurePosixPath(name)
        if str(path) != name or path.is_absolute() or {"..", "."} & set(path.parts) or "\x00" in name or "\\" in name:
            raise self._hostile(f"the name {name!r} leads elsewhere")
        if name in self._seen:
            raise self._hostile(f"{name!r} is in it twice")
        self._seen.add(name)
        return name

    def _data(self, size: int) -> Iterator[bytes]:
        left = size
        while left:
            piece = self._taken(min(left, PIECE))
            left -= len(piece)
            yield piece

    def _taken(self, count: int) -> bytes:
        """The next `count` bytes."""
        while len(self._held) < count:
            block = next(self._blocks, None)
            if block is None:
                raise self._hostile("it ends too early")
            self._held += block
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken

    def _expect_end(self) -> None:
        """Nothing but zeros follows; taking it all lets decryption see its own end."""
        while True:
            if self._held.strip(b"\x00"):
                raise self._hostile("something stands behind its end")
            self._held.clear()
            block = next(self._blocks, None)
            if block is None:
                return
            self._held += block

    def _hostile(self, happened: str) -> UnreadableInput:
        return UnreadableInput(item=self._item, happened=happened, advice="take another copy of the file")
