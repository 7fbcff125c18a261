"""What verbs do with the files and streams of the person."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from tawthiq.cli.files import opened, written_to
from tawthiq.records.errors import WrongUsage


def test_a_file_appears_only_once_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with written_to(target) as stream:
        stream.write(b"all")
        assert not target.exists()
    assert target.read_bytes() == b"all"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), written_to(target) as stream:
        stream.write(b"half" * (1 // 0))
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    with written_to(pipe) as stream:
        stream.write(b"through")
    reader.join()
    assert got == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_is_written_into_and_a_full_one_is_told() -> None:
    with written_to(Path("/dev/null")) as stream:
        stream.write(b"gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    with pytest.raises(WrongUsage, match="/dev/full: No space"), written_to(Path("/dev/full")) as stream:
        stream.write(b"x")


@pytest.mark.parametrize("name", ["nowhere/out", "."])
def test_a_target_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUsage, match=str(tmp_path)), written_to(tmp_path / name):
        pass


@pytest.mark.parametrize("name", ["none", "."])
def test_an_input_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUsage, match=str(tmp_path)), opened(tmp_path / name):
        pass


@pytest.mark.parametrize("verb", ["read", "link"])
def test_a_full_standard_output_is_one_line_and_exit_code_2(verb: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tawthiq", verb, "--input", "-", "--output", "-"],
            input=b'{"id": "a", "text": "x"}\n', stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert b"standard output: No space left" in done.stderr
    assert b"Traceback" not in done.stderr
