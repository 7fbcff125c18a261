"""The words of a page as the index holds them: its own words, and its readers' comments apart.

Navigation, related links, advertisements and forms are not searched: they are the same on every page of an outlet.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tawthiq.records.page import Page, ZoneKind
from tawthiq.records.span import Span
from tawthiq.text.analysis import analyse

OWN_WORDS = frozenset({ZoneKind.TITLE, ZoneKind.BODY, ZoneKind.CAPTION, ZoneKind.BYLINE})
COMMENTS = frozenset({ZoneKind.COMMENT})


@dataclass(frozen=True, slots=True)
class SearchWords:
    """Words joined by blanks: as folded, and stemmed, in the same order."""

    exact: str
    stemmed: str
    comments_exact: str
    comments_stemmed: str


def searchable(page: Page) -> SearchWords:
    """The words of a page's searched zones."""
    own = _words(page.text, (zone.span for zone in page.zones if zone.kind in OWN_WORDS))
    comments = _words(page.text, (zone.span for zone in page.zones if zone.kind in COMMENTS))
    return SearchWords(*own, *comments)


def _words(text: str, spans: Iterable[Span]) -> tuple[str, str]:
    found = [word for span in spans for word in analyse(span.of(text))]
    return " ".join(word.exact for word in found), " ".join(word.stem for word in found)
