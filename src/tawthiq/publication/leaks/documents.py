"""The texts of files whose words do not stand in their bytes: PDF, Parquet, SQLite, PNG.

Of a PDF (ISO 32000) every stream is decoded, object streams and attachments among them, the strings of its objects are
unescaped, and the text layer is read with PDFium, which undoes glyphs by their ToUnicode maps. Parquet is read by DuckDB,
SQLite by itself, of PNG (ISO/IEC 15948) the compressed chunks of text.
"""

import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from tawthiq.publication.leaks.errors import unreadable
from tawthiq.publication.leaks.pdf import pdf_texts

_BLOCK = 1 << 20
_ROWS = 2000
_PNG = b"\x89PNG\r\n\x1a\n"
_PACKED_TEXT = {b"zTXt", b"iTXt", b"iCCP"}


def texts_in(stream: BinaryIO) -> Iterator[str]:
    """What a part says beyond its bytes, if it is a file of a known kind. Raises UnreadablePart where it is damaged."""
    head = stream.read(1024)
    stream.seek(0)
    if b"%PDF-" in head:
        yield from pdf_texts(stream.read())
    elif head.startswith(b"PAR1"):
        yield from _by_path(stream, _parquet)
    elif head.startswith(b"SQLite format 3\x00"):
        yield from _by_path(stream, _sqlite)
    elif head.startswith(_PNG):
        yield from _png(stream)


def _by_path(stream: BinaryIO, read: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """What a reader that wants a file's path says of a part."""
    with NamedTemporaryFile() as copy:
        while block := stream.read(_BLOCK):
            copy.write(block)
        copy.flush()
        yield from read(copy.name)


def _parquet(path: str) -> Iterator[str]:
    import duckdb  # noqa: PLC0415  only where there is such a file

    try:
        with duckdb.connect() as base:
            for question in ("parquet_kv_metadata", "parquet_schema", "read_parquet"):
                rows = base.execute(f"SELECT * FROM {question}(?)", [path])  # noqa: S608  three names of ours
                while some := rows.fetchmany(_ROWS):
                    yield "\n".join(_row(row) for row in some)
    except duckdb.Error as error:
        raise unreadable("a Parquet file", "it is damaged") from error


def _sqlite(path: str) -> Iterator[str]:
    try:
        base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        base.text_factory = lambda data: data.decode("utf-8", "replace")
        try:
            tables = base.execute("SELECT name, sql FROM sqlite_master").fetchall()
            yield "\n".join(_row(row) for row in tables)
            for name, sql in tables:
                if sql and sql.upper().startswith("CREATE TABLE"):
                    quoted = name.replace('"', '""')
                    rows = base.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  the table's own name, quoted
                    while some := rows.fetchmany(_ROWS):
                        yield "\n".join(_row(row) for row in some)
        finally:
            base.close()
    except sqlite3.Error as error:
        raise unreadable("an SQLite file", "it is damaged") from error


def _row(row: tuple[object, ...]) -> str:
    return " | ".join(
        bytes(cast(bytes, each)).decode("utf-8", "replace") if isinstance(each, bytes | memoryview) else str(each)
        for each in row
        if each is not None
    )


def _png(stream: BinaryIO) -> Iterator[str]:
    """The compressed texts of a PNG; plain ones stand in its bytes."""
    stream.seek(len(_PNG))
    while len(head := stream.read(8)) == 8:
        length, kind = int.from_bytes(head[:4]), head[4:]
        data = stream.read(length) if kind in _PACKED_TEXT else b""
        if not data:
            stream.seek(length, 1)
        stream.seek(4, 1)
        packed = re.search(rb"\x78[\x01\x5e\x9c\xda]", data)
        if packed:
            try:
                yield zlib.decompressobj().decompress(data[packed.start() :]).decode("utf-8", "replace")
            except zlib.error as error:
                raise unreadable("a picture", "a text in it is damaged") from error
