"""In which order the stretches of a sheet are read: columns, rows of tables, single lines.

Pure. White gutters that several rows share part a region into columns, which are read one after the other, from the
right where the sheet is written from the right; cells that stand row by row are read row by row. What lies above and below
columns is read before and after them. The method is the recursive cut of Nagy and Seth (1984) with gutters preferred.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawthiq.page.sheet_lines import Stretch

_GUTTER = 0.9  # least width of a gutter in sizes of the sheet's type
_WIDE_GUTTER = (
    1.9  # width from which two lines make a gutter; narrower ones are rivers of justified lines unless four share it
)
_DEEPEST = 12
_MOST_ROWS = 400
_CELL = 13  # characters: stretches shorter than this on one side of a gutter are cells or list numbers, not a column's lines
_CELL_GAP = 2.0  # gap inside a line, in sizes of its type, behind which another cell begins
_UP, _DOWN = 0.62, 0.12  # what a line takes up above and below its baseline, in sizes of type: less than its leading

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a block: its cells from left to right, each the stretches that it is made of."""

    cells: tuple[tuple[Stretch, ...], ...]
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Block:
    """Rows read one after the other. `left`..`right` is the region that they stand in; `table` when its cells are a table's."""

    rows: tuple[Row, ...]
    left: float
    right: float
    table: bool


