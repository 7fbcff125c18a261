"""Archives small enough to be attacked byte by byte."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from archive_checks import MakeExchange
from tawthiq.records.capture import Exchange
from tawthiq.store import ArchiveFolder


@pytest.fixture
def exchange() -> MakeExchange:
    def make(url: str = "http://news.example/1", payload: bytes = b"<p>report</p>", **changes: object) -> Exchange:
        fields: dict[str, object] = {
            "url": url,
            "method": "GET",
            "started": datetime(2026, 11, 22, 1, 2, 3, 456789, UTC),
            "request_line": "GET /1 HTTP/1.1",
            "request_headers": (("Host", "news.example"), ("Accept-Encoding", "gzip")),
            "status_line": "HTTP/1.1 200 OK",
            "response_headers": (("content-TYPE", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
            "payload": payload,
            "server_address": "127.0.0.1:8080",
            "tls": None,
            "certificate": None,
        }
        return Exchange(**(fields | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="ملف", collector="c-1")


@pytest.fixture
def tiny(archive: ArchiveFolder, exchange: MakeExchange) -> Path:
    """A closed archive of two captures, one fetched and one from a file."""
    with archive:
        archive.keep_exchanges("http://news.example/1", [exchange()], {})
        archive.keep_file("page.html", BytesIO(b"<p>saved</p>"), "text/html", {})
    return archive.path
