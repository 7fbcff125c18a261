"""How fast an archive is backed up, read back and restored: `python bench/backup.py [FOLDER]`.

Prints one line a figure. Making a backup writes, synchronises and reads it back; SHA-256 alone stands beside it. The folder
decides which disk is measured.
"""

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pyrage

from tawthiq.store import ArchiveFolder
from tawthiq.store.backup import Encrypt, back_up
from tawthiq.store.encrypting import Opening, encrypted_for, encrypted_with
from tawthiq.store.restore import check, restore

FILES = 4
BYTES = 64 << 20
SMALL = 2_000


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def made(archive: ArchiveFolder, target: Path, encrypt: Encrypt) -> float:
    """Seconds that a backup takes."""
    return timed(lambda: back_up(archive, target, encrypt, recipients=0))


def measure(folder: Path) -> None:
    """Large files by both ways of encryption, then many small ones."""
    secret = pyrage.x25519.Identity.generate()
    megabytes = FILES * BYTES / 1e6
    with ArchiveFolder.create(folder / "large", title="bench", collector="b") as archive:
        for number in range(FILES):
            archive.keep_file(f"{number}.mp4", BytesIO(os.urandom(BYTES)), "video/mp4", {})
        seconds = made(archive, folder / "k", lambda blocks, out: encrypted_for([secret.to_public()], blocks, out))
        print(f"back up for a key           {megabytes / seconds:10,.0f} MB/s")
        seconds = made(archive, folder / "p", partial(encrypted_with, "four words of it"))
        print(f"back up with a passphrase   {megabytes / seconds:10,.0f} MB/s")
    for name, opening in (("k", Opening(identities=(secret,))), ("p", Opening(passphrase="four words of it"))):
        seconds = timed(partial(check, folder / name, opening))
        print(f"check {'a key' if name == 'k' else 'passphrase':<22}{megabytes / seconds:10,.0f} MB/s")
    seconds = timed(lambda: restore(folder / "k", folder / "back", Opening(identities=(secret,))))
    print(f"restore                     {megabytes / seconds:10,.0f} MB/s")
    data = (folder / "k").read_bytes()
    seconds = timed(lambda: hashlib.sha256(data).digest())
    print(f"  (SHA-256 alone            {megabytes / seconds:10,.0f} MB/s)")
    with ArchiveFolder.create(folder / "small", title="bench", collector="b") as archive:
        for number in range(SMALL):
            archive.keep_file(f"{number}.html", BytesIO(os.urandom(20_000)), "text/html", {})
        seconds = made(archive, folder / "s", lambda blocks, out: encrypted_for([secret.to_public()], blocks, out))
        print(f"back up files of 20 kB      {SMALL / seconds:10,.0f} items/s")


def main() -> None:
    """Measure in a temporary folder, below the one that is named, if one is."""
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        measure(Path(name))


if __name__ == "__main__":
    main()
