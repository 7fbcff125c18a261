"""What a backup holds, and reading it strictly (docs/custody-format.md, section Backup).

A backup is a tar archive inside an age file. Its members lie below `tawthiq-archive/`; the last one,
`tawthiq-archive.sha256`, lists their digests as `sha256sum -c` reads them.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.note import VerifierKey
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput
from tawthiq.store.tar_stream import Member, TarReader

FOLDER = "tawthiq-archive/"
MANIFEST = "tawthiq-archive.sha256"
_HELD = frozenset({"log/checkpoint", "keys/archive.pub"})
_LARGEST_HELD = 1 << 16
# Two hundred bytes a file: enough for fifty million files, and a bound for memory.
_LARGEST_MANIFEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Contents:
    """What a whole backup holds: the signed head of its log, its files and their bytes, whether the private key is there."""

    head: Checkpoint
    files: int
    length: int
    with_key: bool


# What is done with each file: its path in the archive, and its bytes, all of which must be taken.
Keep = Callable[[str, Iterator[bytes]], None]


def manifest_line(path: str, sha256: str) -> bytes:
    """The line of one file, by its path in the archive."""
    return f"{sha256}  {FOLDER}{path}\n".encode("utf-8", "surrogateescape")


def read_contents(blocks: Iterable[bytes], item: str, keep: Keep | None = None) -> Contents:
    """Read a decrypted backup to its end, handing each file to `keep`, and hold every file against the manifest.

    Raises UnreadableInput for whatever is no backup, EvidenceDiffers when a digest or the checkpoint's signature is wrong.
    """
    digests, held, length = {}, {}, 0
    listed: bytes | None = None
    for member, data in TarReader(blocks, item).members():
        if listed is not None:
            raise _malformed(item, "its list of digests is not the last")
        if member.name == MANIFEST:
            listed = _whole(member, data, _LARGEST_MANIFEST, item)
            continue
        if not member.name.startswith(FOLDER):
            raise _malformed(item, f"{member.name!r} lies outside of {FOLDER}")
        path, seen = member.name.removeprefix(FOLDER), _Seen(data)
        if path in _HELD:
            held[path] = _whole(member, iter(seen), _LARGEST_HELD, item)
        if keep:
            keep(path, iter([held[path]]) if path in held else iter(seen))
        digests[path] = seen.sha256()
        length += member.size
    expected = b"".join(manifest_line(path, sha256) for path, sha256 in digests.items())
    if listed is None or listed != expected:
        raise EvidenceDiffers(
            item=item, happened="its files are not those of its list of digests", advice="take another copy of the file"
        )
    return Contents(_head(held, item), len(digests), length, "keys/archive.key" in digests)


def _head(held: dict[str, bytes], item: str) -> Checkpoint:
    """The signed head of the log in the backup."""
    if set(held) != _HELD:
        raise _malformed(item, "it holds no archive")
    text = held["keys/archive.pub"].decode("utf-8", "replace").removesuffix("\n")
    return opened(held["log/checkpoint"], VerifierKey.parse(text, item), item)


def _whole(member: Member, data: Iterator[bytes], largest: int, item: str) -> bytes:
    if member.size > largest:
        raise _malformed(item, f"{member.name} is too large")
    return b"".join(data)


class _Seen:
    """Bytes that are hashed as they are taken; what nobody takes is hashed at the end."""

    def __init__(self, data: Iterator[bytes]) -> None:
        self._data = data
        self._hash = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._data:
            self._hash.update(piece)
            yield piece

    def sha256(self) -> str:
        """The digest in hexadecimal, once all is taken."""
        for _ in self:
            pass
        return self._hash.hexdigest()


def _malformed(item: str, happened: str) -> UnreadableInput:
    return UnreadableInput(item=item, happened=f"it is no backup: {happened}", advice="take another copy of the file")
