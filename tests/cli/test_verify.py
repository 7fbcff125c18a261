"""`tawthiq verify`: a line a check, exit codes 0, 1 and 2, and nothing written."""

from io import BytesIO
from pathlib import Path

import pytest

from tawthiq.cli.main import main
from tawthiq.store import ArchiveFolder


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        return archive.path / archive.keep_file("a.html", BytesIO(b"text"), None, {}).path


def test_a_sound_archive_exits_0_with_a_line_a_check(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", str(tmp_path / "case")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"{len(lines) - 1} checks hold, 0 do not."
    assert all(line.startswith("holds") for line in lines[:-1])
    assert any(kept.name in line for line in lines)


def test_a_changed_byte_exits_1_and_names_the_file(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(kept.read_bytes())
    data[40] ^= 1
    kept.write_bytes(bytes(data))
    assert run("verify", "--quiet", str(tmp_path / "case")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("DIFFERS")
    assert kept.name in lines[0]
    assert len(lines) == 2


def test_no_archive_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", str(tmp_path / "nothing")) == 2
    assert "there is no archive" in capsys.readouterr().err


def test_the_archive_is_found_by_option_variable_and_folder(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("--archive", str(tmp_path / "case"), "verify") == 0
    monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(tmp_path / "case"))
    assert run("verify") == 0
    monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(tmp_path / "other"))
    assert run("verify") == 2
    monkeypatch.delenv("TAWTHIQ_ARCHIVE")
    monkeypatch.chdir(kept.parent)
    assert run("verify") == 0
    monkeypatch.chdir(tmp_path)
    assert run("verify") == 2


def test_explanations_are_given_on_request(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "--explain", str(tmp_path / "case")) == 0
    assert "proves: the file has not changed since it was logged" in capsys.readouterr().out


def test_a_hostile_file_name_is_named_on_one_line(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kept.parent / "a\u202egnp\nholds \udc80").write_bytes(b"")
    assert run("verify", "--quiet", str(tmp_path / "case")) == 1
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith("DIFFERS")
    assert "a\\u202egnp\\nholds \\udc80" in line
