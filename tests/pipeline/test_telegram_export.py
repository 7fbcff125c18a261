"""Telegram exports from the folder to the reading: parts, their files, what is broken, what a changed file costs."""

from dataclasses import replace
from pathlib import Path

import pytest

from page.telegram_exports import account, chat, message, written
from tawthiq.pipeline import export_parts
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.explain_capture import explain_item
from tawthiq.pipeline.export_parts import part_bytes, part_in
from tawthiq.pipeline.read_capture import Item, ReadCapture, page_item, read_item
from tawthiq.pipeline.telegram_export import EXPORT_FILES
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.page import Page
from tawthiq.store import ArchiveFolder

WORDS = "قتل ثلاثة مدنيين أمس في قصف مدفعي على سوق مدينة الرقة، بحسب ناشطين"


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "ChatExport"
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "photo_1.jpg").write_bytes(b"\xff\xd8\xff not much of a picture")
    messages = [message(1, WORDS, photo="photos/photo_1.jpg"), message(2, "لا شيء اليوم", day="2021-03-13")]
    (folder / "result.json").write_bytes(written(chat(*messages)))
    return folder


def run(archive: ArchiveFolder, *given: Path, **options: bool) -> list[Outcome]:
    return list(collect(archive, [str(path) for path in given], again=options.get("again", False)))


def items(archive: ArchiveFolder) -> list[Item]:
    captures = [capture for capture in archive.captures() if capture.kind.value == "export"]
    return [Item(n, each, archive.path, part=part_in(archive, each)) for n, each in enumerate(captures, 1)]


def test_each_part_is_read_as_a_page_of_its_day(archive: ArchiveFolder, export: Path) -> None:
    _, outcome = run(archive, export)
    assert outcome.notes == ("an export of 2 messages in 1 chats, read in 2 pages",)
    first, second = (read_item(item) for item in items(archive))
    assert isinstance(first, ReadCapture)
    assert isinstance(second, ReadCapture)
    assert first.page.body == WORDS
    (event,) = first.reading.events
    assert event.when is not None
    assert event.when.period is not None
    assert event.when.period.first.isoformat() == "2021-03-11"
    assert second.page.body == "لا شيء اليوم"


def test_the_reading_of_a_part_is_explained_from_its_own_words(archive: ArchiveFolder, export: Path) -> None:
    _, outcome = run(archive, export)
    assert len(explain_item(archive, outcome.captures[1].id).events) == 1
    assert not explain_item(archive, outcome.captures[2].id).events


def test_the_files_of_an_export_are_related_once(archive: ArchiveFolder, export: Path) -> None:
    for _ in range(2):
        photo, result = run(archive, export)
    events = [entry.event for entry in archive.entries() if entry.event and entry.event.kind == EXPORT_FILES]
    assert [event.subject for event in events] == [result.captures[0].id]
    assert events[0].facts["files"] == [["photos/photo_1.jpg", photo.captures[0].id, photo.captures[0].sha256]]


def test_an_export_that_is_there_is_skipped_and_told_by_its_name(archive: ArchiveFolder, export: Path) -> None:
    (outcome,) = run(archive, export / "result.json")
    (export / "result.json").rename(export / "other.json")
    (again,) = run(archive, export / "other.json")
    assert (again.state, again.captures) == (State.THERE, outcome.captures)
    assert again.notes == ("the same bytes are there as result.json",)


def test_half_an_export_is_kept_whole_and_read_as_far_as_it_goes(archive: ArchiveFolder, export: Path) -> None:
    data = (export / "result.json").read_bytes()
    (export / "result.json").write_bytes(data[:-80])
    (outcome,) = run(archive, export / "result.json")
    assert outcome.state is State.KEPT_INCOMPLETE
    assert outcome.error is not None
    assert "the file ends" in outcome.error.happened
    assert archive.record(outcome.captures[0]).payload == data[:-80]
    (page,) = (page_item(item) for item in items(archive))
    assert isinstance(page, Page)
    assert page.body == WORDS


def test_chats_of_an_account_are_read_under_their_own_names(archive: ArchiveFolder, tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(written(account(chat(message(1), name="أ"), chat(message(1), name="ب"))))
    run(archive, tmp_path / "result.json")
    pages = [page_item(item) for item in items(archive)]
    assert [page.outlet for page in pages if isinstance(page, Page)] == ["أ", "ب"]


def test_parts_are_found_in_any_order_and_one_that_changed_is_refused(archive: ArchiveFolder, export: Path) -> None:
    run(archive, export / "result.json")
    first, second = items(archive)
    assert first.part is not None
    assert second.part is not None
    for item in (second, first, second, first):
        assert item.part is not None
        assert part_bytes(archive.path, item.capture, item.part)[:1] == b"{"
    wrong = replace(first.part, sha256="0" * 64)
    with pytest.raises(UnreadableCapture, match="not those that the log recorded"):
        part_bytes(archive.path, first.capture, wrong)
    beyond = replace(first.part, place=replace(first.part.place, end=10**6))
    with pytest.raises(UnreadableCapture, match="ends before the part does"):
        part_bytes(archive.path, first.capture, beyond)
    export_parts.close()


def test_a_json_file_that_is_no_export_is_one_item(archive: ArchiveFolder, tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(b'{"type": "FeatureCollection", "features": []}')
    (outcome,) = run(archive, tmp_path / "result.json")
    assert len(outcome.captures) == 1


def test_an_export_in_html_is_related_to_its_files_by_its_first_page(archive: ArchiveFolder, export: Path) -> None:
    (export / "result.json").unlink()
    for name in ("messages.html", "messages2.html"):
        (export / name).write_text(f"<html><body><div class=message><p>{name}</p></div></body></html>")
    first, *_ = run(archive, export)
    (event,) = (entry.event for entry in archive.entries() if entry.event and entry.event.kind == EXPORT_FILES)
    assert event.subject == first.captures[0].id
    assert [file[0] for file in event.facts["files"]] == ["messages2.html", "photos/photo_1.jpg"]
