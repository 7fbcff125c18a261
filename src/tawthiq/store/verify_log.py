"""Verification of the log: journal, entry bundles, tiles and checkpoint, each recomputed from the others.

The same leaves are written three times: salted in the journal, plain in the bundles, hashed in the tiles. The writing
whose root the checkpoint signs is the truth against which every file is held, so that a damaged file is named and not
the sound ones beside it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, zip_longest

from tawthiq.custody import meaning
from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.entry import entry_of_line
from tawthiq.custody.merkle import leaf_hash, root
from tawthiq.custody.note import Note
from tawthiq.custody.tiles import ENTRIES, WIDTH, hashes_of, partial_paths, tile_path, tile_paths, unbundled
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry
from tawthiq.store.files import read
from tawthiq.store.journal import lines_from
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout

_ABSENT = b""
_CHECKPOINT_PROVES = meaning.CHECKPOINT.proves.en
_JOURNAL_PROVES = meaning.JOURNAL.proves.en
_TREE_PROVES = meaning.TREE.proves.en
_TAIL_PROVES = meaning.TAIL.proves.en


@dataclass(frozen=True, slots=True)
class LogMoment:
    """What of a log can change under a reader's hands, as it was at one moment: the rest is only ever added to.

    `files` holds the checkpoint and the partial tiles that it needs, by their paths relative to log/; one that cannot be
    read is left out. `lines` is how many lines the journal had, a cut one included.
    """

    files: dict[str, bytes]
    lines: int


def log_at_this_moment(layout: Layout) -> LogMoment:
    """The moment to examine; to be called while nobody writes. Reads the log's head and the end of its journal only."""
    files: dict[str, bytes] = {}
    size = 0
    with suppress(TawthiqError):
        files["checkpoint"] = read(layout.checkpoint, "log/checkpoint")
        size = opened(files["checkpoint"], read_public(layout), "log/checkpoint").size
    for path in partial_paths(size):
        with suppress(TawthiqError):
            files[path] = read(layout.log / path, f"log/{path}")
    lines = size - size % WIDTH
    with suppress(TawthiqError):
        for index, _, _ in lines_from(layout, lines):
            lines = index + 1
    return LogMoment(files, lines)


