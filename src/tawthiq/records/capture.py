"""One act of collecting, and what it brought."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """What was collected from."""

    URL = "url"
    FILE = "file"
    WARC = "warc"
    BROWSER = "browser"
    EXPORT = "export"  # a stretch of a file in which a service hands out many messages


class BodyForm(StrEnum):
    """How the kept body of an answer relates to what came over the wire."""

    WIRE = "wire"
    DECODED = "decoded"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the answer to it, as seen on the wire.

    `request_headers` and `response_headers` keep order, case and repetition. `payload` is the body after transfer
    decoding, still content-encoded as served. `server_address` is "address:port" or None; `tls` the protocol and cipher
    or None; `certificate` the server's certificate in DER or None.

    `body_form` says whether `payload` is as transferred or had its content encoding undone by the browser; every change
    that collecting made is named in `conversions` (Berkeley Protocol, paragraph 154). `protocol` is the ALPN name of the
    protocol ("http/1.1", "h2"), `request_body` what was sent, `resource` what a browser asked it for ("document", "image").
    """

    url: str
    method: str
    started: datetime
    request_line: str
    request_headers: tuple[tuple[str, str], ...]
    status_line: str
    response_headers: tuple[tuple[str, str], ...]
    payload: bytes
    server_address: str | None
    tls: str | None
    certificate: bytes | None
    truncated: str | None = None
    body_form: BodyForm = BodyForm.WIRE
    protocol: str | None = None
    request_body: bytes = b""
    resource: str | None = None
    conversions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """What the log knows of one item of evidence.

    `source` is the address or base name as asked for, `final` the address after redirects. `path` is relative to the
    archive folder; `offset` and `length` are bytes of the payload's record inside that file. `sha256` is the digest of
    the record's payload, `file_sha256` that of the whole file.
    """

    id: str
    kind: SourceKind
    source: str
    final: str
    collected: datetime
    content_type: str | None
    status: int | None
    path: str
    offset: int
    length: int
    sha256: str
    file_sha256: str
    log_index: int
