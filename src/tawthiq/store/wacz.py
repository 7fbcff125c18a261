"""WACZ packages of other tools (WACZ 1.1.1): a zip file with WARC files, a list of pages and digests of its own.

A package is kept whole and never unpacked to disk under its own names. Its directory is hostile input: members that overlap,
lie outside the file, are encrypted or unfold too far are named and left alone; the rest is read. WARC files stand in it
uncompressed, as the format demands, so that a record is read at its place in the package; a deflated one is unfolded in
passing.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from tawthiq.records.errors import UnreadableCapture
from tawthiq.store.files import storing
from tawthiq.store.printing import printable
from tawthiq.store.slices import Inflated, Slice

SUFFIX = ".wacz"
MOST_MEMBERS = 100_000
LARGEST_DIRECTORY = 16 * 1024 * 1024
_TAIL = 128 * 1024
_LOCAL = struct.Struct("<4s22xHH")  # signature, lengths of name and extra field (APPNOTE 4.3.7)
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1
_WARC_ENDINGS = (".warc.gz", ".warc", ".warc.zst")
_READ = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a package. `start` and `held` are the byte range that it takes in the package, `size` its own length.

    `refused` says why it is not read, or is None.
    """

    name: str
    start: int
    held: int
    size: int
    deflated: bool
    refused: str | None

    @property
    def is_warc(self) -> bool:
        """Whether its name is that of a WARC file."""
        return self.name.lower().endswith(_WARC_ENDINGS)


def members(stream: BinaryIO) -> list[Member]:
    """The files of the package open in `stream`, in the order of their places. Raises UnreadableCapture."""
    try:
        if _directory_size(stream) > LARGEST_DIRECTORY:
            raise zipfile.LargeZipFile(f"it is larger than {LARGEST_DIRECTORY:,} bytes")
        with zipfile.ZipFile(stream) as package:
            listed = package.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise UnreadableCapture(
            item="package",
            happened=f"its directory cannot be read ({printable(str(error))[:200]})",
            advice="look for an undamaged copy and collect it too",
        ) from error
    if len(listed) > MOST_MEMBERS:
        raise UnreadableCapture(
            item="package",
            happened=f"it lists {len(listed):,} files, more than {MOST_MEMBERS:,}",
            advice="look at it with other tools; it is kept whole",
        )
    size = stream.seek(0, io.SEEK_END)
    found = sorted((_member(stream, info, size) for info in listed if not info.is_dir()), key=lambda one: one.start)
    return list(_sound(found))


def _directory_size(stream: BinaryIO) -> int:
    """How many bytes the directory takes, by the record at the end (APPNOTE 4.3.16, 4.3.14): looked at before it is loaded."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 16:
        return 0
    (stated,) = struct.unpack_from("<I", tail, at + 12)
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if stated == 0xFFFFFFFF and 0 <= wide <= len(tail) - 48:
        (stated,) = struct.unpack_from("<Q", tail, wide + 40)
    return int(stated)


def _sound(found: list[Member]) -> Iterator[Member]:
    """The members, refused where one overlaps another or has its name."""
    end, names = 0, set[str]()
    for one in found:
        if one.refused is None and one.start < end:
            yield replace(one, refused="it overlaps another file of the package")
        elif one.refused is None and one.name in names:
            yield replace(one, refused="its name stands twice in the package")
        else:
            yield one
        end = max(end, one.start + one.held) if one.refused is None else end
        names.add(one.name)


def _member(stream: BinaryIO, info: zipfile.ZipInfo, size: int) -> Member:
    deflated = info.compress_type == zipfile.ZIP_DEFLATED
    name = printable(info.filename)
    # A damaged end of the directory can put a member before the file's first byte.
    stream.seek(min(info.header_offset, size) if info.header_offset >= 0 else size)
    head = stream.read(_LOCAL.size)
    refused, start = None, size
    if len(head) < _LOCAL.size or head[:4] != _LOCAL_SIGNATURE:
        refused = "nothing stands where the directory says that it begins"
    else:
        _, name_length, extra_length = _LOCAL.unpack(head)
        start = info.header_offset + _LOCAL.size + name_length + extra_length
        if start + info.compress_size > size:
            refused = "it is cut short"
    if info.flag_bits & _ENCRYPTED:
        refused = "it is encrypted"
    elif info.compress_type not in _READ:
        refused = "it is packed in a way that is not read"
    elif not deflated and info.compress_size != info.file_size:
        refused = "the directory states two lengths of it"
    return Member(name, start, info.compress_size, info.file_size, deflated, refused)


def content(stream: BinaryIO, member: Member) -> BinaryIO:
    """The bytes of a member as a stream, unfolded where they are deflated; it ends after the length that is stated."""
    if member.deflated:
        return cast(BinaryIO, Inflated(stream, member.start, member.held, member.size))
    return cast(BinaryIO, Slice(stream, member.start, member.held))


@contextmanager
def piece(path: Path, offset: int, length: int, item: str) -> Iterator[BinaryIO]:
    """The bytes `offset`..`offset + length` of an evidence file as a stream of WARC records.

    In a package, a piece that is a deflated file is unfolded. Raises StorageFailed naming `item` when the file cannot be
    read.
    """
    with storing(item), path.open("rb") as stream:
        member = _deflated_at(stream, offset) if path.suffix == SUFFIX else None
        yield content(stream, member) if member else cast(BinaryIO, Slice(stream, offset, length))


def _deflated_at(stream: BinaryIO, offset: int) -> Member | None:
    try:
        return next((one for one in members(stream) if one.start == offset and one.deflated and not one.refused), None)
    except (UnreadableCapture, zlib.error):
        return None
