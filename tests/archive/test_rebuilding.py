"""Reading an archive: what is new, everything again, what fails, what is interrupted."""

import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from lexicon.test_place_pack import pack, place
from sample_archive import empty_database, keep, make_folder
from tawthiq.archive.database import open_database
from tawthiq.archive.models import Capture, Report
from tawthiq.archive.rebuilding import ReadOutcome, link_archive, read_archive
from tawthiq.archive.search import Results
from tawthiq.pipeline.document_process import page_of_bytes
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.store import ArchiveFolder


def dump() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of derived state."""
    tables = [model._meta.db_table for model in apps.get_app_config("archive").get_models()]
    with connection.cursor() as cursor:
        return {table: cursor.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}


def test_a_second_run_reads_only_what_is_new(folder: ArchiveFolder) -> None:
    assert read_archive(folder, workers=1).read == 2
    assert read_archive(folder, workers=1).read == 0
    keep(
        folder, {"third.html": b"<title>Third</title><p>A third page says little, but it says so in one sentence.</p>"}
    )
    assert read_archive(folder, workers=1).read == 1


def test_reading_again_gives_the_same_bytes(folder: ArchiveFolder) -> None:
    read_archive(folder, workers=1)
    link_archive(folder)
    before = dump()
    assert before["archive_report"]
    assert before["archive_zone"]
    read_archive(folder, again=True, workers=1)
    link_archive(folder)
    assert dump() == before


def test_reading_in_several_processes_gives_the_same_bytes(
    folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_archive(folder, workers=1)
    before = dump()
    monkeypatch.setattr("tawthiq.pipeline.jobs.WORTH_A_POOL", 1)
    read_archive(folder, again=True, workers=2)
    assert dump() == before


def test_each_report_records_the_place_packs_it_was_read_with(
    folder: ArchiveFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_archive(folder, workers=1)
    plain = dump()
    data = pack([place("wof.1", "لامكان")], {"لامكان": ("wof.1",)}, "sy")
    (tmp_path / "sy.places").write_bytes(data)
    monkeypatch.setattr("tawthiq.pipeline.jobs.WORTH_A_POOL", 1)
    read_archive(folder, again=True, workers=2, packs=(tmp_path / "sy.places",))
    readers = set(Report.objects.values_list("reader", flat=True))
    assert len(readers) == 1
    assert " places sy@" in readers.pop()
    read_archive(folder, again=True, workers=1)
    assert dump() == plain


def test_the_index_follows_when_everything_is_read_again(folder: ArchiveFolder) -> None:
    read_archive(folder, workers=1)
    read_archive(folder, again=True, workers=1)
    assert len(Results("village")) == 1


def test_what_is_no_page_is_kept_without_a_report(folder: ArchiveFolder) -> None:
    keep(folder, {"photo.png": b"\x89PNG\r\n"}, "image/png")
    summary = read_archive(folder, workers=1)
    assert (summary.read, summary.kept, summary.failed) == (2, 1, ())
    row = Capture.objects.get(source="photo.png")
    assert row.state == Capture.State.KEPT
    assert "image/png" in row.state_reason


def test_a_page_that_fails_is_named_and_the_rest_is_read(
    folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_on_the_first(data: bytes, **facts: object) -> object:
        if "سوق".encode() in data:
            raise RuntimeError("a fault of ours")
        return page_of_bytes(data, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr("tawthiq.pipeline.read_capture.page_of_bytes", fails_on_the_first)
    summary = read_archive(folder, workers=1)
    assert summary.read == 1
    assert [error.item for error in summary.failed] == ["first.html"]
    row = Capture.objects.get(source="first.html")
    assert row.state == Capture.State.FAILED
    assert "a fault of ours" in row.state_reason
    assert row.state_advice


def test_evidence_that_is_missing_is_named_and_the_rest_is_read(folder: ArchiveFolder) -> None:
    first = next(iter(folder.captures()))
    (folder.path / first.path).unlink()
    summary = read_archive(folder, workers=1)
    assert summary.read == 1
    assert len(summary.failed) == 1


def test_an_interrupted_run_keeps_what_it_read_and_the_next_finishes(folder: ArchiveFolder) -> None:
    def interrupt(outcome: ReadOutcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_archive(folder, progress=interrupt, workers=1)
    kept = Report.objects.count()
    assert read_archive(folder, workers=1).read == 2 - kept
    assert Report.objects.count() == 2


def test_a_run_that_is_killed_is_finished_by_the_next_to_the_same_bytes(tmp_path: Path) -> None:
    body = "<p>Residents said that shells hit the village on Tuesday and that {} homes burned down.</p>"
    pages = {f"{number}.html": f"<h1>Report {number}</h1>{body.format(number)}".encode() for number in range(90)}
    folder = make_folder(tmp_path / "many", pages)
    command = [sys.executable, "-m", "tawthiq", "--archive", str(folder.path), "read"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        open_database(folder.database)
        while not Report.objects.exists() and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    left = Report.objects.count()
    assert left < 90, "it was killed too late to tell"
    assert read_archive(folder, workers=1).read == 90 - left
    finished = dump()
    read_archive(folder, again=True, workers=1)
    assert dump() == finished


def test_progress_tells_of_every_item_and_the_total(folder: ArchiveFolder) -> None:
    seen: list[ReadOutcome] = []
    read_archive(folder, progress=seen.append, workers=1)
    assert [(outcome.source, outcome.done, outcome.total) for outcome in seen] == [
        ("first.html", 1, 2),
        ("second.html", 2, 2),
    ]


@pytest.mark.sqlite
def test_a_database_of_another_archive_is_refused(folder: ArchiveFolder, tmp_path: Path) -> None:
    read_archive(folder, workers=1)
    other = make_folder(tmp_path / "other", {"x.html": b"<p>x</p>", "y.html": b"<p>y</p>"})
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        source = folder.database.with_name(folder.database.name + suffix)
        if source.exists():
            other.database.with_name(other.database.name + suffix).write_bytes(source.read_bytes())
    with pytest.raises(EvidenceDiffers, match="not those of the log"):
        read_archive(other, workers=1)


def test_an_archive_without_captures_is_read_and_linked(tmp_path: Path) -> None:
    empty = make_folder(tmp_path / "archive", {})
    assert read_archive(empty).read == 0
    assert link_archive(empty).incidents == 0


def test_readers_comments_are_kept_in_the_text_but_nothing_is_read_in_them(folder: ArchiveFolder) -> None:
    comment = "قال المعلق الغاضب إن الجميع قتلوا ثلاثين شخصاً في المدينة أمس"
    page = (
        '<html lang="ar"><body><article><h1>اجتماع مجلس البلدة</h1><p>ناقش مجلس البلدة ميزانية الطرق والمياه للعام '
        'القادم وأجّل التصويت عليها إلى الأسبوع التالي.</p></article><div id="comments" class="comments">'
        '<h3>التعليقات</h3><ol class="comment-list"><li class="comment"><b>زائر</b>'
        f"<p>{comment}</p></li></ol></div></body></html>"
    )
    folder.keep_file("town.html", BytesIO(page.encode()), "text/html", {})
    read_archive(folder, workers=1)
    report = Report.objects.get(capture__source="town.html")
    assert comment in report.text
    assert report.statement_count == 0
    assert report.event_count == 0


@pytest.fixture(autouse=True)
def _settled(tmp_path: Path) -> None:
    """Rows are looked at through a database of the test's own from the start."""
    empty_database(tmp_path)
