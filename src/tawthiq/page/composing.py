"""The sheets of a document as one text, and where each sheet, line and paragraph stands in it.

Pure. A sheet's text is its running heads, its paragraphs in reading order, what runs another way, and its feet, one a line;
sheets are joined by newlines. Nothing that a sheet shows as characters is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.page.columns import blocks, whole_rows
from tawthiq.page.running_lines import Running, running
from tawthiq.page.sheet_text import Line, Paragraph, is_from_right, joined, lines_of, paragraphs
from tawthiq.page.sheets import RawSheet
from tawthiq.page.visual_order import Placed
from tawthiq.records.sheet_words import Box, SheetWord
from tawthiq.records.span import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, head, foot or other line of a sheet at `start`..`end` of the text. `reason` is set for running lines."""

    start: int
    end: int
    sheet: int
    paragraph: Paragraph | None
    reason: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A document's text, its pieces in order, the span and printed label of each sheet, and its usual size of type."""

    text: str
    pieces: tuple[Piece, ...]
    spans: tuple[Span, ...]
    labels: dict[int, str]
    size: float


def composed(sheets: Sequence[RawSheet]) -> Composed:
    """The text of a document."""
    from_right = is_from_right([stretch for sheet in sheets for stretch in sheet.stretches]) or False
    repeated = running(sheets, [whole_rows(sheet.stretches) for sheet in sheets], from_right=from_right)
    parts: list[str] = []
    pieces: list[Piece] = []
    spans = []
    at = 0
    for sheet in sheets:
        begin = at
        for text, paragraph, reason in _of_sheet(sheet, repeated, from_right):
            pieces.append(Piece(at, at + len(text), sheet.number, paragraph, reason))
            parts.append(text)
            at += len(text) + 1
        spans.append(Span(begin, at - 1) if at > begin else Span(max(begin - 1, 0), max(begin - 1, 0)))
    return Composed("\n".join(parts), tuple(pieces), tuple(spans), repeated.labels, _usual_size(pieces))


def _of_sheet(sheet: RawSheet, repeated: Running, from_right: bool) -> list[tuple[str, Paragraph | None, str]]:
    """The lines of a sheet's text, each with its paragraph and, for a running line, why it is one."""
    edges = repeated.rows.get(sheet.number, [])
    taken = {id(stretch) for edge, _ in edges for cell in edge.row.cells for stretch in cell}
    rest = [stretch for stretch in sheet.stretches if id(stretch) not in taken]
    side = is_from_right(rest)
    direction = from_right if side is None else side
    ordered = sorted(edges, key=lambda found: found[0].row.base)
    found: list[tuple[str, Paragraph | None, str]] = []
    found += [(edge.line.text, Paragraph((edge.line,)), reason) for edge, reason in ordered if edge.at_top]
    lines = lines_of(blocks(rest, from_right=direction), from_right=direction)
    found += [(text_of(paragraph), paragraph, "") for paragraph in paragraphs(lines)]
    if sheet.rotated:
        found.append((" ".join(sheet.rotated.split()), None, "it runs in another direction"))
    found += [(edge.line.text, Paragraph((edge.line,)), reason) for edge, reason in ordered if not edge.at_top]
    return [each for each in found if each[0].strip()]


def text_of(paragraph: Paragraph) -> str:
    """The characters of a paragraph."""
    return "".join(piece.text for piece, _ in joined(paragraph))


def _usual_size(pieces: Sequence[Piece]) -> float:
    """The size of type that most characters have."""
    counts: dict[float, int] = {}
    for piece in pieces:
        if piece.paragraph:
            size = round(piece.paragraph.size * 2) / 2
            counts[size] = counts.get(size, 0) + piece.end - piece.start
    return max(counts, key=lambda size: counts[size], default=0.0)


def words(composed: Composed, number: int) -> list[SheetWord]:
    """The words of one sheet with their places on it, in text order."""
    found: list[SheetWord] = []
    for piece in composed.pieces:
        if piece.sheet == number and piece.paragraph:
            found += _words(piece)
    return found


def _words(piece: Piece) -> list[SheetWord]:
    """The words of one paragraph; a word broken at a line's end is two, each with its own place."""
    assert piece.paragraph
    found: list[SheetWord] = []
    at = begin = piece.start
    run: list[Placed] = []
    line = 0
    for placed, number in [*joined(piece.paragraph), (Placed(" ", 0, 0), -1)]:
        if (placed.text.isspace() or number != line) and run:
            found.append(SheetWord(Span(begin, at), piece.sheet, _box(run, piece.paragraph.lines[line]), None))
            run = []
        line = number
        if not placed.text.isspace():
            begin = begin if run else at
            run.append(placed)
        at += len(placed.text)
    return found


def _box(run: list[Placed], line: Line) -> Box:
    left, right = min(placed.left for placed in run), max(placed.right for placed in run)
    return Box(round(left, 1), round(line.base - line.size, 1), round(right, 1), round(line.base + 0.3 * line.size, 1))
