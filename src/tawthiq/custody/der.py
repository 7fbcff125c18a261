"""Values of DER (X.690) one inside the other, as far as timestamp replies need it: where each begins and ends.

Tags of one byte and definite lengths of up to four bytes; anything else is OddEncoding.
"""

from dataclasses import dataclass

INTEGER, OCTETS, OBJECT, SEQUENCE, SET, CONTEXT_0 = 0x02, 0x04, 0x06, 0x30, 0x31, 0xA0


class OddEncoding(Exception):
    """Not the encoding that was expected."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value: its tag, where it starts, where its content starts, where it ends."""

    tag: int
    start: int
    content: int
    end: int


def only(data: bytes | bytearray) -> Part:
    """The one value that `data` consists of. Raises OddEncoding."""
    part = _at(data, 0, len(data))
    if part.end != len(data):
        raise OddEncoding
    return part


def inside(data: bytes | bytearray, outer: Part) -> list[Part]:
    """The values inside a constructed one, at least one. Raises OddEncoding."""
    parts, at = [], outer.content
    while at < outer.end:
        parts.append(_at(data, at, outer.end))
        at = parts[-1].end
    if not parts:
        raise OddEncoding
    return parts


def child(data: bytes | bytearray, outer: Part, *path: int) -> Part:
    """The value that a path of positions leads to. Raises OddEncoding where there is none."""
    for position in path:
        parts = inside(data, outer)
        if position >= len(parts):
            raise OddEncoding
        outer = parts[position]
    return outer


def _at(data: bytes | bytearray, start: int, end: int) -> Part:
    """The value that starts at `start` and must end by `end`."""
    content = start + 2
    if content > end:
        raise OddEncoding
    length = data[start + 1]
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or content + count > end:
            raise OddEncoding
        length, content = int.from_bytes(data[content : content + count]), content + count
    if content + length > end:
        raise OddEncoding
    return Part(data[start], start, content, content + length)
