"""Lines of a sheet that the recognizer's first look passed over.

Tesseract cuts a sheet into blocks before it reads, and now and then loses a whole line between two others without a word
(measured: the second line of a paragraph of two, 5.3.0, `--psm 3`). Where a line would have had room, a second look that
takes the sheet for one block (`--psm 6`) is asked for lines where the first has none. It never changes what was read.
"""

from collections.abc import Sequence
from statistics import median

from tawthiq.records.sheet_words import Box, RecognizedSheet, RecognizedWord

SURE = 0.7
"""Mean confidence of a line from which it is added; lines made of the grain of photographs stay below .5."""
_ROOM = 0.9  # of a line's height between two lines, in which a third may stand
_FEWEST = 4  # letters of a line that is added
Words = tuple[RecognizedWord, ...]


def has_room(sheet: RecognizedSheet) -> bool:
    """Whether somewhere between a line and the next one below it another line could stand."""
    boxes = [_around(line) for line in sheet.lines]
    if not boxes:
        return False
    usual = median(box.bottom - box.top for box in boxes)
    return any(
        _ROOM * usual
        <= min((o.top for o in boxes if o.top >= box.bottom and _beside(box, o)), default=0.0) - box.bottom
        for box in boxes
    )


def with_overlooked(sheet: RecognizedSheet, second: RecognizedSheet) -> RecognizedSheet:
    """The sheet with those lines of a second look that touch nothing already read, each below the line above it."""
    taken = [word.box for line in sheet.lines for word in line]
    lines = list(sheet.lines)
    for line in second.lines:
        if _is_sure(line) and not any(_touch(word.box, box) for word in line for box in taken):
            lines.insert(_place(lines, _around(line)), line)
    return RecognizedSheet(sheet.width, sheet.height, tuple(lines))


def _place(lines: Sequence[Words], box: Box) -> int:
    """Behind the nearest line above in the same column; before everything when none is."""
    above = [
        (other.bottom, at)
        for at, other in enumerate(map(_around, lines))
        if _beside(box, other) and other.top + other.bottom < box.top + box.bottom
    ]
    return max(above)[1] + 1 if above else 0


def _is_sure(line: Words) -> bool:
    letters = sum(character.isalpha() for word in line for character in word.text)
    size = sum(len(word.text) for word in line)
    return letters >= _FEWEST and sum(word.confidence * len(word.text) for word in line) >= SURE * size


def _around(line: Words) -> Box:
    """The place of a line, at the height of most of its words: the box of a single word often reaches into its neighbours."""
    boxes = [word.box for word in line]
    return Box(
        min(box.left for box in boxes),
        median(box.top for box in boxes),
        max(box.right for box in boxes),
        median(box.bottom for box in boxes),
    )


def _beside(one: Box, other: Box) -> bool:
    """Whether one stands above or below the other."""
    return one.left < other.right and other.left < one.right


def _touch(one: Box, other: Box) -> bool:
    """Whether two words share more than the edge where one line's tails meet the heads of the next."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    least = min(one.bottom - one.top, other.bottom - other.top)
    return _beside(one, other) and shared > least / 3
