"""A table of lists as CSV (RFC 4180): bytes in, how many units stand in which lists out; what is wrong is named by line.

Columns are lists whose cells say whether a row is in them (lexicon/data/estimate_marks.tsv); with a column of frequencies a row
counts so many units, else one. Other columns divide the table: their rows are added up, or kept apart where asked. A row that
is in no list says how many nobody recorded, which nobody can know: it may count none.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from itertools import pairwise

from tawthiq.estimation.table_bytes import decoded
from tawthiq.lexicon.tables import load
from tawthiq.records.errors import WrongUsage
from tawthiq.records.estimate import Caution, Columns, NoEstimate, OverlapTable, StratumTable
from tawthiq.text.folding import fold

MOST_UNITS = 10**9
"""Units of a table; more cannot be people or incidents that somebody listed."""
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5_000_000, 200, 1_000
_SEPARATORS = ",;\t"
_NUMBERED = re.compile(r"(\D*?)(\d+)")
_GROUPED = re.compile(r"\d{1,3}([,٬'  ]\d{3})+")
_EMPTY = frozenset({"", "-"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says of the columns: which counts, which divide, which are no lists, and what lists are."""

    frequencies: str | None = None
    strata: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    kind: Columns | None = None


@dataclass(frozen=True, slots=True)
class _Roles:
    """Places of columns: lists, counts, strata; `pooled` are columns that divide the table and whose rows are added up."""

    lists: tuple[int, ...]
    count: int | None
    strata: tuple[int, ...]
    pooled: tuple[int, ...]
    ignored: tuple[int, ...]


def read_table(name: str, data: bytes, asked: Asked) -> tuple[tuple[StratumTable, ...], tuple[Caution, ...]]:
    """The tables in the file called `name`, one, or one for each stratum, and what to know of how it was read.

    Raises WrongUsage naming file and line for what is no such table, NoEstimate for units that no list names.
    """
    rows = list(_rows(name, decoded(name, data)))
    if len(rows) < 2:
        raise _wrong(name, "it holds no rows", "give a CSV file with a header and a row a unit or a pattern")
    headings, body = _headings(name, rows[0][1]), rows[1:]
    for line, cells in body:
        if len(cells) != len(headings):
            happened = f"it has {len(cells)} cells where the header has {len(headings)}"
            raise _wrong(f"{name}:{line}", happened, "mend this row")
    roles = _roles(name, headings, body, asked)
    counted = _counted(name, body, roles)
    kind = asked.kind or _kind(headings, roles)
    tables, cautions = [], list[Caution]()
    for stratum, patterns in sorted(counted.items()):
        table, found = _table([headings[place] for place in roles.lists], patterns, kind)
        label = tuple((headings[place], value) for place, value in zip(roles.strata, stratum, strict=True))
        tables.append(StratumTable(label, table))
        cautions += found if not label else []
    if roles.pooled:
        cautions.append(Caution("pooled_strata", (("columns", ", ".join(headings[place] for place in roles.pooled)),)))
    return tuple(tables), (*cautions, *_gone(headings, body, roles))


def _rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which each begins; empty ones are passed over."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=lambda sign: (first.count(sign), -_SEPARATORS.index(sign)))
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line, number = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _wrong(f"{name}:{line}", str(error), "look for a quotation mark that is never closed") from error
        if len(cells) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL or "\0" in cell for cell in cells):
            raise _wrong(f"{name}:{line}", "it is no row of a table of lists", "look at this line")
        if any(cell.strip() for cell in cells):
            number += 1
            if number > MOST_ROWS:
                raise _wrong(name, f"it has more than {MOST_ROWS:,} rows", "add rows alike up, and say --freq")
            yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _headings(name: str, cells: Sequence[str]) -> list[str]:
    twice = [heading for heading, times in Counter(map(fold, cells)).items() if times > 1 or not heading]
    if twice:
        happened = f'the heading "{twice[0][:40]}" is empty or stands twice'
        raise _wrong(f"{name}:1", happened, "give each column a heading of its own")
    return list(cells)


def _roles(name: str, headings: list[str], body: list[tuple[int, list[str]]], asked: Asked) -> _Roles:
    """What each column is: as asked, else a list where every cell says in or out, else a stratum."""
    by_name = {fold(heading): place for place, heading in enumerate(headings)}

    def place_of(heading: str, option: str) -> int:
        if fold(heading) not in by_name:
            shown = ", ".join(headings)[:200]
            raise _wrong(f"{option} {heading}", f"no column has this heading ({shown})", "copy it from the table")
        return by_name[fold(heading)]

    count = None if asked.frequencies is None else place_of(asked.frequencies, "--freq")
    strata = tuple(place_of(heading, "--strata") for heading in asked.strata)
    ignored = tuple(place_of(heading, "--leave-out") for heading in asked.left_out)
    taken = {*strata, *ignored, *(() if count is None else (count,))}
    lists, pooled = list[int](), list[int]()
    for place, heading in enumerate(headings):
        if place not in taken:
            (lists if _is_list(name, heading, place, body) else pooled).append(place)
    return _Roles(tuple(lists), count, strata, tuple(pooled), ignored)


