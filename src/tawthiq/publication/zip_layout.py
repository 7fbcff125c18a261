"""The one layout of a package: a ZIP file (PKWARE APPNOTE 6.3.10) of stored members, so that no byte of it is free.

Members lie one after the other from byte 0, each behind its local header, all with the same date; then the central
directory, then its end. ZIP64 fields stand only where a number demands them. Whoever knows names, sizes and checksums knows
every other byte; what differs is a package that somebody else laid out, or damage.
"""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

END_LENGTH = 22
END64_LENGTH = 56
LOCATOR_LENGTH = 20
END_SIGNATURE, END64_SIGNATURE, LOCATOR_SIGNATURE = 0x06054B50, 0x06064B50, 0x07064B50
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
CENTRAL_SIGNATURE = 0x02014B50
END = struct.Struct("<IHHHHIIH")
END64 = struct.Struct("<IQHHIIQQQQ")
LOCATOR = struct.Struct("<IIQI")
LARGEST_32, LARGEST_16 = 0xFFFFFFFF, 0xFFFF
LONGEST_NAME = 200

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_LOCAL_SIGNATURE = 0x04034B50
_VERSION, _VERSION_64 = 20, 45
_UTF8 = 0x0800
_NO_DATE = 0x0021  # 1 January 1980, the first day that the format knows
_MADE_BY_UNIX = 3 << 8
_REGULAR_FILE = 0o100644 << 16
_ZIP64 = 0x0001
_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Member:
    """A stored member: its name, its length in bytes, the CRC-32 of its content, and where its local header begins."""

    name: str
    size: int
    crc: int
    offset: int

    @property
    def start(self) -> int:
        """Where its content begins."""
        return self.offset + len(local_header(self))

    @property
    def end(self) -> int:
        """The byte after its content."""
        return self.start + self.size


def is_name(name: str) -> bool:
    """Whether a member may be called so: at most one folder, letters, digits, `.`, `_`, `-`, no leading dot."""
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None


def local_header(member: Member) -> bytes:
    """What stands before a member's content."""
    wide = member.size >= LARGEST_32
    name = member.name.encode()
    extra = struct.pack("<HHQQ", _ZIP64, 16, member.size, member.size) if wide else b""
    size = LARGEST_32 if wide else member.size
    version = _VERSION_64 if wide else _VERSION
    fixed = (_LOCAL_SIGNATURE, version, _UTF8, 0, 0, _NO_DATE, member.crc, size, size, len(name), len(extra))
    return _LOCAL.pack(*fixed) + name + extra


def central_header(member: Member) -> bytes:
    """A member's entry in the central directory."""
    wide_size, wide_offset = member.size >= LARGEST_32, member.offset >= LARGEST_32
    numbers = [member.size, member.size] if wide_size else []
    numbers += [member.offset] if wide_offset else []
    extra = struct.pack(f"<HH{len(numbers)}Q", _ZIP64, 8 * len(numbers), *numbers) if numbers else b""
    version = _VERSION_64 if numbers else _VERSION
    size = LARGEST_32 if wide_size else member.size
    offset = LARGEST_32 if wide_offset else member.offset
    name = member.name.encode()
    fixed = (CENTRAL_SIGNATURE, _MADE_BY_UNIX | version, version, _UTF8, 0, 0, _NO_DATE, member.crc, size, size)
    return CENTRAL.pack(*fixed, len(name), len(extra), 0, 0, 0, _REGULAR_FILE, offset) + name + extra


def directory(members: Sequence[Member]) -> bytes:
    """Everything after the last member: the central directory and its end."""
    begin = members[-1].end if members else 0
    central = b"".join(central_header(member) for member in members)
    count, size = len(members), len(central)
    wide = count >= LARGEST_16 or size >= LARGEST_32 or begin >= LARGEST_32
    end64 = b""
    if wide:
        version = _MADE_BY_UNIX | _VERSION_64
        rest = END64_LENGTH - 12
        end64 = END64.pack(END64_SIGNATURE, rest, version, _VERSION_64, 0, 0, count, count, size, begin)
        end64 += LOCATOR.pack(LOCATOR_SIGNATURE, 0, begin + size, 1)
    short = min(count, LARGEST_16)
    end = END.pack(END_SIGNATURE, 0, 0, short, short, min(size, LARGEST_32), min(begin, LARGEST_32), 0)
    return central + end64 + end
