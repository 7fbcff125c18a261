"""Others' WARC files: kept byte for byte, indexed as far as they are whole, however they were written."""

import gzip
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_checks import differing
from tawthiq.records.capture import SourceKind
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.warc_reading import dechunked


def record(
    number: int, block: bytes, kind: str = "response", media: str = "application/http; msgtype=response"
) -> bytes:
    """One record in clear."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:be026259-4c72-4e2d-abe8-{number:012d}>\r\n"
        f"WARC-Date: 2019-03-04T05:06:07Z\r\nWARC-Target-URI: http://news.example/{number}\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def http(body: bytes, headers: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + body


RECORDS = [
    record(0, b"software: other\r\n", "warcinfo", "application/warc-fields"),
    record(1, http(b"first")),
    record(2, b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
    record(3, b"a picture", "resource", "image/png"),
    record(4, http(b"fourth")),
]
PAYLOADS = [b"first", b"a picture", b"fourth"]


def payloads(archive: ArchiveFolder, data: bytes, name: str = "other.warc.gz") -> list[bytes]:
    """The payloads that are captured from a WARC file."""
    captures = archive.keep_warc(name, BytesIO(data), {"reason": "handed over"})
    return [archive.record(capture).payload for capture in captures]


def kept_file(archive: ArchiveFolder) -> LogEvent:
    """What the log says of the WARC file that was kept."""
    return next(entry.event for entry in archive.entries() if entry.event and entry.event.kind == "warc-kept")


@pytest.mark.parametrize(
    "data",
    [b"".join(RECORDS), b"".join(gzip.compress(each) for each in RECORDS), gzip.compress(b"".join(RECORDS))],
    ids=["in clear", "a member a record", "one member for all"],
)
def test_every_way_of_compressing_is_kept_whole_and_read(archive: ArchiveFolder, data: bytes) -> None:
    with archive:
        captures = archive.keep_warc("folder/other.warc.gz", BytesIO(data), {})
        assert [archive.record(capture).payload for capture in captures] == PAYLOADS
    assert {(archive.path / capture.path).read_bytes() for capture in captures} == {data}
    assert [capture.source for capture in captures] == [f"http://news.example/{number}" for number in (1, 3, 4)]
    assert [capture.status for capture in captures] == [200, None, 200]
    assert [capture.content_type for capture in captures] == ["text/html", "image/png", "text/html"]
    assert captures[0].collected.isoformat() == "2019-03-04T05:06:07+00:00"
    assert all(capture.kind is SourceKind.WARC for capture in captures)
    assert list(archive.captures()) == captures
    assert differing(archive.path) == []


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_cut_tail_is_kept_and_named_and_what_is_whole_is_captured(archive: ArchiveFolder, cut: int) -> None:
    data = b"".join(gzip.compress(each) for each in RECORDS)[:-cut]
    with archive:
        assert payloads(archive, data)[:2] == PAYLOADS[:2]
    kept = kept_file(archive)
    assert (archive.path / kept.facts["path"]).read_bytes() == data
    assert kept.facts["stopped"]
    assert differing(archive.path) == []


def test_a_cut_record_in_clear_is_not_captured(archive: ArchiveFolder) -> None:
    with archive:
        assert payloads(archive, b"".join(RECORDS)[:-9], "other.warc") == PAYLOADS[:2]
    kept = kept_file(archive)
    assert kept.facts["stopped"] == "record 5 is cut short"


def test_rubbish_between_records_ends_the_index_with_a_reason(archive: ArchiveFolder) -> None:
    data = gzip.compress(RECORDS[1]) + b"rubbish" * 10 + gzip.compress(RECORDS[4])
    with archive:
        assert payloads(archive, data) == [b"first"]
    kept = kept_file(archive)
    assert "after 1 whole records" in kept.facts["stopped"]
    assert differing(archive.path) == []


@pytest.mark.parametrize("data", [b"", b"not a WARC file", b"\x1f\x8b", gzip.compress(b"")])
def test_a_file_without_records_is_kept_and_named(archive: ArchiveFolder, data: bytes) -> None:
    with archive:
        assert payloads(archive, data) == []
    kept = kept_file(archive)
    assert kept.facts["stopped"]
    assert differing(archive.path) == []


def test_chunks_are_undone_where_they_are_real_and_left_where_they_are_not(archive: ArchiveFolder) -> None:
    real = record(1, http(b"5\r\nhello\r\n6; x=y\r\n world\r\n0\r\n\r\n", b"Transfer-Encoding: chunked\r\n"))
    false = record(2, http(b"hello world", b"Transfer-Encoding: chunked\r\n"))
    with archive:
        assert payloads(archive, real + false) == [b"hello world", b"hello world"]
    assert differing(archive.path) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_anywhere_never_stops_keeping(archive: ArchiveFolder, data: st.DataObject) -> None:
    whole = bytearray(b"".join(data.draw(st.sampled_from([RECORDS, [gzip.compress(each) for each in RECORDS]]))))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    payloads(archive, bytes(whole))


@settings(deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=50)))
def test_dechunking_undoes_chunking(parts: list[bytes]) -> None:
    framed = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    assert dechunked(framed) == b"".join(parts)


@given(st.binary(max_size=60))
def test_dechunking_meets_any_bytes(data: bytes) -> None:
    result = dechunked(data)
    assert result is None or len(result) < len(data)


def test_the_archive_with_every_kind_of_warc_verifies_after_damage_to_one(archive: ArchiveFolder) -> None:
    with archive:
        captures = archive.keep_warc("other.warc.gz", BytesIO(gzip.compress(b"".join(RECORDS))), {})
    file = archive.path / captures[0].path
    file.write_bytes(zlib.compress(b"something else"))
    assert [check.name for check in differing(archive.path)] == [captures[0].path]


def test_the_same_file_under_a_hostile_name_keeps_its_bytes(archive: ArchiveFolder, tmp_path: Path) -> None:
    with archive:
        captures = archive.keep_warc("../../\u202eevil\n.warc", BytesIO(RECORDS[1]), {})
    assert captures[0].path.startswith("evidence/")
    assert not (tmp_path / "evil").exists()
    assert differing(archive.path) == []
