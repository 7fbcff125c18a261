"""The bytes of one part of a preserved export, out of the record of the whole file, in bounded memory.

A record is one gzip member, so a part is reached by unfolding what stands before it. Parts are asked for in their order:
each thread keeps the last record open and goes on from there, so that reading all parts unfolds the file once.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import local
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator

from tawthiq.page.platforms.telegram_json import TelegramPage, telegram_page
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.export import ExportPart
from tawthiq.records.span import Span
from tawthiq.store import ArchiveFolder
from tawthiq.store.files import BLOCK, storing
from tawthiq.store.keeping_exports import part_of

MOST_BYTES = 8 * 1024 * 1024  # far above what cutting makes


@dataclass(slots=True)
class _Open:
    """A record read up to `at` bytes of its payload."""

    key: tuple[Path, int]
    stream: BinaryIO
    reader: Any
    at: int


_HELD = local()


def part_in(folder: ArchiveFolder, capture: Capture) -> ExportPart | None:
    """The part that a capture is of; None for captures of other kinds. Raises UnreadableInput for a malformed entry."""
    entry = next(folder.entries(capture.log_index), None) if capture.kind is SourceKind.EXPORT else None
    found = part_of(entry) if entry else None
    return found[1] if found else None


def part_bytes(folder: Path, capture: Capture, part: ExportPart) -> bytes:
    """The bytes of `part` of the file that `capture` names, in the archive at `folder`.

    Raises UnreadableCapture when they are not those that were logged, StorageFailed when the file cannot be read.
    """
    if len(part.place) > MOST_BYTES:
        raise _unreadable(capture, f"a part of {len(part.place):,} bytes is more than can be read at once")
    data = _read(folder / capture.path, capture, part.place)
    if sha256(data).hexdigest() != part.sha256:
        raise _unreadable(capture, "its bytes are not those that the log recorded")
    return data


def part_page(data: bytes, capture: Capture, part: ExportPart) -> TelegramPage:
    """The page of a part whose bytes are `data`. Raises UnreadableCapture."""
    return telegram_page(data, part, id=capture.id)


def close() -> None:
    """Let go of the record that is open, if one is."""
    held: _Open | None = getattr(_HELD, "record", None)
    if held is not None:
        _HELD.record = None
        held.stream.close()


def _read(path: Path, capture: Capture, place: Span) -> bytes:
    key = (path, capture.offset)
    with storing(capture.source):
        held: _Open | None = getattr(_HELD, "record", None)
        if held is None or held.key != key or held.at > place.start:
            close()
            held = _HELD.record = _opened(key, capture)
        try:
            while held.at < place.start:
                held.at += _step(held, min(BLOCK, place.start - held.at), capture)
            pieces = []
            while held.at < place.end:
                piece = held.reader.read(min(BLOCK, place.end - held.at))
                held.at += len(piece)
                pieces.append(piece)
                if not piece:
                    raise _unreadable(capture, "its record ends before the part does")
            return b"".join(pieces)
        except (ValueError, RuntimeError) as error:
            raise _unreadable(capture, f"its record cannot be read ({error})") from error


def _step(held: _Open, size: int, capture: Capture) -> int:
    passed = len(held.reader.read(size))
    if not passed:
        raise _unreadable(capture, "its record ends before the part begins")
    return passed


def _opened(key: tuple[Path, int], capture: Capture) -> _Open:
    stream = key[0].open("rb")
    try:
        stream.seek(key[1])
        record = next(iter(ArchiveIterator(stream, parse_http=False)), None)
    except (ValueError, RuntimeError, OSError) as error:
        stream.close()
        raise _unreadable(capture, f"its record cannot be read ({error})") from error
    if record is None:
        stream.close()
        raise _unreadable(capture, f"no record stands at byte {key[1]}")
    return _Open(key, stream, record.reader, 0)


def _unreadable(capture: Capture, happened: str) -> UnreadableCapture:
    close()
    return UnreadableCapture(
        item=capture.source, happened=happened, advice="run tawthiq verify to see whether the evidence changed"
    )
