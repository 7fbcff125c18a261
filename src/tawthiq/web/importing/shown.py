"""What the dry run shows: rows as they would come in, problems with what to do, what changed since an older version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tawthiq.records.event import Event
from tawthiq.records.place import Place
from tawthiq.records.table import CellProblem, RowProblem, RowRead, TableMapping, TableReading
from tawthiq.web import labels
from tawthiq.web.importing.form import count_name, role_name

ROWS_SHOWN = 10
PROBLEMS_SHOWN = 50
CHANGES_SHOWN = 20
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row as it would come in."""

    number: int
    act: str
    when: str
    when_words: str
    places: tuple[tuple[str, str], ...]
    parties: tuple[str, ...]
    counts: tuple[str, ...]
    speaker: str
    open: int


@dataclass(frozen=True, slots=True)
class ProblemShown:
    """One problem in words; `out` says that its row does not come in."""

    row: int
    column: str
    text: str
    what: str
    advice: str
    out: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """How a table differs from the older version that it would replace, by the rows' own numbers."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    same: int
    unnamed: int

    def first(self, which: str) -> tuple[str, ...]:
        """The first of the rows that were added, changed or are gone."""
        found: tuple[str, ...] = getattr(self, which)
        return found[:CHANGES_SHOWN]


def rows_shown(read: TableReading, speaker: str) -> list[RowShown]:
    """The first rows that come in."""
    kept = [row for row in read.rows if row.event is not None][:ROWS_SHOWN]
    return [_row(read, row, read.reading.events[row.event or 0], speaker) for row in kept]


def problems_shown(read: TableReading, mapping: TableMapping, most: int | None = None) -> list[ProblemShown]:
    """The problems of all rows, or the first ones; rows that do not come in are told first."""
    found = sorted(_problems(read), key=lambda each: (not each[1], each[0].row))
    return [_problem(problem, mapping, out=out) for problem, out in found[:most]]


def problem_count(read: TableReading) -> int:
    """How many problems there are."""
    return sum(len(row.problems) for row in read.rows)


def changes(older: TableReading, newer: TableReading) -> Changes:
    """What changed from an older version of a table to a newer one; rows without a number of their own are counted alone."""
    before = {row.identifier: row.cells for row in older.rows if row.identifier}
    after = {row.identifier: row.cells for row in newer.rows if row.identifier}
    return Changes(
        added=tuple(each for each in after if each not in before),
        changed=tuple(each for each in after if each in before and after[each] != before[each]),
        gone=tuple(each for each in before if each not in after),
        same=sum(before.get(each) == cells for each, cells in after.items()),
        unnamed=sum(not row.identifier for row in newer.rows),
    )


def _problems(read: TableReading) -> Iterator[tuple[CellProblem, bool]]:
    for row in read.rows:
        for problem in row.problems:
            yield problem, row.event is None


def _problem(problem: CellProblem, mapping: TableMapping, *, out: bool) -> ProblemShown:
    what, advice = _wording(problem.kind)
    if problem.candidates:
        named = "، " if labels.active_language() == "ar" else ", "
        listed = named.join(place_words(place) for place in problem.candidates[:_CANDIDATES])
        what = f"{what} ({listed})"
    return ProblemShown(problem.row, column_name(mapping, problem.column), problem.text, what, advice, out)


def place_words(place: Place) -> str:
    """A place by its name and its kind in the active language."""
    name = place.name if labels.active_language() == "ar" else place.name_en
    return f"{name} – {labels.label('place_kind', place.kind.value)}"


def column_name(mapping: TableMapping, index: int) -> str:
    """A column by its heading, else by its letter; empty for the whole row."""
    if index < 0:
        return ""
    heading = mapping.headings[index] if index < len(mapping.headings) else ""
    return heading or letters(index)


def letters(index: int) -> str:
    """A column as spreadsheets call it: 0 is A, 26 is AA."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _row(read: TableReading, row: RowRead, event: Event, speaker: str) -> RowShown:
    said = read.reading.statements[event.source].speaker if event.source is not None else None
    period = event.when.period if event.when else None
    when = ""
    if period:
        when = period.first.isoformat() if period.first == period.last else f"{period.first} – {period.last}"
    return RowShown(
        number=row.number,
        act=labels.label("act", event.act.value),
        when=when,
        when_words=event.when.mention.text if event.when else "",
        places=tuple(
            (place.mention.text, place_words(place.resolved) if place.resolved else "") for place in event.places
        ),
        parties=tuple(labels.actor_name(actor.party) for actor in event.by),
        counts=tuple(
            f"{count_name(count.harm.value, count.group.value)} {count.mention.text}" for count in event.counts
        ),
        speaker=said.mention.text if said else speaker,
        open=len(row.problems),
    )


def _wording(kind: RowProblem) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    return {
        RowProblem.NOTHING_TOLD: (_("the row holds nothing that is used"), _("Leave the row out of the table.")),
        RowProblem.NO_ACT: (_("nothing says what happened"), _("Fill in what happened, or describe it.")),
        RowProblem.ACT_OPEN: (
            _("what happened is not one of the acts"),
            _("Choose the act for this value in the form; until then it comes in as “other”."),
        ),
        RowProblem.DAY_OR_MONTH: (
            _("day and month can be read both ways"),
            _("Say in the form what comes first, or write the month as a word."),
        ),
        RowProblem.DATE_OPEN: (_("no day can be read from it"), _("Write it as year-month-day: 2024-03-05.")),
        RowProblem.DATE_BACKWARDS: (_("the last day is before the first"), _("Correct one of the two days.")),
        RowProblem.PLACE_UNKNOWN: (
            _("no place of this name is known"),
            _("Check how it is written, or add the place to the authority files."),
        ),
        RowProblem.PLACE_AMBIGUOUS: (
            _("it may be several places, or stands near one"),
            _("Fill in the district and the governorate, or choose at the desk."),
        ),
        RowProblem.PLACE_ELSEWHERE: (
            _("no place of this name lies in the wider place of the row"),
            _("Check the governorate and the country."),
        ),
        RowProblem.PARTY_OPEN: (_("no known party is named"), _("Choose the party for this value in the form.")),
        RowProblem.COUNT_OPEN: (_("no number can be read from it"), _("Write one number, such as 3 or “at least 3”.")),
        RowProblem.NO_SPEAKER: (_("nobody is named who says so"), _("Fill in who says so, or name one for the table.")),
        RowProblem.TWICE: (_("another row has the same number"), _("Give each row a number of its own.")),
        RowProblem.ERROR: (
            _("the cell holds an error, or a formula without a result"),
            _("Write the value itself into the cell."),
        ),
    }[kind]


def role_names(mapping: TableMapping) -> Sequence[tuple[str, str]]:
    """The used columns: heading, and what it is taken for."""
    return [
        (
            column_name(mapping, column.index),
            count_name(column.harm, column.group) if column.harm else role_name(column.role),
        )
        for column in mapping.columns
    ]
