"""One act of collecting, and what it brought."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """What was collected from."""

    URL = "url"
    FILE = "file"
    WARC = "warc"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the answer to it, as seen on the wire.

    `request_headers` and `response_headers` keep order, case and repetition. `payload` is the body after transfer
    decoding, still content-encoded as served. `server_address` is "address:port" or None; `tls` the protocol and cipher
    or None; `certificate` the server's certificate in DER or None.
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
