"""Search over the words of reports: the database's index finds and ranks, the original text gives the snippets.

Whatever a person types is taken as words and "phrases"; no input can be a syntax error. A word is found as it is written
(letters folded) or by its stem; a phrase as it is written. SQLite and PostgreSQL have an index each (`search_sqlite`,
`search_postgresql`) and answer alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, overload

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from tawthiq.archive import search_postgresql, search_sqlite
from tawthiq.archive.models import Capture, Report
from tawthiq.archive.search_contract import Hidden
from tawthiq.archive.search_text import COMMENTS, OWN_WORDS
from tawthiq.archive.snippets import Snippet, found_words, snippet
from tawthiq.records.page import ZoneKind
from tawthiq.records.span import Span
from tawthiq.text.analysis import QueryPart, analyse_query

MOST_TERMS = 32


class Index(Protocol):
    """What each database's search does; terms are never empty."""

    def matching(self, terms: Sequence[QueryPart], comments: bool) -> RawSQL:
        """The primary keys of all reports that hold every term."""

    def counted(self, terms: Sequence[QueryPart], comments: bool, hidden: Hidden) -> int:
        """How many they are, without the hidden ones."""

    def ranked(
        self, terms: Sequence[QueryPart], comments: bool, hidden: Hidden, start: int, number: int
    ) -> dict[int, list[str]]:
        """The reports of one slice, best first, each with its searched columns, matches in marks."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that holds the words, and the words in their place."""

    report: Report
    snippet: Snippet


def search(words: str, limit: int = 20, comments: bool = False) -> list[Hit]:
    """The best matches for `words`, at most `limit`; readers' comments are searched on request only."""
    return Results(words, comments)[:limit]


def matching(words: str, comments: bool = False) -> RawSQL | list[int]:
    """The primary keys of all reports that hold the words, for use in a filter."""
    terms = _terms(words)
    return _index().matching(terms, comments) if terms else []


class Results(Sequence[Hit]):
    """All matches in the order of their rank; a sequence that asks the index only for the slice that is shown.

    `hidden` are the numbers of reports that are neither shown nor counted.
    """

    def __init__(self, words: str, comments: bool = False, hidden: QuerySet[Capture, int] | None = None) -> None:
        self._terms = _terms(words)
        self._comments = comments
        self._hidden = Hidden(hidden)
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            asked = self._terms, self._comments, self._hidden
            self._length = _index().counted(*asked) if self._terms else 0
        return self._length

    @overload
    def __getitem__(self, place: int) -> Hit: ...

    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...

    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        if isinstance(place, int):
            found = self[place : place + 1]
            if not found:
                raise IndexError(place)
            return found[0]
        start = place.start or 0
        number = max(0, (len(self) if place.stop is None else place.stop) - start)
        asked = self._terms, self._comments, self._hidden
        marked = _index().ranked(*asked, start, number) if self._terms else {}
        reports = (
            Report.objects.select_related("capture", "search_text").prefetch_related("zones").in_bulk(list(marked))
        )
        return [self._hit(reports[number], texts) for number, texts in marked.items() if number in reports]

    def _hit(self, report: Report, texts: list[str]) -> Hit:
        """The words that matched in the outlet's own text, else those in its readers' comments."""
        words = report.search_text
        searched = (OWN_WORDS, words.places, texts[:2]), (COMMENTS, words.comments_places, texts[2:])
        for kinds, places, columns in searched:
            if columns:
                zones = [zone for zone in report.zones.all() if zone.kind in kinds]
                zones.sort(key=lambda zone: zone.kind == ZoneKind.TITLE)  # the title is shown anyway
                spans = [Span(zone.start, zone.end) for zone in zones]
                shown = snippet(report.text, spans, found_words(columns[0], columns[1], bytes(places)))
                if shown.parts:
                    return Hit(report, shown)
        return Hit(report, Snippet((), None))


def _terms(words: str) -> tuple[QueryPart, ...]:
    """What a person typed, as words and phrases. Marks and blanks alone are nothing."""
    return analyse_query(words)[:MOST_TERMS]


def _index() -> Index:
    """The search of the database in use."""
    return search_postgresql if connection.vendor == "postgresql" else search_sqlite
