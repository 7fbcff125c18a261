"""From the file of an open gazetteer to a place pack (lexicon/place_pack.py), in bounded memory.

Two passes: the first learns the administrative areas, which name the parents of all others; the second writes places and
names in sorted runs, which are merged. A governorate that the embedded gazetteer knows stands in under its own code. The
same file gives the same pack, byte for byte. Bad lines are reported and left out.
"""

import gzip
import hashlib
import heapq
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from lzma import LZMAError
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Protocol

from tawthiq.capture.names import storable
from tawthiq.lexicon.folded import name_words
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.lexicon.place_pack import NOTHING, PackHeader
from tawthiq.pipeline.place_rows import WOF_COLUMNS, PackRow, geonames_row, wof_row
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.place import PlaceKind

RUN_LINES = 200_000
LONGEST_LINE = 1 << 20
# A dump unpacks to about five times its size; what goes far beyond is made to fill the disk.
MOST_UNPACKED = 100
ALWAYS_UNPACKED = 64 << 20
_HEAD = "\t".join(WOF_COLUMNS)
_ENCRYPTED = 1  # general purpose bit flag (PKWARE APPNOTE 4.4.4)
Report = Callable[[UnreadableInput], None]


def build(source: Path, name: str, target: IO[bytes], report: Report) -> PackHeader:
    """Write the pack of `source` to `target` and return its header; `report` is told of each line left out.

    `source` is a GeoNames dump (plain, gzip or zip) or a Who's On First table (plain or gzip). Raises UnreadableInput when
    the file is neither, holds no place or cannot be opened, OSError when the disk is full.
    """
    areas = _areas(source)
    with ExitStack() as held:
        places, names = _Sorted(held), _Sorted(held)
        for row in _rows(source, report):
            own = _own_governorate(row)
            if own is None:
                places.add(_place_line(row, _parent(row, areas)))
            for key, code in _keys(row, own or row.code):
                names.add(f"{key}\t{code}\n")
        body = held.enter_context(TemporaryFile())
        counts = _write(places.merged(), body)
        size = body.tell()
        named = _write(_joined(names.merged()), body)
        if not named:
            raise _unreadable(source, "it holds no place that can be used")
        header = PackHeader(name, storable(source.name), counts, named, size, _digest(body))
        target.write(header.line())
        for block in _blocks(body):
            target.write(block)
    return header


def _areas(source: Path) -> dict[str, str]:
    """The code of each administrative area by the key that other rows name it with."""
    found: dict[str, str] = {}
    for row in _rows(source, lambda _error: None):
        if row.kind in (PlaceKind.GOVERNORATE, PlaceKind.DISTRICT):
            found[row.key] = _own_governorate(row) or row.code
    return found


def _own_governorate(row: PackRow) -> str | None:
    """The code of the embedded governorate that a row repeats, or None."""
    if row.kind is not PlaceKind.GOVERNORATE:
        return None
    known = (place for name in (*row.names_ar, *row.names_en) for place in gazetteer().named(name))
    return next((p.code for p in known if p.kind is PlaceKind.GOVERNORATE and p.country == row.country), None)


def _parent(row: PackRow, areas: dict[str, str]) -> str:
    """The code of the nearest wider place that exists; the country at last."""
    codes = (areas.get(parent) for parent in row.parents if parent != row.key)
    return next((code for code in codes if code is not None and code != row.code), row.country)


def _place_line(row: PackRow, parent: str) -> str:
    cells = (row.code, row.kind.value, row.country, parent, row.latitude, row.longitude, row.population,
             row.names_ar[0] if row.names_ar else NOTHING, row.names_en[0] if row.names_en else NOTHING)  # fmt: skip
    return "\t".join(map(str, cells)) + "\n"


def _keys(row: PackRow, code: str) -> set[tuple[str, str]]:
    """The keys of a place's names with its code, and those of the words with which they begin, with none."""
    found: set[tuple[str, str]] = set()
    for words in map(name_words, (*row.names_ar, *row.names_en)):
        found.update(("".join(words[:count]), "") for count in range(1, len(words)))
        found.add(("".join(words), code))
    return {pair for pair in found if pair[0]}


def _joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    """One line a key, with all codes."""
    for key, group in groupby(lines, key=lambda line: line.partition(b"\t")[0]):
        codes = dict.fromkeys(line.rstrip(b"\n").partition(b"\t")[2] for line in group)
        yield b"\t".join((key, *(filter(None, codes) if any(codes) else (b"",)))) + b"\n"


