"""Search in PostgreSQL: arrays of hashed words find (migration 0016), the words themselves decide phrases and rank.

The rank is that of SQLite's FTS5 (sqlite.org/fts5.html, bm25 with k1 = 1.2 and b = 0.75), so that both databases answer alike.
Of more matches than `MOST_RANKED` the latest reports are ranked, and the others follow, latest first: ranking every report that
holds a common word would take seconds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from tawthiq.archive.search_contract import Hidden
from tawthiq.archive.search_text import BETWEEN
from tawthiq.archive.snippets import CLOSE, OPEN
from tawthiq.text.analysis import QueryPart

MOST_RANKED = 1000
_COLUMNS = ("exact", "stemmed", "comments_exact", "comments_stemmed")
_WEIGHTS = dict(zip(_COLUMNS, (4.0, 1.0, 0.5, 0.25), strict=True))
_LEAST_IDF = 1e-6
Values = list[Any]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that follow each other in one of the columns."""

    words: tuple[str, ...]
    columns: tuple[str, ...]

    def condition(self) -> tuple[str, Values]:
        """The condition for reports that hold it, with its values."""
        parts, values = [], Values()
        hashes = ", ".join(["hashtextextended(%s, 0)"] * len(self.words))
        for column in self.columns:
            part = f"{column}_words @> ARRAY[{hashes}]::bigint[]"
            values += self.words
            if len(self.words) > 1:
                part += f" AND position(%s IN chr(10) || replace({column}, ' ', chr(10)) || chr(10)) > 0"
                values.append(f"\n{BETWEEN.join(self.words)}\n")
            parts.append(f"({part})")
        return f"({' OR '.join(parts)})", values

    def frequency(self) -> tuple[str, Values]:
        """How often it stands in the padded columns, each time by the weight of the column."""
        needle = "\n" + "\n\n".join(self.words) + "\n"
        parts = [
            f"{_WEIGHTS[column]}::float8 * (length({column}) - length(replace({column}, %s, ''))) / %s"
            for column in self.columns
        ]
        return " + ".join(parts), [value for _ in parts for value in (needle, len(needle))]


def matching(terms: Sequence[QueryPart], comments: bool) -> RawSQL:
    """The primary keys of all reports that hold every term."""
    condition, values = _condition(_phrases(terms, comments))
    return RawSQL(f"SELECT report_id FROM archive_searchtext WHERE {condition}", values)  # noqa: S608, S611


def counted(terms: Sequence[QueryPart], comments: bool, hidden: Hidden) -> int:
    """How many reports hold every term, without the hidden ones."""
    condition, values = _condition(_phrases(terms, comments))
    but, left_out = hidden.condition("report_id")
    return _number(f"{condition} {but}", [*values, *left_out])


def ranked(terms: Sequence[QueryPart], comments: bool, hidden: Hidden, start: int, number: int) -> dict[int, list[str]]:
    """The reports of one slice in the order of their rank, each with its searched columns, matches in marks."""
    groups = _phrases(terms, comments)
    condition, values = _condition(groups)
    but, left_out = hidden.condition("report_id")
    where, given = f"{condition} {but}", [*values, *left_out]
    found = _by_rank(groups, where, given, start, number) if start < MOST_RANKED else []
    if len(found) < number:
        found += _by_number(where, given, max(start, MOST_RANKED), number - len(found))
    columns = _COLUMNS if comments else _COLUMNS[:2]
    texts = _texts(columns, found)
    phrases = [phrase for group in groups for phrase in group]
    return {
        report: [_marked(text, column, phrases) for column, text in zip(columns, texts[report], strict=True)]
        for report in found
        if report in texts
    }


