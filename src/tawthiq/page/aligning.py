"""Which characters of one text stand, in the same order, in another: how decisions about a text survive a new reading of it.

Words and marks are matched exactly; white space is not looked at. The method is patience differencing: equal ends first,
then runs of words that are found once in each text, then, in small gaps, the longest common runs (difflib, which alone
takes time with the cube of the length on texts made for it). Bounded: a gap that stays large and has no such run is left
unmatched.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tawthiq.records.span import Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_RUN = 4  # words; shorter runs repeat by chance
_SMALL = 40_000  # pairs of words that are compared one by one
_DEPTH = 8

Block = tuple[int, int, int]  # place in the old text, place in the new one, how many


def tokens(text: str) -> list[Span]:
    """Words and single marks of `text`, in order; every character but white space belongs to one."""
    return [Span(*match.span()) for match in _TOKEN.finditer(text)]


def aligned(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each word of `old` its place in `new`, or None; places rise."""
    found: list[int | None] = [None] * len(old)
    for first, second, length in _blocks(old, new):
        found[first : first + length] = range(second, second + length)
    return found


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    stack = [(0, len(old), 0, len(new), 0)]
    while stack:
        low, high, start, end, depth = stack.pop()
        while low < high and start < end and old[low] == new[start]:
            yield low, start, 1
            low, start = low + 1, start + 1
        while low < high and start < end and old[high - 1] == new[end - 1]:
            high, end = high - 1, end - 1
            yield high, end, 1
        if low == high or start == end:
            continue
        if (high - low) * (end - start) <= _SMALL:
            matcher = SequenceMatcher(None, old[low:high], new[start:end], autojunk=False)
            yield from ((low + block.a, start + block.b, block.size) for block in matcher.get_matching_blocks())
        elif depth < _DEPTH:
            corner = low, start
            for after, beyond in _anchors(old[low:high], new[start:end]):
                first, second = corner[0] + after, corner[1] + beyond
                stack.append((low, first, start, second, depth + 1))
                low, start = first, second
            if (low, start) != (high, end) and old[low] == new[start]:
                stack.append((low, high, start, end, depth + 1))


def _anchors(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where runs that are found once in each text begin, as the longest series that rises in both."""
    firsts, seconds = _once(old), _once(new)
    pairs = sorted((place, seconds[run]) for run, place in firsts.items() if run in seconds)
    tails: list[int] = []
    chains: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(chains[place - 1] if place else -1)
        tails[place : place + 1] = [second]
        chains[place : place + 1] = [number]
    series = []
    number = chains[-1] if chains else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    yield from reversed(series)


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Runs of words that stand once in a text, and where."""
    places: dict[tuple[str, ...], int] = {}
    repeated = set()
    for place in range(len(words) - _RUN + 1):
        run = tuple(words[place : place + _RUN])
        if run in places:
            repeated.add(run)
        places[run] = place
    return {run: place for run, place in places.items() if run not in repeated}
