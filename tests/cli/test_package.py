"""`tawthiq package` and `tawthiq verify NAME.wacz`, as a person runs them."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from calendar_server import calendar
from command_line import run
from package_samples import Sample, make_sample
from stamping_archive import set_up, stamped
from tawthiq.store import ArchiveFolder


def kinds_logged(sample: Sample) -> set[str]:
    with ArchiveFolder.open(sample.path) as archive:
        return {entry.event.kind for entry in archive.entries() if entry.event}


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    made = make_sample(tmp_path / "case")
    monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(made.path))
    return made


def test_items_are_handed_over_and_verified_elsewhere(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.wacz"
    capture = sample.captures["http"]
    assert run("package", capture.id, "-o", str(output), "--to", "a court", "--reason", "asked", "--yes") == 0
    said = capsys.readouterr()
    digest, length, path = said.out.strip().split("\t")
    assert (Path(path), int(length)) == (output, output.stat().st_size)
    for told in (capture.source, "1 item,", "c-1", "case 7", "ملف الجسر", "out.wacz.tlog-proof", "no timestamp"):
        assert told in said.err
    monkeypatch.delenv("TAWTHIQ_ARCHIVE")
    monkeypatch.chdir(tmp_path / "case" / "evidence")
    assert run("verify", str(output), "--key", sample.key, "--explain") == 0
    told = capsys.readouterr().out
    assert digest in told
    assert "does not prove" in told
    assert run("--archive", str(sample.path), "log", capture.id) == 0
    chain = capsys.readouterr().out
    assert "exported" in chain
    assert "a court" in chain


def test_a_changed_package_is_told_and_fails(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.wacz"
    assert run("package", sample.captures["file"].id, "-o", str(output), "--without-events", "-y") == 0
    assert "Events stay behind" in capsys.readouterr().err
    assert run("verify", str(output), "-q") == 0
    told = capsys.readouterr().out
    assert "Not proven here (1): that this file is the one that was logged." in told
    assert "Not proven here (1): who signed" in told
    assert run("verify", str(output), "-q", "--key", sample.key) == 0
    assert "who signed" not in capsys.readouterr().out
    data = bytearray(output.read_bytes())
    data[300] ^= 1
    output.write_bytes(data)
    assert run("verify", str(output)) == 1
    assert "DIFFERS  archive/" in capsys.readouterr().out
    output.write_bytes(data[:-50])
    assert run("verify", str(output)) == 3
    assert "no evidence package" in capsys.readouterr().err


def test_the_question_can_be_answered_with_no(sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    output = tmp_path / "out.wacz"
    assert run("package", sample.captures["file"].id, "-o", str(output)) == 130
    assert not output.exists()
    assert kinds_logged(sample) == {"archive-created", "captured", "warc-kept"}
    assert run("package", sample.captures["file"].id, "-o", str(output), "--yes") == 0


@pytest.mark.parametrize("typed", ["", "y\n", "n\n"])
def test_without_a_terminal_nothing_is_handed_over_unless_yes_was_given(
    sample: Sample, tmp_path: Path, typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.wacz"
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    assert run("package", sample.captures["file"].id, "-o", str(output), "--to", "a court", "--reason", "asked") == 2
    assert "--yes" in capsys.readouterr().err
    assert not list(tmp_path.glob("out*"))
    assert kinds_logged(sample) == {"archive-created", "captured", "warc-kept"}


def test_a_promise_is_no_timestamp_of_what_is_handed_over(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = sample.captures["file"].id
    with calendar() as server:
        set_up(sample.path, server.settings())
        stamped(sample.path)
        assert run("package", item, "-yo", str(tmp_path / "promised.wacz")) == 0
        assert "no timestamp and no cosignature" in capsys.readouterr().err
        server.mine()
        stamped(sample.path)
        assert run("package", item, "-yo", str(tmp_path / "confirmed.wacz")) == 0
        assert "no timestamp and no cosignature" not in capsys.readouterr().err


def test_an_unknown_item_is_wrong_usage(sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("package", "nobody", "-o", str(tmp_path / "x.wacz")) == 2
    assert "nobody" in capsys.readouterr().err
    output = tmp_path / "out.wacz"
    assert run("package", sample.captures["file"].id, "-o", str(output), "--yes") == 0
    assert run("verify", str(output), "--key", "no key") == 2


def test_a_large_item_is_packaged_and_verified_in_memory_that_stays_small(tmp_path: Path) -> None:
    """A file of 200 MB goes through in a process that may use little more than its programs need."""
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        big = tmp_path / "film.mp4"
        with big.open("wb") as out:
            for number in range(200):
                out.write(number.to_bytes(4) * (1 << 18))
        with big.open("rb") as stream:
            capture = archive.keep_file("film.mp4", stream, "video/mp4", {})
    code = (
        "import sys; from pathlib import Path\n"
        "from tawthiq.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(next(l.split()[1] for l in Path('/proc/self/status').read_text().splitlines() if 'VmHWM' in l))\n"
    )
    peaks = []
    for arguments in (
        ["--archive", str(tmp_path / "case"), "package", capture.id, "-yo", str(tmp_path / "o.wacz")],
        ["verify", "-q", str(tmp_path / "o.wacz")],
    ):
        ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
        peaks.append(int(ran.stdout.splitlines()[-1]))
        assert ran.returncode == 0, ran.stderr
    assert max(peaks) < 150_000, json.dumps(peaks)
