"""A second name of bytes that are held is logged, once each; it belongs to the item's chain and goes with the item."""

import gzip
from pathlib import Path

import pytest

from archive_checks import differing, files_of
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.held_names import SEEN_AGAIN
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.chain import chain_of

WARC = (
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
    b"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: http://elsewhere.example/\r\nContent-Type: text/html\r\n"
    b"Content-Length: 4\r\n\r\npage\r\n\r\n"
)


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="t", collector="c")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place in ("given/a", "given/secret-source"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "given/a/first.txt").write_text("شهادة", encoding="utf-8")
    (tmp_path / "given/secret-source/second.txt").write_text("شهادة", encoding="utf-8")
    return tmp_path / "given"


def run(archive: ArchiveFolder, given: Path, **options: str) -> list[Outcome]:
    return list(collect(archive, [str(given)], **options))  # type: ignore[arg-type]


def seen_again(archive: ArchiveFolder) -> list[LogEvent]:
    return [entry.event for entry in archive.entries() if entry.event and entry.event.kind == SEEN_AGAIN]


def test_second_name_is_logged_once_and_no_folder_of_it(archive: ArchiveFolder, folder: Path) -> None:
    kept, there = run(archive, folder, reason="from a drive")
    run(archive, folder)
    (capture,) = kept.captures
    (event,) = seen_again(archive)
    assert (kept.state, there.state) == (State.KEPT, State.THERE)
    assert (event.subject, event.actor, event.facts["name"]) == (capture.id, "c", "second.txt")
    assert (event.facts["sha256"], event.facts["path"]) == (capture.sha256, capture.path)
    assert event.facts["reason"] == "from a drive"
    assert "exit" not in event.facts
    assert not any(b"secret-source" in file.read_bytes() for file in files_of(archive.path))
    assert differing(archive.path) == []


def test_every_further_name_is_logged_also_by_a_later_run(archive: ArchiveFolder, folder: Path) -> None:
    run(archive, folder)
    (folder / "a/first.txt").rename(folder / "a/second.txt")
    (folder / "secret-source/second.txt").rename(folder / "a/third\u202e.txt")
    with ArchiveFolder.open(archive.path) as later:
        run(later, folder)
        run(later, folder)
        assert [event.facts["name"] for event in seen_again(later)] == ["second.txt", "third\\u202e.txt"]


@pytest.mark.parametrize("content", [WARC, gzip.compress(WARC), WARC.replace(b"resource", b"warcinfo")])
def test_second_name_of_a_warc_is_logged_whether_it_holds_pages_or_not(
    archive: ArchiveFolder, tmp_path: Path, content: bytes
) -> None:
    for name in ("one.warc", "two.warc", "two.warc"):
        (tmp_path / name).write_bytes(content)
        run(archive, tmp_path / name)
    (event,) = seen_again(archive)
    assert event.facts["name"] == "two.warc"
    assert (archive.path / str(event.facts["path"])).is_file()


def test_second_name_is_part_of_the_chain_and_goes_with_the_item(archive: ArchiveFolder, folder: Path) -> None:
    kept, _ = run(archive, folder)
    (capture,) = kept.captures
    with archive:
        assert SEEN_AGAIN in [
            link.entry.event.kind for link in chain_of(lambda _: archive.entries(), capture.id) if link.entry.event
        ]
        archive.erase(capture.id, reason="asked for", authorised_by="lead")
    assert not any(b"second.txt" in file.read_bytes() for file in files_of(archive.path))
    assert differing(archive.path) == []
