"""The bytes a page was written in, from the bytes a server sent: content encodings undone safely (RFC 9110 section 8.4).

Evidence keeps payloads as they came over the wire; this step makes the working copy that is read. It undoes gzip, deflate
(zlib and raw), br and, where a library is at hand, zstd, in the reverse of the order stated, up to a limit of output. A header
that lies, or data that ends early, costs nothing: what can be had is given with a note.
"""

import importlib
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tawthiq.records.errors import UnreadableCapture

DEFAULT_LIMIT = 64 * 1024 * 1024
MOST_ENCODINGS = 5
INFLATED_BLOCK = 512
# Small, because one call may unfold a block of zstd data some thousandfold before the limit is looked at.
ZSTD_BLOCK = 256
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
CHUNK_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
UNCHANGED = frozenset({"", "identity", "none", "binary", "8bit", "7bit", "utf-8"})


class HasPayload(Protocol):
    """The part of a stored record that decoding needs."""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The response's header fields."""

    @property
    def payload(self) -> bytes:
        """The body as preserved."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A payload without its content encodings; `notes` says what was odd on the way, in English."""

    data: bytes
    notes: tuple[str, ...]


class OutputTooLarge(Exception):
    """More output than the limit: a decompression bomb, or a page of no use to a reader."""


class NotEncoded(Exception):
    """The data is not in the encoding that its header names."""


def decoded(record: HasPayload, limit: int = DEFAULT_LIMIT) -> bytes:
    """The payload without content encodings; see `decode`."""
    return decode(record, limit).data


def decode(record: HasPayload, limit: int = DEFAULT_LIMIT, *, item: str = "payload") -> Decoded:
    """The payload of `record` without its content encodings, at most `limit` bytes.

    Raises UnreadableCapture, naming `item`, when the output is larger than `limit`, when more than five encodings are
    stacked, or when an encoding needs a library that is missing.
    """
    data, notes = record.payload, list[str]()
    data = _dechunked(data, _values(record, "transfer-encoding"), notes)
    if len(data) > limit:
        raise _unreadable(
            item, f"it has {len(data):,} bytes, more than {limit:,}", "read it with other tools; it is kept"
        )
    encodings = [name.strip().lower() for value in _values(record, "content-encoding") for name in value.split(",")]
    if len(encodings) > MOST_ENCODINGS:
        raise _unreadable(item, f"{len(encodings)} content encodings are stacked", "read it with other tools")
    for name in reversed(encodings):
        if name in UNCHANGED or not data:
            continue
        decoder = DECODERS.get(name)
        if decoder is None:
            notes.append(f'the content encoding "{name[:40]}" is unknown; the bytes are read as they are')
            break
        try:
            data, whole = _undone(name, decoder, data, limit, item)
        except NotEncoded:
            notes.append(f"the header says {name} but the bytes are not; they are read as they are")
            break
        if not whole:
            notes.append(f"the {name} data ends early or is damaged; what came before is read")
    return Decoded(data, tuple(notes))


def _undone(
    name: str, decoder: Callable[[bytes, int], tuple[bytes, bool]], data: bytes, limit: int, item: str
) -> tuple[bytes, bool]:
    """One encoding undone; its failures that no reading can go round, as errors that name the item."""
    try:
        return decoder(data, limit)
    except OutputTooLarge as error:
        happened = f"its {name} data unfolds to more than {limit:,} bytes"
        raise _unreadable(item, happened, "this may be a decompression bomb; the evidence itself is kept") from error
    except ModuleNotFoundError as error:
        advice = "install the zstandard package (Debian: python3-zstandard) and read again"
        raise _unreadable(
            item, f"its bytes are compressed with {name}, for which no library is here", advice
        ) from error


def _values(record: HasPayload, name: str) -> list[str]:
    return [value for field, value in record.headers if field.lower() == name]


