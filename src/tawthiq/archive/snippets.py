"""The words of a search in their place: a window of the original text with the matched characters told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.records.span import Span
from tawthiq.text.analysis import Analysed, QueryPart, analyse

WORDS_SHOWN = 30
WORDS_BEFORE = 8


@dataclass(frozen=True, slots=True)
class Snippet:
    """Original characters in order, each part matched or not; `first` is where the first match stands in the text."""

    parts: tuple[tuple[str, bool], ...]
    first: Span | None

    @property
    def text(self) -> str:
        """The characters without marks."""
        return "".join(text for text, _matched in self.parts)


def snippet(text: str, spans: Sequence[Span], terms: Sequence[QueryPart]) -> Snippet:
    """The window of `spans` that holds most different words of `terms`, the earliest of equals; empty when none does."""
    exact = {form for term in terms for form in term.exact}
    stems = {form for term in terms if not term.phrase for form in term.stems}
    best: tuple[int, _Window] | None = None
    for zone in spans:
        found = analyse(zone.of(text))
        hits = [place for place, word in enumerate(found) if word.exact in exact or word.stem in stems]
        for place in hits:
            inside = [hit for hit in hits if place <= hit < place + WORDS_SHOWN - WORDS_BEFORE]
            score = len({found[hit].stem for hit in inside})
            if best is None or score > best[0]:
                best = (score, _Window(zone, found, place, frozenset(hits)))
    return best[1].snippet(text) if best else Snippet((), None)


@dataclass(frozen=True, slots=True)
class _Window:
    """Words around the hit at `place` among the words `found` in `zone`, whose spans count from the zone's start."""

    zone: Span
    found: Sequence[Analysed]
    place: int
    hits: frozenset[int]

    def snippet(self, text: str) -> Snippet:
        first = max(0, self.place - WORDS_BEFORE)
        after = min(len(self.found), first + WORDS_SHOWN)
        shown = [self.found[number].span.shifted(self.zone.start) for number in range(first, after)]
        at = self.zone.start if first == 0 else shown[0].start
        end = self.zone.end if after == len(self.found) else shown[-1].end
        parts = [("… ", False)] if first else []
        for number, span in zip(range(first, after), shown, strict=True):
            if number in self.hits:
                parts += [(text[at : span.start], False), (span.of(text), True)]
                at = span.end
        parts += [(text[at:end], False), (" …" if after < len(self.found) else "", False)]
        return Snippet(
            tuple((" ".join(part.split("\n")), matched) for part, matched in parts if part),
            self.found[self.place].span.shifted(self.zone.start),
        )
