"""`tawthiq watch`: the list is kept, the run tells a line for each thing, and an interrupt ends it cleanly."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from local_servers import Answer, response, serving
from tawthiq.cli.main import tawthiq
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder
from tawthiq.store.verify import verify

PAGE = "<html><body>بيان</body></html>".encode()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester").close()
    return tmp_path / "archive"


def watch(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(tawthiq, ["--archive", str(archive), "watch", *arguments], standalone_mode=False)


def test_add_list_and_remove(archive: Path) -> None:
    assert "nothing is watched" in watch(archive, "list").stderr
    first = watch(archive, "add", "https://outlet.example/خبر", "--every", "2d", "--kind", "feed", "--reason", "case 7")
    assert first.exception is None
    assert watch(archive, "list").stdout.split("\t")[1:3] == ["feed", "every 2d"]
    watch(archive, "add", "https://outlet.example/%D8%AE%D8%A8%D8%B1", "--every", "30m")
    watch(archive, "add", "https://t.me/s/sahl_net", "--browser")
    rows = [line.split("\t") for line in watch(archive, "list").stdout.splitlines()]
    assert [row[:3] for row in rows] == [
        ["https://outlet.example/%D8%AE%D8%A8%D8%B1", "auto", "every 30m"],
        ["https://t.me/s/sahl_net", "auto by browser", "every 6h"],
    ]
    assert rows[0][3:] == ["never in order yet", "0 failures since", "due now"]
    assert watch(archive, "remove", "https://outlet.example/خبر").exception is None
    assert len(watch(archive, "list").stdout.splitlines()) == 1
    assert "not watched" in str(watch(archive, "remove", "https://outlet.example/خبر").exception)


@pytest.mark.parametrize(
    "arguments",
    [
        ["https://user:secret@outlet.example/"],
        ["file:///etc/passwd"],
        ["https://outlet.example/", "--every", "often"],
        ["https://outlet.example/", "--items", "0"],
    ],
)
def test_what_cannot_be_watched_is_refused_and_nothing_is_written(archive: Path, arguments: list[str]) -> None:
    assert watch(archive, "add", *arguments).exception is not None
    assert not (archive / "watch.toml").exists()


def test_an_address_that_cannot_be_asked_is_wrong_usage(archive: Path) -> None:
    error = watch(archive, "add", "no address").exception
    assert isinstance(error, WrongUsage)
    assert "can be watched" in error.advice


def test_no_archive_is_said_so(tmp_path: Path) -> None:
    for arguments in (["list"], ["add", "http://x.example/"], ["remove", "http://x.example/"], ["run", "--once"]):
        assert "archive" in str(watch(tmp_path, *arguments).exception)
    assert not list(tmp_path.iterdir())


def test_run_that_finds_nothing_due_says_when_the_next_is(archive: Path) -> None:
    assert "nothing is watched" in watch(archive, "run", "--once").stderr
    with serving({"/p": response(PAGE), "/q": response(PAGE)}) as server:
        watch(archive, "add", server.url("/p"), "--every", "2d")
        watch(archive, "add", server.url("/q"), "--every", "30m")
        first = watch(archive, "run", "--once", "--due-only")
        second = watch(archive, "run", "--once", "--due-only")
        due = watch(archive, "list").stdout.splitlines()[1].split("\t")[5].removeprefix("due ")
    assert "nothing" not in first.stderr
    assert (second.return_value, second.stdout) == (0, "")
    assert f"nothing is due until {due} UTC: {server.url('/q')}" in second.stderr


def test_run_once_tells_a_line_for_each_and_the_exit_code_says_some_failed(archive: Path) -> None:
    with serving({"/p": response(PAGE)}) as server:
        watch(archive, "add", server.url("/p"))
        first = watch(archive, "run", "--once")
        second = watch(archive, "run", "--once")
        third = watch(archive, "run", "--once", "--due-only")
        watch(archive, "add", "http://nowhere.invalid/")
        fourth = watch(archive, "run", "--once", "--due-only")
    (row,) = [line.split("\t") for line in first.stdout.splitlines()]
    assert (row[1], row[3]) == ("kept", server.url("/p"))
    assert [line.split("\t")[1] for line in second.stdout.splitlines()] == ["unchanged"]
    assert second.stdout.split("\t")[2] == row[2]
    assert third.stdout == ""
    assert server.url("/p") in (archive / "watch.toml").read_text()
    assert fourth.stdout.split("\t")[1] == "failed"
    assert [each.return_value for each in (first, second, third, fourth)] == [0, 0, 0, 3]
    watch(archive, "remove", server.url("/p"))
    left = [archive / "watch.toml", *(archive / ".watch").glob("*/state.json")]
    assert not any(server.url("/p") in file.read_text() for file in left)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_ends_the_run_cleanly(archive: Path, number: signal.Signals) -> None:
    with serving({"/p": response(PAGE)}) as server:
        watch(archive, "add", server.url("/p"), "--every", "1h")
        command = [sys.executable, "-m", "tawthiq", "--archive", str(archive), "watch", "run"]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert run.stdout is not None
        assert run.stdout.readline().split("\t")[1] == "kept"
        time.sleep(0.2)
        run.send_signal(number)
        _, told = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "interrupted" in told
    assert all(check.holds for check in verify(archive))
    with ArchiveFolder.open(archive) as folder:
        assert len(list(folder.captures())) == 1


def test_killed_run_leaves_a_sound_archive_and_the_next_one_finishes(archive: Path) -> None:
    items = "".join(f"<item><link>/{number}</link></item>" for number in range(8))
    answers: dict[str, Answer] = {f"/{number}": response(PAGE + b"%d" % number) for number in range(8)}
    with serving({"/feed": response(f"<rss><channel>{items}</channel></rss>".encode()), **answers}) as server:
        watch(archive, "add", server.url("/feed"))
        command = [sys.executable, "-m", "tawthiq", "--archive", str(archive), "watch", "run", "--once"]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert run.stdout is not None
        for _ in range(4):
            run.stdout.readline()
        run.kill()
        run.wait()
        assert watch(archive, "run", "--once").return_value == 0
    with ArchiveFolder.open(archive) as folder:
        sources = [capture.source for capture in folder.captures()]
    assert sorted(sources) == sorted({server.url("/feed"), *(server.url(f"/{number}") for number in range(8))})
    assert all(check.holds for check in verify(archive))
