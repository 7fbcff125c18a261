"""PDF documents: what their information dictionary says of their making (ISO 32000-1, 14.3.3), by PDFium."""

from typing import BinaryIO

import pypdfium2

from tawthiq.capture.media.telling import facts_in, line
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.media import MediaFact, MediaFacts, MediaKind

_KNOWN = {
    "CreationDate": ("made", False), "ModDate": ("changed", False), "Producer": ("producer", True),
    "Creator": ("software", True), "Author": ("author", True), "Title": ("title", True), "Subject": ("description", True),
    "Keywords": ("keywords", True),
}  # fmt: skip


def document_facts(stream: BinaryIO, item: str) -> MediaFacts:
    """The facts of a PDF. Raises UnreadableCapture, naming `item`, when PDFium cannot open it."""
    try:
        document = pypdfium2.PdfDocument(stream.read())
        facts = [MediaFact("format", _version(document)), MediaFact("pages", str(len(document)))]
        told = facts_in(document.get_metadata_dict(), _KNOWN)
    except pypdfium2.PdfiumError as error:
        raise UnreadableCapture(
            item=item,
            happened=f"it cannot be opened as a PDF ({line(error)[:120]})",
            advice="look at it with other tools, with care; it stays in evidence",
        ) from error
    return MediaFacts(MediaKind.DOCUMENT, (*facts, *told))


def _version(document: pypdfium2.PdfDocument) -> str:
    number = document.get_version()
    return f"PDF {number // 10}.{number % 10}" if number else "PDF"
