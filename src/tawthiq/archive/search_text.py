"""The words of a page as the index holds them: its own words, and its readers' comments apart.

Navigation, related links, advertisements and forms are not searched: they are the same on every page of an outlet.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tawthiq.archive.word_places import packed
from tawthiq.records.page import Page, ZoneKind
from tawthiq.records.span import Span
from tawthiq.text.analysis import analyse

OWN_WORDS = frozenset({ZoneKind.TITLE, ZoneKind.BODY, ZoneKind.CAPTION, ZoneKind.BYLINE})
COMMENTS = frozenset({ZoneKind.COMMENT})
# A folded word may hold blanks (one character of honorific praise unfolds to four words), but never a newline.
BETWEEN = "\n"


@dataclass(frozen=True, slots=True)
class SearchWords:
    """Words in text order: as folded, stemmed, and where each stands."""

    exact: str
    stemmed: str
    places: bytes


def own_words(page: Page) -> SearchWords:
    """What the outlet wrote: title, body, captions, byline."""
    return _words(page.text, (zone.span for zone in page.zones if zone.kind in OWN_WORDS))


def comment_words(page: Page) -> SearchWords:
    """What readers wrote below."""
    return _words(page.text, (zone.span for zone in page.zones if zone.kind in COMMENTS))


def _words(text: str, spans: Iterable[Span]) -> SearchWords:
    found = [(span.start, word) for span in sorted(spans) for word in analyse(span.of(text))]
    return SearchWords(
        BETWEEN.join(word.exact for _, word in found),
        BETWEEN.join(word.stem for _, word in found),
        packed(word.span.shifted(start) for start, word in found),
    )
