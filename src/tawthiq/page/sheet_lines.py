"""Characters of a sheet gathered to stretches of a line: what stands on one baseline without a wide gap.

Pure. Marks (Arabic vowels, accents) go to the letter that they stand over; spaces are read off the gaps, since many
programs draw none.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import combining

from tawthiq.page.pdf_glyphs import Glyph
from tawthiq.page.visual_order import Placed, direction_share, ligature, logical, stored_backwards

WIDE_GAP = 0.6
"""Gap, in sizes of type, that may part columns or cells; lines are put together again where it does not."""
_SPACE = 0.2  # gap between words in sizes of type, where the file tells of no space; kerning and bearings stay below
_TOLD_SPACE = 0.08  # and where it does
_SPACE_AT_MARK = 0.38  # and where a neighbour's place is that of its mark
_NOTE_SIGN = 0.78  # size of a note's sign, as a share of the text's
_NUNATIONS = frozenset("\u064b\u064c\u064d")  # endings of words
_ONE_LINE = 0.35  # how far baselines of one line may differ, in sizes of type
_MARK_REACH = 1.1
_MOST_PAIRS = 20_000_000  # of marks and letters; a full sheet of vowelled Arabic has some four million


class Drawn(NamedTuple):
    """A letter or ligature with its marks, in place. Names as in `Glyph`; `origin` tells the order on the line.

    `afloat` is set where the place is that of the mark, which some programs draw for both.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    origin: float
    afloat: bool = False


class Stretch(NamedTuple):
    """Neighbouring characters on one baseline, from left to right.

    `words` are given by recognition only: the words of a line with its spaces, in reading order.
    """

    pieces: tuple[Drawn, ...]
    left: float
    right: float
    base: float
    size: float
    words: tuple[Placed, ...] = ()


def stretches(glyphs: Sequence[Glyph]) -> list[Stretch]:
    """All stretches of a sheet, from top to bottom, then from left to right."""
    letters, loose = _drawn(glyphs)
    rows = list(_rows(letters))
    if len(loose) * len(letters) > _MOST_PAIRS:
        rows += [[piece] for piece in loose]
    else:
        for piece in loose:
            _join(rows, piece)
    for row in rows:
        row.sort(key=lambda piece: piece.origin)
    return [stretch for row in rows for stretch in _cut(row)]


def _drawn(glyphs: Sequence[Glyph]) -> tuple[list[Drawn], list[Drawn]]:
    """Letters with those that share their place, and what is drawn off the baseline: marks, with or without a letter."""
    groups: dict[tuple[float, float, bool], list[Glyph]] = {}
    for glyph in glyphs:
        groups.setdefault((round(glyph.origin, 2), round(glyph.base, 2), glyph.text == " "), []).append(glyph)
    backwards = stored_backwards([[glyph.text for glyph in group] for group in groups.values() if _undivided(group)])
    letters: list[Drawn] = []
    loose: list[Drawn] = []
    for group in groups.values():
        piece = Drawn(*group[0])
        if len(group) > 1 and piece.text != " ":
            left, right = min(glyph.left for glyph in group), max(glyph.right for glyph in group)
            piece = piece._replace(text=_ligature(group, backwards), left=left, right=right)
        (loose if combining(piece.text[-1]) else letters).append(piece)
    return letters, loose


def _undivided(group: list[Glyph]) -> bool:
    """Whether the characters of a ligature bear one box, so that their places tell no order."""
    return len(group) > 1 and len({round(glyph.right, 2) for glyph in group}) == 1


def _ligature(group: list[Glyph], backwards: bool) -> str:
    if _undivided(group):
        return ligature([glyph.text for glyph in group], as_stored=not backwards)
    right, left = direction_share(glyph.text for glyph in group)
    ordered = sorted(group, key=lambda glyph: glyph.right, reverse=right > left)
    return ligature([glyph.text for glyph in ordered], as_stored=True)


def _rows(drawn: list[Drawn]) -> Iterator[list[Drawn]]:
    """Pieces whose baselines are one."""
    row: list[Drawn] = []
    for piece in sorted(drawn, key=lambda piece: piece.base):
        if row and piece.base - row[0].base > _ONE_LINE * min(max(piece.size, row[0].size), 2 * piece.size):
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _join(rows: list[list[Drawn]], mark: Drawn) -> None:
    """Add a mark to the letter that it stands over or under, and a letter drawn with its mark to the nearest row."""
    middle = (mark.left + mark.right) / 2
    best, best_far = None, _MARK_REACH * mark.size
    for row in rows:
        off = abs(row[0].base - mark.base)
        if off > best_far:
            continue
        for at, piece in enumerate(row):
            far = off + 2 * max(piece.left - middle, middle - piece.right, 0.0)
            if far < best_far and piece.text[0].isalpha():
                best, best_far = (row, at), far
    if best is None:
        rows.append([mark])
        return
    row, at = best
    if combining(mark.text[0]):
        row[at] = row[at]._replace(text=row[at].text + mark.text)
    else:
        row.append(mark._replace(base=row[at].base, afloat=True))


def _cut(row: list[Drawn]) -> Iterator[Stretch]:
    """A row parted at its wide gaps."""
    letters = [piece for piece in row if not piece.text.isspace()]
    part: list[Drawn] = []
    right = 0.0
    for piece in row:
        if piece.text.isspace():
            if part:
                part.append(piece)
            continue
        if part and piece.left - right > WIDE_GAP * max(piece.size, part[0].size):
            yield _stretch(part)
            part = []
        part.append(piece)
        right = max(right, piece.right) if len(part) > 1 else piece.right
    if part and letters:
        yield _stretch(part)


def _stretch(part: list[Drawn]) -> Stretch:
    while part and part[-1].text.isspace():
        part.pop()
    sizes = sorted(piece.size for piece in part)
    bases = sorted(piece.base for piece in part)
    right = max(piece.right for piece in part)
    return Stretch(tuple(part), part[0].left, right, bases[len(bases) // 2], sizes[len(sizes) // 2])


def written(pieces: Sequence[Drawn], *, from_right: bool) -> list[Placed]:
    """Pieces of one line, given from left to right, in reading order with the spaces between words."""
    placed: list[Placed] = []
    right, told = 0.0, False
    before = None
    for piece in pieces:
        if piece.text == " ":
            told = True
            continue
        if before and (
            piece.left - right > _least_space(before, piece, told) * piece.size or _is_note_sign(before, piece)
        ):
            placed.append(Placed(" ", right, piece.left))
        placed.append(Placed(piece.text, piece.left, piece.right))
        right = max(right, piece.right) if before else piece.right
        before, told = piece, False
    return logical(placed, from_right=from_right)


def _least_space(left: Drawn, right: Drawn, told: bool) -> float:
    """The gap, in sizes of type, from which two neighbours stand in two words."""
    if told:
        return _TOLD_SPACE
    if left.afloat or (right.afloat and right.text[-1] not in _NUNATIONS):
        return _SPACE_AT_MARK
    return _SPACE


def _is_note_sign(left: Drawn, right: Drawn) -> bool:
    """Whether one of two neighbours is a figure in small type: the sign of a note, which must not lengthen a number."""
    small, large = sorted((left, right), key=lambda piece: piece.size)
    return small.text.isdigit() and small.size < _NOTE_SIGN * large.size and large.text.isalnum()


def letters_of(stretches: Sequence[Stretch]) -> tuple[int, int]:
    """How many letters of right-to-left and left-to-right scripts stand in `stretches`."""
    return direction_share(piece.text for stretch in stretches for piece in stretch.pieces)
