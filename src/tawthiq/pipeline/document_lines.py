"""One line of input as the document to read: a document of reading/1, or a page of page/1 as `tawthiq page` writes it.

A page brings its zones: what a reader commented on it is not read as the outlet's words.
"""

from collections.abc import Mapping
from typing import Any

from tawthiq.page.contract import SCHEMA, page_from_json
from tawthiq.pipeline.read_capture import document_of
from tawthiq.reading.contract import document_from_json
from tawthiq.records.reading import Document


def document_of_line(entry: Mapping[str, Any]) -> Document:
    """The document of one input line. Raises UnreadableInput naming what is missing or of the wrong kind."""
    if entry.get("schema") == SCHEMA:
        return document_of(page_from_json(entry))
    return document_from_json(entry)
