"""The agencies that a report credits on the first and last lines of what is compared of it (page.agencies)."""

import re

from tawthiq.linking.shingles import stretches
from tawthiq.page.agencies import Credit, body_credits
from tawthiq.records.reading import Document

_LINE = re.compile(r"[^\s][^\r\n]*")


def credits_of(document: Document) -> list[Credit]:
    """The credits of a document, in text order, with offsets of its text."""
    lines = [
        (span.start + line.start(), span.start + line.end())
        for span in stretches(document)
        for line in _LINE.finditer(span.of(document.text))
    ]
    return body_credits(document.text, lines)
