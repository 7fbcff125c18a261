"""Lines that a document repeats from sheet to sheet, and the numbers printed on its sheets.

Pure. A running head or foot stands among the outermost lines of a sheet and comes again, its numbers aside, on others. A
printed number counts when its distance from the sheet's place in the file is that of other sheets too, so that a number
in a table or a year never becomes one. Numerals may be western, eastern Arabic, Persian or Roman.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.page.columns import Row
from tawthiq.page.sheet_text import Line, line_of
from tawthiq.page.sheets import RawSheet
from tawthiq.page.wording import normal

_OUTERMOST = 3  # lines looked at from each edge
_REACH = 0.16  # share of the sheet's height that heads and feet keep to
_LONGEST = 140
_APART = 1.9  # distance of baselines, in sizes of type, that sets a line off
_AGAIN = 3  # sheets that show a line alike; two of a document of up to four sheets
_NUMBER = re.compile(r"(?<![\w.,/:\-])(\d{1,4})(?![\w.,/:]|-\d)")
_ROMAN = re.compile(r"(?<!\w)([ivxlc]{1,7})(?!\w)", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_MOST_WORDS = 14  # of a line that holds a printed number beside other words


@dataclass(frozen=True, slots=True)
class Edge:
    """A line at the top or bottom of a sheet."""

    sheet: int
    row: Row
    line: Line
    at_top: bool


@dataclass(frozen=True, slots=True)
class Running:
    """What repeats: by sheet the rows that are heads, feet or printed numbers (with their reason), and the labels."""

    rows: dict[int, list[tuple[Edge, str]]]
    labels: dict[int, str]


def running(sheets: Sequence[RawSheet], rows: Sequence[list[Row]], *, from_right: bool) -> Running:
    """The running lines of all sheets. `rows` are each sheet's lines across its whole width."""
    edges = [edge for sheet, lines in zip(sheets, rows, strict=True) for edge in _edges(sheet, lines, from_right)]
    offset, labels = _labels(edges, len(sheets))
    forms = Counter({(edge.at_top, normal(edge.line.text)): 0 for edge in edges})
    for key in {(edge.at_top, normal(edge.line.text), edge.sheet) for edge in edges}:
        forms[key[:2]] += 1
    needed = _AGAIN if len(sheets) > 4 else 2
    found: dict[int, list[tuple[Edge, str]]] = {}
    for edge in edges:
        form = normal(edge.line.text)
        numbered = offset is not None and _numbers_at(edge, offset)
        if numbered and re.fullmatch(r"[\W_#]*|[^\W_]{1,8} #|# [^\W_]{1,8}", form.replace(" # ", " #")):
            found.setdefault(edge.sheet, []).append((edge, "the printed number of the sheet"))
        elif forms[edge.at_top, form] >= needed and re.search(r"[^\W\d_]", form):
            found.setdefault(edge.sheet, []).append((edge, "a line that the sheets repeat"))
        elif numbered and len(form.split()) <= _MOST_WORDS and _is_outermost(edge, edges):
            found.setdefault(edge.sheet, []).append((edge, "a line with the printed number of the sheet"))
    return Running(found, labels)


def _edges(sheet: RawSheet, rows: list[Row], from_right: bool) -> list[Edge]:
    """The outermost lines of a sheet that something sets off from its text: a gap, or another size of type."""
    found = []
    ordered = sorted(rows, key=lambda row: row.base)
    for at_top, side in ((True, ordered), (False, ordered[::-1])):
        outer = [row for row in side[:_OUTERMOST] if _at_edge(row, sheet.height, at_top)]
        while outer and len(side) > len(outer) and not _set_off(outer[-1], side[len(outer)]):
            outer.pop()
        for row in outer:
            line = line_of(row, from_right, 0, False, (row.left, row.right))
            if len(line.text) <= _LONGEST:
                found.append(Edge(sheet.number, row, line, at_top))
    return found


def _at_edge(row: Row, height: float, at_top: bool) -> bool:
    return row.base < _REACH * height if at_top else row.base > (1 - _REACH) * height


def _set_off(row: Row, inner: Row) -> bool:
    """Whether a line is set off from the next one inwards."""
    larger = max(row.size, inner.size)
    return abs(row.base - inner.base) > _APART * larger or abs(row.size - inner.size) > 0.08 * larger


def _is_outermost(edge: Edge, edges: list[Edge]) -> bool:
    """Whether no other line of the sheet stands nearer to the same edge."""
    others = [other.row.base for other in edges if other.sheet == edge.sheet and other.at_top == edge.at_top]
    return edge.row.base == (min(others) if edge.at_top else max(others))


def _numerals(words: str) -> list[tuple[int, str]]:
    """The numbers in a line, each with its characters."""
    plain = "".join(str(unicodedata.decimal(character, character)) for character in words)
    found = [(int(match.group(1)), words[match.start(1) : match.end(1)]) for match in _NUMBER.finditer(plain)]
    if not found and len(plain.strip(" -–—.|[]()")) <= 7:
        found = [(_roman(match.group(1)), match.group(1)) for match in _ROMAN.finditer(plain)]
    return found


def _roman(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral.lower()]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _labels(edges: list[Edge], count: int) -> tuple[int | None, dict[int, str]]:
    """The distance between printed and counted numbers that most sheets agree on, and the label of each that has one."""
    votes = Counter({0: 0})
    for offset, _ in {(value - edge.sheet, edge.sheet) for edge in edges for value, _ in _numerals(edge.line.text)}:
        votes[offset] += 1
    offset, agreed = max(votes.items(), key=lambda vote: (vote[1], -abs(vote[0])))
    if agreed < 2 or (count > 6 and agreed < 0.2 * count):
        return None, {}
    labels: dict[int, str] = {}
    for edge in sorted(edges, key=lambda edge: len(edge.line.text)):
        for value, written in _numerals(edge.line.text):
            if value - edge.sheet == offset:
                labels.setdefault(edge.sheet, written)
    return offset, labels


def _numbers_at(edge: Edge, offset: int) -> bool:
    return any(value - edge.sheet == offset for value, _ in _numerals(edge.line.text))
