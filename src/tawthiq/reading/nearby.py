"""What stands near what, found without walking the whole document: the cost of long texts stays linear."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from tawthiq.records.period import When
from tawthiq.records.span import Span
from tawthiq.records.statement import Statement

BESIDE_CUE = 45
MOST = 24


class BySentence:
    """Positions of a list's items by the sentence each stands in; `tokens` are where the items begin, in text order."""

    def __init__(self, sentences: Iterable[int], tokens: Iterable[int]) -> None:
        self._held: dict[int, tuple[list[int], list[int]]] = {}
        for position, (sentence, token) in enumerate(zip(sentences, tokens, strict=True)):
            positions, starts = self._held.setdefault(sentence, ([], []))
            positions.append(position)
            starts.append(token)

    def within(self, token: int, sentence: int, reach: int, lead: int = -1) -> list[int]:
        """Positions of items at most `reach` sentences away or in sentences 0 to `lead`, in list order.

        Of a sentence that holds more than `MOST`, those nearest the token: a list without a full stop is one sentence.
        """
        found: list[int] = []
        for number in {*range(sentence - reach, sentence + reach + 1), *range(lead + 1)}:
            positions, starts = self._held.get(number, ([], []))
            middle = bisect_left(starts, token)
            first = max(min(middle - MOST // 2, len(positions) - MOST), 0)
            found += positions[first : first + MOST]
        return sorted(found)

    def count(self, sentence: int) -> int:
        """How many items stand in a sentence."""
        return len(self._held[sentence][0]) if sentence in self._held else 0


class Covering:
    """Spans asked whether one of them holds or touches another span."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in ordered]
        self._furthest: list[int] = []
        for span in ordered:
            self._furthest.append(max(span.end, self._furthest[-1] if self._furthest else span.end))

    def contains(self, other: Span) -> bool:
        """Whether one span holds the other whole."""
        at = bisect_right(self._starts, other.start)
        return at > 0 and self._furthest[at - 1] >= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether one span shares a character with the other."""
        at = bisect_left(self._starts, other.end)
        return at > 0 and self._furthest[at - 1] > other.start


def innermost(statements: Sequence[Statement], starts: Sequence[int]) -> tuple[int, ...]:
    """For each token (by where it starts) the shortest statement whose content holds it, or -1; the first among equals."""
    held = [-1] * len(starts)
    for number in sorted(range(len(statements)), key=lambda i: (-len(statements[i].content), -i)):
        content = statements[number].content
        first, last = bisect_left(starts, content.start), bisect_left(starts, content.end)
        held[first:last] = [number] * (last - first)
    return tuple(held)


def times_of_telling(statements: Sequence[Statement], times: Sequence[When]) -> frozenset[int]:
    """Where those times start that stand beside a reporting word and outside its content: they date the telling."""
    starts = sorted(when.mention.span.start for when in times)
    longest = max((len(when.mention.span) for when in times), default=0)
    by_start = {when.mention.span.start: when.mention.span for when in times}
    found = set()
    for statement in statements:
        if statement.cue is None:
            continue
        cue, content = statement.cue.span, statement.content
        first = bisect_left(starts, cue.start - BESIDE_CUE - longest)
        for start in starts[first : bisect_right(starts, cue.end + BESIDE_CUE)]:
            gap = max(cue.start - by_start[start].end, start - cue.end)
            if gap <= BESIDE_CUE and not content.start <= start < content.end:
                found.add(start)
    return frozenset(found)
