"""`tawthiq collect --browser` as a person runs it: a list on standard input, others' tools on the result, Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive_checks import differing
from local_servers import hang, response, serving
from tawthiq.store import ArchiveFolder

pytestmark = pytest.mark.browser
COMMAND = [sys.executable, "-c", "from tawthiq.cli.main import main; main()"]
BIN = Path(sys.executable).parent
PAGE = "<title>شهادة</title><p>شهادة من سكان الحي</p><button onclick='fetch(\"/more\")'>عرض المزيد</button>"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester") as made:
        return made.path


def start(archive: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [*COMMAND, "--archive", str(archive), "collect", "--browser", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_list_on_standard_input_is_visited_and_other_tools_accept_what_is_kept(archive: Path) -> None:
    with serving({"/": response(PAGE.encode()), "/more": response(b"x")}) as server:
        process = start(archive, "--no-behaviours", "--reason", "case 4", "-")
        given = f"{server.url('/')}\nhttp://127.0.0.1:1/\n{server.url('/')}\n"
        out, err = process.communicate(given.encode(), timeout=60)
        asked = {request.split(b" ")[1] for request in server.requests}
    lines = [line.split("\t") for line in out.decode().splitlines()]
    assert process.returncode == 3, err.decode()
    assert [line[2] for line in lines] == [server.url("/"), server.url("/")]
    assert lines[0] == lines[1]
    assert "1 kept; 1 already there; 1 failed" in err.decode()
    assert b"/more" not in asked
    assert differing(archive) == []
    for file in archive.glob("evidence/*/*/*/*.gz"):
        for tool in ("warcio", "fastwarc"):
            checked = subprocess.run([BIN / tool, "check", file], capture_output=True, text=True, check=False)
            assert checked.returncode == 0, checked.stdout + checked.stderr


def test_interrupt_ends_the_run_and_its_browser_and_leaves_a_sound_archive(archive: Path, tmp_path: Path) -> None:
    with serving({"/": response(PAGE.encode()), "/hang": hang}) as server:
        process = start(archive, server.url("/"), server.url("/hang"))
        assert process.stdout is not None
        assert process.stdout.readline()
        while not any(b" /hang " in request for request in server.requests):
            time.sleep(0.05)
        browsers = children(process.pid)
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err.decode()
    assert "interrupted" in err.decode()
    assert browsers
    assert [number for number in browsers if runs(number)] == []
    assert differing(archive) == []
    with ArchiveFolder.open(archive) as folder:
        assert len(list(folder.captures())) == 1


def children(parent: int) -> set[int]:
    """The processes below `parent`."""
    below = {
        int(path.name): int((path / "stat").read_text().rpartition(")")[2].split()[1])
        for path in Path("/proc").iterdir()
        if path.name.isdigit() and (path / "stat").exists()
    }
    found = {parent}
    while more := {number for number, above in below.items() if above in found} - found:
        found |= more
    return found - {parent}


def runs(number: int) -> bool:
    """Whether a process still runs, a zombie being none."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
