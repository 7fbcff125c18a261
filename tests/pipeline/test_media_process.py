"""Media read in a process of its own: from evidence, in bounded memory, whatever the file does to its reader."""

import sys
from io import BytesIO
from pathlib import Path

import pytest

from media_maker import film, picture
from tawthiq.pipeline import media_process
from tawthiq.pipeline.media_process import facts_of_capture, facts_of_file, may_have_facts
from tawthiq.pipeline.record_stream import RecordStream
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.media import MediaKind
from tawthiq.store import ArchiveFolder


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester")


def test_the_facts_of_preserved_files_are_read_from_the_evidence(archive: ArchiveFolder) -> None:
    capture = archive.keep_file("photo.jpg", BytesIO(picture()), "image/jpeg", {})
    found = facts_of_capture(archive, capture)
    assert found.kind is MediaKind.PICTURE
    assert "-35.950417" in {fact.value for fact in found.facts if fact.protected}


def test_a_film_is_read_as_a_stream_that_goes_back(archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    data = film()
    capture = archive.keep_file("film.mp4", BytesIO(data), "video/mp4", {})
    with RecordStream(archive.path / capture.path, capture.offset, capture.length, 0, "film.mp4") as stream:
        assert stream.size == len(data)
        assert (stream.seek(-20, 2), stream.read()) == (len(data) - 20, data[-20:])
        assert (stream.seek(4), stream.read(4), stream.tell()) == (4, b"ftyp", 8)
        monkeypatch.setattr(media_process, "IN_MEMORY", 10)
        place = {
            "path": str(archive.path / capture.path),
            "offset": capture.offset,
            "length": capture.length,
            "ordinal": 0,
        }
        assert media_process._read({"item": "film.mp4", **place}).kind is MediaKind.FILM


def test_a_file_of_another_kind_is_named(archive: ArchiveFolder, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(UnreadableCapture, match="no picture, film, sound or PDF"):
        facts_of_file(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import time; time.sleep(60)", "holds up its reader"),
        ("import os; os.abort()", "ended its reader"),
        ("print('{')", "ended"),
    ],
)
def test_a_reader_that_hangs_or_dies_costs_that_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, told: str
) -> None:
    monkeypatch.setattr(media_process, "COMMAND", (sys.executable, "-c", code))
    monkeypatch.setattr(media_process, "SECONDS", 2.0)
    with pytest.raises(UnreadableCapture, match=told):
        facts_of_file(tmp_path / "a.mp4")


def test_markup_that_calls_itself_a_picture_says_nothing_of_its_making() -> None:
    assert may_have_facts("image/jpeg; charset=x")
    assert may_have_facts("application/pdf")
    assert not may_have_facts("image/svg+xml")
    assert not may_have_facts(None)
