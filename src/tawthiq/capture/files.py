"""Files as evidence: opened once, measured and digested through that one handle, and recognised by their first bytes.

A WARC file (ISO 28500) is recognised plain or gzip-compressed, whatever its name, a zstd-compressed one and a WACZ package
also by their names. The media type of other files is taken from the name's ending, else from the first bytes; it is a hint
for reading and never changes what is kept.
"""

import hashlib
import mimetypes
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from tawthiq.capture.names import base_name, shown
from tawthiq.records.errors import CaptureFailed

BLOCK = 1024 * 1024
SNIFFED = 4096
WARC_MAGIC = b"WARC/"
GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
WACZ_FIRST = (b"archive/", b"pages/pages.jsonl", b"indexes/index", b"datapackage.json")
MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body")
# The table of the standard library alone: files of this machine must not change what a type is called.
TYPES = mimetypes.MimeTypes(()).types_map[True]
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file ready to be kept: its stream stands at its beginning. `size` is in bytes, `modified` UTC.

    `is_warc` tells that it holds WARC records, `is_wacz` that they stand in a WACZ package.
    """

    name: str
    stream: BinaryIO
    size: int
    modified: datetime
    is_warc: bool
    content_type: str | None
    is_wacz: bool = False

    def digest(self) -> str:
        """SHA-256 of the whole file in hexadecimal; leaves the stream at its beginning."""
        digest = hashlib.sha256()
        while block := self.stream.read(BLOCK):
            digest.update(block)
        self.stream.seek(0)
        return digest.hexdigest()


@contextmanager
def opened(path: Path, size_limit: int, warc_limit: int) -> Iterator[OpenedFile]:
    """The file at `path`. Limits are bytes.

    Raises CaptureFailed when it cannot be read, is no regular file, holds no bytes or is larger than its limit.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise _failed(path, f"it cannot be opened ({error.strerror})", "check the file and its rights") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _failed(path, "it is no regular file", "give a regular file or a folder")
    with os.fdopen(handle, "rb") as stream:
        yield _described(path, stream, size_limit, warc_limit)


def _described(path: Path, stream: BinaryIO, size_limit: int, warc_limit: int) -> OpenedFile:
    facts = os.fstat(stream.fileno())
    if facts.st_size == 0:
        raise _failed(path, "the file holds no bytes", "an empty file proves nothing; look for the full one")
    try:
        start = stream.read(SNIFFED)
        stream.seek(0)
    except OSError as error:
        raise _failed(path, f"it cannot be read ({error.strerror})", "check the disk it is on") from error
    is_wacz = _is_wacz(path.name, start)
    is_warc = is_wacz or _is_warc(path.name, start)
    limit = warc_limit if is_warc else size_limit
    if facts.st_size > limit:
        raise _failed(
            path,
            f"it has {facts.st_size:,} bytes, more than the limit of {limit:,}",
            "raise the limit with --size-limit if it is wanted",
        )
    modified = datetime.fromtimestamp(facts.st_mtime, UTC)
    return OpenedFile(
        base_name(path), stream, facts.st_size, modified, is_warc, content_type(path.name, start), is_wacz
    )


def _is_wacz(name: str, start: bytes) -> bool:
    """A zip file by its first bytes that is called .wacz, or whose first file is one that only such packages have."""
    return start.startswith(ZIP_MAGIC) and (name.lower().endswith(".wacz") or start[30:].startswith(WACZ_FIRST))


def _is_warc(name: str, start: bytes) -> bool:
    if start.startswith(ZSTD_MAGIC):
        return name.lower().endswith(".warc.zst")
    if not start.startswith(GZIP_MAGIC):
        return start.startswith(WARC_MAGIC)
    try:
        return zlib.decompressobj(wbits=31).decompress(start, len(WARC_MAGIC)).startswith(WARC_MAGIC)
    except zlib.error:
        return False


def content_type(name: str, start: bytes) -> str | None:
    """The media type of a file by its name's ending, else by its first bytes; None when neither tells."""
    named = TYPES.get(Path(name).suffix.lower())
    if named is not None:
        return named
    text = start
    for mark in BYTE_ORDER_MARKS:
        text = text.removeprefix(mark)
    if text.lstrip().lower().startswith(MARKUP):
        return "text/html"
    return None


def _failed(path: Path, happened: str, advice: str) -> CaptureFailed:
    return CaptureFailed(item=shown(str(path), 500), happened=happened, advice=advice)
