"""A document made ready for reading: its language, readable stretches, tokens and sentences, worked out once.

Offsets are code points of the document's text as given. Only what lies in a readable stretch is read: comments, menus,
advertisements and notes about the outlet yield nothing.
"""

from dataclasses import dataclass, replace
from itertools import chain

from tawthiq.page.plain import PlainPage
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
    document = completed(document)
    spans = document.readable or ()
    return Prepared(
        document=document,
        language=document.language or language("\n".join(span.of(document.text) for span in spans)),
        readable=spans,
        tokens=tuple(chain.from_iterable(tokens(document.text, span) for span in spans)),
        sentences=tuple(chain.from_iterable(sentences(document.text, span) for span in spans)),
    )


def completed(document: Document) -> Document:
    """The document with its readable stretches, and dated by the date line that it shows itself where no date was given.

    A text whose stretches are given was taken apart as a page already, and is left as it is.
    """
    if document.readable is not None:
        return document
    if not document.text.strip():
        return replace(document, readable=())
    page = PlainPage(document.text)
    spans = report_spans((zone.kind, zone.span) for zone in page.zones) or (Span(0, len(document.text)),)
    shown = page.dated().published if document.published is None else None
    return replace(document, readable=spans, published=shown.day if shown else document.published)


def readable(text: str) -> tuple[Span, ...]:
    """The title and body stretches of a text that survives only as text; the whole text when none is recognised."""
    return completed(Document("", text)).readable or ()
