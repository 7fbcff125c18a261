"""The archive folder: what is kept comes back, is laid out as documented, and is accepted by others' tools."""

import io
import os
import re
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_checks import MakeExchange, differing
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import ArchiveMissing, CaptureFailed, UnreadableCapture, UnreadableInput, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def records_of(path: Path) -> list[tuple[dict[str, str], bytes]]:
    """Headers and block of every record of a WARC file."""
    with path.open("rb") as stream:
        return [
            (dict(record.headers.items()), record.reader.read()) for record in ArchiveIterator(stream, parse_http=False)
        ]


def test_an_exchange_comes_back_as_it_was_served(archive: ArchiveFolder, exchange: MakeExchange) -> None:
    with archive:
        capture = archive.keep_exchanges("http://news.example/1", [exchange()], {"reason": "case 7"})
        stored = archive.record(capture)
    assert stored.payload == b"<p>report</p>"
    assert stored.status == capture.status == 200
    assert stored.headers == exchange().response_headers
    assert stored.truncated is None
    assert (capture.kind, capture.content_type) == (SourceKind.URL, "text/html")
    assert list(ArchiveFolder.open(archive.path).captures()) == [capture]


def test_a_capture_is_one_file_under_its_day_with_the_documented_records(
    archive: ArchiveFolder, exchange: MakeExchange
) -> None:
    hop = exchange(status_line="HTTP/1.1 301 Moved", payload=b"", response_headers=(("Location", "/2"),))
    last = exchange("http://news.example/2", server_address="[::1]:443", tls="TLSv1.3", certificate=b"\x30\x03")
    with archive:
        capture = archive.keep_exchanges("http://news.example/1", [hop, last], {})
    assert re.fullmatch(r"evidence/\d{4}/\d\d/\d\d/\d{8}T\d{12}Z-[0-9a-f]{8}\.warc\.gz", capture.path)
    records = records_of(archive.path / capture.path)
    assert [headers["WARC-Type"] for headers, _ in records] == [
        "warcinfo", "request", "response", "request", "response", "metadata",
    ]  # fmt: skip
    info, request, response, metadata = records[0], records[3], records[4], records[5]
    assert "isPartOf: ملف".encode() in info[1]
    assert b"operator: c-1" in info[1]
    assert response[0]["WARC-Date"] == "2026-11-22T01:02:03.456789Z"
    assert response[0]["WARC-IP-Address"] == "::1"
    assert response[0]["WARC-Concurrent-To"] == request[0]["WARC-Record-ID"]
    assert metadata[0]["WARC-Concurrent-To"] == response[0]["WARC-Record-ID"]
    assert all(headers["WARC-Block-Digest"].startswith("sha256:") for headers, _ in records)
    assert response[0]["WARC-Payload-Digest"] == f"sha256:{capture.sha256}"
    assert b'"certificate":"MAM="' in metadata[1]
    assert b'"tls":"TLSv1.3"' in metadata[1]
    assert (capture.source, capture.final) == ("http://news.example/1", "http://news.example/2")


def test_a_body_that_came_in_chunks_is_kept_whole_and_the_dropped_header_stated(
    archive: ArchiveFolder, exchange: MakeExchange
) -> None:
    with archive:
        served = exchange(response_headers=(("Transfer-Encoding", "chunked"), ("X-Name", "caf\xe9")))
        capture = archive.keep_exchanges("http://news.example/1", [served], {})
    records = records_of(archive.path / capture.path)
    assert b"Transfer-Encoding" not in records[2][1]
    assert b"X-Name: caf\xe9\r\n" in records[2][1]
    assert b"body de-chunked, header dropped: Transfer-Encoding: chunked" in records[3][1]


def test_a_truncated_body_says_so(archive: ArchiveFolder, exchange: MakeExchange) -> None:
    with archive:
        one = archive.keep_exchanges("http://a.example/", [exchange(truncated="disconnect")], {})
        two = archive.keep_exchanges("http://b.example/", [exchange(truncated="the server went away")], {})
        assert archive.record(one).truncated == "disconnect"
        assert archive.record(two).truncated == "unspecified"


