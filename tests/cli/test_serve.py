"""`tawthiq serve`: this machine only, a link for the first owner, a clean end."""

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from sample_archive import make_folder
from serving import serving
from tawthiq.cli.main import main


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = make_folder(tmp_path / "archive", {})
    folder.close()
    return folder.path


def run(archive: Path, *options: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["--archive", str(archive), "serve", *options])
    return int(left.value.code or 0)


def test_it_prints_the_link_of_the_first_owner_and_ends_when_interrupted(archive: Path) -> None:
    with serving(archive) as (process, address, line):
        link = line.partition(": ")[2]
        assert link.startswith(f"{address}first-owner/")
        with urllib.request.urlopen(link) as answer:
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "Server" not in answer.headers
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(address, headers={"Host": "evil.example"}))
        assert refused.value.code == 400
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130)


def test_the_archive_stays_whole_when_the_server_is_killed(archive: Path) -> None:
    with serving(archive) as (process, _, _):
        process.kill()
        process.wait(20)
    with serving(archive) as (_, address, line):
        assert f"{address}first-owner/" in line


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "example.org", ""])
def test_an_address_that_others_could_reach_is_refused(
    archive: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(archive, "--host", host) == 2
    assert "127.0.0.1" in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(archive, "--port", str(port)) == 2
    assert str(port) in capsys.readouterr().err


def test_importing_the_command_line_does_not_import_django() -> None:
    check = (
        "import sys, tawthiq.cli.main, tawthiq.cli.verb_serve, tawthiq.cli.verb_search; print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
