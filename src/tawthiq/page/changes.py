"""What changed in a page between two captures of its address: passages removed and added, each with its place.

Pure. Pages change with every load: counters, related links, advertisements. Only title, byline, agency, date of publication,
body, captions and readers' comments count as changes; whatever else differs is told in one word ("surroundings"). Dates are
compared as values, since "3 hours ago" becomes "5 hours ago" by itself. Words and marks are compared exactly, by the one
alignment of texts that pages have (`aligning`); white space is not looked at.

The law: a part's words without its removed passages are, in the same order, those of the other side without its added ones.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tawthiq.page.aligning import aligned, tokens
from tawthiq.records.change import PageChange, Passage
from tawthiq.records.page import Page, PageDate, ZoneKind
from tawthiq.records.span import Span

PARTS: tuple[tuple[str, ZoneKind], ...] = (
    ("title", ZoneKind.TITLE),
    ("byline", ZoneKind.BYLINE),
    ("agency", ZoneKind.AGENCY),
    ("body", ZoneKind.BODY),
    ("caption", ZoneKind.CAPTION),
    ("comment", ZoneKind.COMMENT),
)
MOST_WORDS = 200_000
_STRAY = 3  # fewer words than these between two changes are no common passage: they agree by chance
_COMPARED = frozenset(kind for _, kind in PARTS)


def changes(before: Page, after: Page) -> PageChange:
    """What `after` removed from `before` and added to it."""
    passages: list[Passage] = []
    too_long: list[str] = []
    for part, kind in PARTS:
        old, new = _Words(before, kind), _Words(after, kind)
        if max(len(old.words), len(new.words)) > MOST_WORDS:
            too_long += [part] if old.words != new.words else []
        elif old.words != new.words:
            passages += _passages(part, old, new)
        elif part in ("title", "byline", "agency"):
            passages += _value(part, getattr(before, part), getattr(after, part))
        if part == "byline":
            passages += _value("date", _moment(before.told_published), _moment(after.told_published))
    return PageChange(tuple(passages), _around(before) != _around(after), tuple(too_long))


class _Words:
    """The words and marks of all zones of one kind, with their places and the zone that each lies in."""

    def __init__(self, page: Page, kind: ZoneKind) -> None:
        self.text = page.text
        self.words: list[str] = []
        self.places: list[Span] = []
        self.zones: list[int] = []
        spans = page.zones_of(kind)
        for number, zone in enumerate(spans):
            for token in tokens(zone.of(page.text)):
                place = Span(zone.start + token.start, zone.start + token.end)
                self.words.append(place.of(page.text))
                self.places.append(place)
                self.zones.append(number)
        self.start = spans[0].start if spans else 0

    def anchor(self, number: int) -> Span:
        """The empty place before word `number`: right behind the word that stands before it."""
        at = self.places[number - 1].end if number else self.start
        return Span(at, at)

    def runs(self, first: int, last: int) -> list[Span]:
        """The places of words `first`..`last`, a stretch for each zone."""
        runs = (list(run) for _, run in groupby(range(first, last), key=self.zones.__getitem__))
        return [Span(self.places[run[0]].start, self.places[run[-1]].end) for run in runs]


def _passages(part: str, old: _Words, new: _Words) -> Iterator[Passage]:
    for first, last, begin, end in _gaps(old.words, new.words):
        removed = old.runs(first, last) or [old.anchor(first)]
        added = new.runs(begin, end) or [new.anchor(begin)]
        for number in range(max(len(removed), len(added))):
            before = removed[number] if number < len(removed) else Span(removed[-1].end, removed[-1].end)
            after = added[number] if number < len(added) else Span(added[-1].end, added[-1].end)
            yield Passage(part, before, after, before.of(old.text), after.of(new.text))


def _gaps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The ranges of words without a counterpart, in both sequences; ranges with hardly a word between them are one."""
    gaps: list[list[int]] = []
    low = start = 0
    for number, place in [*enumerate(aligned(old, new)), (len(old), len(new))]:
        if place is None:
            continue
        if number > low or place > start:
            near = bool(gaps) and low - gaps[-1][1] < _STRAY
            if near and max(number - gaps[-1][0], place - gaps[-1][2]) > 2 * _STRAY:
                gaps[-1][1], gaps[-1][3] = number, place
            else:
                gaps.append([low, number, start, place])
        low, start = number + 1, place + 1
    yield from ((first, last, begin, end) for first, last, begin, end in gaps)


def _value(part: str, before: str | None, after: str | None) -> Iterator[Passage]:
    """A value that differs though no zone shows it."""
    removed, added = " ".join((before or "").split()), " ".join((after or "").split())
    if removed != added:
        yield Passage(part, None, None, removed, added)


def _moment(date: PageDate | None) -> str:
    """A date as it is compared and told: the day and, where it is given, the clock."""
    if date is None:
        return ""
    return f"{date.day.isoformat()} {date.clock:%H:%M}" if date.clock else date.day.isoformat()


def _around(page: Page) -> list[str]:
    """The words of everything that is no part of the report."""
    around = (zone.span.of(page.text) for zone in page.zones if zone.kind not in _COMPARED)
    return [token.of(words) for words in around for token in tokens(words)]
