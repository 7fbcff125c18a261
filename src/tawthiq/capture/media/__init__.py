"""What files say of their own making (EXIF, containers of films and sounds, PDF), read without the network.

Parsers of hostile files: called in a bounded process only (`pipeline.media_process`). No pixel and no frame is decoded.
"""

from typing import BinaryIO

from tawthiq.capture.media.documents import document_facts
from tawthiq.capture.media.films import film_facts
from tawthiq.capture.media.pictures import picture_facts
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.media import MediaFacts

_PDF = b"%PDF-"
_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


def media_facts(stream: BinaryIO, item: str) -> MediaFacts:
    """The facts of the file in `stream`, whose first bytes tell its kind.

    Raises UnreadableCapture, naming `item`, when it is no picture, film, sound or PDF, or cannot be read as what it is.
    """
    start = stream.read(1024)
    stream.seek(0)
    if _PDF in start:
        return document_facts(stream, item)
    if start.startswith(_STARTS) or (start.startswith(b"RIFF") and start[8:12] == b"WEBP"):
        return picture_facts(stream, item)
    found = film_facts(stream)
    if found is None:
        raise UnreadableCapture(
            item=item,
            happened="it is no picture, film, sound or PDF that can be read",
            advice="look at it with other tools, with care; it stays in evidence",
        )
    return found
