"""Tables that people fill: their cells as text, what people say each column is, and what became of each row."""

from dataclasses import dataclass
from enum import StrEnum

from tawthiq.records.place import Place
from tawthiq.records.reading import Reading


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet: rows from the first on, each a tuple of its cells' characters; an empty row is an empty tuple.

    `errors` are cells (row and column from 0) that hold a spreadsheet's error or a formula without a kept value.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    errors: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A file of sheets; `encoding` is the one its text was decoded by, `notes` what was odd about it."""

    sheets: tuple[TableSheet, ...]
    encoding: str
    notes: tuple[str, ...] = ()


class ColumnRole(StrEnum):
    """What a column holds. Places run from the most specific to the widest."""

    ACT = "act"
    FIRST = "first"
    LAST = "last"
    PLACE = "place"
    TOWN = "town"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    COUNTRY = "country"
    PARTY = "party"
    COUNT = "count"
    DESCRIPTION = "description"
    SPEAKER = "speaker"
    LINK = "link"
    IDENTIFIER = "identifier"


PLACE_ROLES = (ColumnRole.PLACE, ColumnRole.TOWN, ColumnRole.DISTRICT, ColumnRole.GOVERNORATE, ColumnRole.COUNTRY)
"""Roles of places from the most specific to the widest."""


class DayOrder(StrEnum):
    """How figures of a day are ordered where they can be read both ways."""

    UNTOLD = ""
    DAY_FIRST = "day"
    MONTH_FIRST = "month"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """Column `index` (from 0) holds `role`; `harm` and `group` are codes of what a count counts."""

    index: int
    role: ColumnRole
    harm: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a person says of a table: the sheet by name, its heading row (from 1; 0 for none), what its columns hold.

    `act` is one act for all rows; without it `acts` maps folded cells of the act's column to codes, as `parties` does.
    `speaker` names who says it where no column does. `headings` are those that the person saw.
    """

    sheet: str
    heading: int
    columns: tuple[TableColumn, ...]
    act: str = ""
    acts: tuple[tuple[str, str], ...] = ()
    parties: tuple[tuple[str, str], ...] = ()
    speaker: str = ""
    order: DayOrder = DayOrder.UNTOLD
    headings: tuple[str, ...] = ()

    def column(self, role: ColumnRole) -> TableColumn | None:
        """The column that holds `role`, or None."""
        return next((column for column in self.columns if column.role is role), None)


class RowProblem(StrEnum):
    """Why a cell stays open, or a row stays out (the first two)."""

    NOTHING_TOLD = "nothing-told"
    NO_ACT = "no-act"
    ACT_OPEN = "act-open"
    DAY_OR_MONTH = "day-or-month"
    DATE_OPEN = "date-open"
    DATE_BACKWARDS = "date-backwards"
    PLACE_UNKNOWN = "place-unknown"
    PLACE_AMBIGUOUS = "place-ambiguous"
    PLACE_ELSEWHERE = "place-elsewhere"
    PARTY_OPEN = "party-open"
    COUNT_OPEN = "count-open"
    NO_SPEAKER = "no-speaker"
    TWICE = "identifier-twice"
    ERROR = "error-cell"


KEPT_OUT = frozenset({RowProblem.NOTHING_TOLD, RowProblem.NO_ACT})
"""Problems for which a row does not come in at all."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell of a row; `column` is -1 where it is about the row. `candidates` are places it may be."""

    kind: RowProblem
    row: int
    column: int
    text: str
    candidates: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class RowRead:
    """What became of row `number` (from 1, as spreadsheets count); `event` is an index into the reading, or None."""

    number: int
    identifier: str
    cells: tuple[str, ...]
    event: int | None
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class TableReading:
    """The reading of a table and what became of its rows, in their order."""

    reading: Reading
    rows: tuple[RowRead, ...]

    @property
    def whole(self) -> int:
        """How many rows come in with nothing open."""
        return sum(row.event is not None and not row.problems for row in self.rows)

    @property
    def open(self) -> int:
        """How many rows come in with something open."""
        return sum(row.event is not None and bool(row.problems) for row in self.rows)

    @property
    def out(self) -> int:
        """How many rows do not come in."""
        return sum(row.event is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class TableImport:
    """A mapping in force for one capture; `digest` is the one that the custody log keeps."""

    digest: str
    capture: str
    mapping: TableMapping