def _is_list(name: str, heading: str, place: int, body: list[tuple[int, list[str]]]) -> bool:
    """Whether a column is a list. Raises WrongUsage for one that is half a list, or numbers that nobody explained."""
    other = next(((line, cells[place]) for line, cells in body if _mark(cells[place]) is None), None)
    if other is None:
        return True
    if any(_mark(cells[place]) is not None for _, cells in body):
        line, value = other
        if _number(value) is not None:
            happened = f'"{heading}" holds "{value[:40]}", which is neither 0 nor 1'
            raise _wrong(f"{name}:{line}", happened, f'say --freq "{heading}" if it counts rows, else mend the cell')
        happened = f'"{heading}" says in or out in other rows, and "{value[:40]}" here'
        raise _wrong(f"{name}:{line}", happened, "write 1 or 0: an empty cell does not say that somebody is not listed")
    if all(_number(cells[place]) is not None for _, cells in body):
        happened = f'the column "{heading}" holds numbers other than 0 and 1'
        raise _wrong(f"{name}:1", happened, f'say --freq "{heading}" if it counts rows, --leave-out "{heading}" if not')
    return False


def _counted(
    name: str, body: list[tuple[int, list[str]]], roles: _Roles
) -> dict[tuple[str, ...], Counter[tuple[int, ...]]]:
    """How many units show each pattern, in each stratum."""
    counted: dict[tuple[str, ...], Counter[tuple[int, ...]]] = {}
    total = 0
    for line, cells in body:
        pattern = tuple(_mark(cells[place]) or 0 for place in roles.lists)
        count = 1 if roles.count is None else _count(f"{name}:{line}", cells[roles.count], any(pattern))
        if not any(pattern) and count and not any(_mark(cells[place]) for place in roles.ignored):
            happened = (
                f"it counts {count:,} whom no list names" if roles.count is not None else "no list names this row"
            )
            raise NoEstimate(
                item=f"{name}:{line}", happened=happened, advice="leave the row out: that number is what is estimated"
            )
        total += count
        if total > MOST_UNITS:
            raise _wrong(f"{name}:{line}", f"the counts add up to more than {MOST_UNITS:,}", "check the counts")
        stratum = tuple(cells[place] for place in roles.strata)
        counted.setdefault(stratum, Counter())[pattern] += count
    return counted


def _count(item: str, cell: str, listed: bool) -> int:
    """The count of a row; what is not known of those whom no list names is none."""
    if not listed and (cell in _EMPTY or _marks().get(fold(cell)) == "nothing"):
        return 0
    value = _number(cell)
    if value is None:
        raise _wrong(item, f'its count is "{cell[:40]}"', "write a whole number; 0 for a pattern that nobody shows")
    if value < 0 or value > MOST_UNITS:
        raise _wrong(item, f"its count is {cell[:40]}", f"counts are whole numbers from 0 to {MOST_UNITS:,}")
    return value


def _table(
    headings: list[str], patterns: Counter[tuple[int, ...]], kind: Columns
) -> tuple[OverlapTable, list[Caution]]:
    """The table without lists that hold nobody."""
    shown = {pattern: count for pattern, count in patterns.items() if count and any(pattern)}
    held = [place for place in range(len(headings)) if any(pattern[place] for pattern in shown)]
    empty = [headings[place] for place in range(len(headings)) if place not in held]
    cells = sorted((tuple(pattern[place] for place in held), count) for pattern, count in shown.items())
    cautions = [Caution("empty_list", (("list", heading),)) for heading in empty]
    return OverlapTable(tuple(headings[place] for place in held), tuple(cells), kind), cautions


def _gone(headings: list[str], body: list[tuple[int, list[str]]], roles: _Roles) -> list[Caution]:
    """What was left out as asked."""
    lists = [place for place in roles.ignored if any(_mark(cells[place]) for _, cells in body)]
    if not lists:
        return []
    gone = 0
    for _, cells in body:
        if any(_mark(cells[place]) for place in lists) and not any(_mark(cells[place]) for place in roles.lists):
            gone += 1 if roles.count is None else _number(cells[roles.count]) or 0
    return [Caution("left_out", (("lists", ", ".join(headings[place] for place in lists)), ("gone", f"{gone:,}")))]


def _kind(headings: list[str], roles: _Roles) -> Columns:
    """Occasions where each row is one unit and the columns are one stem numbered on ("c1", "c2", ...)."""
    if roles.count is not None or not roles.lists:
        return Columns.LISTS
    numbered = [_NUMBERED.fullmatch(fold(headings[place])) for place in roles.lists]
    stems = {match[1] if match else None for match in numbered}
    numbers = [int(match[2]) for match in numbered if match]
    follow = all(after == before + 1 for before, after in pairwise(numbers))
    return Columns.OCCASIONS if len(stems) == 1 and None not in stems and follow else Columns.LISTS


def _mark(cell: str) -> int | None:
    """1 or 0 where a cell says in or out."""
    return {"yes": 1, "no": 0}.get(_marks().get(fold(cell), ""))


def _number(cell: str) -> int | None:
    """A whole number in western or eastern digits, thousands grouped or not."""
    plain = fold(cell).strip()
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"\D", "", plain)
    whole, point, decimals = plain.partition(".")
    if point and not decimals.strip("0"):
        plain = whole
    return int(plain) if re.fullmatch(r"[-+]?\d{1,18}", plain) else None


@cache
def _marks() -> Mapping[str, str]:
    return {fold(row["mark"]): row["listed"] for row in load("estimate_marks", ("mark", "listed"))}


def _wrong(item: str, happened: str, advice: str) -> WrongUsage:
    return WrongUsage(item=item, happened=happened, advice=advice)