class LogExamination:
    """Reads the log of one archive as it was at `moment` and holds each of its files against the others.

    `recovering` says that a run is at work or was interrupted: then a tail beyond the checkpoint is to be expected.
    """

    def __init__(self, layout: Layout, moment: LogMoment, *, recovering: bool) -> None:
        self._layout = layout
        self._moment = moment
        self._recovering = recovering
        self._failures: list[Check] = []
        self._places: list[str] = []
        self._torn: str | None = None
        self.entries: list[LogEntry] = []
        # The leaf hashes that the head was signed over, as far as they can be told; known once `checks` was asked.
        self.leaves: list[bytes] = []
        self._journal: list[bytes] = []
        self._read_journal()
        self.head = self._read_head()
        self._size = self.head.size if self.head else len(self._journal)
        self._required = list(tile_paths(self._size))

    @property
    def files(self) -> set[str]:
        """Every file that the log consists of, relative to the archive; what is logged of log/torn comes besides."""
        places = [*self._places, *([self._torn] if self._torn else [])]
        return {
            "log/checkpoint",
            *(f"log/{path}" for path in self._required),
            *(place.rpartition(":")[0] for place in places),
        }

    def checks(self) -> Iterator[Check]:
        """One check each for checkpoint, journal and tiles; in place of the last two, one for each thing that differs."""
        bundles, tiles = self._leaves_of_bundles(), self._leaves_of_tiles()
        truth = self.leaves = self._truth(bundles, tiles)
        self._compare_journal(truth)
        self._compare_bundles(bundles, truth)
        self._compare_tiles(truth)
        if self.head:
            found = f"{self.head.size} entries, root {self.head.root.hex()}"
            yield Check("log/checkpoint", holds=True, found=found, proves=_CHECKPOINT_PROVES)
        yield from self._failures
        yield from self._tail()
        if not self._failures:
            yield Check("log/journal", holds=True, found=f"{len(self._journal)} events", proves=_JOURNAL_PROVES)
            found = f"{len(self._required)} tiles and bundles"
            yield Check("log/tile", holds=True, found=found, proves=_TREE_PROVES)

    def _read_journal(self) -> None:
        """Take the leaf hash and the place of each line; the leaf is absent where a line is not one of ours."""
        try:
            for index, line, place in islice(lines_from(self._layout, 0), self._moment.lines):
                if not line.endswith(b"\n"):
                    self._torn = place
                    return
                self._journal.append(self._leaf_of_line(index, line, place))
                self._places.append(place)
        except TawthiqError as error:
            self._fail(error.item, error.happened, _JOURNAL_PROVES)

    def _leaf_of_line(self, index: int, line: bytes, place: str) -> bytes:
        try:
            entry = entry_of_line(line, index, place)
        except TawthiqError as error:
            self._fail(place, error.happened, _JOURNAL_PROVES)
            return _ABSENT
        self.entries.append(entry)
        return leaf_hash(entry.leaf)

    def _read_head(self) -> Checkpoint | None:
        """The signed head; None, and a failure, where it cannot be trusted."""
        try:
            data = self._read("checkpoint")
            head = opened(data, read_public(self._layout), "log/checkpoint")
            note = Note.parse(data, "log/checkpoint")
        except TawthiqError as error:
            self._fail("log/checkpoint", f"{error.item}: {error.happened}", _CHECKPOINT_PROVES)
            return None
        if len(note.signatures) != 1:
            names = ", ".join(signature.name for signature in note.signatures)
            self._fail("log/checkpoint", f"it carries signatures besides the log's own: {names}", _CHECKPOINT_PROVES)
        return head

    def _read(self, path: str) -> bytes:
        """A file of the log, `path` relative to log/, as it was at the moment that is examined."""
        held = self._moment.files.get(path)
        return read(self._layout.log / path, f"log/{path}") if held is None else held

    def _leaves_of_bundles(self) -> list[bytes]:
        """The leaf hashes of the entries in the bundles; absent where a bundle is missing or misshapen."""
        leaves: list[bytes] = []
        for path in self._required:
            if path.startswith(f"tile/{ENTRIES}/"):
                found = self._hashes(path, lambda data, item: [leaf_hash(each) for each in unbundled(data, item)])
                leaves += self._fitted(path, found, len(leaves))
        return leaves

    def _leaves_of_tiles(self) -> list[bytes]:
        """The leaf hashes in the tiles of level 0; absent where a tile is missing or misshapen."""
        leaves: list[bytes] = []
        for path in self._required:
            if path.startswith("tile/0/"):
                leaves += self._fitted(path, self._hashes(path, hashes_of), len(leaves))
        return leaves

    def _hashes(self, path: str, parse: Callable[[bytes, str], list[bytes]]) -> list[bytes]:
        """What a file of the log holds; nothing, and a failure, where it cannot be read or is empty."""
        try:
            found = parse(self._read(path), f"log/{path}")
        except TawthiqError as error:
            self._fail(f"log/{path}", error.happened, _TREE_PROVES)
            return []
        if not found:
            self._fail(f"log/{path}", "it is empty", _TREE_PROVES)
        return found

    def _fitted(self, path: str, found: list[bytes], before: int) -> list[bytes]:
        """`found` with exactly as many values as belong into the file that begins at leaf `before`."""
        due = min(WIDTH, self._size - before)
        if len(found) not in (0, due):
            self._fail(f"log/{path}", f"it holds {len(found)} entries where {due} are due", _TREE_PROVES)
        return (found + [_ABSENT] * due)[:due]

    def _truth(self, bundles: list[bytes], tiles: list[bytes]) -> list[bytes]:
        """The leaves that were signed: the writing that adds up to the signed root, else what most writings agree on."""
        writings = [self._journal[: self._size], bundles, tiles]
        for leaves in writings:
            if self._is_signed(leaves):
                return leaves
        columns = zip_longest(*writings, fillvalue=_ABSENT)
        agreed = [Counter(sorted(column, reverse=True)).most_common(1)[0][0] for column in columns]
        if self.head and not self._is_signed(agreed):
            self._fail("log", "no writing of its entries adds up to the signed root", _TREE_PROVES)
        return agreed

    def _is_signed(self, leaves: list[bytes]) -> bool:
        return self.head is not None and len(leaves) == self._size and root(leaves) == self.head.root

    def _compare_journal(self, truth: list[bytes]) -> None:
        for index, leaf in enumerate(truth):
            if index >= len(self._journal):
                path = self._layout.relative(self._layout.shard(index // WIDTH))
                missing = self._size - len(self._journal)
                self._fail(path, f"the lines of {missing} entries from {index} on are missing", _JOURNAL_PROVES)
                return
            if self._journal[index] not in (leaf, _ABSENT):
                self._fail(self._places[index], f"it does not hash to entry {index} of the log", _JOURNAL_PROVES)

    def _compare_bundles(self, bundles: list[bytes], truth: list[bytes]) -> None:
        for number in range(0, self._size, WIDTH):
            if bundles[number : number + WIDTH] != truth[number : number + WIDTH]:
                path = tile_path(ENTRIES, number // WIDTH, min(WIDTH, self._size - number))
                self._fail(f"log/{path}", "its entries are not those of the log", _TREE_PROVES)

    def _compare_tiles(self, truth: list[bytes]) -> None:
        """Hold every tile against the one recomputed from the leaves."""
        level, hashes = 0, truth
        while hashes:
            for start in range(0, len(hashes), WIDTH):
                due = hashes[start : start + WIDTH]
                path = tile_path(level, start // WIDTH, len(due))
                if self._hashes(path, hashes_of) != due:
                    self._fail(f"log/{path}", "its hashes are not those of the tree", _TREE_PROVES)
            full = range(0, len(hashes) - len(hashes) % WIDTH, WIDTH)
            level, hashes = level + 1, [root(hashes[start : start + WIDTH]) for start in full]

    def _tail(self) -> Iterator[Check]:
        """What the journal holds beyond the checkpoint: expected of a run, a fault otherwise."""
        places = [*self._places[self._size :], *([self._torn] if self._torn else [])]
        if not places:
            return
        if self._recovering:
            found = (
                f"{len(places)} lines not signed yet, by a run at work or finished at the next use, from {places[0]}"
            )
            yield Check("log tail", holds=True, found=found, proves=_TAIL_PROVES)
        else:
            found = f"{len(places)} lines that no checkpoint covers and no interrupted run explains"
            self._failures.append(Check(places[0], holds=False, found=found, proves=_TAIL_PROVES))
            yield self._failures[-1]

    def _fail(self, name: str, found: str, proves: str) -> None:
        check = Check(name, holds=False, found=found, proves=proves)
        if check not in self._failures:
            self._failures.append(check)
