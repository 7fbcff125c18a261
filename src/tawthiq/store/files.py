"""Durable files: what is written here has reached the disk, or a StorageFailed says why not.

A file and the folder that names it are both synchronised (POSIX rename is atomic, but its durability is the folder's).
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tawthiq.records.errors import StorageFailed

BLOCK = 1 << 20
# Bytes. Of what is read whole the largest are journal files, 256 lines each.
LARGEST_READ = 1 << 30

_ADVICE = {
    errno.ENOSPC: "free some space on the disk and run the command again; what is kept so far is sound",
    errno.EDQUOT: "your disk quota is used up: free some space and run the command again; what is kept so far is sound",
    errno.EFBIG: "the file is larger than this system allows (ulimit -f, or the disk's format); raise it and try again",
    errno.EROFS: "the disk is read-only: copy the archive to one that can be written",
    errno.EACCES: "give yourself the right to write in the archive folder",
    errno.EPERM: "give yourself the right to write in the archive folder",
}


@contextmanager
def storing(item: str) -> Iterator[None]:
    """Turns what the operating system says while `item` is written or read into StorageFailed."""
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "check the disk and run the command again; what is kept so far is sound")
        raise StorageFailed(
            item=item, happened=f"the disk refused: {error.strerror or error}", advice=advice
        ) from error


def make_folder(path: Path) -> None:
    """Make `path` and the folders above it, each durable in the one above."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with storing(str(path)):
        path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in `path` durable."""
    with storing(str(path)):
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_new(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file that must not exist yet, with permissions `mode` from the first moment."""
    make_folder(path.parent)
    with storing(str(path)):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            sync(stream)
    sync_folder(path.parent)


def replace(path: Path, data: bytes, staging: Path, mode: int = 0o644) -> None:
    """Put `data` at `path` in one step: whoever looks sees the old file or the new one, whole.

    `staging` is a folder on the same disk for the file in the making, which has the permissions `mode` from the first moment.
    """
    make_folder(path.parent)
    draft = staging / "draft"
    with storing(str(path)):
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(data)
            sync(stream)
        draft.replace(path)
    sync_folder(path.parent)


def move(source: Path, target: Path) -> None:
    """Rename a file that is already on disk into its place, durably."""
    make_folder(target.parent)
    with storing(str(target)):
        source.rename(target)
    sync_folder(target.parent)


def append(path: Path, data: bytes) -> None:
    """Add whole lines to a file; should the disk refuse half-way, what was added is taken back."""
    new = not path.exists()
    if new:
        make_folder(path.parent)
    with storing(str(path)), path.open("ab", buffering=0) as stream:
        before = stream.tell()
        try:
            _write_all(stream, data)
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(before)
            raise
    if new:
        sync_folder(path.parent)


def read(path: Path, item: str) -> bytes:
    """The bytes of a file of the archive. Raises StorageFailed naming `item`, also when it is missing.

    An archive may come from anybody: a pipe would be waited for without end, a device or a giant would fill the memory.
    """
    with storing(item):
        state = path.stat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST_READ:
            raise StorageFailed(
                item=item,
                happened=f"it is no plain file of at most {LARGEST_READ >> 20:,} MiB",
                advice="restore the file from a backup, and ask who put this one there",
            )
        return path.read_bytes()


def sync(stream: BinaryIO) -> None:
    """Make what was written to `stream` durable."""
    stream.flush()
    os.fsync(stream.fileno())


def digest(path: Path) -> tuple[str, int]:
    """SHA-256 in hexadecimal, and length in bytes, of a file of any size."""
    with storing(str(path)), path.open("rb", buffering=0) as stream:
        value = hashlib.file_digest(stream, "sha256").hexdigest()
        return value, stream.tell()


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write `data` whole: an unbuffered stream may take only a part at a time."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]
