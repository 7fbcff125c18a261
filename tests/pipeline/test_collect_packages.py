"""WACZ packages and zstd-compressed WARC files from the folder to the page."""

import zipfile
from pathlib import Path

import pytest
import zstandard

from store.wacz_maker import wacz, warc
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.packaging import hand_over
from tawthiq.pipeline.read_capture import Item, page_item
from tawthiq.pipeline.record_place import ordinal_in
from tawthiq.records.errors import WrongUsage
from tawthiq.records.page import Page
from tawthiq.store import ArchiveFolder
from tawthiq.store.verify import verify

PAGE = "<html><body><h1>قصف على السوق</h1><p>قتل ثلاثة مدنيين في قصف على سوق المدينة، وقال شهود إنه استمر ساعة.</p>".encode()


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester")


def collected(archive: ArchiveFolder, file: Path, data: bytes) -> Outcome:
    file.write_bytes(data)
    (outcome,) = collect(archive, [str(file)])
    return outcome


@pytest.mark.parametrize("pack", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_pages_of_a_package_are_read(archive: ArchiveFolder, tmp_path: Path, pack: int) -> None:
    outcome = collected(archive, tmp_path / "web.wacz", wacz(warc(2, PAGE), pack=pack))
    assert (outcome.state, outcome.notes) == (State.KEPT, ("the package's own digests hold",))
    for number, capture in enumerate(outcome.captures):
        page = page_item(Item(1, capture, archive.path, ordinal_in(archive, capture)))
        assert isinstance(page, Page)
        assert page.title == "قصف على السوق"
        assert page.text.endswith(str(number))


def test_a_package_under_another_name_is_known_by_its_first_file(archive: ArchiveFolder, tmp_path: Path) -> None:
    assert len(collected(archive, tmp_path / "download.zip", wacz()).captures) == 2


def test_a_zip_file_of_other_things_is_one_item(archive: ArchiveFolder, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as package:
        package.writestr("photo.jpg", b"x")
    (outcome,) = collect(archive, [str(tmp_path / "photos.zip")])
    assert [capture.kind.value for capture in outcome.captures] == ["file"]


def test_a_package_whose_digests_differ_is_kept_with_a_remark(archive: ArchiveFolder, tmp_path: Path) -> None:
    outcome = collected(archive, tmp_path / "web.wacz", wacz(wrong=True, sign=True))
    assert outcome.state is State.KEPT
    assert outcome.notes == (
        "the package's own digests differ",
        "its digests do not fit: archive/data.warc.gz",
        "its signature: holds",
    )


def test_a_cut_package_is_kept_incomplete_and_there_the_next_time(archive: ArchiveFolder, tmp_path: Path) -> None:
    first = collected(archive, tmp_path / "web.wacz", wacz()[:-30])
    assert first.state is State.KEPT_INCOMPLETE
    (again,) = collect(archive, [str(tmp_path / "web.wacz")])
    assert (again.state, again.captures) == (State.THERE, ())


def test_a_zstd_compressed_warc_file_is_read(archive: ArchiveFolder, tmp_path: Path) -> None:
    records = warc(2, PAGE, packed=False).split(b"WARC/1.1")[1:]
    data = b"".join(zstandard.compress(b"WARC/1.1" + record) for record in records)
    outcome = collected(archive, tmp_path / "web.warc.zst", data)
    assert len(outcome.captures) == 2
    assert outcome.captures[0].path.endswith(".warc.zst")
    assert archive.record(outcome.captures[1]).payload == PAGE + b"1"
    archive.close()
    assert all(check.holds for check in verify(archive.path))


def test_an_item_inside_a_package_is_not_handed_over_in_another(archive: ArchiveFolder, tmp_path: Path) -> None:
    outcome = collected(archive, tmp_path / "web.wacz", wacz())
    with pytest.raises(WrongUsage, match="another tool's WACZ package"):
        hand_over(archive, [outcome.captures[0].id])
