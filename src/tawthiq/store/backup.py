"""Encrypted backups of one archive: a consistent snapshot, streamed, read back before it gets its name, and logged.

With the log's lock held: everything is signed, the log and the keys are copied aside (into a nameless file of the run), and
the evidence that the log names is listed. The lock is then given back: evidence files never change, and the database is
copied by SQLite itself. What the log does not know is not evidence and stays out, as do files of runs at work. The backup
is written beside its name as `NAME.part`, synchronised, decrypted and compared, and renamed; then "backed-up" is logged.
Each backup is whole: nothing depends on an earlier one.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast
from urllib.parse import quote

from tawthiq.records.errors import StorageFailed, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import events
from tawthiq.store.backup_contents import FOLDER, MANIFEST, Contents, manifest_line, read_contents
from tawthiq.store.encrypting import Opening, decrypted
from tawthiq.store.files import BLOCK, storing, sync, sync_folder
from tawthiq.store.folder import ArchiveFolder
from tawthiq.store.incoming import DRAFT, Run
from tawthiq.store.keys import MODE, PRIVATE
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.printing import is_printable
from tawthiq.store.recovery import files_below
from tawthiq.store.tar_stream import END, Member, header, padding

PART = ".part"
_IN_MEMORY = 32 << 20
_OWN = frozenset({"evidence", "log", "keys", ".lock", ".rows.lock"})
Encrypt = Callable[[Iterable[bytes], BinaryIO], Opening]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: digest and length of its file, what it holds, and what is not in it or not as it was logged."""

    sha256: str
    length: int
    contents: Contents
    troubles: tuple[str, ...]


def back_up(
    archive: ArchiveFolder, target: Path, encrypt: Encrypt, *, recipients: int, with_key: bool = True
) -> Backup:
    """Write a backup of `archive` to the new file `target`, encrypted by `encrypt`; `recipients` is logged (0: a passphrase).

    Raises WrongUsage for a target that is there or lies in the archive, StorageFailed when the disk refuses, EvidenceDiffers
    when what was written does not read back; and as `ArchiveFolder.unlock` does.
    """
    _expect_new(archive, target)
    archive.unlock()
    layout = Layout(archive.path)
    run = Run(layout, Lock(layout.lock))
    part = target.with_name(target.name + PART)
    try:
        with _Snapshot(archive, run.folder, with_key=with_key) as snapshot:
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


@dataclass(slots=True)
class _Listed:
    """A file to be copied: its path in the archive, where its bytes are, the digest that the log states."""

    path: str
    file: Path
    stated: str | None = None


@dataclass(slots=True)
class _Copied:
    """A small file of which the bytes were copied aside: its place in the spool, and its time of last change."""

    path: str
    start: int
    length: int
    time: float


class _Snapshot:
    """One moment of an archive as a tar stream; used as a context manager."""

    def __init__(self, archive: ArchiveFolder, working: Path, *, with_key: bool) -> None:
        self._layout = Layout(archive.path)
        self._working = working
        self._with_key = with_key
        self.troubles: list[str] = []
        self._listed: list[_Listed] = []
        self._copied: list[_Copied] = []
        self._lines: list[bytes] = []
        self._spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(working))  # noqa: SIM115
        with archive.exclusively():
            archive.flush()
            self._copy_aside()
            self._list_evidence(archive)
        self._list_others()

    def __enter__(self) -> "_Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def __iter__(self) -> Iterator[bytes]:
        """The tar archive, block by block."""
        for copied in self._copied:
            self._spool.seek(copied.start)
            mode = MODE if copied.path == PRIVATE else 0o644
            yield from self._member(copied.path, copied.length, copied.time, mode, cast(BinaryIO, self._spool))
        for listed in self._listed:
            yield from self._file(listed)
        yield from self._database()
        lines = b"".join(self._lines)
        yield header(Member(MANIFEST, len(lines))) + lines + padding(len(lines))
        yield END

    def _copy_aside(self) -> None:
        """Take the log, the keys and the settings as they are at this moment."""
        folders = (self._layout.log, self._layout.private_key.parent)
        for file in [*(file for folder in folders for file in files_below(folder)), self._layout.settings]:
            path = self._layout.relative(file)
            if file.is_symlink() or (path == PRIVATE and not self._with_key):
                continue
            with storing(path), file.open("rb") as stream:
                start = self._spool.tell()
                while block := stream.read(BLOCK):
                    self._spool.write(block)
                length = self._spool.tell() - start
                self._copied.append(_Copied(path, start, length, os.fstat(stream.fileno()).st_mtime))

    def _list_evidence(self, archive: ArchiveFolder) -> None:
        """Every evidence file that the log names, once."""
        listed: dict[str, _Listed] = {}
        for entry in archive.entries():
            file = events.file_of(entry.event) if entry.event else None
            if file and file.path.startswith("evidence/"):
                listed[file.path] = _Listed(file.path, self._layout.root / file.path, file.sha256)
        self._listed += listed.values()

    def _list_others(self) -> None:
        """What a team put beside the archive's own files, such as certificates that the settings name."""
        database = self._layout.database.name
        for entry in sorted(self._layout.root.iterdir()):
            if entry.name in _OWN or entry.name.startswith(database) or entry == self._layout.settings:
                continue
            with storing(entry.name):
                files = list(files_below(entry)) if entry.is_dir() and not entry.is_symlink() else [entry]
            for file in files:
                path = self._layout.relative(file)
                if file.is_symlink() or not file.is_file() or not is_printable(path) or "\\" in path:
                    self.troubles.append(f"{path}: left out, its kind or name cannot be kept")
                else:
                    self._listed.append(_Listed(path, file))

    def _file(self, listed: _Listed, mode: int = 0o644) -> Iterator[bytes]:
        """A file as a member; one that is missing or not as it was logged is told."""
        if listed.file.is_symlink():
            self.troubles.append(f"{listed.path}: left out, it is a link")
            return
        try:
            with listed.file.open("rb") as stream:
                state = os.fstat(stream.fileno())
                yield from self._member(listed.path, state.st_size, state.st_mtime, mode, stream)
        except FileNotFoundError:
            self.troubles.append(f"{listed.path}: it is missing")
            return
        if listed.stated and not self._lines[-1].startswith(listed.stated.encode()):
            self.troubles.append(f"{listed.path}: it is not what was logged; backed up as it is")

    def _member(self, path: str, length: int, time: float, mode: int, stream: BinaryIO) -> Iterator[bytes]:
        yield header(Member(FOLDER + path, length, time, mode))
        digest, left = hashlib.sha256(), length
        while left:
            block = stream.read(min(left, BLOCK))
            if not block:
                raise StorageFailed(item=path, happened="it became shorter while it was read", advice="try again")
            left -= len(block)
            digest.update(block)
            yield block
        yield padding(length)
        self._lines.append(manifest_line(path, digest.hexdigest()))

    def _database(self) -> Iterator[bytes]:
        """The database as SQLite copies it while others may write; told when it cannot be copied."""
        path, copy = self._layout.relative(self._layout.database), self._working / DRAFT
        if not self._layout.database.is_file():
            return
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        address = f"file:{quote(str(self._layout.database))}?mode=ro"
        try:
            with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.Error as error:
            self.troubles.append(f"{path}: left out, SQLite cannot read it ({error})")
            return
        yield from self._file(_Listed(path, copy), MODE)


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


def _written(part: Path, snapshot: _Snapshot, encrypt: Encrypt) -> tuple[str, int, Opening]:
    """Write the whole backup to `part`, durably; its digest, its length, and what opens it."""
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
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
