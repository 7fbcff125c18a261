"""Encrypted backups of one archive: a consistent snapshot, streamed, read back before it gets its name, and logged.

The snapshot (`store.snapshot`) is written beside the backup's name as `NAME.part`, synchronised, decrypted and compared, and
renamed; then "backed-up" is logged. Each backup is whole: nothing depends on an earlier one.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from tawthiq.records.errors import StorageFailed, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import events
from tawthiq.store.backup_contents import Contents, read_contents
from tawthiq.store.encrypting import Opening, decrypted
from tawthiq.store.files import storing, sync, sync_folder
from tawthiq.store.folder import ArchiveFolder
from tawthiq.store.incoming import DRAFT, Run
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.snapshot import Copying, Snapshot

PART = ".part"
Encrypt = Callable[[Iterable[bytes], BinaryIO], Opening]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: digest and length of its file, what it holds, and what is not in it or not as it was logged."""

    sha256: str
    length: int
    contents: Contents
    troubles: tuple[str, ...]


def back_up(
    archive: ArchiveFolder,
    target: Path,
    encrypt: Encrypt,
    *,
    recipients: int,
    with_key: bool = True,
    copying: Copying | None = None,
) -> Backup:
    """Write a backup of `archive` to the new file `target`, encrypted by `encrypt`; `recipients` is logged (0: a passphrase).

    `copying` writes what a database outside of the archive holds (`Snapshot`).

    Raises WrongUsage for a target that is there or lies in the archive, StorageFailed when the disk refuses, EvidenceDiffers
    when what was written does not read back; and as `ArchiveFolder.unlock` does.
    """
    _expect_new(archive, target)
    archive.unlock()
    layout = Layout(archive.path)
    run = Run(layout, Lock(layout.lock))
    part = target.with_name(target.name + PART)
    try:
        with Snapshot(archive, run.folder, with_key=with_key, copying=copying) as snapshot:
            with storing(str(target)):
                sha256, length, opening = _written(part, snapshot, encrypt)
                contents = _read_back(part, opening, sha256)
                part.rename(target)
            sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    finally:
        with suppress(OSError):
            (run.folder / DRAFT).unlink(missing_ok=True)
        run.close()
    facts: dict[str, Any] = {
        "file_sha256": sha256,
        "file_length": length,
        "log_size": contents.head.size,
        "files": contents.files,
        "recipients": recipients,
        "with_key": contents.with_key,
        "troubles": len(snapshot.troubles),
    }
    event = LogEvent(events.BACKED_UP, datetime.now(UTC), archive.settings.collector, str(contents.head.size), facts)
    archive.log([event])
    archive.flush()
    return Backup(sha256, length, contents, tuple(snapshot.troubles))


class _Hashed:
    """A file that is hashed while it is written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.hash = hashlib.sha256()
        self.length = 0

    def write(self, data: bytes) -> int:
        self._out.write(data)
        self.hash.update(data)
        self.length += len(data)
        return len(data)

    def writelines(self, blocks: Iterable[bytes]) -> None:
        for block in blocks:
            self.write(block)

    def flush(self) -> None:
        self._out.flush()


def _written(part: Path, snapshot: Snapshot, encrypt: Encrypt) -> tuple[str, int, Opening]:
    """Write the whole backup to `part`, durably; its digest, its length, and what opens it."""
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as out:
        hashed = _Hashed(out)
        opening = encrypt(snapshot, cast(BinaryIO, hashed))
        sync(out)
        # So that reading back asks the disk, not memory, where the system heeds it.
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return hashed.hash.hexdigest(), hashed.length, opening


def _read_back(part: Path, opening: Opening, sha256: str) -> Contents:
    """What the written file holds, decrypted and compared with its list of digests."""
    with part.open("rb") as stream:
        contents = read_contents(decrypted(stream, opening, part.name), part.name)
        stream.seek(0)
        if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
            raise StorageFailed(item=part.name, happened="the disk changed what was written", advice="use another disk")
    return contents


def _expect_new(archive: ArchiveFolder, target: Path) -> None:
    """Raises WrongUsage for a target that is there, lies in the archive, or has no folder."""
    resolved = target.absolute().parent.resolve() / target.name
    if resolved.is_relative_to(archive.path.resolve()):
        happened, advice = "it lies in the archive", "write the backup to another disk"
    elif target.exists() or target.is_symlink():
        happened, advice = "it is there already", "choose another name; backups are never overwritten"
    elif not target.absolute().parent.is_dir():
        happened, advice = "its folder is not there", "make the folder, or choose another"
    else:
        return
    raise WrongUsage(item=str(target), happened=happened, advice=advice)
