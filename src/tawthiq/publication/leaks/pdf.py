"""The texts of a PDF file (ISO 32000-2): its streams decoded, its strings unescaped, its text layer."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator

from tawthiq.publication.leaks.errors import unreadable

_STREAM = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]*\]|/\w+)")
_NAME = re.compile(rb"/(\w+)")
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PICTURES = {b"DCTDecode", b"DCT", b"JPXDecode", b"CCITTFaxDecode", b"CCF", b"JBIG2Decode"}
_BEFORE = 4096
_ENDS = 200


def pdf_texts(data: bytes) -> Iterator[str]:
    """The strings of a PDF's objects outside of its streams, and its text layer. Raises as `pdf_streams` does."""
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", data):
        raise unreadable("a PDF", "it is encrypted")
    yield pdf_strings(data)
    yield from _text_layer(data)


def pdf_streams(data: bytes) -> Iterator[bytes]:
    """The streams of a PDF, decoded; those that are not encoded stand in its bytes. Raises UnreadablePart for one that is
    damaged or packed in a way that is not known.
    """
    for begun in _STREAM.finditer(data):
        if data[: begun.start()].endswith(b"end"):
            continue
        head = data[max(0, begun.start() - _BEFORE) : begun.start()]
        head = head[head.rfind(b" obj") + 1 :]
        found = _FILTER.search(head)
        filters = _NAME.findall(found[1]) if found else []
        if filters:
            yield _decoded(data, begun.end(), filters)


def _decoded(data: bytes, start: int, filters: list[bytes]) -> bytes:
    end = data.find(b"endstream", start)
    if end < 0:
        raise unreadable("a PDF", "a stream of it does not end")
    part = data[start:end]
    for name in filters:
        if name in (b"FlateDecode", b"Fl"):
            part = _inflated(data, start, end) if part is not None and name == filters[0] else _inflate(part)
        elif name in (b"ASCIIHexDecode", b"AHx"):
            part = _hexadecimal(part.split(b">")[0])
        elif name in (b"ASCII85Decode", b"A85"):
            part = base64.a85decode(part.split(b"~>")[0].strip(), adobe=False)
        elif name in _PICTURES:
            return part
        else:
            raise unreadable("a PDF", "a stream of it is packed in a way that is not known here")
    return part


def _inflated(data: bytes, start: int, end: int) -> bytes:
    """A deflated stream, whose bytes may hold the word that ends it."""
    for _ in range(_ENDS):
        found = zlib.decompressobj()
        try:
            decoded = found.decompress(data[start:end])
        except zlib.error:
            break
        if found.eof:
            return decoded
        end = data.find(b"endstream", end + 1)
        if end < 0:
            break
    raise unreadable("a PDF", "a stream of it is damaged")


def _inflate(part: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(part)
    except zlib.error as error:
        raise unreadable("a PDF", "a stream of it is damaged") from error


def pdf_strings(data: bytes) -> str:
    """The strings of objects, as text: those that begin so are UTF-16, the rest UTF-8; numbers of glyphs are neither."""
    literals = (_text(_ESCAPE.sub(_unescaped, each[1])) for each in _LITERAL.finditer(data))
    digits = (_text(_hexadecimal(each[1])) for each in _HEXADECIMAL.finditer(data))
    return "\n".join(filter(None, (*literals, *digits)))


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said[:1].isdigit() and said[:1] < b"8":
        return bytes([int(said, 8) & 0xFF])
    return b"" if said.endswith(b"\n") else _LETTERS.get(said, said)


def _hexadecimal(digits: bytes) -> bytes:
    plain = re.sub(rb"\s", b"", digits)
    try:
        return binascii.unhexlify(plain + b"0" * (len(plain) % 2))
    except binascii.Error:
        return b""


def _text(data: bytes) -> str:
    if data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return data.decode("utf-16", "replace")
    return "" if b"\x00" in data else data.decode("utf-8", "replace")


def _text_layer(data: bytes) -> Iterator[str]:
    """The text of every page, and each line of it backwards: glyphs may stand in visual order."""
    import pypdfium2  # noqa: PLC0415  only where there is a PDF

    try:
        document = pypdfium2.PdfDocument(data)
        texts = []
        for page in document:
            layer = page.get_textpage()
            texts.append(layer.get_text_range())
            layer.close()
            page.close()
        document.close()
    except pypdfium2.PdfiumError as error:
        raise unreadable("a PDF", "it is damaged") from error
    whole = "\n".join(texts)
    yield whole
    yield "\n".join(line[::-1] for line in whole.split("\n"))
