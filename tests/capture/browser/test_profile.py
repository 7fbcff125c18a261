"""What a browser leaves on the machine: nothing, also when the process that started it was killed; and what it is told."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from local_servers import response, serving
from tawthiq.capture.browser.chromium import BrowserSession, BrowserSettings
from tawthiq.capture.browser.profile import LOCK, PREFIX, Profile
from tawthiq.records.errors import CaptureFailed

KILLED = """
import os, signal, sys, tempfile
from tawthiq.capture.browser.profile import Profile
tempfile.tempdir = sys.argv[1]
(Profile().downloads / "film").write_text("content")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_folder_is_for_its_owner_alone_and_goes_with_the_browser(temporary: Path) -> None:
    profile = Profile()
    assert profile.folder.parent == temporary
    assert [path.stat().st_mode & 0o777 for path in (profile.folder, profile.downloads)] == [0o700, 0o700]
    profile.remove()
    profile.remove()
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_goes_when_the_next_browser_starts(temporary: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(temporary)], check=False)
    (left,) = temporary.iterdir()
    assert (left / "downloads" / "film").read_text() == "content"
    Profile().remove()
    assert list(temporary.iterdir()) == []


def test_folders_of_living_browsers_and_of_others_stay(temporary: Path) -> None:
    living = Profile()
    begun, foreign, link = (temporary / f"{PREFIX}{name}" for name in ("begun", "foreign", "link"))
    begun.mkdir()
    (foreign / LOCK).mkdir(parents=True)
    (temporary / "elsewhere").mkdir()
    (temporary / "elsewhere" / LOCK).touch()
    link.symlink_to(temporary / "elsewhere")
    Profile().remove()
    assert {path.name for path in temporary.iterdir()} == {
        living.folder.name, begun.name, foreign.name, link.name, "elsewhere"
    }  # fmt: skip
    living.remove()


def test_what_is_downloaded_lies_in_the_folder_that_goes_with_the_browser(executable: Path) -> None:
    page = response(b'<a id="x" href="/film" download>x</a>')
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 4\r\n\r\nfilm"
    with (
        serving({"/": page, "/film": head}) as server,
        BrowserSession(BrowserSettings(executable)) as session,
        session.tab() as tab,
    ):
        tab.page.goto(server.url("/"))
        with tab.page.expect_download() as begun:
            tab.page.click("#x")
        path = Path(begun.value.path())
        assert path.read_bytes() == b"film"
        assert path.is_relative_to(session._engine.downloads)
    assert not path.parent.parent.exists()


def test_no_passphrase_and_no_proxy_of_the_environment_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, told = tmp_path / "chromium", tmp_path / "told"
    program.write_text(f"#!/bin/sh\nenv > {told}\n")
    program.chmod(0o700)
    for name in ("TAWTHIQ_PASSPHRASE", "TAWTHIQ_BACKUP_PASSPHRASE", "https_proxy", "SSLKEYLOGFILE", "KEPT"):
        monkeypatch.setenv(name, "secret")
    with pytest.raises(CaptureFailed), BrowserSession(BrowserSettings(program)):
        pass
    names = {line.partition("=")[0] for line in told.read_text().splitlines() if "secret" in line}
    assert names == {"KEPT"}