def test_hostile_addresses_and_headers_forge_nothing(archive: ArchiveFolder, exchange: MakeExchange) -> None:
    url = "http://news.example/\r\nWARC-Type: forged\u202e\udc80 é"
    served = exchange(url, response_headers=(("X", "a\r\nY: forged"),), server_address="nonsense")
    with archive:
        capture = archive.keep_exchanges(url, [served], {"note": "\u202e\udc80", "when": NOW, "parts": ("a", "b")})
        assert archive.record(capture).headers == (("X", "a  Y: forged"),)
    assert capture.source.isprintable()
    headers = records_of(archive.path / capture.path)[2][0]
    assert headers["WARC-Type"] == "response"
    assert headers["WARC-Target-URI"].isascii()
    assert "WARC-IP-Address" not in headers
    assert differing(archive.path) == []


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("/home/someone/page.html", "page.html"),
        ("C:\\Users\\someone\\page.html", "page.html"),
        ("\\\\server\\someone\\page.html", "page.html"),
        ("bad\\xff.html", "bad\\xff.html"),
        ("صفحة.html", "صفحة.html"),
        ("a\u202egnp.exe", "a\\u202egnp.exe"),
        ("two\nlines", "two\\nlines"),
        ("\udc80bad", "\\udc80bad"),
        ("", "unnamed"),
    ],
)
def test_a_file_is_kept_under_its_base_name_only(archive: ArchiveFolder, name: str, base: str) -> None:
    with archive:
        capture = archive.keep_file(name, BytesIO(b"content"), None, {})
        assert capture.source == base
        assert archive.record(capture).payload == b"content"
    raw = zlib.decompressobj(31)
    data = (archive.path / capture.path).read_bytes()
    assert b"someone" not in raw.decompress(data) + raw.unused_data
    headers = records_of(archive.path / capture.path)[1][0]
    assert headers["WARC-Target-URI"].startswith("file:")
    assert headers["WARC-Target-URI"].isascii()
    assert differing(archive.path) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=3000), name=st.text(max_size=30))
def test_any_bytes_under_any_name_come_back(archive: ArchiveFolder, data: bytes, name: str) -> None:
    capture = archive.keep_file(name, BytesIO(data), None, {})
    assert archive.record(capture).payload == data


def test_an_item_above_the_limit_is_refused_by_name_and_leaves_nothing(tmp_path: Path) -> None:
    archive = ArchiveFolder.create(tmp_path / "archive", title="t", collector="c")
    toml = archive.path / "tawthiq.toml"
    toml.write_text(re.sub(r"largest_item = \d+", "largest_item = 1000", toml.read_text("utf-8")), "utf-8")
    with ArchiveFolder.open(archive.path) as archive:
        with pytest.raises(CaptureFailed, match=r"big\.bin.*1,000 bytes"):
            archive.keep_file("big.bin", BytesIO(b"x" * 1001), None, {})
        archive.keep_file("small.bin", BytesIO(b"x" * 1000), None, {})
    assert [capture.source for capture in archive.captures()] == ["small.bin"]
    assert differing(archive.path) == []


class Failing(io.RawIOBase):
    """A source that breaks after its first block."""

    def __init__(self) -> None:
        self.reads = 0

    def read(self, size: int = -1) -> bytes:
        self.reads += 1
        if self.reads > 1:
            raise OSError(5, "Input/output error")
        return b"x" * 100


def test_a_source_that_fails_while_being_read_is_named_and_leaves_nothing(archive: ArchiveFolder) -> None:
    with archive, pytest.raises(CaptureFailed, match=r"usb\.html.*Input/output"):
        archive.keep_file("usb.html", cast(BinaryIO, Failing()), None, {})
    assert list((archive.path / "evidence").rglob("*.gz")) == []
    assert differing(archive.path) == []


