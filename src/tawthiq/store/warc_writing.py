"""Writing WARC files (WARC/1.1, ISO 28500:2017): one file a capture, one gzip member a record, level 6.

warcio's writer lays out the records; the compressor is ours because warcio's own is fixed at level 9, four times slower
for a few per cent of size. Blocks are written as bytes, not through warcio's header model, which would rewrite header
values that are not ASCII. Digests are `sha256:` and hexadecimal, as `sha256sum` prints them.
"""

import hashlib
import ipaddress
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from io import BytesIO
from typing import BinaryIO
from urllib.parse import quote
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tawthiq import __version__
from tawthiq.custody.entry import canonical_json
from tawthiq.custody.note import encoded
from tawthiq.records.capture import BodyForm, Exchange
from tawthiq.store.files import BLOCK

LEVEL = 6
TRUNCATED = {"length", "time", "disconnect", "unspecified"}
_URI = "-._~:/?#[]@!$&'()*+,;=%"


@dataclass(frozen=True, slots=True)
class Written:
    """Where a record lies in its file (bytes), its identifier, and the digest of its payload."""

    offset: int
    length: int
    record_id: str
    payload_sha256: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A record as the manifest of its file lists it: its type, place (bytes), and the digest of its block as in its header."""

    kind: str
    record_id: str
    target: str | None
    offset: int
    length: int
    block_digest: str


class WarcFile:
    """A WARC file in the making, beginning with its warcinfo record. `manifest` lists what is written so far."""

    def __init__(self, out: BinaryIO, *, title: str, collector: str) -> None:
        self._out = out
        self.manifest: list[Listed] = []
        self._info: str | None = None
        fields = {
            "software": f"tawthiq/{__version__} warcio/{_warcio_version()}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": title,
            "operator": collector,
        }
        block = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields.items()).encode()
        self._info = self.write("warcinfo", block, content_type="application/warc-fields").record_id

    def write_exchange(self, exchange: Exchange) -> Written:
        """Write request and response, and return the response.

        `WARC-Protocol` and `WARC-Resource-Type` are written as other tools write them; `WARC-X-Body-Form: decoded` is ours.
        """
        date = exchange.started
        headers = {"WARC-Target-URI": uri(exchange.url), **_address(exchange.server_address)}
        if exchange.protocol:
            headers["WARC-Protocol"] = uri(exchange.protocol)
        if exchange.resource:
            headers["WARC-Resource-Type"] = uri(exchange.resource)
        response_id, request_id = _new_record_id(), _new_record_id()
        self.write(
            "request",
            head(exchange.request_line, exchange.request_headers) + exchange.request_body,
            content_type="application/http; msgtype=request",
            date=date,
            headers={**headers, "WARC-Concurrent-To": response_id},
            record_id=request_id,
        )
        if exchange.truncated:
            headers["WARC-Truncated"] = exchange.truncated if exchange.truncated in TRUNCATED else "unspecified"
        if exchange.body_form is BodyForm.DECODED:
            headers["WARC-X-Body-Form"] = exchange.body_form.value
        kept, _ = kept_headers(exchange)
        return self.write(
            "response",
            head(exchange.status_line, kept) + exchange.payload,
            content_type="application/http; msgtype=response",
            date=date,
            headers={**headers, "WARC-Concurrent-To": request_id},
            record_id=response_id,
            payload_sha256=hashlib.sha256(exchange.payload).hexdigest(),
        )

    def write_metadata(self, about: Written, target: str, date: datetime, facts: Mapping[str, object]) -> Written:
        """Write what is known of a capture beside its bytes, as canonical JSON."""
        return self.write(
            "metadata",
            canonical_json(facts),
            content_type="application/json",
            date=date,
            headers={"WARC-Target-URI": target, "WARC-Concurrent-To": about.record_id},
        )

    def write_part(self, data: bytes, *, target: str, content_type: str, date: datetime, about: str | None) -> Written:
        """Write what was made from a page as a resource record, made together with the record `about`."""
        headers = {"WARC-Target-URI": uri(target), **({"WARC-Concurrent-To": about} if about else {})}
        sha256 = hashlib.sha256(data).hexdigest()
        return self.write(
            "resource", data, content_type=_one_line(content_type), date=date, headers=headers, payload_sha256=sha256
        )

    def write_resource(self, stream: BinaryIO, *, target: str, content_type: str, date: datetime) -> Written:
        """Write a seekable stream of any size as a resource record."""
        sha256 = hashlib.sha256()
        length = 0
        while block := stream.read(BLOCK):
            sha256.update(block)
            length += len(block)
        stream.seek(0)
        digest = sha256.hexdigest()
        headers = {"WARC-Target-URI": target, "WARC-Block-Digest": f"sha256:{digest}"}
        return self._record(
            "resource",
            stream,
            length=length,
            content_type=content_type,
            date=date,
            extra=headers,
            record_id=_new_record_id(),
            payload_sha256=digest,
        )

    def write(
        self,
        kind: str,
        block: bytes,
        *,
        content_type: str,
        date: datetime | None = None,
        headers: Mapping[str, str] | None = None,
        record_id: str | None = None,
        payload_sha256: str | None = None,
    ) -> Written:
        """Write one record whose block is in memory. `date` is when it was collected, now where it is left out."""
        digests = {"WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}"}
        return self._record(
            kind,
            BytesIO(block),
            length=len(block),
            content_type=content_type,
            date=date or datetime.now(UTC),
            extra={**(headers or {}), **digests},
            record_id=record_id or _new_record_id(),
            payload_sha256=payload_sha256,
        )

    def _record(
        self,
        kind: str,
        stream: BinaryIO,
        *,
        length: int,
        content_type: str,
        date: datetime,
        extra: Mapping[str, str],
        record_id: str,
        payload_sha256: str | None,
    ) -> Written:
        """Write one record as one gzip member."""
        headers = [("WARC-Type", kind), ("WARC-Record-ID", record_id), ("WARC-Date", warc_date(date)), *extra.items()]
        if payload_sha256:
            headers.append(("WARC-Payload-Digest", f"sha256:{payload_sha256}"))
        if self._info:
            headers.append(("WARC-Warcinfo-ID", self._info))
        rec_headers = StatusAndHeaders("", headers, protocol="WARC/1.1")
        record = ArcWarcRecord("warc", kind, rec_headers, stream, None, content_type, length)
        record.payload_length = length
        offset = self._out.tell()
        member = _Member(self._out)
        # A payload digest that is not ours to give must not be invented by warcio as SHA-1 of the whole block.
        writer = WARCWriter(member, gzip=False, warc_version="1.1")
        writer.ensure_digest = _no_digest
        writer.write_record(record)
        member.finish()
        length = self._out.tell() - offset
        target, digest = extra.get("WARC-Target-URI"), extra["WARC-Block-Digest"]
        self.manifest.append(Listed(kind, record_id, target, offset, length, digest))
        return Written(offset, length, record_id, payload_sha256 or "")


class _Member:
    """A file object that compresses what is written to it into one gzip member."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)

    def write(self, data: bytes) -> None:
        self._out.write(self._compressor.compress(data))

    def flush(self) -> None:
        """Nothing yet: flushing inside a member would only make it larger."""

    def finish(self) -> None:
        self._out.write(self._compressor.flush())


