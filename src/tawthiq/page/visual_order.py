"""Characters as they stand on a line, left to right, put into the order in which they are read.

Pure. The inverse of the Unicode Bidirectional Algorithm (UAX #9) for one line: in a line of Arabic, letters run from right
to left, words of Latin letters and numbers from left to right, and brackets are mirrored. What two logical orders would
show alike is resolved as a reader would: a number beside a Latin word belongs to it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_RIGHT, _LEFT, _NUMBER, _COMMON, _OTHER = "R", "L", "N", "C", "O"
_CLASSES = {"R": _RIGHT, "AL": _RIGHT, "L": _LEFT, "EN": _NUMBER, "AN": _NUMBER, "CS": _COMMON, "NSM": _RIGHT}
_MIRRORED = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "<": ">"}
_CLOSES = {closing: opening for opening, closing in _MIRRORED.items()}
_PROCLITICS = frozenset("وفبلك")  # particles written together with a quoted word (wa, fa, bi, li, ka)
_ALEFS = "اأإآٱ"


class Placed(NamedTuple):
    """What is drawn at one place of a line, in logical order: a letter with its marks, a ligature, or a space."""

    text: str
    left: float
    right: float


@lru_cache(maxsize=4096)
def _class(character: str) -> str:
    return _CLASSES.get(unicodedata.bidirectional(character), _OTHER)


def direction_share(text: Iterable[str]) -> tuple[int, int]:
    """How many characters are letters of right-to-left and of left-to-right scripts."""
    right = left = 0
    for piece in text:
        for character in piece:
            found = _class(character)
            right += found == _RIGHT and character.isalpha()
            left += found == _LEFT
    return right, left


def logical(line: Sequence[Placed], *, from_right: bool) -> list[Placed]:
    """The pieces of a line, given from left to right, in reading order; brackets opened and closed as they are read."""
    classes = [_class(piece.text[0]) for piece in line]
    order = _from_right(classes, 0, len(line)) if from_right else _from_left(classes)
    found = [line[at] for at, _ in order]
    turned = {place for place, (_, right) in enumerate(order) if right}
    return _brackets(found, turned) if turned else found


def _from_right(classes: list[str], begin: int, end: int) -> list[tuple[int, bool]]:
    """Places `begin`..`end` read from the right, each with whether it is at a right-to-left level."""
    order: list[tuple[int, bool]] = []
    at = end
    while at > begin:
        if classes[at - 1] not in (_LEFT, _NUMBER):
            order.append((at - 1, True))
            at -= 1
            continue
        start = _run_start(classes, begin, at)
        order += [(place, False) for place in range(start, at)]
        at = start
    return order


def _run_start(classes: list[str], begin: int, end: int) -> int:
    """Where the left-to-right run that ends before `end` begins: up to the farthest Latin letter or number before Arabic.

    Without a Latin letter the run is one number ("10:45"), whose parts only a common separator joins (rules W4, N0-N2).
    """
    barrier = end
    while barrier > begin and classes[barrier - 1] != _RIGHT:
        barrier -= 1
    if _LEFT in classes[barrier:end]:
        return next(at for at in range(barrier, end) if classes[at] in (_LEFT, _NUMBER))
    start = end - 1
    while start > begin:
        if classes[start - 1] == _NUMBER:
            start -= 1
        elif start - 1 > begin and classes[start - 1] == _COMMON and classes[start - 2] == _NUMBER:
            start -= 2
        else:
            break
    return start


def _from_left(classes: list[str]) -> list[tuple[int, bool]]:
    """Places read from the left, runs of a right-to-left script inside read from the right."""
    order: list[tuple[int, bool]] = []
    at, size = 0, len(classes)
    while at < size:
        if classes[at] != _RIGHT:
            order.append((at, False))
            at += 1
            continue
        last = at
        for place in range(at, size):
            if classes[place] == _LEFT:
                break
            if classes[place] == _RIGHT:
                last = place
        order += _from_right(classes, at, last + 1)
        at = last + 1
    return order


def _brackets(line: list[Placed], turned: set[int]) -> list[Placed]:
    """Brackets at right-to-left levels as they are read: programs store them as drawn or as meant.

    What stands beside one tells which it is: an opening one follows a space, a closing one goes before a space or a mark.
    """
    found = list(line)
    opened = 0
    for place in sorted(turned):
        text = line[place].text
        opening = text if text in _MIRRORED else _CLOSES.get(text)
        if opening is None:
            continue
        before = line[place - 1].text[-1] if place else " "
        after = line[place + 1].text[0] if place + 1 < len(line) else " "
        opens = _opens(before, after)
        if opens is None and before in _PROCLITICS:
            opens = place < 2 or line[place - 2].text == " "
        if opens is None:
            opens = not opened
        opened += 1 if opens else -min(opened, 1)
        found[place] = line[place]._replace(text=opening if opens else _MIRRORED[opening])
    return found


def _opens(before: str, after: str) -> bool | None:
    """Whether a bracket between two characters opens; None when both or neither side could be inside."""
    free_before = before.isspace() or before in _MIRRORED or before in _CLOSES
    free_after = after.isspace() or unicodedata.category(after).startswith("P")
    if free_before == free_after:
        return None
    return free_before


def ligature(characters: Sequence[str], *, as_stored: bool) -> str:
    """The characters of one drawn form in reading order: lam before alef, marks behind their letter."""
    letters = [character for character in characters if not unicodedata.combining(character[0])]
    marks = [character for character in characters if unicodedata.combining(character[0])]
    lam_second = len(letters) == 2 and letters[0][0] in _ALEFS and letters[1] == "ل"
    if lam_second or (not as_stored and letters[:1] != ["ل"] and direction_share(letters)[0]):
        letters.reverse()
    return "".join(letters + marks)


def stored_backwards(groups: Iterable[Sequence[str]]) -> bool:
    """Whether a file stores ligatures backwards, by those whose order is known: lam and alef."""
    backwards = 0
    for group in groups:
        if len(group) == 2 and "ل" in group:
            backwards += (group[0] in _ALEFS) - (group[1] in _ALEFS)
    return backwards > 0
