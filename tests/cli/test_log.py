"""`tawthiq log`: the table, one item's chain, and a proof that others can check."""

from io import BytesIO
from pathlib import Path

import pytest

from tawthiq.cli.main import main
from tawthiq.custody.note import VerifierKey
from tawthiq.custody.proof import checked
from tawthiq.records.capture import Capture
from tawthiq.store import ArchiveFolder


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def captures(tmp_path: Path) -> list[Capture]:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        return [archive.keep_file(f"{number}.html", BytesIO(b"text"), None, {}) for number in range(3)]


def test_the_log_has_a_line_an_entry(
    captures: list[Capture], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--archive", str(tmp_path / "case"), "log") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 4
    assert "archive-created" in lines[1]
    assert captures[2].id in lines[4]
    assert lines[4].endswith("\t2.html")


@pytest.mark.parametrize("by", ["id", "source", "path", "log_index"])
def test_an_item_is_shown_by_any_of_its_names(
    captures: list[Capture], tmp_path: Path, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    assert run("--archive", str(tmp_path / "case"), "log", str(getattr(captures[1], by))) == 0
    said = capsys.readouterr().out
    assert captures[1].sha256 in said
    assert captures[1].id in said
    assert captures[0].id not in said


def test_a_proof_convinces_whoever_has_the_key(
    captures: list[Capture], tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("--archive", str(tmp_path / "case"), "log", "--proof", captures[1].id) == 0
    proof = capsysbinary.readouterr().out
    key = VerifierKey.parse((tmp_path / "case" / "keys" / "archive.pub").read_text("utf-8").strip(), "key")
    assert checked(proof, key, "proof").holds


def test_an_unknown_item_is_named(captures: list[Capture], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--archive", str(tmp_path / "case"), "log", "nobody") == 2
    assert "nobody" in capsys.readouterr().err
    assert run("--archive", str(tmp_path / "case"), "log", "--proof") == 2