def _dechunked(data: bytes, transfer_encodings: list[str], notes: list[str]) -> bytes:
    """Bodies that other tools stored with their chunk framing, unframed; a false Transfer-Encoding header is ignored."""
    if not any("chunked" in value.lower() for value in transfer_encodings):
        return data
    pieces: list[bytes] = []
    position = 0
    while match := CHUNK_LINE.match(data, position):
        start, size = match.end(), int(match[1], 16)
        pieces.append(data[start : start + size])
        position = start + size + 2
        if size == 0 or position > len(data):
            notes.append("the body was stored with its chunk framing, which is taken off")
            return b"".join(pieces)
    return data


def _gzip(data: bytes, limit: int) -> tuple[bytes, bool]:
    """All members of gzip data (RFC 1952), and whether they were whole; what follows the last member is ignored."""
    pieces: list[bytes] = []
    size = 0
    while data.startswith(b"\x1f\x8b"):
        piece, end, data = _inflated(31, data, limit - size)
        if not piece and end == "damaged" and not pieces:
            raise NotEncoded
        pieces.append(piece)
        size += len(piece)
        if end != "whole":
            return b"".join(pieces), False
    if not pieces:
        raise NotEncoded
    return b"".join(pieces), True


def _deflate(data: bytes, limit: int) -> tuple[bytes, bool]:
    """Deflate data in its zlib wrapping (RFC 1950) or, as some servers send it, raw (RFC 1951)."""
    wrapped, end, _ = _inflated(15, data, limit)
    if wrapped or end == "whole":
        return wrapped, end == "whole"
    raw, end, _ = _inflated(-15, data, limit)
    if end == "damaged":
        raise NotEncoded
    return raw, end == "whole"


def _inflated(wbits: int, data: bytes, limit: int) -> tuple[bytes, str, bytes]:
    """What zlib makes of `data`: the output, how it ended ("whole", "short", "damaged") and the bytes left over.

    Fed in small blocks, so that damage costs no more than the block it is in.
    """
    stream = zlib.decompressobj(wbits=wbits)
    pieces: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(data), INFLATED_BLOCK):
            block = data[start : start + INFLATED_BLOCK]
            while block and not stream.eof:
                piece = stream.decompress(block, limit + 1 - size)
                size += len(piece)
                if size > limit:
                    raise OutputTooLarge
                pieces.append(piece)
                block = stream.unconsumed_tail
            if stream.eof:
                return b"".join(pieces), "whole", stream.unused_data + data[start + INFLATED_BLOCK :]
    except zlib.error:
        return b"".join(pieces), "damaged", b""
    return b"".join(pieces), "short", b""


def _brotli(data: bytes, limit: int) -> tuple[bytes, bool]:
    """Brotli data (RFC 7932), decoded by the module that FastWARC brings."""
    brotli = importlib.import_module("brotli")
    stream = brotli.Decompressor()
    pieces: list[bytes] = []
    size = 0
    try:
        piece = stream.process(data, output_buffer_limit=INFLATED_BLOCK * 64)
        while True:
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise OutputTooLarge
            if stream.is_finished() or stream.can_accept_more_data():
                return b"".join(pieces), bool(stream.is_finished())
            piece = stream.process(b"", output_buffer_limit=INFLATED_BLOCK * 64)
    except brotli.error as error:
        raise NotEncoded from error


def _zstd(data: bytes, limit: int) -> tuple[bytes, bool]:
    """Zstandard data (RFC 8878), by Python's own module (3.14) or the zstandard package; raises ModuleNotFoundError."""
    if not data.startswith(ZSTD_MAGIC):
        raise NotEncoded
    try:
        own = importlib.import_module("compression.zstd")
    except ModuleNotFoundError:
        package = importlib.import_module("zstandard")
        stream, failure = package.ZstdDecompressor().decompressobj(), package.ZstdError
    else:
        stream, failure = own.ZstdDecompressor(), own.ZstdError
    pieces: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(data), ZSTD_BLOCK):
            piece = stream.decompress(data[start : start + ZSTD_BLOCK])
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise OutputTooLarge
            if stream.eof:
                return b"".join(pieces), True
    except failure:
        return b"".join(pieces), False
    return b"".join(pieces), False


def _unreadable(item: str, happened: str, advice: str) -> UnreadableCapture:
    return UnreadableCapture(item=item, happened=happened, advice=advice)


DECODERS: dict[str, Callable[[bytes, int], tuple[bytes, bool]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
