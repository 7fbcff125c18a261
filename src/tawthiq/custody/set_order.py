"""Timestamp replies in the order that strict readers demand (X.690 section 11.6: a SET OF is sorted by its encodings).

Common authorities, openssl among them, write the certificates of a token in the order of the chain. That set is not signed,
and sorting a set moves bytes without changing a length, so the sorted reply says exactly what the one received says. Only a
copy for the strict reader is sorted; what is kept is what came.
"""

from dataclasses import dataclass

_SET, _CONTEXT_0, _INTEGER = 0x31, 0xA0, 0x02
_GRANTED_WITH_MODS = 1


class _Odd(Exception):
    """Not the encoding that was expected: the reply is left as it came, for the strict reader to refuse."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One value: its tag, where it starts, where its content starts, where it ends."""

    tag: int
    start: int
    content: int
    end: int


def sorted_reply(reply: bytes) -> bytes:
    """A TimeStampResp (RFC 3161 section 2.4.2) with the sets of its SignedData (RFC 5652 section 5.1) sorted.

    A status "granted with modifications" reads "granted" in it. Anything else, malformed replies included, stays as it is.
    """
    data = bytearray(reply)
    try:
        fields = _inside(data, _only(data, 0, len(data)))
        code = _inside(data, fields[0])[0]
        if code.tag == _INTEGER and data[code.content : code.end] == bytes([_GRANTED_WITH_MODS]):
            data[code.content] = 0
        for token in fields[1:2]:
            wrapped = _inside(data, _inside(data, token)[1])[0]
            for field in _inside(data, wrapped):
                if field.tag in (_SET, _CONTEXT_0):
                    members = [bytes(data[each.start : each.end]) for each in _inside(data, field)]
                    data[field.content : field.end] = b"".join(sorted(members))
    except (_Odd, IndexError):
        return reply
    return bytes(data)


def _only(data: bytearray, start: int, end: int) -> _Part:
    """The one value that fills a range."""
    part = _at(data, start, end)
    if part.end != end:
        raise _Odd
    return part


def _inside(data: bytearray, outer: _Part) -> list[_Part]:
    """The values inside a constructed one."""
    parts, at = [], outer.content
    while at < outer.end:
        parts.append(_at(data, at, outer.end))
        at = parts[-1].end
    return parts


def _at(data: bytearray, start: int, end: int) -> _Part:
    """The value that starts at `start`: tags of one byte, definite lengths of up to four bytes."""
    tag, length, content = data[start], data[start + 1], start + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or content + count > end:
            raise _Odd
        length, content = int.from_bytes(data[content : content + count]), content + count
    if content + length > end:
        raise _Odd
    return _Part(tag, start, content, content + length)
