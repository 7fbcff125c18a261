"""`tawthiq media`: a file or an item, protected facts marked, the view logged."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from media_maker import picture
from tawthiq.cli.main import main
from tawthiq.store import ArchiveFolder


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    told = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, told.out, told.err


def test_an_item_is_told_with_its_protected_facts_marked_and_the_view_logged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ArchiveFolder.create(tmp_path / "a", title="t", collector="heron") as archive:
        capture = archive.keep_file("photo.jpg", BytesIO(picture()), "image/jpeg", {})
    code, out, err = run(capsys, "--archive", str(tmp_path / "a"), "media", capture.id)
    assert code == 0
    assert "  width              64" in out
    assert "* latitude           -35.950417" in out
    assert "may betray a source" in err
    with ArchiveFolder.open(tmp_path / "a") as archive:
        last = [entry.event for entry in archive.entries() if entry.event][-1]
    assert (last.kind, last.subject, last.actor) == ("viewed", capture.id, "heron")


def test_a_file_is_told_without_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.jpg").write_bytes(picture(place=False))
    code, out, _ = run(capsys, "media", "--json", str(tmp_path / "p.jpg"))
    assert (code, json.loads(out)["kind"]) == (0, "picture")


def test_what_is_neither_file_nor_item_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ArchiveFolder.create(tmp_path / "a", title="t", collector="heron").close()
    code, _, err = run(capsys, "--archive", str(tmp_path / "a"), "media", "nothing")
    assert code == 2
    assert "neither a file nor an item" in err
