"""Files opened for keeping: recognised by their bytes, measured, refused by name."""

import gzip
import hashlib
import os
from pathlib import Path

import pytest

from tawthiq.capture.files import content_type, opened
from tawthiq.records.errors import CaptureFailed

LIMIT = 10_000


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "is_warc"),
    [
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", True),
        (gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", mtime=0), True),
        (gzip.compress(b"<html>", mtime=0), False),
        (gzip.compress(b"WARC/1.1\r\n" * 900, mtime=0)[:40], True),
        (b"\x1f\x8b broken", False),
        (b"WAR", False),
        (b"\x00" * 50, False),
    ],
)
def test_warc_files_are_known_by_their_first_bytes(tmp_path: Path, data: bytes, is_warc: bool) -> None:
    with opened(put(tmp_path, "any.bin", data), LIMIT, LIMIT) as file:
        assert file.is_warc is is_warc
        assert file.stream.read() == data


def test_facts_of_a_file(tmp_path: Path) -> None:
    path = put(tmp_path, "page.html", b"<html>")
    os.utime(path, (0, 0))
    with opened(path, LIMIT, LIMIT) as file:
        assert (file.name, file.size, file.content_type) == ("page.html", 6, "text/html")
        assert file.modified.isoformat() == "1970-01-01T00:00:00+00:00"
        assert file.digest() == hashlib.sha256(b"<html>").hexdigest()
        assert file.stream.read() == b"<html>"


def test_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaptureFailed, match="holds no bytes"), opened(put(tmp_path, "e", b""), LIMIT, LIMIT):
        pass


def test_file_over_the_limit_is_refused_and_the_limit_named(tmp_path: Path) -> None:
    path = tmp_path / "noise.bin"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(CaptureFailed, match="more than the limit of 10,000"), opened(path, LIMIT, LIMIT):
        pass


def test_folder_and_missing_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(CaptureFailed), opened(path, LIMIT, LIMIT):
            pass


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("a.htm", b"", "text/html"),
        ("a.TXT", b"", "text/plain"),
        ("noending", b"\xef\xbb\xbf\n <!DOCTYPE html>", "text/html"),
        ("noending", b"\x00\x01", None),
        ("bad\udcff.html", b"", "text/html"),
    ],
)
def test_media_type(name: str, start: bytes, expected: str | None) -> None:
    assert content_type(name, start) == expected
