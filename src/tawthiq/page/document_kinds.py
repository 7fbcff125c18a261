"""Whether bytes are a document of pages: a PDF, or a picture that recognition can read.

Pure, and free of PDFium, which is loaded for documents only. Signatures follow the WHATWG MIME Sniffing standard.
"""

import re

PDF = "pdf"
PICTURE = "picture"
_MARK = re.compile(rb"%PDF-\d")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")


def document_kind(data: bytes) -> str | None:
    """PDF, or PICTURE for what recognition can read (PNG, JPEG, TIFF, WebP), or None."""
    if is_pdf(data):
        return PDF
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return PICTURE
    return None


def is_pdf(data: bytes) -> bool:
    """Whether `data` begins as PDF files do; the mark may stand within the first 1,024 bytes (ISO 32000-1, annex H)."""
    return data.startswith(b"%PDF-") or bool(_MARK.search(data[:1024]) and b" obj" in data[:65536])
