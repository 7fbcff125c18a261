"""Which items of evidence are documents of pages, and how large they may be: PDFs, and pictures where they are asked for.

Sheets of a PDF that are pictures are recognized by default. A picture file is read only where a person asked for that: most
pictures of an archive are photographs, or what a site shows beside its pages, and recognizing takes seconds each.
"""

from dataclasses import dataclass

from tawthiq.page.document_kinds import PDF, PICTURE, document_kind
from tawthiq.records.capture import Capture
from tawthiq.store.settings import Settings

PDF_TYPES = frozenset({"application/pdf", "application/x-pdf"})
PICTURE_TYPES = frozenset({"image/png", "image/jpeg", "image/tiff", "image/webp"})
DOCUMENT_LIMIT = 200_000_000  # bytes: scanned books of some 500 sheets stay below


@dataclass(frozen=True, slots=True)
class Recognizing:
    """What characters are recognized on: `sheets` of documents that are pictures, `pictures` that are files of their own."""

    sheets: bool = True
    pictures: bool = False


def recognizing(settings: Settings, asked: bool | None = None) -> Recognizing:
    """What is recognized: by the person's word where there is one, else by the archive's settings."""
    return Recognizing(settings.recognize, settings.recognize_pictures) if asked is None else Recognizing(asked, asked)


def may_be_document(media_type: str, recognize: Recognizing) -> bool:
    """Whether an item of this media type may be a document of pages."""
    return media_type in PDF_TYPES or (media_type in PICTURE_TYPES and recognize.pictures)


def is_document(data: bytes, recognize: Recognizing) -> bool:
    """Whether bytes are a document that is read, whatever was said of their type."""
    kind = document_kind(data)
    return kind == PDF or (kind == PICTURE and recognize.pictures)


def is_recognized(data: bytes, recognize: Recognizing) -> bool:
    """Whether characters are recognized on what bytes show: on a picture file only where that is asked for."""
    return recognize.pictures if document_kind(data) == PICTURE else recognize.sheets


def payload_limit(capture: Capture, media_type: str, otherwise: int) -> int:
    """How many bytes of an item are read: more of a PDF than of another page."""
    told = media_type in PDF_TYPES or capture.source.lower().endswith(".pdf")
    return DOCUMENT_LIMIT if told else otherwise
