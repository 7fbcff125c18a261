"""A mapped table as a reading: one event a row, each value with the characters of its cell, and what stays open and why.

Pure. Nothing is guessed: a cell that cannot be read leaves its value open, and the row comes in with the rest. A row comes in
unless no cell of it can stand for what happened. Of a count by group beside one of all, the group is part of all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tawthiq.lexicon.gazetteer import Gazetteer, gazetteer
from tawthiq.page.table_text import TableLine, TableText
from tawthiq.reading.table_values import cell_key, count_of, day_of, narrowed, parties_of, places_named
from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.period import Period, Precision, When
from tawthiq.records.place import Place, PlaceMention
from tawthiq.records.reading import Reading
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import QuoteKind, Speaker, Stance, Statement
from tawthiq.records.table import (
    PLACE_ROLES,
    CellProblem,
    ColumnRole,
    RowProblem,
    RowRead,
    TableMapping,
    TableReading,
    TableSheet,
)


def read_rows(
    table: TableText, mapping: TableMapping, sheet: TableSheet | None = None, known: Gazetteer | None = None
) -> TableReading:
    """The reading of the mapped sheet's rows below the heading. `sheet` tells which cells hold errors."""
    way = _Way(
        text=table.page.text,
        mapping=mapping,
        known=known or gazetteer(),
        acts=dict(mapping.acts),
        parties=dict(mapping.parties),
        errors=sheet.errors if sheet else frozenset(),
    )
    lines = [line for line in table.lines if line.sheet == mapping.sheet and line.number > mapping.heading]
    identifiers = Counter(way.cell(line, ColumnRole.IDENTIFIER).text for line in lines)
    statements: list[Statement] = []
    events: list[Event] = []
    rows: list[RowRead] = []
    for line in lines:
        row = _Row(way, line)
        event, statement = row.read(len(statements))
        identifier = way.cell(line, ColumnRole.IDENTIFIER).text
        if identifier and identifiers[identifier] > 1:
            row.wrong(RowProblem.TWICE, ColumnRole.IDENTIFIER)
        cells = tuple(span.of(way.text) for span in line.cells)
        number = len(events) if event else None
        rows.append(RowRead(line.number, identifier, cells, number, tuple(row.problems)))
        if event:
            events.append(event)
        if event and statement:
            statements.append(statement)
    reading = Reading(table.page.id, table.page.language, None, tuple(statements), tuple(events))
    return TableReading(reading, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Way:
    """With what the rows of one table are read."""

    text: str
    mapping: TableMapping
    known: Gazetteer
    acts: Mapping[str, str]
    parties: Mapping[str, str]
    errors: frozenset[tuple[int, int]]

    def cell(self, line: TableLine, role: ColumnRole) -> Mention:
        """The characters of a row's cell without the spaces around them; empty where the row has none."""
        column = self.mapping.column(role)
        return self.at(line, column.index if column else -1)

    def at(self, line: TableLine, index: int) -> Mention:
        """The characters of the cell in a column."""
        if not 0 <= index < len(line.cells):
            return Mention(Span(line.span.end, line.span.end), "")
        span = line.cells[index]
        raw = span.of(self.text)
        start = span.start + len(raw) - len(raw.lstrip())
        return Mention.at(self.text, start, start + len(raw.strip()))


@dataclass(slots=True)
class _Row:
    """One row in the making."""

    way: _Way
    line: TableLine
    problems: list[CellProblem] = field(default_factory=list)

    def wrong(self, kind: RowProblem, role: ColumnRole | int, candidates: tuple[Place, ...] = ()) -> None:
        """Note what is wrong with the cell of a role or of a column."""
        column = self.way.mapping.column(role) if isinstance(role, ColumnRole) else None
        index = role if isinstance(role, int) and not isinstance(role, ColumnRole) else column.index if column else -1
        text = self.way.at(self.line, index).text
        self.problems.append(CellProblem(kind, self.line.number, index, text, candidates))

    def read(self, statement: int) -> tuple[Event | None, Statement | None]:
        """The row's event, and its statement where a speaker is named; `statement` is the number that it would have."""
        self._errors()
        act, trigger = self._act()
        if trigger is None:
            return None, None
        said = self._statement()
        places = self._places()
        resolved = [place.resolved for place in places if place.resolved]
        event = Event(
            act=act,
            trigger=trigger,
            modality=Modality.STATED,
            scope=Scope.SINGLE,
            when=self._when(),
            places=tuple(places),
            country=resolved[0].country if resolved else None,
            by=tuple(self._parties()),
            victims=(),
            counts=tuple(self._counts()),
            source=statement if said else None,
            rules=(f"table: row {self.line.number}",),
        )
        return event, said

    def _cell(self, role: ColumnRole) -> Mention:
        return self.way.cell(self.line, role)

    def _errors(self) -> None:
        for column in self.way.mapping.columns:
            if (self.line.number - 1, column.index) in self.way.errors:
                self.wrong(RowProblem.ERROR, column.index)

    def _act(self) -> tuple[Act, Mention | None]:
        """The act and the cell that tells it: its column's, else the description."""
        told, described = self._cell(ColumnRole.ACT), self._cell(ColumnRole.DESCRIPTION)
        if not any(self.way.at(self.line, column.index).text for column in self.way.mapping.columns):
            self.problems.append(CellProblem(RowProblem.NOTHING_TOLD, self.line.number, -1, ""))
            return Act.OTHER, None
        if self.way.mapping.act:
            trigger = described if described.text else told
            code = self.way.mapping.act
        else:
            trigger = told if told.text else described
            code = self.way.acts.get(cell_key(told.text), "") if told.text else ""
        if not trigger.text:
            self.wrong(RowProblem.NO_ACT, ColumnRole.ACT)
            return Act.OTHER, None
        if not code:
            self.wrong(RowProblem.ACT_OPEN, ColumnRole.ACT)
        return Act(code or Act.OTHER), trigger

    def _statement(self) -> Statement | None:
        speaker = self._cell(ColumnRole.SPEAKER)
        if self.way.mapping.column(ColumnRole.SPEAKER) is None:
            return None
        if not speaker.text:
            if not self.way.mapping.speaker:
                self.wrong(RowProblem.NO_SPEAKER, ColumnRole.SPEAKER)
            return None
        named = {value.code for value in parties_of(speaker.text, self.way.known)}
        actor = named.pop() if len(named) == 1 else None
        content = self._cell(ColumnRole.DESCRIPTION)
        span = content.span if content.text else self.line.span
        who = Speaker(speaker, actor, implicit=False)
        return Statement(who, None, span, QuoteKind.INDIRECT, Stance.ASSERTS, "table: the column of who says so")

    def _when(self) -> When | None:
        first, last = self._cell(ColumnRole.FIRST), self._cell(ColumnRole.LAST)
        one = self._day(first, ColumnRole.FIRST)
        other = self._day(last, ColumnRole.LAST)
        if not first.text or not last.text:
            mention, period = (first, one) if first.text else (last, other)
            reason = "the cell of the time" if period else "the cell of the time cannot be read"
            return When(mention, period, reason) if mention.text else None
        start, end = min(first.span, last.span), max(first.span, last.span)
        mention = Mention.at(self.way.text, start.start, end.end)
        if one is None or other is None:
            return When(mention, None, "one of the cells of the time cannot be read")
        if other.last < one.first:
            self.wrong(RowProblem.DATE_BACKWARDS, ColumnRole.LAST)
            return When(mention, None, "the last day is before the first")
        if one == other:
            return When(first, one, "the cell of the time")
        return When(mention, Period(one.first, max(one.last, other.last), Precision.RANGE), "from cell to cell")

    def _day(self, cell: Mention, role: ColumnRole) -> Period | None:
        found = day_of(cell.text, self.way.mapping.order) if cell.text else None
        if isinstance(found, RowProblem):
            self.wrong(found, role)
            return None
        return found

    def _places(self) -> list[PlaceMention]:
        """Places from the most specific to the widest, each narrowed by the wider ones."""
        found: list[PlaceMention] = []
        wider: list[Place] = []
        for role in reversed(PLACE_ROLES):
            cell = self._cell(role)
            if not cell.text:
                continue
            named = places_named(cell.text, self.way.known)
            left, problem = narrowed(named, role, wider, self.way.known)
            if problem:
                self.wrong(problem, role, left)
            else:
                wider.append(left[0])
            found.append(PlaceMention(cell, None if problem else left[0], left, named.worded))
        return found[::-1]

    def _parties(self) -> Iterator[ActorMention]:
        cell = self._cell(ColumnRole.PARTY)
        if not cell.text:
            return
        code = self.way.parties.get(cell_key(cell.text))
        if code:
            yield ActorMention(cell, code, hedged=False)
            return
        named = parties_of(cell.text, self.way.known) if code is None else ()
        if not named:
            self.wrong(RowProblem.PARTY_OPEN, ColumnRole.PARTY)
        for value in named:
            yield ActorMention(cell, value.code, value.hedged, value.entry)

    def _counts(self) -> Iterator[Count]:
        columns = [column for column in self.way.mapping.columns if column.role is ColumnRole.COUNT]
        cells = [(column, self.way.at(self.line, column.index)) for column in columns]
        whole = {column.harm for column, cell in cells if cell.text and column.group == Group.ALL.value}
        for column, cell in cells:
            if not cell.text:
                continue
            bounds = count_of(cell.text)
            if isinstance(bounds, RowProblem):
                self.wrong(bounds, column.index)
                continue
            part = column.group != Group.ALL.value and column.harm in whole
            yield Count(Harm(column.harm), Group(column.group), *bounds, part, cell)


def distinct(lines: Iterable[TableLine], text: str, index: int) -> list[tuple[str, int]]:
    """The different values of a column with how often each stands there, the most frequent first."""
    counted: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for line in lines:
        value = line.cells[index].of(text).strip() if index < len(line.cells) else ""
        if value:
            shown.setdefault(cell_key(value), value)
            counted[cell_key(value)] += 1
    return [(shown[key], count) for key, count in counted.most_common()]
