"""The tree as plain files (C2SP tlog-tiles): paths, bytes, and the right edge that grows.

A tile holds up to 256 hashes: at level 0 leaf hashes, above that the root of each full tile below. Entry bundles hold the
entries themselves, each after its length as a big-endian uint16. Paths are relative to the folder of the log.
"""

from collections.abc import Callable, Iterator

from tawthiq.custody.merkle import HASH_BYTES, joined, leaf_hash, root
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput

WIDTH = 256
ENTRIES = "entries"
LARGEST_ENTRY = 0xFFFF


def numbered(index: int) -> str:
    """A tile index as path elements of three digits, all but the last behind an "x": 1234067 is x001/x234/067."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Where a tile lies; `level` is a number, or ENTRIES for a bundle. Partial tiles say their width."""
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{numbered(index)}{partial}"


def tile_paths(size: int) -> Iterator[str]:
    """Every tile and bundle that a log of `size` entries consists of."""
    for level, count in _rows(size):
        for index in range(count // WIDTH):
            yield tile_path(level, index)
        if count % WIDTH:
            yield tile_path(level, count // WIDTH, count % WIDTH)


def partial_paths(size: int) -> list[str]:
    """The partial tiles and bundle at the right edge of a log of `size` entries."""
    return [tile_path(level, count // WIDTH, count % WIDTH) for level, count in _rows(size) if count % WIDTH]


def _rows(size: int) -> Iterator[tuple[int | str, int]]:
    """The bundles and each level of tiles, with the number of entries or hashes in them."""
    yield ENTRIES, size
    yield from _levels(size)


def _levels(size: int) -> Iterator[tuple[int, int]]:
    """Each level with its number of hashes, from the leaves up."""
    level = 0
    while size:
        yield level, size
        level, size = level + 1, size // WIDTH


def bundle(entries: list[bytes]) -> bytes:
    """The bytes of an entry bundle. Raises UnreadableInput for an entry of more than 65,535 bytes."""
    if any(len(entry) > LARGEST_ENTRY for entry in entries):
        raise UnreadableInput(
            item="entry bundle", happened="an entry has more than 65,535 bytes", advice="log a digest instead"
        )
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def unbundled(data: bytes, item: str) -> list[bytes]:
    """The entries of a bundle. Raises EvidenceDiffers naming `item` when it ends inside an entry."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start])
        if at > len(data) or start > len(data):
            raise _misshapen(item, f"it ends inside entry {len(entries)}")
        entries.append(data[start:at])
    return entries


def hashes_of(data: bytes, item: str) -> list[bytes]:
    """The hashes of a tile. Raises EvidenceDiffers naming `item` when its length is no multiple of 32."""
    if len(data) % HASH_BYTES:
        raise _misshapen(item, f"{len(data)} bytes are not whole hashes")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


class Edge:
    """The right edge of a growing log: all that appending, rooting and tiling need, in memory that stays small.

    `append` takes entries; `tiles` names every tile that changed since `settle` was last called. The caller writes them,
    signs `root()` at `size`, then settles; should writing fail, the same tiles are offered again.
    """

    def __init__(self) -> None:
        self.size = 0
        self._levels: list[list[bytes]] = []
        self._bundle: list[bytes] = []
        self._full: list[tuple[str, bytes]] = []

    @classmethod
    def at(cls, size: int, read: Callable[[str], bytes]) -> "Edge":
        """The edge of a log of `size` entries, from its partial tiles; `read` returns a tile's bytes by its path.

        Raises EvidenceDiffers when a tile does not have the width its path says.
        """
        edge = cls()
        edge.size = size
        for level, count in _levels(size):
            path = tile_path(level, count // WIDTH, count % WIDTH)
            hashes = hashes_of(read(path), path) if count % WIDTH else []
            _expect_width(path, hashes, count % WIDTH)
            edge._levels.append(hashes)
        if size % WIDTH:
            path = tile_path(ENTRIES, size // WIDTH, size % WIDTH)
            edge._bundle = unbundled(read(path), path)
            _expect_width(path, edge._bundle, size % WIDTH)
        return edge

    def append(self, entry: bytes) -> int:
        """Add one entry and return its index."""
        index = self.size
        self._bundle.append(entry)
        if len(self._bundle) == WIDTH:
            self._full.append((tile_path(ENTRIES, index // WIDTH), bundle(self._bundle)))
            self._bundle = []
        self._push(0, index, leaf_hash(entry))
        self.size += 1
        return index

    def _push(self, level: int, position: int, value: bytes) -> None:
        """Add a hash at `position` of a level; a tile that fills up sends its root one level up."""
        if level == len(self._levels):
            self._levels.append([])
        hashes = self._levels[level]
        hashes.append(value)
        if len(hashes) == WIDTH:
            self._full.append((tile_path(level, position // WIDTH), b"".join(hashes)))
            self._levels[level] = []
            self._push(level + 1, position // WIDTH, root(hashes))

    def root(self) -> bytes:
        """The root over all entries so far."""
        return joined([subtree for hashes in reversed(self._levels) for subtree in _complete(hashes)])

    def tiles(self) -> list[tuple[str, bytes]]:
        """Path and bytes of each tile to write before a checkpoint at `size` may be signed."""
        partial = [
            (tile_path(level, count // WIDTH, count % WIDTH), b"".join(self._levels[level]))
            for level, count in _levels(self.size)
            if count % WIDTH
        ]
        if self._bundle:
            partial.append((tile_path(ENTRIES, self.size // WIDTH, len(self._bundle)), bundle(self._bundle)))
        return self._full + partial

    def settle(self) -> None:
        """Forget the full tiles offered so far: they are on disk."""
        self._full = []


def _complete(hashes: list[bytes]) -> Iterator[bytes]:
    """Roots of the complete subtrees in a tile's hashes, largest first."""
    at = 0
    for bit in (128, 64, 32, 16, 8, 4, 2, 1):
        if len(hashes) & bit:
            yield root(hashes[at : at + bit])
            at += bit


def _expect_width(path: str, items: list[bytes], width: int) -> None:
    if len(items) != width:
        raise _misshapen(path, f"it holds {len(items)} values where {width} are due")


def _misshapen(item: str, happened: str) -> EvidenceDiffers:
    return EvidenceDiffers(item=item, happened=happened, advice="run tawthiq verify; restore the file from a backup")
