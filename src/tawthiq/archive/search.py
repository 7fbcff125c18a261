"""Search over the words of reports: SQLite FTS5 finds and ranks, the original text gives the snippets.

Whatever a person types is taken as words and "phrases", each put into the index's query as a quoted string, so that no
input can be a syntax error. A word is found as it is written (letters folded) or by its stem; a phrase as it is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from tawthiq.archive.models import Capture, Report
from tawthiq.archive.search_text import COMMENTS, OWN_WORDS
from tawthiq.archive.snippets import CLOSE, OPEN, Snippet, found_words, snippet
from tawthiq.records.page import ZoneKind
from tawthiq.records.span import Span
from tawthiq.text.analysis import QueryPart, analyse_query

MOST_TERMS = 32
# A match as written outweighs one by stem; readers' comments count little.
_WEIGHTS = "4.0, 1.0, 0.5, 0.25"


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
    match = _match(_terms(words), comments)
    return RawSQL("SELECT rowid FROM archive_search WHERE archive_search MATCH %s", [match]) if match else []


class Results(Sequence[Hit]):
    """All matches in the order of their rank; a sequence that asks the index only for the slice that is shown.

    `hidden` are the numbers of reports that are neither shown nor counted.
    """

    def __init__(self, words: str, comments: bool = False, hidden: QuerySet[Capture, int] | None = None) -> None:
        self._terms = _terms(words)
        self._comments = comments
        self._query = _match(self._terms, comments)
        self._but, self._hidden = _without(hidden)
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = self._counted()
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
        marked = self._ranked(start, max(0, (len(self) if place.stop is None else place.stop) - start))
        reports = (
            Report.objects.select_related("capture", "search_text").prefetch_related("zones").in_bulk(list(marked))
        )
        return [self._hit(reports[number], texts) for number, texts in marked.items() if number in reports]

    def _counted(self) -> int:
        if not self._query:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM archive_search WHERE archive_search MATCH %s {self._but}",  # noqa: S608  of the ORM
                [self._query, *self._hidden],
            )
            return int(cursor.fetchone()[0])

    def _ranked(self, start: int, number: int) -> dict[int, list[str]]:
        """The reports of one slice in the order of their rank, each with its searched columns, matches in marks.

        Ordering by the index's own `rank` lets it mark the words of the slice only.
        """
        if not self._query:
            return {}
        columns = range(4 if self._comments else 2)
        texts = ", ".join(f"highlight(archive_search, {column}, '{OPEN}', '{CLOSE}')" for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid, {texts} FROM archive_search WHERE archive_search MATCH %s "  # noqa: S608  constants only
                f"AND rank MATCH 'bm25({_WEIGHTS})' {self._but} ORDER BY rank LIMIT %s OFFSET %s",
                [self._query, *self._hidden, number, start],
            )
            return {row[0]: list(row[1:]) for row in cursor.fetchall()}

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


def _without(hidden: QuerySet[Capture, int] | None) -> tuple[str, tuple[Any, ...]]:
    """The condition that leaves hidden reports out, with its values; empty where none is hidden."""
    if hidden is None:
        return "", ()
    question, values = hidden.query.sql_with_params()
    return f"AND rowid NOT IN ({question})", values


def _terms(words: str) -> tuple[QueryPart, ...]:
    """What a person typed, as words and phrases. Marks and blanks alone are nothing."""
    return analyse_query(words)[:MOST_TERMS]


def _match(terms: tuple[QueryPart, ...], comments: bool) -> str:
    """The index's query for reports that hold every term; empty for no terms."""
    exact = "{exact comments_exact}" if comments else "{exact}"
    stemmed = "{stemmed comments_stemmed}" if comments else "{stemmed}"
    parts = []
    for term in terms:
        written = f"{exact} : {_quoted(term.exact)}"
        parts.append(f"({written})" if term.phrase else f"({written} OR {stemmed} : {_quoted(term.stems)})")
    return " AND ".join(parts)


def _quoted(words: tuple[str, ...]) -> str:
    return '"' + " ".join(words).replace('"', '""').replace("\0", "") + '"'
