"""One preserved record out of its file, but never more of it than a page may have: looked at first, loaded only then.

A record may be compressed a thousandfold, so its length in the file says little; the length that its own header states is
read before its block is.
"""

from pathlib import Path

from fastwarc.warc import ArchiveIterator

from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import UnreadableCapture
from tawthiq.store import ArchiveFolder, StoredRecord
from tawthiq.store.events import ordinal_of
from tawthiq.store.wacz import SUFFIX as PACKAGE
from tawthiq.store.wacz import piece
from tawthiq.store.warc_reading import read_record

HEADERS_ALLOWANCE = 1_000_000


def ordinal_in(folder: ArchiveFolder, capture: Capture) -> int:
    """How many records stand before a capture's at its place; 0 but in others' WARC files that are one gzip member."""
    entry = next(folder.entries(capture.log_index), None) if capture.kind is SourceKind.WARC else None
    return ordinal_of(entry) if entry else 0


def record_within(folder: Path, capture: Capture, ordinal: int, limit: int) -> StoredRecord:
    """The record of `capture` in the archive at `folder`, after `ordinal` others that share its place.

    Raises UnreadableCapture when it, or the one piece of file that must be opened for it, is larger than `limit` bytes;
    StorageFailed when the file cannot be read.
    """
    path = folder / capture.path
    allowed = limit + HEADERS_ALLOWANCE
    if capture.length > allowed and path.suffix != PACKAGE:  # a package's deflated file is unfolded in passing
        kept = "its record lies in a piece of file" if ordinal else "its record"
        raise _too_large(capture, f"{kept} of {capture.length:,} bytes", limit)
    length = _stated_length(path, capture, ordinal)
    if length is not None and length > allowed:
        raise _too_large(capture, f"its record unfolds to {length:,} bytes", limit)
    return read_record(path, capture.offset, capture.length, ordinal, capture.source)


def _stated_length(path: Path, capture: Capture, ordinal: int) -> int | None:
    """The length of the record's block as its header states it; None when no header can be read."""
    with piece(path, capture.offset, capture.length, capture.source) as stream:
        try:
            for place, record in enumerate(ArchiveIterator(stream, parse_http=False)):
                if place == ordinal:
                    return int(record.content_length)
        except (OSError, ValueError, RuntimeError):
            return None
    return None


def _too_large(capture: Capture, what: str, limit: int) -> UnreadableCapture:
    return UnreadableCapture(
        item=capture.source,
        happened=f"{what}, more than a page of {limit:,} bytes can have",
        advice="look at it with other tools; it stays in evidence",
    )
