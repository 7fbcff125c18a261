"""The words of a search in their place: a window of the original text with the matched characters told apart.

Which words matched is what the index says (FTS5 `highlight`), so that what is marked is what was found.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawthiq.archive.search_text import BETWEEN
from tawthiq.archive.word_places import unpacked
from tawthiq.records.span import Span

WORDS_SHOWN = 30
WORDS_BEFORE = 8
OPEN, CLOSE = "\x01", "\x02"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Original characters in order, each part matched or not; `first` is where the first match stands in the text."""

    parts: tuple[tuple[str, bool], ...]
    first: Span | None

    @property
    def text(self) -> str:
        """The characters without marks."""
        return "".join(text for text, _matched in self.parts)


@dataclass(frozen=True, slots=True)
class Found:
    """The words of one text, where each stands, and the numbers of those that matched, in order."""

    spans: Sequence[Span]
    stems: Sequence[str]
    hits: Sequence[int]


def found_words(exact: str, stemmed: str, places: bytes) -> Found:
    """What matched, from the two columns as `highlight` returns them and the places kept beside them."""
    matched = set(_marked(exact)) | set(_marked(stemmed))
    stems = stemmed.replace(OPEN, "").replace(CLOSE, "").split(BETWEEN)
    return Found(unpacked(places), stems, sorted(matched))


def snippet(text: str, zones: Sequence[Span], found: Found) -> Snippet:
    """The window inside one of `zones` that holds most different matched words, the first of equals.

    Empty when no match stands in the zones.
    """
    starts = [span.start for span in found.spans]
    best: tuple[int, Span, int] | None = None
    for zone in zones:
        low, high = bisect_left(starts, zone.start), bisect_left(starts, zone.end)
        inside = [hit for hit in found.hits if low <= hit < high]
        for hit in inside:
            score = len({found.stems[other] for other in inside if hit <= other < hit + WORDS_SHOWN - WORDS_BEFORE})
            if best is None or score > best[0]:
                best = (score, zone, hit)
    if best is None:
        return Snippet((), None)
    _, zone, hit = best
    shown = range(
        max(bisect_left(starts, zone.start), hit - WORDS_BEFORE),
        min(bisect_left(starts, zone.end), hit - WORDS_BEFORE + WORDS_SHOWN),
    )
    parts = _parts(text, zone, found, shown)
    return Snippet(tuple((part.replace("\n", " "), matched) for part, matched in parts if part), found.spans[hit])


def _parts(text: str, zone: Span, found: Found, shown: range) -> Iterator[tuple[str, bool]]:
    """The window's characters, matched words apart; an ellipsis where the zone goes on."""
    before = text[zone.start : found.spans[shown.start].start]
    after = text[found.spans[shown.stop - 1].end : zone.end]
    is_cut_before = shown.start > 0 and found.spans[shown.start - 1].start >= zone.start
    is_cut_after = shown.stop < len(found.spans) and found.spans[shown.stop].start < zone.end
    yield "… " if is_cut_before else before, False
    at = found.spans[shown.start].start
    matched = set(found.hits)
    for number in shown:
        if number in matched:
            span = found.spans[number]
            yield text[at : span.start], False
            yield span.of(text), True
            at = span.end
    yield text[at : found.spans[shown.stop - 1].end], False
    yield " …" if is_cut_after else after, False


def _marked(words: str) -> Iterator[int]:
    """The numbers of the words that lie in marks; the words of a phrase share one pair."""
    is_open = False
    for number, word in enumerate(words.split(BETWEEN)):
        if is_open or OPEN in word:
            yield number
        if OPEN in word or CLOSE in word:
            is_open = word.rfind(OPEN) > word.rfind(CLOSE)
