"""An archive to hand items over from: a page fetched over HTTP, a saved file, a browser's visit, another tool's WARC file."""

import json
import struct
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from loopback_witness import witnessing
from tawthiq.pipeline.ask_witness import ask_witness
from tawthiq.pipeline.packaging import Packaged, hand_over, package
from tawthiq.pipeline.stamping import StampState, stamp
from tawthiq.records.capture import Capture, Exchange
from tawthiq.records.visit import Browser, PageVisit, Part, PartKind
from tawthiq.store import ArchiveFolder
from timestamp_authority import timestamp_authority

MOMENT = datetime(2026, 11, 22, 1, 2, 3, 456789, UTC)
SITE = "http://news.example"
PAGE = f"{SITE}/report?id=7"
REPORT = "قال شاهد من أهل القرية إن الجسر انهار صباحًا"


@dataclass(frozen=True)
class Sample:
    """A closed archive, its captures by what they were collected from, and its verifier key."""

    path: Path
    key: str
    captures: dict[str, Capture]

    def package(self, output: Path, *names: str, **options: object) -> Packaged:
        """A package of the captures called `names`, of all of them where none is named."""
        with ArchiveFolder.open(self.path) as archive:
            wanted = [self.captures[name].id for name in names or self.captures]
            return package(archive, hand_over(archive, wanted), output, **options)  # type: ignore[arg-type]


def exchange(path: str, body: bytes, kind: str, **changes: object) -> Exchange:
    """An answer of the site."""
    made = Exchange(
        url=f"{SITE}{path}",
        method="GET",
        started=MOMENT,
        request_line=f"GET {path} HTTP/1.1",
        request_headers=(("Host", "news.example"),),
        status_line="HTTP/1.1 200 OK",
        response_headers=(("Content-Type", kind), ("Content-Length", str(len(body)))),
        payload=body,
        server_address="127.0.0.1:80",
        tls=None,
        certificate=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def picture(width: int = 24, height: int = 16) -> bytes:
    """A PNG file of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x1f\x5f\x5b" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def visit() -> PageVisit:
    """A page with a style sheet, a picture, a frame, and comments that a script asks for."""
    html = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>انهيار الجسر</title>
<link rel="stylesheet" href="/style.css"></head><body><h1>انهيار الجسر</h1><p id="report">{REPORT}</p>
<img id="picture" src="/picture.png"><iframe id="frame" src="/frame.html"></iframe><p id="comments"></p>
<script>fetch('/comments', {{method: 'POST', headers: {{'Content-Type': 'application/x-www-form-urlencoded'}}, body: 'page=7'}})
.then(answer => answer.json()).then(all => document.getElementById('comments').textContent = all.join(' '))</script>
</body></html>""".encode()
    comments = exchange(
        "/comments",
        json.dumps(["تعليق محفوظ"]).encode(),
        "application/json",
        method="POST",
        request_line="POST /comments HTTP/1.1",
        request_headers=(("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "6")),
        request_body=b"page=7",
    )
    return PageVisit(
        asked=PAGE,
        final=PAGE,
        title="انهيار الجسر",
        started=MOMENT,
        ended=MOMENT,
        browser=Browser("Chromium", "156.0", "ab" * 32, "Mozilla/5.0", 1280, 800, "ar"),
        exchanges=(
            exchange("/report?id=7", html, "text/html; charset=utf-8", resource="document"),
            exchange("/style.css", b"#report { color: rgb(31, 95, 91); }", "text/css"),
            exchange("/picture.png", picture(), "image/png"),
            exchange("/frame.html", "<meta charset=utf-8><p>شاهد ثان".encode(), "text/html; charset=utf-8"),
            comments,
        ),
        main=0,
        parts=(
            Part(
                PartKind.DOM, f"urn:dom:{PAGE}", "text/html; charset=utf-8", html, MOMENT, "serialised by the browser"
            ),
        ),
        acts=(),
        unrecorded=(),
        requests=5,
        cookies_sent=0,
    )


def foreign_warc() -> bytes:
    """A WARC file of another tool, with two pages in it."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number in range(2):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = BytesIO(f"<title>page {number}</title>".encode())
        date = {"WARC-Date": "2026-01-02T03:04:05Z"}
        address = f"http://other.example/{number}"
        writer.write_record(
            writer.create_warc_record(address, "response", body, http_headers=head, warc_headers_dict=date)
        )
    return out.getvalue()


def make_sample(path: Path) -> Sample:
    """The archive, closed."""
    squeezed = brotli.compress(f"<meta charset=utf-8><title>خبر</title><p>{REPORT}".encode())
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "br"))
    with ArchiveFolder.create(path, title="ملف الجسر", collector="c-1") as archive:
        page = exchange("/brotli", squeezed, "text/html", response_headers=headers)
        captures = {
            "http": archive.keep_exchanges(f"{SITE}/brotli", [page], {"reason": "case 7"}),
            "file": archive.keep_file("saved page.html", BytesIO(b"<title>saved</title>"), "text/html", {}),
            "visit": archive.keep_visit(PAGE, visit(), {}),
            "warc": archive.keep_warc("other.warc.gz", BytesIO(foreign_warc()), {})[1],
        }
        key = archive.verifier_key
    return Sample(path, key, captures)


def make_attested_sample(path: Path, authority: Path) -> Sample:
    """The same archive, stamped by a timestamp authority, by one of the team's own, and cosigned by another team.

    `authority` is a new folder for the authority's keys.
    """
    sample = make_sample(path)
    with timestamp_authority(authority) as outside, witnessing() as witness:
        tables = outside.settings("north") + outside.settings("ours", own=True)
        tables += f'\n[witnesses.team-b]\nkey = "{witness.key}"\nurl = "{witness.url}"\n'
        with (path / "tawthiq.toml").open("a", encoding="utf-8") as settings:
            settings.write(tables)
        with ArchiveFolder.open(path) as archive:
            witness.logs[archive.public_key.name] = archive.public_key
            assert all(outcome.state is StampState.STAMPED for outcome in stamp(archive))
            assert len(ask_witness(archive, "team-b")) == 1
    return sample
