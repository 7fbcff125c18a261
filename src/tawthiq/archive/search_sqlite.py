"""Search in SQLite: its FTS5 index (migration 0002) finds, ranks and marks the words.

Each word or phrase goes into the index's query as a quoted string, so that no input can be a syntax error.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from tawthiq.archive.search_contract import Hidden
from tawthiq.archive.snippets import CLOSE, OPEN
from tawthiq.text.analysis import QueryPart

# A match as written outweighs one by stem; readers' comments count little.
_WEIGHTS = "4.0, 1.0, 0.5, 0.25"


def matching(terms: Sequence[QueryPart], comments: bool) -> RawSQL:
    """The primary keys of all reports that hold every term."""
    return RawSQL("SELECT rowid FROM archive_search WHERE archive_search MATCH %s", [_match(terms, comments)])


def counted(terms: Sequence[QueryPart], comments: bool, hidden: Hidden) -> int:
    """How many reports hold every term, without the hidden ones."""
    but, values = hidden.condition("rowid")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM archive_search WHERE archive_search MATCH %s {but}",  # noqa: S608  of the ORM
            [_match(terms, comments), *values],
        )
        return int(cursor.fetchone()[0])


def ranked(terms: Sequence[QueryPart], comments: bool, hidden: Hidden, start: int, number: int) -> dict[int, list[str]]:
    """The reports of one slice in the order of their rank, each with its searched columns, matches in marks.

    Ordering by the index's own `rank` lets it mark the words of the slice only.
    """
    but, values = hidden.condition("rowid")
    texts = ", ".join(
        f"highlight(archive_search, {column}, '{OPEN}', '{CLOSE}')" for column in range(4 if comments else 2)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, {texts} FROM archive_search WHERE archive_search MATCH %s "  # noqa: S608  constants only
            f"AND rank MATCH 'bm25({_WEIGHTS})' {but} ORDER BY rank LIMIT %s OFFSET %s",
            [_match(terms, comments), *values, number, start],
        )
        return {row[0]: list(row[1:]) for row in cursor.fetchall()}


def _match(terms: Sequence[QueryPart], comments: bool) -> str:
    """The index's query for reports that hold every term."""
    exact = "{exact comments_exact}" if comments else "{exact}"
    stemmed = "{stemmed comments_stemmed}" if comments else "{stemmed}"
    parts = []
    for term in terms:
        written = f"{exact} : {_quoted(term.exact)}"
        parts.append(f"({written})" if term.phrase else f"({written} OR {stemmed} : {_quoted(term.stems)})")
    return " AND ".join(parts)


def _quoted(words: tuple[str, ...]) -> str:
    return '"' + " ".join(words).replace('"', '""').replace("\0", "") + '"'