def blocks(stretches: Sequence[Stretch], *, from_right: bool) -> list[Block]:
    """The blocks of a sheet in reading order."""
    if not stretches:
        return []
    sizes = sorted(stretch.size for stretch in stretches for _ in stretch.pieces)
    return list(_region(list(stretches), from_right, _GUTTER * sizes[len(sizes) // 2], _DEEPEST))


def whole_rows(stretches: Sequence[Stretch]) -> list[Row]:
    """The lines of a sheet across its whole width, as heads and feet stand."""
    return [_row(line) for line in _lines(list(stretches))]


def _region(stretches: list[Stretch], from_right: bool, gutter: float, depth: int) -> Iterator[Block]:
    rows = _rows(stretches)
    band = _best_band(rows, gutter) if depth and len(rows) <= _MOST_ROWS else None
    if band is None:
        yield _block([_row(row) for row in _lines(stretches)], table=False)
        return
    first, last, (begin, end) = band
    above, inside, below = rows[:first], rows[first : last + 1], rows[last + 1 :]
    if above:
        yield from _region(_flat(above), from_right, gutter, depth - 1)
    left = [stretch for row in inside for stretch in row if stretch.right <= begin + 0.01]
    right = [stretch for row in inside for stretch in row if stretch.left >= end - 0.01]
    if _is_table(left, right):
        yield _block([_row(row) for row in _lines(left + right)], table=True)
    else:
        for side in (right, left) if from_right else (left, right):
            yield from _region(side, from_right, gutter, depth - 1)
    if below:
        yield from _region(_flat(below), from_right, gutter, depth - 1)


def _flat(rows: list[list[Stretch]]) -> list[Stretch]:
    return [stretch for row in rows for stretch in row]


def _rows(stretches: list[Stretch]) -> list[list[Stretch]]:
    """Stretches parted where a white line runs through the whole region."""
    rows: list[list[Stretch]] = []
    floor = float("-inf")
    for stretch in sorted(stretches, key=lambda stretch: stretch.base - _UP * stretch.size):
        if stretch.base - _UP * stretch.size > floor:
            rows.append([])
        rows[-1].append(stretch)
        floor = max(floor, stretch.base + _DOWN * stretch.size)
    return rows


def _lines(stretches: list[Stretch]) -> list[list[Stretch]]:
    """Stretches of one region by baselines: the lines of a column."""
    lines: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda stretch: stretch.base):
        if lines and stretch.base - lines[-1][0].base <= 0.35 * max(stretch.size, lines[-1][0].size):
            lines[-1].append(stretch)
        else:
            lines.append([stretch])
    return lines


def _best_band(rows: list[list[Stretch]], gutter: float) -> tuple[int, int, Interval] | None:
    """The rows that share a gutter with text on both its sides, as first, last and the gutter; the longest such band."""
    left, right = min(s.left for row in rows for s in row), max(s.right for row in rows for s in row)
    free = [_free(row, left, right, gutter) for row in rows]
    best, best_score = None, 0.0
    seen: list[tuple[int, int, Interval]] = []
    for at, row in enumerate(rows):
        for gap in _inner(row, gutter):
            if any(first <= at <= last and gap[0] <= begin and end <= gap[1] for first, last, (begin, end) in seen):
                continue
            band = _grown(free, at, gap, gutter)
            seen.append(band)
            score = _score(rows, band)
            if score > best_score:
                best, best_score = band, score
    return best


def _grown(free: list[list[Interval]], at: int, gap: Interval, gutter: float) -> tuple[int, int, Interval]:
    """The band of row `at` and its neighbours that leave white what is left of `gap`."""
    first = last = at
    for step in (1, -1):
        place = at + step
        while 0 <= place < len(free):
            shared = [(max(a, gap[0]), min(b, gap[1])) for a, b in free[place]]
            shared = [part for part in shared if part[1] - part[0] >= gutter]
            if not shared:
                break
            gap = max(shared, key=lambda part: part[1] - part[0])
            first, last = min(first, place), max(last, place)
            place += step
    return first, last, gap


def _score(rows: list[list[Stretch]], band: tuple[int, int, Interval]) -> float:
    """How many lines stand on the side of a band's gutter that has fewer; 0 when the gutter is no gutter."""
    first, last, (begin, end) = band
    inside = [stretch for row in rows[first : last + 1] for stretch in row]
    left = {round(s.base) for s in inside if s.right <= begin + 0.01}
    right = {round(s.base) for s in inside if s.left >= end - 0.01}
    fewer = min(len(left), len(right))
    sizes = sorted(stretch.size for stretch in inside)
    wide = end - begin >= _WIDE_GUTTER * sizes[len(sizes) // 2]
    return fewer + min(end - begin, 99.0) / 100 if fewer >= (2 if wide else 4) else 0.0


def _inner(row: list[Stretch], gutter: float) -> list[Interval]:
    """White stretches between the pieces of a row."""
    found = []
    reach = float("inf")
    for stretch in sorted(row, key=lambda stretch: stretch.left):
        if stretch.left - reach >= gutter:
            found.append((reach, stretch.left))
        reach = stretch.right if reach == float("inf") else max(reach, stretch.right)
    return found


def _free(row: list[Stretch], left: float, right: float, gutter: float) -> list[Interval]:
    """White stretches of a row, the margins beside it included; the region ends one gutter beyond its outermost text."""
    first, last = min(s.left for s in row), max(s.right for s in row)
    return [(left - gutter, first), *_inner(row, gutter), (last, right + gutter)]


def _is_table(left: list[Stretch], right: list[Stretch]) -> bool:
    """Whether two sides of a gutter are cells of rows: short on one side, and on common baselines."""
    shorter = min(_typical_length(left), _typical_length(right))
    few, many = sorted(({round(s.base) for s in left}, {round(s.base) for s in right}), key=len)
    common = sum(any(abs(base - other) <= 1 for other in many) for base in few)
    return shorter < _CELL and common >= 0.7 * len(few)


def _typical_length(stretches: list[Stretch]) -> int:
    """The median number of characters of the lines that `stretches` form."""
    lengths = sorted(sum(len(piece.text) for stretch in line for piece in stretch.pieces) for line in _lines(stretches))
    return lengths[len(lengths) // 2] if lengths else 0


def _row(line: list[Stretch]) -> Row:
    ordered = sorted(line, key=lambda stretch: stretch.left)
    cells: list[list[Stretch]] = [[ordered[0]]]
    for before, stretch in pairwise(ordered):
        if stretch.left - before.right > _CELL_GAP * stretch.size:
            cells.append([])
        cells[-1].append(stretch)
    sizes = sorted(stretch.size for stretch in line for _ in stretch.pieces)
    right = max(stretch.right for stretch in line)
    parts = tuple(tuple(cell) for cell in cells)
    return Row(parts, ordered[0].left, right, max(s.base for s in line), sizes[len(sizes) // 2])


def _block(rows: list[Row], *, table: bool) -> Block:
    return Block(tuple(rows), min(row.left for row in rows), max(row.right for row in rows), table)
