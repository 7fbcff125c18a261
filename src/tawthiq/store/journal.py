"""The journal: every event with its salt, one line each, written and synchronised before anything else of the log.

It is the log's write-ahead record. Files of 256 lines, numbered like tiles, so that opening an archive reads only the
last one. No line ever changes, but for erasing (`store.erasing`), which replaces a file as a whole. A last line without its
newline was cut by a crash: it is moved to log/torn, never dropped.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from tawthiq.custody.entry import canonical_json, entry_of_line, journal_line
from tawthiq.custody.tiles import WIDTH
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.records.log import LogEntry
from tawthiq.store.files import append, make_folder, read, storing, sync, write_new
from tawthiq.store.layout import Layout

FileState = tuple[int, int, int]
State = tuple[FileState, FileState]
_MANY_WORDS = 40  # looking for more in each line costs as much as taking it apart


def lines_from(layout: Layout, index: int) -> Iterator[tuple[int, bytes, str]]:
    """The lines of entries `index` and on: index, bytes, and "file:line". The last may lack its newline."""
    number, skip = divmod(index, WIDTH)
    while layout.shard(number).is_file():
        lines = lines_of(layout, number)
        yield from lines[skip:]
        if len(lines) < WIDTH or not lines[-1][1].endswith(b"\n"):
            return
        number, skip = number + 1, 0


def lines_of(layout: Layout, number: int) -> list[tuple[int, bytes, str]]:
    """The lines of one journal file, as `lines_from` gives them. Raises StorageFailed, EvidenceDiffers."""
    path = layout.shard(number)
    name = layout.relative(path)
    lines = _lines(read(path, name), name)
    return [(number * WIDTH + at, line, f"{name}:{at + 1}") for at, line in enumerate(lines)]


def entries_from(layout: Layout, index: int) -> Iterator[LogEntry]:
    """The whole entries from `index` on. Raises UnreadableInput or EvidenceDiffers naming file and line."""
    for position, line, item in lines_from(layout, index):
        if not line.endswith(b"\n"):
            return
        yield entry_of_line(line, position, item)


def entries_with(layout: Layout, words: Collection[bytes]) -> Iterator[LogEntry]:
    """The whole entries in whose line one of the words stands as written there (`written`), in order; cheap for few words.

    Raises as `entries_from`, for these lines alone.
    """
    for position, line, item in lines_from(layout, 0):
        if line.endswith(b"\n") and (len(words) > _MANY_WORDS or any(word in line for word in words)):
            yield entry_of_line(line, position, item)


def written(text: str) -> bytes:
    """A text as it stands inside of a line."""
    return canonical_json(text)[1:-1]


def index_written(index: int | str) -> bytes:
    """How the line of an entry, and those of a few others, name its number."""
    return f'"index":{index}'.encode()


def append_entries(layout: Layout, index: int, entries: Sequence[LogEntry]) -> None:
    """Add whole entries, the first of which is number `index`, durably."""
    lines = [journal_line(each.index, each.event, each.salt) for each in entries if each.event and each.salt]
    while lines:
        number, filled = divmod(index, WIDTH)
        now, lines = lines[: WIDTH - filled], lines[WIDTH - filled :]
        append(layout.shard(number), b"".join(now))
        index += len(now)


def shard_state(layout: Layout, size: int) -> State:
    """What the system says of the shard that entry `size` goes to, and of the one after: changed when others wrote.

    Not the lengths alone: erasing makes lines shorter, and others may append as much again.
    """
    number = size // WIDTH
    return _state(layout.shard(number)), _state(layout.shard(number + 1))


def expect_lines(layout: Layout, size: int) -> None:
    """Raises EvidenceDiffers unless the journal reaches up to entry `size`: a line more would stand at a wrong place."""
    begin = max(size - 1, 0) // WIDTH * WIDTH
    present = begin + sum(line.endswith(b"\n") for _, line, _ in lines_from(layout, begin))
    if present < size:
        raise EvidenceDiffers(
            item=layout.relative(layout.shard(present // WIDTH)),
            happened=f"it ends after entry {present - 1}, and {size} entries were signed",
            advice="nothing is written into a damaged log: restore the file from a backup; tawthiq verify names the rest",
        )


def move_torn_aside(layout: Layout, index: int) -> Path | None:
    """Move the cut line at entry `index`, if there is one, to log/torn; returns where it lies now.

    The copy is made and named by its digest before the journal is shortened, so that a crash in between loses nothing.
    """
    for position, line, _ in lines_from(layout, index):
        if line.endswith(b"\n"):
            continue
        target = layout.torn / f"{hashlib.sha256(line).hexdigest()}.part"
        if not target.exists():
            make_folder(layout.torn)
            write_new(target, line)
        path = layout.shard(position // WIDTH)
        with storing(layout.relative(path)), path.open("r+b") as stream:
            stream.truncate(path.stat().st_size - len(line))
            sync(stream)
        return target
    return None


def _lines(data: bytes, name: str) -> list[bytes]:
    """The lines of one journal file, newlines included; the last may lack it."""
    parts = data.split(b"\n")
    lines = [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
    if len(lines) > WIDTH:
        raise EvidenceDiffers(
            item=name,
            happened=f"it has {len(lines)} lines where a journal file has at most {WIDTH}",
            advice="compare with a backup; lines were added",
        )
    return lines


def _state(path: Path) -> FileState:
    """Number, length in bytes and time of the last change of a file; zeros where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0, 0
    return found.st_ino, found.st_size, found.st_mtime_ns
