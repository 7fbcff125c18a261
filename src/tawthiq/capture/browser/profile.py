"""The folder of a running browser: its profile and what it downloads, for its owner alone, and gone when the browser is.

A process that is killed cannot clean up, and what it leaves tells when somebody visited pages, and may hold a download in the
clear, outside the archive. So each folder is locked while its process lives, and every browser that starts removes folders
whose lock is free.
"""

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

PREFIX = "tawthiq-browser-"
LOCK = "in-use"
_REMOVALS = 40
_PAUSE_SECONDS = 0.05


class Profile:
    """A new folder with mode 0700 below the system's folder for temporary files. Raises OSError where none can be made."""

    def __init__(self) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self.downloads = self.folder / "downloads"
        self.downloads.mkdir(mode=0o700)
        # Locked before it has its name, so that nobody takes it for that of a dead process.
        self._lock = os.open(self.folder / f"{LOCK}.new", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        (self.folder / f"{LOCK}.new").rename(self.folder / LOCK)

    def remove(self) -> None:
        """Remove the folder. May be called again."""
        # Processes that the browser left behind may write for a moment longer.
        for _ in range(_REMOVALS):
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.folder.exists():
                break
            time.sleep(_PAUSE_SECONDS)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _sweep(where: Path) -> None:
    """Remove the folders of browsers whose process is dead; those of others, and what cannot be removed, stay."""
    for folder in where.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
