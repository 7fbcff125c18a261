"""From one item of evidence to a page and its reading, or to the reason why there is none."""

import gzip
import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from tawthiq import reading
from tawthiq.pipeline import read_capture as read_capture_module
from tawthiq.pipeline import record_place
from tawthiq.pipeline.read_capture import Item, NotAPage, ReadCapture, read_capture, read_item
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import BadLexicon, StorageFailed, UnreadableCapture, UnreadableInput
from tawthiq.store import ArchiveFolder, StoredRecord

PAGE = (
    "<html><head><title>Two homes burn</title></head><body><article><h1>Two homes burn</h1>"
    "<p>Residents said that shells hit the village on Tuesday and that two homes burned down.</p></article></body></html>"
)


def capture(content_type: str | None = "text/html; charset=utf-8", status: int | None = 200) -> Capture:
    return Capture(
        id="c1", kind=SourceKind.URL, source="https://example.org/a", final="https://example.org/b",
        collected=datetime(2026, 1, 2, tzinfo=UTC), content_type=content_type, status=status, path="evidence/a.warc.gz",
        offset=0, length=1, sha256="0" * 64, file_sha256="0" * 64, log_index=1,
    )  # fmt: skip


def record(payload: bytes = PAGE.encode(), headers: tuple[tuple[str, str], ...] = ()) -> StoredRecord:
    return StoredRecord(200, headers, payload, None)


def test_a_page_is_read_under_the_identifier_of_its_capture() -> None:
    read = read_capture(capture(), record())
    assert isinstance(read, ReadCapture)
    assert read.page.id == read.reading.id == "c1"
    assert read.page.title == "Two homes burn"


@pytest.mark.parametrize("status", [301, 403, 404, 500])
def test_an_answer_that_is_no_page_is_not_read(status: int) -> None:
    read = read_capture(capture(status=status), record())
    assert isinstance(read, NotAPage)
    assert str(status) in read.reason


@pytest.mark.parametrize(
    "content_type", ["image/png", "text/css", "application/javascript", "font/woff2", "application/zip"]
)
def test_other_kinds_of_content_are_kept_unread(content_type: str) -> None:
    assert isinstance(read_capture(capture(content_type), record()), NotAPage)


def test_content_of_untold_kind_is_read_when_it_looks_like_html() -> None:
    assert isinstance(read_capture(capture(None, None), record()), ReadCapture)
    assert isinstance(read_capture(capture(None, None), record(b"\x00\x01\x02")), NotAPage)


def test_a_content_encoding_is_undone_and_a_lying_one_noted() -> None:
    packed = record(gzip.compress(PAGE.encode()), (("Content-Encoding", "gzip"),))
    read = read_capture(capture(), packed)
    assert isinstance(read, ReadCapture)
    assert read.page.title == "Two homes burn"
    lying = read_capture(capture(), record(headers=(("Content-Encoding", "gzip"),)))
    assert isinstance(lying, ReadCapture)
    assert any("gzip" in note for note in lying.page.notes)


@pytest.mark.parametrize("payload", [b"", b"\x00" * 1000, b"<" * 5000, b"\xff\xfe\xfd" * 100, b"<html><body>"])
def test_hostile_bytes_end_in_a_page_or_in_a_named_error(payload: bytes) -> None:
    read = read_capture(capture(), record(payload))
    assert isinstance(read, ReadCapture | UnreadableCapture)


def test_a_fault_of_the_reader_becomes_the_error_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(document: object, known: object = None) -> None:
        raise IndexError("out of range")

    monkeypatch.setattr("tawthiq.pipeline.read_capture.read", fails)
    read = read_capture(capture(), record())
    assert isinstance(read, UnreadableCapture)
    assert read.item == "https://example.org/a"
    assert "IndexError" in read.happened


def test_a_broken_lexicon_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(document: object, known: object = None) -> None:
        raise BadLexicon(item="a.tsv:1:1", happened="empty", advice="mend it")

    monkeypatch.setattr("tawthiq.pipeline.read_capture.read", fails)
    with pytest.raises(BadLexicon):
        read_capture(capture(), record())


def kept(folder: Path, payload: bytes, content_type: str = "text/html") -> Item:
    """A file kept in a new archive, as an item to read."""
    with ArchiveFolder.create(folder, title="test", collector="heron") as archive:
        return Item(1, archive.keep_file("a.html", BytesIO(payload), content_type, {}), folder)


def test_an_item_is_read_from_its_place_in_the_archive(tmp_path: Path) -> None:
    read = read_item(kept(tmp_path / "a", PAGE.encode()))
    assert isinstance(read, ReadCapture)
    assert read.page.title == "Two homes burn"


def test_a_record_that_is_gone_is_its_item_s_error(tmp_path: Path) -> None:
    item = kept(tmp_path / "a", PAGE.encode())
    (item.folder / item.capture.path).unlink()
    error = read_item(item)
    assert isinstance(error, StorageFailed)
    assert error.item == "a.html"


def test_a_record_too_large_for_a_page_is_refused_before_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_capture_module, "PAYLOAD_LIMIT", 1_000_000)
    unfolding = kept(tmp_path / "a", b"<p>" + b" " * 3_000_000)
    plain = kept(tmp_path / "b", b"<p>" + os.urandom(3_000_000))
    monkeypatch.setattr(record_place, "read_record", lambda *place: pytest.fail("it was loaded"))
    for item, says in ((unfolding, "unfolds to 3,"), (plain, "its record of 3,")):
        error = read_item(item)
        assert isinstance(error, UnreadableCapture)
        assert says in error.happened


def test_what_is_no_page_is_not_even_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_place, "read_record", lambda *place: pytest.fail("it was loaded"))
    assert isinstance(read_item(kept(tmp_path / "a", b"GIF", "image/gif")), NotAPage)


def test_an_error_calls_the_item_by_the_name_that_the_person_gave_it() -> None:
    error = read_capture(capture(), record(b"\x00" * 5000))
    assert isinstance(error, UnreadableCapture)
    assert error.item == "https://example.org/a"


def test_a_text_too_long_for_a_report_is_refused_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "READABLE_LIMIT", 20)
    error = read_capture(capture(), record())
    assert isinstance(error, UnreadableInput)
    assert error.item == "https://example.org/a"
    assert "at most 20" in error.happened
