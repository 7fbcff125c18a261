"""The lines of a sheet as text: paragraphs put together from the lines that they were broken into.

Pure. A line's end inside a paragraph becomes a space, or a soft hyphen where the line broke a word, because a newline
ends a sentence everywhere in this house. Cells of a row are parted by a tab.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile

from tawthiq.page.columns import Block, Row
from tawthiq.page.sheet_lines import Stretch, letters_of, written
from tawthiq.page.visual_order import Placed

CELL = "\t"
_SOFT_HYPHEN = "\u00ad"
_BROKEN_WORD = re.compile(r"[a-zà-ÿ][-‐\u00ad]$")
_STOP = re.compile(r"[.!?؟۔…:؛][\s\"'”’»›)\]]*$")
_ITEM = re.compile(r"(?:[-–—•●▪◾■□*·o]|[(\[]?(?:\d{1,3}|[^\W\d_])[).\]\-–])\s")
_ALIKE = 0.08  # difference of type sizes inside a paragraph, as a share
_LEADING = 1.45  # a gap this many times the block's usual one parts paragraphs
_INSET = 1.0  # indent of a first line, in sizes of type
_ROOM, _ROOM_MORE = 1.1, 0.7  # of the next line's first word, and sizes of type: a line with more room ended by will


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read. `from_right` is its direction; places as in `Row`, `near` and `far` the edges of its column."""

    placed: tuple[Placed, ...]
    from_right: bool
    left: float
    right: float
    base: float
    size: float
    block: int
    table: bool
    near: float
    far: float

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(piece.text for piece in self.placed)

    @property
    def indent(self) -> float:
        """How far the line begins inside its column."""
        return self.far - self.right if self.from_right else self.left - self.near

    @property
    def slack(self) -> float:
        """How far the line ends before its column does."""
        return self.left - self.near if self.from_right else self.far - self.right

    @property
    def first_word(self) -> float:
        """How wide the first word is."""
        word = list(takewhile(lambda piece: not piece.text.isspace(), self.placed))
        return max(piece.right for piece in word) - min(piece.left for piece in word) if word else 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, in reading order."""

    lines: tuple[Line, ...]

    @property
    def size(self) -> float:
        """The size of its type: that of most characters of its first line."""
        return self.lines[0].size


def line_of(row: Row, from_right: bool, block: int, table: bool, edges: tuple[float, float]) -> Line:
    """A row read: each cell in its own direction, cells from the side that the sheet is read from."""
    cells = [_cell(cell, from_right) for cell in row.cells]
    runs_from_right = _direction(list(chain.from_iterable(row.cells)), from_right)
    ordered = [cells[0]]
    for before, cell in pairwise(cells):
        gap = Placed(CELL, before[0].right, cell[0].left)
        ordered += [[gap], cell]
    if runs_from_right or (table and from_right):
        ordered.reverse()
    placed = tuple(chain.from_iterable(ordered))
    return Line(placed, runs_from_right, row.left, row.right, row.base, row.size, block, table, *edges)


def _cell(stretches: Sequence[Stretch], from_right: bool) -> list[Placed]:
    if any(stretch.words for stretch in stretches):
        ordered = sorted(stretches, key=lambda stretch: stretch.left, reverse=from_right)
        found: list[Placed] = []
        for stretch in ordered:
            if found:
                found.append(Placed(" ", stretch.left, stretch.left))
            found += stretch.words
        return found
    pieces = list(chain.from_iterable(stretch.pieces for stretch in stretches))
    return written(pieces, from_right=_direction(stretches, from_right))


def _direction(stretches: Sequence[Stretch], from_right: bool) -> bool:
    """Whether a line runs from the right: Arabic lines quote more Latin words than English lines Arabic ones."""
    right, left = letters_of(stretches)
    return right >= 0.3 * left if right else (from_right and not left)


def lines_of(blocks: Sequence[Block], *, from_right: bool) -> list[Line]:
    """All lines of a sheet's blocks, in reading order."""
    return [
        line_of(row, from_right, number, block.table, (block.left, block.right))
        for number, block in enumerate(blocks)
        for row in block.rows
    ]


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Lines put together to paragraphs, across the columns of a sheet where one goes on in the next."""
    leadings = _leadings(lines)
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, leadings):
            found[-1].append(line)
        else:
            found.append([line])
    return [Paragraph(tuple(group)) for group in found]


def _leadings(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance of baselines in each block: the lower quartile, since gaps between paragraphs only add."""
    found: dict[int, list[float]] = {}
    for before, line in pairwise(lines):
        if before.block == line.block and line.base > before.base:
            found.setdefault(line.block, []).append(line.base - before.base)
    return {block: sorted(gaps)[len(gaps) // 4] for block, gaps in found.items()}


def _goes_on(group: list[Line], line: Line, leadings: dict[int, float]) -> bool:
    """Whether `line` continues the paragraph of `group`."""
    last = group[-1]
    if not _alike(last, line) or _ITEM.match(line.text):
        return False
    full = last.slack <= _ROOM * line.first_word + _ROOM_MORE * last.size
    ended = bool(_STOP.search(last.text))
    if line.block != last.block:
        return full and not ended and _alike_columns(last, line)
    leading = line.base - last.base
    if leading > max(_LEADING * leadings.get(line.block, 0.0), 1.7 * line.size):
        return False
    indented = line.indent - min(last.indent, _INSET * line.size) > _INSET * line.size
    return full and not (indented and ended)


def _alike(last: Line, line: Line) -> bool:
    """Whether two lines are of one type and direction, and neither is a row of cells."""
    if last.table or line.table or CELL in last.text or CELL in line.text:
        return False
    return abs(line.size - last.size) <= _ALIKE * max(line.size, last.size) and line.from_right == last.from_right


def _alike_columns(last: Line, line: Line) -> bool:
    """Whether two lines stand in columns of about one width, beside each other: the second begins higher up."""
    widths = last.far - last.near, line.far - line.near
    return line.base < last.base and min(widths) > 0.7 * max(widths) and line.indent < 2 * line.size


def joined(paragraph: Paragraph) -> Iterator[tuple[Placed, int]]:
    """The pieces of a paragraph in reading order, each with the number of its line; line ends as the text writes them."""
    for number, line in enumerate(paragraph.lines):
        following = paragraph.lines[number + 1] if number + 1 < len(paragraph.lines) else None
        placed = line.placed
        if following is None:
            yield from ((piece, number) for piece in placed)
            continue
        if _BROKEN_WORD.search(line.text) and following.text[:1].islower() and placed[-1].text in "-‐\u00ad":
            yield from ((piece, number) for piece in placed[:-1])
            yield placed[-1]._replace(text=_SOFT_HYPHEN), number
        else:
            yield from ((piece, number) for piece in placed)
            yield Placed(" ", placed[-1].right, placed[-1].right), number


def is_from_right(stretches: Sequence[Stretch]) -> bool | None:
    """Whether most letters are of a right-to-left script; None where there are none."""
    right, left = letters_of(stretches)
    return None if right + left == 0 else right >= left
