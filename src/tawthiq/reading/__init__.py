"""Pure: what a report says. Statements with their speakers, events with who, where, when and how many."""

from tawthiq.reading.prepared import prepare
from tawthiq.reading.statements import statements
from tawthiq.records.reading import Document, Reading


def read(document: Document) -> Reading:
    """The statements and events of one document, every value with its characters. Same document, same reading."""
    prepared = prepare(document)
    said = statements(prepared)
    return Reading(document.id, prepared.language, document.published, said, ())