class _Sorted:
    """Lines sorted by their bytes in runs on disk; each line once."""

    def __init__(self, held: ExitStack) -> None:
        self._held, self._waiting = held, list[bytes]()
        self._runs: list[IO[bytes]] = []

    def add(self, line: str) -> None:
        self._waiting.append(line.encode())
        if len(self._waiting) >= RUN_LINES:
            self._put_down()

    def merged(self) -> Iterator[bytes]:
        """All lines in order."""
        self._put_down()
        for line, _same in groupby(heapq.merge(*self._runs)):
            yield line

    def _put_down(self) -> None:
        run = self._held.enter_context(TemporaryFile())  # noqa: SIM115  closed when the pack is built
        run.writelines(sorted(self._waiting))
        run.seek(0)
        self._runs.append(run)
        self._waiting.clear()


def _write(lines: Iterable[bytes], stream: IO[bytes]) -> int:
    """Write lines; how many."""
    count = 0
    for line in lines:
        stream.write(line)
        count += 1
    return count


def _digest(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    for block in _blocks(stream):
        found.update(block)
    return found.hexdigest()


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while block := stream.read(1 << 20):
        yield block


def _rows(source: Path, report: Report) -> Iterator[PackRow]:
    """The usable rows of a file, whatever its form and packing."""
    with _lines(source) as lines:
        parse = geonames_row
        for number, line in enumerate(lines, start=1):
            text = line.decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")
            if number == 1 and text == _HEAD:
                parse = wof_row
                continue
            if not text:
                continue
            try:
                if len(line) >= LONGEST_LINE or "\ufffd" in text:
                    raise UnreadableInput(
                        item=f"{source.name}:{number}", happened="it is no line of UTF-8 text",
                        advice="the line is left out; the others are imported",
                    )  # fmt: skip
                row = parse(text, f"{source.name}:{number}")
            except UnreadableInput as error:
                report(error)
                continue
            if row is not None:
                yield row


@contextmanager
def _lines(source: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file that is plain, gzip, or zip with the dump in it."""
    with ExitStack() as held:
        try:
            plain = held.enter_context(source.open("rb"))
            start = plain.read(2)
            plain.seek(0)
        except OSError as error:
            raise UnreadableInput(
                item=str(source), happened=f"it cannot be opened ({error.strerror})", advice="check its name and rights"
            ) from error
        try:
            if start == b"\x1f\x8b":
                yield _unpacked(held.enter_context(gzip.open(plain)), source)
            elif start == b"PK":
                archive = held.enter_context(zipfile.ZipFile(plain))
                yield _unpacked(held.enter_context(archive.open(_dump_in(archive, source))), source)
            else:
                yield _bounded(plain)
        except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, LZMAError) as error:
            raise _unreadable(source, f"it is damaged or cut off ({error})") from error
        except NotImplementedError as error:  # what zipfile says of a packing that it does not know
            raise _unreadable(source, f"it is packed in a way that cannot be read ({error})") from error


class _Lined(Protocol):
    """What gives lines, none longer than asked."""

    def readline(self, size: int, /) -> bytes:
        """The next line or its first `size` bytes; empty at the end."""


def _bounded(stream: _Lined) -> Iterator[bytes]:
    """Lines, none read further than LONGEST_LINE."""
    while line := stream.readline(LONGEST_LINE):
        yield line


def _unpacked(stream: _Lined, source: Path) -> Iterator[bytes]:
    """The lines of a packed file. Raises UnreadableInput when they are far more than such a file can hold."""
    most = max(ALWAYS_UNPACKED, MOST_UNPACKED * source.stat().st_size)
    for line in _bounded(stream):
        most -= len(line)
        if most < 0:
            raise _unreadable(source, f"it unpacks to more than {MOST_UNPACKED} times its size")
        yield line


def _dump_in(archive: zipfile.ZipFile, source: Path) -> zipfile.ZipInfo:
    """The one text in a GeoNames zip that is the dump; nothing is unpacked under the names inside."""
    texts = [e for e in archive.infolist() if e.filename.endswith(".txt") and e.filename.lower() != "readme.txt"]
    if len(texts) != 1:
        raise _unreadable(source, f"it holds {len(texts)} files that may be the dump, not one")
    if texts[0].flag_bits & _ENCRYPTED:
        raise _unreadable(source, "it is locked with a password")
    return texts[0]


def _unreadable(source: Path, happened: str) -> UnreadableInput:
    return UnreadableInput(
        item=str(source), happened=happened, advice="give a GeoNames dump (CC.txt, CC.zip) or a Who's On First table"
    )
