"""Checking a backup and restoring it into an empty folder.

What is read may come from anyone. Everything is written below FOLDER/.restoring, compared with the backup's list of digests,
brought to the disk, and only then moved into place, the settings last: a folder is an archive from that moment on. An
interrupted restoration is met by doing it again.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.records.errors import UnreadableInput, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store.backup_contents import Contents, read_contents
from tawthiq.store.encrypting import Opening, decrypted
from tawthiq.store.events import RESTORED
from tawthiq.store.files import digest, make_folder, storing, sync_folder
from tawthiq.store.folder import ArchiveFolder
from tawthiq.store.keys import MODE, PRIVATE
from tawthiq.store.layout import FIELD_KEY, Layout

STAGING = ".restoring"
# What only its owner may read: the keys, and the accounts of those who decide.
_OWNERS = frozenset({PRIVATE, FIELD_KEY, "tawthiq.sqlite3"})
# What an interrupted restoration may have moved already; anything else in the folder is somebody's own.
_CLEARED = ("evidence", "keys", "log", "tawthiq.sqlite3", STAGING)


def check(file: Path, opening: Opening) -> Contents:
    """Decrypt a backup and hold each of its files against its list; nothing is written.

    Raises WrongPassphrase, WrongUsage, UnreadableInput or EvidenceDiffers naming the file, StorageFailed.
    """
    with storing(str(file)), file.open("rb") as stream:
        return read_contents(decrypted(stream, opening, file.name), file.name)


def restore(file: Path, folder: Path, opening: Opening) -> Contents:
    """Restore a backup into the empty or new folder `folder`. Raises as `check` does; then nothing is left in the folder."""
    _expect_empty(folder)
    staging = folder / STAGING
    make_folder(staging)
    try:
        with storing(str(file)), file.open("rb") as stream:
            contents = read_contents(decrypted(stream, opening, file.name), file.name, _Into(staging, file.name).keep)
        _expect_settings(staging, file.name)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    with storing(str(folder)):
        # One call for thousands of small files, instead of one wait for the disk for each.
        os.sync()
        settings = Layout(staging).settings
        for entry in sorted(staging.iterdir(), key=lambda entry: (entry.name not in _CLEARED, entry.name)):
            if entry != settings:
                entry.rename(folder / entry.name)
        sync_folder(folder)
        settings.rename(Layout(folder).settings)
        staging.rmdir()
    sync_folder(folder)
    return contents


class _Into:
    """Writes files below a folder that was empty, never over one that is there."""

    def __init__(self, staging: Path, item: str) -> None:
        self._staging = staging
        self._item = item

    def keep(self, path: str, data: Iterator[bytes]) -> None:
        if path.startswith(f"{STAGING}/") or path == STAGING:
            raise UnreadableInput(item=self._item, happened=f"it holds {path}", advice="take another copy of the file")
        target = self._staging / path
        with storing(path):
            target.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            with os.fdopen(os.open(target, flags, MODE if path in _OWNERS else 0o644), "wb") as out:
                for piece in data:
                    out.write(piece)


def _expect_empty(folder: Path) -> None:
    """Raises WrongUsage unless the folder is empty or new. What an interrupted restoration left in it is cleared away."""
    with storing(str(folder)):
        if (folder / STAGING).is_dir() and not Layout(folder).settings.exists():
            for name in _CLEARED:
                entry = folder / name
                shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink(missing_ok=True)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WrongUsage(item=str(folder), happened="it is not an empty folder", advice="name a new folder")


def _expect_settings(staging: Path, item: str) -> None:
    if not Layout(staging).settings.is_file():
        raise UnreadableInput(item=item, happened="it holds no settings", advice="take another copy of the file")


def log_restored(archive: ArchiveFolder, file: Path, contents: Contents) -> None:
    """Log in the restored archive which backup it came from. Raises as `ArchiveFolder.log` does."""
    facts = {"file_sha256": digest(file)[0], "log_size": contents.head.size}
    event = LogEvent(RESTORED, datetime.now(UTC), archive.settings.collector, str(contents.head.size), facts)
    archive.log([event])
    archive.flush()