def exchange_facts(exchange: Exchange) -> dict[str, object]:
    """What an exchange knows beyond its two records, for the metadata record."""
    _, dropped = kept_headers(exchange)
    conversions = [f"{why}, header dropped: {name}: {value}" for name, value, why in dropped]
    return {
        "url": exchange.url,
        "method": exchange.method,
        "started": warc_date(exchange.started),
        "status_line": exchange.status_line,
        "server_address": exchange.server_address,
        "tls": exchange.tls,
        "certificate": encoded(exchange.certificate) if exchange.certificate else None,
        "truncated": exchange.truncated,
        "body_form": exchange.body_form.value,
        "protocol": exchange.protocol,
        "resource": exchange.resource,
        "conversions": [*exchange.conversions, *conversions],
    }


def kept_headers(exchange: Exchange) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """Response headers as they are kept, and those dropped, each with the reason: they would belie the kept body.

    Bodies are kept after transfer decoding; a browser may have undone the content encoding as well.
    """
    kept: list[tuple[str, str]] = []
    dropped: list[tuple[str, str, str]] = []
    decoded = exchange.body_form is BodyForm.DECODED
    for name, value in exchange.response_headers:
        lower = name.lower()
        if lower == "transfer-encoding":
            dropped.append((name, value, "body de-chunked"))
        elif decoded and (
            lower == "content-encoding" or (lower == "content-length" and value != str(len(exchange.payload)))
        ):
            dropped.append((name, value, "content encoding undone by the browser"))
        else:
            kept.append((name, value))
    return kept, dropped


def head(first_line: str, headers: Sequence[tuple[str, str]]) -> bytes:
    """An HTTP head; order, case and repetition of the headers are kept."""
    lines = [first_line, *(f"{name}: {value}" for name, value in headers)]
    return b"".join(_header_bytes(line) + b"\r\n" for line in lines) + b"\r\n"


def warc_date(moment: datetime) -> str:
    """A WARC-Date: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def uri(text: str) -> str:
    """`text` as it may stand in a WARC header: everything but URI characters percent-encoded as UTF-8."""
    return quote(text, safe=_URI, errors="surrogatepass")


def file_uri(name: str) -> str:
    """The target of a local file: its base name only, never where it lay. Hostile characters are percent-encoded."""
    return "file:" + quote(name, safe="-._~", errors="surrogatepass")


@cache
def _warcio_version() -> str:
    """warcio's version; looked up once, because the look-up reads the package's metadata file."""
    return version("warcio")


def _header_bytes(line: str) -> bytes:
    """The bytes of a header line as they came: HTTP clients decode them as ISO 8859-1."""
    line = _one_line(line)
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "surrogateescape")


def _one_line(text: str) -> str:
    """`text` without line ends, which would forge further headers."""
    return text.replace("\r", " ").replace("\n", " ")


def _address(server_address: str | None) -> dict[str, str]:
    """WARC-IP-Address for "address:port" or "[address]:port"; nothing where there is no such address."""
    host = (server_address or "").rpartition(":")[0].strip("[]")
    try:
        return {"WARC-IP-Address": str(ipaddress.ip_address(host))}
    except ValueError:
        return {}


def _new_record_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _no_digest(record: object, block: bool = True, payload: bool = True) -> None:
    """Takes the place of warcio's digests: every record here brings its own."""
