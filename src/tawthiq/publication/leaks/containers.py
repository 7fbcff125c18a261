"""What is packed inside a file: ZIP (with WACZ, XLSX, DOCX, EPUB), gzip, zstd, bzip2, xz, tar, WARC, and `data:` addresses.

Members are unpacked to their last byte, so that a damaged one is an error. What nothing here can open (7z, RAR, encrypted
members) is refused. A member is a stream that can be gone through again; larger ones lie in a temporary file without a name.
"""

import base64
import binascii
import bz2
import gzip
import lzma
import mmap
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

import brotli  # type: ignore[import-untyped]
import zstandard
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tawthiq.publication.leaks.errors import unreadable
from tawthiq.publication.leaks.pdf import pdf_streams, pdf_strings

IN_MEMORY = 1 << 24
LARGEST = 1 << 35
"""Bytes that one member may have unpacked: 32 GiB, so that nothing unpacks for ever."""
_BLOCK = 1 << 20
_ZSTD = (b"\x28\xb5\x2f\xfd", *(bytes([0x50 + each]) + b"\x2a\x4d\x18" for each in range(16)))
_CLOSED = {b"7z\xbc\xaf\x27\x1c": "a 7z file", b"Rar!\x1a\x07": "a RAR file", b"age-encryption.org": "encrypted"}
_DATA = re.compile(rb"base64,\s*([A-Za-z0-9+/=\s]{64,})")
Members = Iterator[tuple[str, BinaryIO]]


def members_of(stream: BinaryIO, place: str) -> Members:
    """What is packed inside a part, each with its name. Raises UnreadablePart, and errors of the packers' own kinds."""
    head = stream.read(512)
    stream.seek(0)
    for magic, what in _CLOSED.items():
        if head.startswith(magic):
            raise unreadable(place, f"it is {what}, which nothing here opens")
    opener = _opener(head, place)
    try:
        if opener is not None:
            yield from opener(stream, place)
        elif zipfile.is_zipfile(stream):
            stream.seek(0)
            yield from _zip(stream, place)
        else:
            stream.seek(0)
            yield from _data_addresses(stream)
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        lzma.LZMAError,
        zstandard.ZstdError,
        zlib.error,
        brotli.error,
    ) as error:
        raise unreadable(place, f"it is damaged ({type(error).__name__})") from error
    except ArchiveLoadFailed as error:
        raise unreadable(place, "it is no sound WARC file") from error


def _opener(head: bytes, place: str) -> Callable[[BinaryIO, str], Members] | None:
    if head[257:262] == b"ustar":
        return _tar
    if place.endswith(".br"):
        return lambda stream, _: _one(BytesIO(brotli.decompress(stream.read())))
    return next((opener for magic, opener in _OPENERS if head.startswith(magic)), None)


def _zip(stream: BinaryIO, place: str) -> Members:
    with zipfile.ZipFile(stream) as packed:
        if packed.comment:
            yield "the comment", BytesIO(packed.comment)
        for info in packed.infolist():
            if info.flag_bits & 1:
                raise unreadable(place, "a member of it is encrypted")
            if info.comment or info.extra:
                yield f"{info.filename} (comment)", BytesIO(info.comment + b"\n" + info.extra)
            with packed.open(info) as member:
                yield info.filename, _kept(cast(BinaryIO, member), place)


def _one(opened: object) -> Members:
    with cast(BinaryIO, opened) as unpacked:
        yield "unpacked", _kept(unpacked, "a packed part")


def _tar(stream: BinaryIO, _: str) -> Members:
    with tarfile.open(fileobj=stream, mode="r:") as packed:
        for info in packed:
            member = packed.extractfile(info) if info.isreg() else None
            yield f"{info.name} {info.linkname}".strip(), _kept(member, info.name) if member else BytesIO()  # type: ignore[arg-type]


def _warc(stream: BinaryIO, _: str) -> Members:
    """The payloads of a WARC file as browsers would have them: out of their chunks and codings."""
    for record in ArchiveIterator(stream):
        if record.rec_type in ("response", "resource", "request", "conversion", "metadata"):
            yield f"the {record.rec_type}", _kept(cast(BinaryIO, record.content_stream()), "a record")


def _pdf(stream: BinaryIO) -> Members:
    """The streams of a PDF, decoded: attachments are files in their own right, objects in streams hold strings."""
    for decoded in pdf_streams(stream.read()):
        yield "a stream", BytesIO(decoded)
        if strings := pdf_strings(decoded):
            yield "strings of a stream", BytesIO(strings.encode("utf-8", "replace"))


def _data_addresses(stream: BinaryIO) -> Members:
    """Files that stand in a text as `data:` addresses, whole: a picture in a page that needs nothing beside it."""
    data: bytes | mmap.mmap
    try:
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError, AttributeError):
        data = stream.read()
    for found in _DATA.finditer(data):
        plain = re.sub(rb"[\s=]", b"", found[1])
        try:
            packed = base64.b64decode(plain[: len(plain) // 4 * 4] + _padded(plain[len(plain) // 4 * 4 :]))
        except (binascii.Error, ValueError):
            continue
        yield "data", BytesIO(packed)


def _padded(rest: bytes) -> bytes:
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _kept(opened: BinaryIO, place: str) -> BinaryIO:
    """What an unpacking stream gives, to its last byte."""
    kept = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the caller goes through it and lets it go
    length = 0
    while block := opened.read(_BLOCK):
        length += len(block)
        if length > LARGEST:
            raise unreadable(place, "it unpacks without end")
        kept.write(block)
    kept.seek(0)
    return cast(BinaryIO, kept)


_OPENERS: tuple[tuple[bytes | tuple[bytes, ...], Callable[[BinaryIO, str], Members]], ...] = (
    ((b"PK\x03\x04", b"PK\x05\x06"), _zip),
    (b"\x1f\x8b", lambda stream, _: _one(gzip.GzipFile(fileobj=stream, mode="rb"))),
    (_ZSTD, lambda stream, _: _one(zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True))),
    (b"BZh", lambda stream, _: _one(bz2.BZ2File(stream))),
    (b"\xfd7zXZ\x00", lambda stream, _: _one(lzma.open(stream))),  # noqa: SIM115  it is closed there
    (b"%PDF-", lambda stream, _: _pdf(stream)),
    (b"WARC/1.", _warc),
)
