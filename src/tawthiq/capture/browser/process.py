"""Chromium as a process: started with a pipe for the DevTools protocol, ended with everything it started.

The pipe (file descriptors 3 and 4, messages ended by a zero byte) is chosen over a debugging port: a port on loopback would
let every program and every user of the machine drive the browser, the pipe is ours alone, and when we die it closes and
Chromium ends.
"""

import contextlib
import fcntl
import hashlib
import os
import signal
import sys
import time
from functools import cache
from pathlib import Path
from shutil import which

from tawthiq.capture.names import shown
from tawthiq.records.errors import CaptureFailed, WrongUsage

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALLING = (
    "install it once: `apt install chromium`, or `playwright install chromium`; or set `browser` in tawthiq.toml"
)
CLOSING_SECONDS = 5.0
# Passphrases may stand in ours, which no process that runs a page's scripts needs to know.
_OURS = "TAWTHIQ_"
# Proxies that we did not set, and a file into which Chromium would write the keys of its connections.
_NOT_PASSED_ON = {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "ftp_proxy", "sslkeylogfile"}


class ChromiumProcess:
    """A running Chromium with its pipe. `reading` and `writing` are our ends of it (file descriptors).

    What it says on standard error goes to the file `complaints`. Raises CaptureFailed when the program cannot be started.
    """

    def __init__(self, executable: Path, arguments: list[str], complaints: Path) -> None:
        self._complaints = complaints
        theirs_in, self.writing = os.pipe()
        self.reading, theirs_out = os.pipe()
        # Away from 3 and 4, so that neither is overwritten while the other is put there.
        given = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 10) for each in (theirs_in, theirs_out)]
        environment = {
            name: value
            for name, value in os.environ.items()
            if name.lower() not in _NOT_PASSED_ON and not name.startswith(_OURS)
        }
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, str(complaints), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, given[0], 3),
            (os.POSIX_SPAWN_DUP2, given[1], 4),
        ]
        try:
            self._number = os.posix_spawn(
                executable, [str(executable), *arguments], environment, file_actions=actions, setpgroup=0
            )
        except OSError as error:
            os.close(self.reading)
            os.close(self.writing)
            raise CaptureFailed(
                item=str(executable), happened=f"the browser does not start ({error.strerror})", advice=INSTALLING
            ) from error
        finally:
            for each in (theirs_in, theirs_out, *given):
                os.close(each)
        self._ended = False

    def running_file(self) -> Path | None:
        """The program that runs, which a starting script may have put in its own place; None where the system does not tell."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{self._number}/exe").readlink()
        return None

    def complaint(self) -> str:
        """What it said last, or of what it died; empty when it said nothing."""
        try:
            lines = [line.strip() for line in self._complaints.read_text(errors="replace")[-20_000:].splitlines()]
        except OSError:
            return ""
        said = [line for line in lines if line]
        fatal = [line for line in said if "FATAL" in line]
        return shown(next(iter(fatal or said[-1:]), ""), 300)

    def kill(self) -> None:
        """End it at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._number, signal.SIGKILL)

    def end(self) -> None:
        """Wait for it to end, and end it and its children when it does not. May be called again."""
        if self._ended:
            return
        self._ended = True
        deadline = time.monotonic() + CLOSING_SECONDS
        while time.monotonic() < deadline and not self._reaped():
            time.sleep(0.01)
        self.kill()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._number, 0)

    def _reaped(self) -> bool:
        """Whether it has ended; it stays ours to wait for, so that its number cannot pass to another process."""
        try:
            return os.waitid(os.P_PID, self._number, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            return True


def found(wanted: Path | None) -> Path:
    """The executable to start: the one `wanted`, else the first that is installed. Raises WrongUsage when there is none."""
    for name in [str(wanted)] if wanted else NAMES:
        at = which(name)
        if at:
            return Path(at).absolute()
    own = None if wanted else _playwrights_own()
    if own is not None:
        return own
    happened = "there is no such program" if wanted else "no Chromium was found on this machine"
    raise WrongUsage(item=str(wanted or "the browser"), happened=happened, advice=INSTALLING)


def _playwrights_own() -> Path | None:
    """The newest Chromium that Playwright downloaded, where it keeps them."""
    places = {"darwin": Path.home() / "Library/Caches/ms-playwright", "linux": Path.home() / ".cache/ms-playwright"}
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or places.get(sys.platform, places["linux"]))
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    built = [
        (path.parts[-2], path) for pattern in patterns for path in folder.glob(pattern) if os.access(path, os.X_OK)
    ]
    return max(built)[1] if built else None


def program_digest(path: Path) -> str:
    """SHA-256 of a program, worked out once for its path, size and time of change. Raises OSError."""
    state = path.stat()
    return _digest(path, state.st_size, state.st_mtime_ns)


@cache
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