def test_a_large_file_needs_little_memory(archive: ArchiveFolder) -> None:
    script = """
import sys, resource
from pathlib import Path
from tawthiq.store import ArchiveFolder
class Zeros:
    left = 200_000_000
    def read(self, size):
        size = min(size, self.left); self.left -= size
        return bytes(size)
with ArchiveFolder.open(Path(sys.argv[1])) as archive:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    archive.keep_file("big.bin", Zeros(), None, {})
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    grown = subprocess.run(
        [sys.executable, "-c", script, str(archive.path)], capture_output=True, text=True, check=True
    ).stdout
    assert int(grown) < 60_000  # kilobytes
    assert differing(archive.path) == []


def test_events_of_other_rooms_are_logged_in_order_and_signed(archive: ArchiveFolder) -> None:
    with archive:
        entries = archive.log([LogEvent("decided", NOW, "p-2", f"incident {n}", {"by": ("a", "b")}) for n in range(3)])
    assert [entry.index for entry in entries] == [1, 2, 3]
    again = list(ArchiveFolder.open(archive.path).entries())
    assert [entry.event.subject for entry in again[1:] if entry.event] == ["incident 0", "incident 1", "incident 2"]
    assert again[1].event is not None
    assert again[1].event.facts == {"by": ["a", "b"]}
    assert differing(archive.path) == []


def test_what_json_cannot_carry_is_refused_and_nothing_logged(archive: ArchiveFolder) -> None:
    with archive:
        with pytest.raises(UnreadableInput):
            archive.log([LogEvent("decided", NOW, "p-2", "x", {"value": object()})])
        with pytest.raises(WrongUsage, match="captured"):
            archive.log([LogEvent("captured", NOW, "p-2", "x", {})])
    assert len(list(archive.entries())) == 1


def test_a_missing_or_broken_record_is_named(archive: ArchiveFolder) -> None:
    with archive:
        capture = archive.keep_file("a.html", BytesIO(b"one"), None, {})
    (archive.path / capture.path).write_bytes(b"not a WARC file at all, whatever its name says it is" * 100)
    with pytest.raises(UnreadableCapture, match=capture.id):
        archive.record(capture)


def test_an_archive_is_found_from_a_folder_inside_it(archive: ArchiveFolder, tmp_path: Path) -> None:
    archive.close()
    assert ArchiveFolder.find(archive.path / "evidence").path == archive.path
    with pytest.raises(ArchiveMissing):
        ArchiveFolder.find(tmp_path)
    with pytest.raises(ArchiveMissing):
        ArchiveFolder.open(tmp_path)


def test_a_copied_archive_is_an_archive(archive: ArchiveFolder, tmp_path: Path, exchange: MakeExchange) -> None:
    with archive:
        archive.keep_exchanges("http://news.example/1", [exchange()], {})
    archive.path.rename(tmp_path / "moved")
    with ArchiveFolder.open(tmp_path / "moved") as moved:
        moved.keep_file("a.html", BytesIO(b"one"), None, {})
    assert differing(tmp_path / "moved") == []


def test_a_new_archive_needs_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WrongUsage, match="not an empty folder"):
        ArchiveFolder.create(tmp_path, title="t", collector="c")
    with pytest.raises(WrongUsage, match="not an empty folder"):
        ArchiveFolder.create(tmp_path / "file", title="t", collector="c")


def test_the_private_key_is_for_its_owner_alone(archive: ArchiveFolder) -> None:
    assert (archive.path / "keys" / "archive.key").stat().st_mode & 0o777 == 0o600


def test_first_entry_binds_origin_key_and_title(archive: ArchiveFolder) -> None:
    event = next(archive.entries()).event
    assert event is not None
    assert event.kind == "archive-created"
    assert event.facts == {
        "origin": archive.settings.origin,
        "verifier_key": archive.verifier_key,
        "title": "ملف",
    }


def test_other_programs_accept_our_files(archive: ArchiveFolder, exchange: MakeExchange) -> None:
    with archive:
        captures = [
            archive.keep_exchanges("http://news.example/1", [exchange(payload=b"x" * 100_000)], {}),
            archive.keep_exchanges("http://news.example/2", [exchange(response_headers=(("X", "\xe9"),))], {}),
            archive.keep_file("ملف.bin", BytesIO(os.urandom(100_000)), None, {}),
        ]
    tools = Path(sys.executable).parent
    for capture in captures:
        file = str(archive.path / capture.path)
        checked = subprocess.run([tools / "warcio", "check", "-v", file], capture_output=True, text=True, check=True)
        assert checked.stdout.count("digest pass") == len(records_of(Path(file)))
        subprocess.run([tools / "fastwarc", "check", file], capture_output=True, check=True)


def test_openssl_accepts_the_signature_of_the_checkpoint(tiny: Path, tmp_path: Path) -> None:
    note = (tiny / "log" / "checkpoint").read_text("utf-8")
    text, _, signature = note.rpartition("\n\n")
    key = (tiny / "keys" / "archive.pub").read_text().strip().split("+", 2)[2]
    decode = ["openssl", "base64", "-d", "-A"]
    public = subprocess.run(decode, input=key.encode(), capture_output=True, check=True).stdout[1:]
    value = signature.strip().split(" ")[2].encode()
    (tmp_path / "sig").write_bytes(subprocess.run(decode, input=value, capture_output=True, check=True).stdout[4:])
    (tmp_path / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + public)  # RFC 8410 section 4
    (tmp_path / "text").write_bytes(f"{text}\n".encode())
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.der", "-keyform", "DER", "-rawin"]
    result = subprocess.run(
        [*verify, "-in", "text", "-sigfile", "sig"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Verified Successfully" in result.stdout, result.stderr
    (tmp_path / "text").write_bytes(f"{text} \n".encode())
    forged = subprocess.run([*verify, "-in", "text", "-sigfile", "sig"], cwd=tmp_path, capture_output=True, check=False)
    assert forged.returncode != 0
