"""Reading WARC files, ours and others', with FastWARC.

Others' files are hostile input: cut tails, one gzip member for the whole file, a Transfer-Encoding header over a body that
is not chunked. What is whole is found; the rest is named.
"""

import hashlib
import re
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from tawthiq.records.errors import UnreadableCapture
from tawthiq.store.files import BLOCK, storing
from tawthiq.store.stored import StoredRecord
from tawthiq.store.wacz import piece

_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,12})[ \t]*(?=;|$)")
_GZIP = b"\x1f\x8b"
_BEGINNINGS = (_GZIP, b"WARC/", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")  # gzip, clear, zstd, lz4
KEPT_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion


@dataclass(frozen=True, slots=True)
class Found:
    """A response, resource or conversion record of a WARC file.

    `offset` and `length` are bytes of the file; where records cannot be addressed singly (one gzip member for all) they
    cover the whole file, and `ordinal` counts the records before this one. `sha256` is the payload's.
    """

    offset: int
    length: int
    ordinal: int
    target: str
    date: datetime | None
    status: int | None
    content_type: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Index:
    """What was found in a WARC file, and why reading stopped early, if it did."""

    found: tuple[Found, ...]
    stopped: str | None


def index(path: Path) -> Index:
    """Index a WARC file of any size. Damage ends the index with a reason; what stands before it is kept."""
    with storing(path.name), path.open("rb") as stream:
        return index_of(stream, path.stat().st_size)


def index_of(stream: BinaryIO, length: int) -> Index:
    """The index of a WARC file of `length` bytes, wherever it lies; see `index`.

    Records of a stream that cannot go back have no place, only their `ordinal` among all its records.
    """
    offsets, found, stopped = _scan(stream)
    if not stream.seekable():
        return Index(tuple(found), stopped)
    placed = _addressed(found, offsets, length, stream)
    if stopped is None and _has_cut_member(stream, offsets[-1]):
        stopped = f"the file is cut short after {len(offsets)} records"
    return Index(tuple(placed), stopped)


def read_record(path: Path, offset: int, length: int, ordinal: int, item: str) -> StoredRecord:
    """The record at `offset`, or the one after `ordinal` others from there.

    Raises StorageFailed when the file cannot be read, UnreadableCapture naming `item` when no record stands there.
    """
    with piece(path, offset, length, item) as stream:
        try:
            for place, record in enumerate(ArchiveIterator(stream, parse_http=False)):
                if place == ordinal:
                    return _stored(record)
        except (OSError, ValueError, RuntimeError) as error:
            raise _no_record(item, str(error)) from error
    raise _no_record(item, f"no record stands at byte {offset}")


def _stored(record: Any) -> StoredRecord:
    """A record with its payload in memory."""
    status, headers = _http_head(record)
    due = record.content_length
    raw = record.reader.read()
    payload = dechunked(raw) if _claims_chunks(headers) else None
    truncated = record.headers.get("WARC-Truncated") or ("unspecified" if len(raw) < due else None)
    return StoredRecord(status, headers, raw if payload is None else payload, truncated)


def _scan(stream: BinaryIO) -> tuple[list[int], list[Found], str | None]:
    """Where each record of a file begins, the records of interest, and why reading ended early."""
    offsets: list[int] = []
    found: list[Found] = []
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            offsets.append(record.stream_pos)
            one = _read_through(record, len(offsets) - 1)
            if one is None:
                return offsets, found, f"record {len(offsets)} is cut short"
            if record.record_type & KEPT_TYPES:
                found.append(one)
    except (OSError, ValueError, RuntimeError) as error:
        return offsets, found, f"after {len(offsets)} whole records: {error}"
    return offsets, found, None if offsets else "it holds no WARC record"


def _read_through(record: Any, ordinal: int) -> Found | None:
    """What a record is, its payload hashed; None when its block is shorter than its header says."""
    status, headers = _http_head(record)
    sha256 = hashlib.sha256()
    due, read = record.content_length, 0
    if _claims_chunks(headers):
        raw = record.reader.read()
        payload = dechunked(raw)
        sha256.update(raw if payload is None else payload)
        read = len(raw)
    else:
        while block := record.reader.read(BLOCK):
            sha256.update(block)
            read += len(block)
    if read < due:
        return None
    return Found(
        offset=0,
        length=0,
        ordinal=ordinal,
        target=record.headers.get("WARC-Target-URI", ""),
        date=record.record_date,
        status=status,
        content_type=_content_type(record, headers),
        sha256=sha256.hexdigest(),
    )


def _http_head(record: Any) -> tuple[int | None, tuple[tuple[str, str], ...]]:
    """Status and headers of an HTTP record, whose reader then stands at the body; (None, ()) for any other."""
    if not record.is_http:
        return None, ()
    record.parse_http(auto_decode="none")
    if record.http_headers is None:
        return None, ()
    return record.http_headers.status_code, tuple(record.http_headers.astuples())


def _content_type(record: Any, headers: tuple[tuple[str, str], ...]) -> str | None:
    """The payload's media type: the HTTP header of a response, the WARC header of a resource."""
    if record.is_http:
        return next((value for name, value in headers if name.lower() == "content-type"), None)
    value: str | None = record.headers.get("Content-Type")
    return value


def _claims_chunks(headers: tuple[tuple[str, str], ...]) -> bool:
    return any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers)


def dechunked(data: bytes) -> bytes | None:
    """A body without its chunk framing (RFC 9112 section 7.1), or None when it is not framed as its header claims."""
    parts: list[bytes] = []
    at = 0
    while (end := data.find(b"\r\n", at)) >= 0:
        size = _CHUNK_SIZE.match(data, at, end)
        if size is None:
            return None
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        at = end + 2 + length
        parts.append(data[end + 2 : at])
        if data[at : at + 2] != b"\r\n":
            return None
        at += 2
    return None


def _addressed(found: list[Found], offsets: list[int], length: int, stream: BinaryIO) -> list[Found]:
    """The records with their place in the file: each its own bytes, or the whole file where that cannot be."""
    if not found:
        return []
    ends = [*offsets[1:], length]
    singly = all(low < high for low, high in zip(offsets, ends, strict=True)) and all(
        _begins_record(stream, offset) for offset in offsets
    )
    if not singly:
        return [replace(each, offset=0, length=length) for each in found]
    spans = [(each, offsets[each.ordinal], ends[each.ordinal]) for each in found]
    return [replace(each, offset=low, length=high - low, ordinal=0) for each, low, high in spans]


def _begins_record(stream: BinaryIO, offset: int) -> bool:
    """Whether a compressed member or a record in clear begins at `offset`."""
    stream.seek(offset)
    return stream.read(5).startswith(_BEGINNINGS)


def _has_cut_member(stream: BinaryIO, offset: int) -> bool:
    """Whether the gzip members from `offset` on end early: FastWARC passes over a last one without a whole header."""
    stream.seek(offset)
    data = stream.read(BLOCK)
    if not data.startswith(_GZIP):
        return False
    member = zlib.decompressobj(zlib.MAX_WBITS + 16)
    while data:
        try:
            member.decompress(data, BLOCK)
        except zlib.error:
            return True
        data = member.unconsumed_tail or member.unused_data or stream.read(BLOCK)
        if member.eof and data:
            member = zlib.decompressobj(zlib.MAX_WBITS + 16)
    return not member.eof


def _no_record(item: str, why: str) -> UnreadableCapture:
    return UnreadableCapture(
        item=item, happened=f"its record cannot be read ({why})", advice="run tawthiq verify to see whether it changed"
    )
