"""A document made ready for reading: its language, readable stretches, tokens and sentences, worked out once.

Offsets are code points of the document's text as given. Only what lies in a readable stretch is read: comments, menus,
advertisements and notes about the outlet yield nothing.
"""

from dataclasses import dataclass
from itertools import chain

from tawthiq.page.plain import plain_zones
from tawthiq.page.report import report_spans
from tawthiq.records.reading import Document
from tawthiq.records.span import Span
from tawthiq.text.language import language
from tawthiq.text.sentences import sentences
from tawthiq.text.tokens import Token, tokens


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A document, and what every reader of it needs; one is equal to itself only, so that it is quickly looked up.

    `tokens` and `sentences` cover the readable stretches only, in text order, with offsets into the whole text.
    `language` is the document's own when given, else found by script and function words.
    """

    document: Document
    language: str
    readable: tuple[Span, ...]
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]


def prepare(document: Document) -> Prepared:
    """The document with its readable stretches cut into tokens and sentences."""
    spans = document.readable if document.readable is not None else readable(document.text)
    return Prepared(
        document=document,
        language=document.language or language(document.text),
        readable=spans,
        tokens=tuple(chain.from_iterable(tokens(document.text, span) for span in spans)),
        sentences=tuple(chain.from_iterable(sentences(document.text, span) for span in spans)),
    )


def readable(text: str) -> tuple[Span, ...]:
    """The title and body stretches of a text that survives only as text; the whole text when none is recognised."""
    if not text.strip():
        return ()
    return report_spans((zone.kind, zone.span) for zone in plain_zones(text)) or (Span(0, len(text)),)