def _by_rank(groups: list[list[_Phrase]], where: str, given: Values, start: int, number: int) -> list[int]:
    """Of the latest matches, those of the slice, best first."""
    phrases = [phrase for group in groups for phrase in group]
    rows, average = _statistics()
    frequencies, values = [], Values()
    for phrase in phrases:
        frequency, own = phrase.frequency()
        frequencies.append(frequency)
        values += own
    padded = ", ".join(
        f"chr(10) || replace(replace({column}, ' ', chr(10)), chr(10), repeat(chr(10), 2)) || chr(10) AS {column}"
        for column in _COLUMNS
    )
    named = ", ".join(f"{frequency} AS f{at}" for at, frequency in enumerate(frequencies))
    score = " + ".join(
        f"%s::float8 * f{at} * 2.2 / (f{at} + 1.2 * (0.25 + 0.75 * word_count / %s::float8))"
        for at in range(len(phrases))
    )
    weighing = [value for phrase in phrases for value in (_rarity(phrase, rows), average)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH latest AS MATERIALIZED (SELECT report_id, word_count, {padded} FROM archive_searchtext "  # noqa: S608
            f"WHERE {where} ORDER BY report_id DESC LIMIT {MOST_RANKED}), "
            f"weighed AS (SELECT report_id, word_count, {named} FROM latest) "
            f"SELECT report_id FROM weighed ORDER BY {score} DESC, report_id LIMIT %s OFFSET %s",
            [*given, *values, *weighing, number, start],
        )
        return [row[0] for row in cursor.fetchall()]


def _by_number(where: str, given: Values, start: int, number: int) -> list[int]:
    """Matches beyond those that are ranked, latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT report_id FROM archive_searchtext WHERE {where} ORDER BY report_id DESC LIMIT %s OFFSET %s",  # noqa: S608
            [*given, number, start],
        )
        return [row[0] for row in cursor.fetchall()]


def _texts(columns: Sequence[str], reports: Sequence[int]) -> dict[int, tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT report_id, {', '.join(columns)} FROM archive_searchtext WHERE report_id = ANY(%s)",  # noqa: S608
            [list(reports)],
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _statistics() -> tuple[int, float]:
    """How many reports are searched, and how many words one has on average."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(sum(word_count), 0) FROM archive_searchtext")
        rows, words = cursor.fetchone()
    return rows, max(1.0, float(words) / max(1, rows))


def _rarity(phrase: _Phrase, rows: int) -> float:
    """The inverse document frequency of a phrase."""
    holding = _number(*phrase.condition())
    return max(_LEAST_IDF, log((rows - holding + 0.5) / (holding + 0.5)))


def _number(condition: str, values: Values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM archive_searchtext WHERE {condition}", values)  # noqa: S608
        return int(cursor.fetchone()[0])


def _phrases(terms: Sequence[QueryPart], comments: bool) -> list[list[_Phrase]]:
    """For each term its forms, any of which will do."""
    exact = ("exact", "comments_exact") if comments else ("exact",)
    stemmed = ("stemmed", "comments_stemmed") if comments else ("stemmed",)
    groups = []
    for term in terms:
        forms = [_Phrase(_words(term.exact), exact)]
        if not term.phrase:
            forms.append(_Phrase(_words(term.stems), stemmed))
        groups.append([form for form in forms if form.words])
    return groups


def _words(forms: Sequence[str]) -> tuple[str, ...]:
    """The words as the index has them: a folded word may hold blanks."""
    return tuple(word for form in forms for word in form.replace("\0", "").split())


def _condition(groups: list[list[_Phrase]]) -> tuple[str, Values]:
    """The condition for reports that hold one form of every term; a term without a form is held by none."""
    parts, values = [], Values()
    for group in groups:
        told = [phrase.condition() for phrase in group]
        parts.append(f"({' OR '.join(part for part, _ in told) or 'FALSE'})")
        values += [value for _, own in told for value in own]
    return " AND ".join(parts), values


def _marked(text: str, column: str, phrases: Sequence[_Phrase]) -> str:
    """The words of a column with those in marks that belong to a phrase found in it."""
    words = text.split(BETWEEN)
    numbers, parts = [], []
    for number, word in enumerate(words):
        for part in word.split():
            numbers.append(number)
            parts.append(part)
    marked = {numbers[at] for phrase in phrases if column in phrase.columns for at in _places(parts, phrase.words)}
    return BETWEEN.join(f"{OPEN}{word}{CLOSE}" if at in marked else word for at, word in enumerate(words))


def _places(parts: Sequence[str], wanted: tuple[str, ...]) -> Iterator[int]:
    """Where words of a phrase stand, each time that they follow each other."""
    size = len(wanted)
    for at, part in enumerate(parts):
        if part == wanted[0] and tuple(parts[at : at + size]) == wanted:
            yield from range(at, at + size)
