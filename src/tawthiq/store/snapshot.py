"""One moment of an archive as a tar stream, while others go on writing (what a backup holds: `store.backup_contents`).

With the log's lock held everything is signed, and log, keys and settings are copied aside into a nameless file of the run.
The lock is then given back: evidence files never change, and the database is copied by SQLite itself. What the log does not
know is not evidence and stays out, as do files of runs at work, links and locks.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast
from urllib.parse import quote

from tawthiq.custody.entry import event_from_json, parsed_json
from tawthiq.records.errors import StorageFailed, TawthiqError
from tawthiq.store import events
from tawthiq.store.backup_contents import FOLDER, MANIFEST, manifest_line
from tawthiq.store.files import BLOCK, storing
from tawthiq.store.folder import ArchiveFolder
from tawthiq.store.incoming import DRAFT
from tawthiq.store.keys import MODE, PRIVATE
from tawthiq.store.layout import FIELD_KEY, Layout
from tawthiq.store.printing import is_printable
from tawthiq.store.recovery import files_below
from tawthiq.store.settings import without_database
from tawthiq.store.tar_stream import END, Member, header, padding

_IN_MEMORY = 32 << 20
_OWN = frozenset({"evidence", "log", "keys", ".lock", ".rows.lock", ".fields"})


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


# Writes what a database outside of the folder holds to a new SQLite file, all of one moment.
Copying = Callable[[Path], None]


class Snapshot:
    """One moment of an archive as a tar stream; used as a context manager.

    With `copying`, the database lies elsewhere: its copy stands in the backup as the archive's own file, and the settings in
    the backup name no database, so that what is restored never works on the one that is in use.
    """

    def __init__(
        self, archive: ArchiveFolder, working: Path, *, with_key: bool, copying: "Copying | None" = None
    ) -> None:
        self._copying = copying
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
        self._list_evidence()
        self._list_others()

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def __iter__(self) -> Iterator[bytes]:
        """The tar archive, block by block."""
        for copied in self._copied:
            self._spool.seek(copied.start)
            mode = MODE if copied.path in (PRIVATE, FIELD_KEY) else 0o644
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
                if self._copying and file == self._layout.settings:
                    self._spool.write(without_database(stream.read()))
                while block := stream.read(BLOCK):
                    self._spool.write(block)
                length = self._spool.tell() - start
                self._copied.append(_Copied(path, start, length, os.fstat(stream.fileno()).st_mtime))

    def _list_evidence(self) -> None:
        """Every evidence file that the copied journal names, once; lines that cannot be read are told."""
        listed: dict[str, _Listed] = {}
        for copied in self._copied:
            if not copied.path.startswith("log/journal/"):
                continue
            self._spool.seek(copied.start)
            for number, line in enumerate(self._spool.read(copied.length).splitlines(keepends=True), start=1):
                file = self._named(f"{copied.path}:{number}", line)
                if file and file.path.startswith("evidence/"):
                    listed[file.path] = _Listed(file.path, self._layout.root / file.path, file.sha256)
        self._listed += listed.values()

    def _named(self, item: str, line: bytes) -> events.EvidenceFile | None:
        """The file that a journal line names; None for other events, erased ones, and an end that a crash cut."""
        if not line.endswith(b"\n"):
            return None
        try:
            value = parsed_json(line, item)
            stated = value.get("event") if isinstance(value, dict) else None
            return events.file_of(event_from_json(stated, item)) if stated is not None else None
        except TawthiqError as error:
            self.troubles.append(f"{item}: {error.happened}")
            return None

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
            # What is no evidence may come and go, such as acts of people that wait to be logged.
            if listed.stated:
                self.troubles.append(f"{listed.path}: it is missing")
            return
        if listed.stated and not self._lines[-1].startswith(listed.stated.encode()):
            self.troubles.append(f"{listed.path}: it is not what was logged; backed up as it is")

    def _member(self, path: str, length: int, time: float, mode: int, stream: BinaryIO) -> Iterator[bytes]:
        yield header(Member(FOLDER + path, length, time, mode))
        digest, left = hashlib.sha256(), length
        while left:
            with storing(path):
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
        if self._copying:
            self._copying(copy)
            yield from self._file(_Listed(path, copy), MODE)
            return
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
