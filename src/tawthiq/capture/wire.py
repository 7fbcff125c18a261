"""Reading an HTTP/1.1 response from a socket so that nothing that came is lost (RFC 9112).

Owns the line between bytes on the wire and what is kept of them: the status line and header fields in their order, case
and repetition (each character one byte of the wire, ISO 8859-1), and the body after transfer decoding, still
content-encoded. A body cut short is kept with the reason, in the words of WARC 1.1 section 5.13 (`length`, `time`,
`disconnect`, `unspecified`). Every wait is bounded by a deadline for the whole source.
"""

import re
import socket
import time
from dataclasses import dataclass
from typing import Protocol

BLOCK = 65_536
LONGEST_LINE = 65_536
MOST_HEADERS = 1_000
MOST_INTERIM = 8
STATUS_LINE = re.compile(r"^HTTP/1\.[0-9] +([1-9][0-9]{2})(?: |$)")
CHUNK_SIZE = re.compile(rb"^[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;|$)")
BODILESS = frozenset({204, 304})


class Receiver(Protocol):
    """The part of a socket that reading needs."""

    def recv(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end of the stream."""

    def settimeout(self, seconds: float | None, /) -> None:
        """The longest that the next call may wait."""


class Disconnected(Exception):
    """The server closed the connection while more was due."""


class NotHttp(Exception):
    """What came is not an HTTP response; the argument says what came instead."""


@dataclass(frozen=True, slots=True)
class Head:
    """A response's status line and header fields as they came."""

    status_line: str
    status: int
    headers: tuple[tuple[str, str], ...]

    def values(self, name: str) -> tuple[str, ...]:
        """The values of every header field called `name` (lower case), in order."""
        return tuple(value for field, value in self.headers if field.lower() == name)


@dataclass(frozen=True, slots=True)
class Body:
    """What came of a response's body; `reusable` tells whether the connection may carry another request."""

    payload: bytes
    truncated: str | None
    reusable: bool


class Wire:
    """A socket with a buffer, a longest wait for one read and a deadline (`time.monotonic` seconds) for all of them."""

    def __init__(self, connection: Receiver, read_timeout: float, deadline: float) -> None:
        self._connection = connection
        self._read_timeout = read_timeout
        self._deadline = deadline
        self._buffer = bytearray()
        self.received = 0

    @property
    def holds_more(self) -> bool:
        """Whether bytes have come that nobody asked for yet."""
        return bool(self._buffer)

    def block(self, most: int) -> bytes:
        """Between 1 and `most` bytes; none at the end of the stream. Raises TimeoutError and OSError."""
        if not self._buffer and not self._filled():
            return b""
        taken = bytes(self._buffer[:most])
        del self._buffer[: len(taken)]
        return taken

    def line(self) -> bytes:
        """One line without its end (CR LF or LF). Raises Disconnected before its end, NotHttp when it never ends."""
        start = 0
        while (end := self._buffer.find(b"\n", start)) < 0:
            start = len(self._buffer)
            if start > LONGEST_LINE:
                raise NotHttp(f"a line of more than {LONGEST_LINE} bytes")
            if not self._filled():
                raise Disconnected
        taken = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return taken.removesuffix(b"\r")

    def _filled(self) -> bool:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(min(left, self._read_timeout))
        came = self._connection.recv(BLOCK)
        self.received += len(came)
        self._buffer += came
        return bool(came)


def read_head(wire: Wire) -> Head:
    """The final response's head; interim (1xx) responses are passed over.

    Raises NotHttp, Disconnected, TimeoutError or OSError.
    """
    for _ in range(MOST_INTERIM):
        head = _one_head(wire)
        if head.status >= 200:
            return head
    raise NotHttp(f"more than {MOST_INTERIM} interim responses")


def _one_head(wire: Wire) -> Head:
    status_line = wire.line().decode("latin-1")
    match = STATUS_LINE.match(status_line)
    if match is None:
        raise NotHttp(f'"{status_line[:60]}" where a status line is due')
    headers: list[tuple[str, str]] = []
    while line := wire.line().decode("latin-1"):
        if len(headers) >= MOST_HEADERS:
            raise NotHttp(f"more than {MOST_HEADERS} header fields")
        if line[0] in " \t" and headers:
            name, value = headers.pop()
            headers.append((name, f"{value} {line.strip()}"))
        else:
            name, _, value = line.partition(":")
            headers.append((name.rstrip(), value.strip(" \t")))
    return Head(status_line, int(match[1]), tuple(headers))


def read_body(wire: Wire, head: Head, limit: int) -> Body:
    """The body that follows `head`, at most `limit` bytes of it. Never raises for a body cut short: it says so."""
    if head.status in BODILESS:
        return Body(b"", None, reusable=True)
    keeps_open = head.status_line.startswith("HTTP/1.1") and not any(
        "close" in value.lower() for value in head.values("connection")
    )
    if any("chunked" in value.lower() for value in head.values("transfer-encoding")):
        payload, truncated = _chunked(wire, limit)
        return Body(payload, truncated, reusable=keeps_open and truncated is None)
    length = _stated_length(head)
    if length is None:
        return Body(*_until_close(wire, limit), reusable=False)
    payload, truncated = _counted(wire, length, limit)
    if truncated is None and wire.holds_more:
        truncated = "unspecified"
    return Body(payload, truncated, reusable=keeps_open and truncated is None)


def _stated_length(head: Head) -> int | None:
    """Content-Length when it is given once, or more than once alike; None otherwise (RFC 9112 section 6.3)."""
    stated = {part.strip() for value in head.values("content-length") for part in value.split(",")}
    if len(stated) != 1:
        return None
    only = stated.pop()
    return int(only) if only.isascii() and only.isdigit() and len(only) < 19 else None


def _counted(wire: Wire, length: int, limit: int) -> tuple[bytes, str | None]:
    payload = bytearray()
    short = _append(payload, wire, min(length, limit))
    return bytes(payload), _cut(short) or ("length" if length > limit else None)


def _until_close(wire: Wire, limit: int) -> tuple[bytes, str | None]:
    payload = bytearray()
    short = _append(payload, wire, limit + 1)
    if len(payload) > limit:
        return bytes(payload[:limit]), "length"
    return bytes(payload), None if short == "end" else short


def _chunked(wire: Wire, limit: int) -> tuple[bytes, str | None]:
    """The joined chunks; trailer fields are read and dropped (RFC 9112 section 7.1)."""
    payload = bytearray()
    try:
        while size := _chunk_size(wire.line()):
            room = limit - len(payload)
            truncated = _cut(_append(payload, wire, min(size, room))) or ("length" if size > room else None)
            if truncated:
                return bytes(payload), truncated
            if wire.line():
                return bytes(payload), "unspecified"
        while wire.line():
            pass
    except TimeoutError:
        return bytes(payload), "time"
    except (Disconnected, OSError):
        return bytes(payload), "disconnect"
    except NotHttp:
        return bytes(payload), "unspecified"
    return bytes(payload), None


def _chunk_size(line: bytes) -> int:
    match = CHUNK_SIZE.match(line)
    if match is None:
        raise NotHttp("a chunk without a size")
    return int(match[1], 16)


def _cut(short: str | None) -> str | None:
    """Why a body of known length is short: for such a body the end of the stream is a disconnection."""
    return "disconnect" if short == "end" else short


def _append(payload: bytearray, wire: Wire, count: int) -> str | None:
    """Add `count` bytes to `payload`; when fewer come, the reason why: "end" of the stream, "time" or "disconnect"."""
    due = len(payload) + count
    try:
        while len(payload) < due:
            block = wire.block(due - len(payload))
            if not block:
                return "end"
            payload += block
    except TimeoutError:
        return "time"
    except OSError:
        return "disconnect"
    return None


def address_of(connection: socket.socket) -> str | None:
    """ "address:port" of the other end, IPv6 in brackets; None once the connection is gone."""
    try:
        host, port, *_ = connection.getpeername()
    except OSError:
        return None
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
