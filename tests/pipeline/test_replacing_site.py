"""A site's folder replaced whole: what is not ours stays, what breaks off leaves the old site or the new one."""

import stat
from pathlib import Path

import pytest

from tawthiq.pipeline import replacing_site
from tawthiq.pipeline.replacing_site import mend, previous_site, swap
from tawthiq.publication.site.history import MANIFEST, Manifest, Publication, written
from tawthiq.records.errors import TawthiqError, WrongUsage

NAME = "basil.example"


def make(path: Path, text: str, archive: str = NAME) -> Path:
    path.mkdir()
    (path / "ar").mkdir()
    (path / "ar" / "index.html").write_text(text)
    (path / MANIFEST).write_bytes(written(Manifest(archive, "t", {}, (Publication(None, first=True),))))
    (path / "SHA256SUMS").write_text(f"{'0' * 64}  ar/index.html\n{'0' * 64}  {MANIFEST}\n")
    return path


def page(path: Path) -> str:
    return (path / "ar" / "index.html").read_text()


def test_nothing_and_an_empty_folder_are_places_for_a_first_site(tmp_path: Path) -> None:
    assert previous_site(tmp_path / "new", NAME) is None
    (tmp_path / "empty").mkdir()
    assert previous_site(tmp_path / "empty", NAME) is None
    swap(make(tmp_path / "empty.part", "first"), tmp_path / "empty")
    assert page(tmp_path / "empty") == "first"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty"]


def test_our_last_site_is_known_and_replaced(tmp_path: Path) -> None:
    site = make(tmp_path / "site", "old")
    found = previous_site(site, NAME)
    assert found is not None
    assert found.archive == NAME
    swap(make(tmp_path / "site.part", "new"), site)
    assert page(site) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert stat.S_IMODE((site / "ar" / "index.html").stat().st_mode) == 0o644
    assert stat.S_IMODE((site / "ar").stat().st_mode) == 0o755


@pytest.mark.parametrize("what", ["file", "folder", "other archive", "no sums", "link", "damaged", "linked folder"])
def test_what_is_not_ours_is_refused_and_left_as_it_is(tmp_path: Path, what: str) -> None:
    site = tmp_path / "site"
    if what == "file":
        site.write_text("mine")
    elif what == "folder":
        site.mkdir()
        (site / "holiday.txt").write_text("mine")
    elif what == "linked folder":
        site.symlink_to(make(tmp_path / "elsewhere", "x"))
    else:
        make(site, "x", "thyme.example" if what == "other archive" else NAME)
    if what == "no sums":
        (site / "SHA256SUMS").unlink()
    elif what == "link":
        (site / "ar" / "link.html").symlink_to("/etc/hostname")
    elif what == "damaged":
        (site / MANIFEST).write_text('{"schema": "tawthiq/site/1"}')
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(WrongUsage):
        previous_site(site, NAME)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_file_that_others_put_into_our_site_is_named_and_kept(tmp_path: Path) -> None:
    site = make(tmp_path / "site", "old")
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("x")
    with pytest.raises(WrongUsage, match=r"\.git/config"):
        previous_site(site, NAME)
    assert (site / ".git" / "config").exists()


def test_an_interrupt_between_the_names_is_mended_by_the_next_run(tmp_path: Path) -> None:
    site = make(tmp_path / "site", "old")
    site.rename(replacing_site._before(site))
    assert previous_site(site, NAME) is not None
    assert page(site) == "old"
    make(replacing_site._before(site), "older")
    mend(site)
    assert page(site) == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_new_site_that_cannot_get_its_name_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, part = make(tmp_path / "site", "old"), make(tmp_path / "site.part", "new")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self == part:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(TawthiqError):
        swap(part, site)
    assert page(site) == "old"


def test_a_folder_of_somebody_that_bears_the_name_of_the_old_site_is_not_touched(tmp_path: Path) -> None:
    other = replacing_site._before(tmp_path / "site")
    other.mkdir()
    (other / "mine.txt").write_text("x")
    mend(tmp_path / "site")
    assert (other / "mine.txt").exists()
