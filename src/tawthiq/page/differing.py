"""In what two anatomies of one text differ: what a person decided, and what the program finds by itself.

Body: F1 over words. Zones: every character of the report and of readers' comments under the same kind; furniture
(navigation, related links, advertisements, the rest) counts as one kind, since calling a menu "other" harms no evidence.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tawthiq.records.correction import Difference
from tawthiq.records.page import Page, PageDate, ZoneKind
from tawthiq.text.agreement import token_f1

PARTS = ("body", "zones", "title", "byline", "agency", "date", "comments")
FURNITURE = frozenset(
    {ZoneKind.COMMENT_FORM, ZoneKind.RELATED, ZoneKind.ABOUT, ZoneKind.AD, ZoneKind.NAVIGATION, ZoneKind.OTHER}
)
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Comparison:
    """How close the program comes: the F1 of the words of the body, and what differs, in the order of PARTS."""

    body_f1: float
    differences: tuple[Difference, ...]

    @property
    def differs(self) -> tuple[str, ...]:
        """The parts that differ."""
        return tuple(difference.part for difference in self.differences)


def compare(expected: Page, found: Page) -> Comparison:
    """What of `expected` the anatomy `found` misses. Both are of the same text; ValueError else."""
    if expected.text != found.text:
        raise ValueError("the two anatomies are of different texts")
    f1 = token_f1(expected.body, found.body)
    return Comparison(f1, tuple(_differences(expected, found, f1)))


def _differences(expected: Page, found: Page, f1: float) -> Iterator[Difference]:
    if f1 < 1:
        yield Difference("body", f"{len(expected.body)} characters", f"{len(found.body)} characters, F1 {f1:.3f}")
    wrong = list(_otherwise(expected, found))
    if wrong:
        yield Difference("zones", *_first_run(expected.text, wrong))
    for part in ("title", "byline", "agency"):
        wanted, got = _squeezed(getattr(expected, part)), _squeezed(getattr(found, part))
        if wanted != got:
            yield Difference(part, wanted or "none", got or "none")
    wanted_date, got_date = expected.told_published, found.told_published
    if not _agree(wanted_date, got_date):
        yield Difference("date", _date(wanted_date), _date(got_date))
    wanted_comments, got_comments = _comments(expected), _comments(found)
    if wanted_comments != got_comments:
        alike = (wanted_comments & got_comments).total()
        counts = (wanted_comments.total(), got_comments.total())
        yield Difference("comments", f"{counts[0]}", f"{counts[1]}, {alike} of them alike")


def _otherwise(expected: Page, found: Page) -> Iterator[tuple[int, ZoneKind, ZoneKind]]:
    """Every character but white space that lies under another kind, with both kinds."""
    for place, (letter, wanted, got) in enumerate(zip(expected.text, _kinds(expected), _kinds(found), strict=True)):
        if wanted is not got and not letter.isspace() and not (wanted in FURNITURE and got in FURNITURE):
            yield place, wanted, got


def _kinds(page: Page) -> Iterator[ZoneKind]:
    for zone in page.zones:
        for _ in range(len(zone.span)):
            yield zone.kind


def _first_run(text: str, wrong: list[tuple[int, ZoneKind, ZoneKind]]) -> tuple[str, str]:
    """How many characters are under which kinds, with the beginning of the first of them."""
    place = wrong[0][0]
    words = _shown(text[place : place + _SHOWN])
    runs = [(kinds, sum(1 for _ in run)) for kinds, run in groupby(wrong, key=lambda each: each[1:])]
    counted: Counter[tuple[ZoneKind, ZoneKind]] = Counter()
    for kinds, length in runs:
        counted[kinds] += length
    (wanted, got), _ = counted.most_common(1)[0]
    return f"{wanted.value}", f"{got.value} ({len(wrong)} characters in all, from {words!r} on)"


def _agree(expected: PageDate | None, found: PageDate | None) -> bool:
    """The same day, and the same clock where the person's date has one; the source does not matter."""
    if expected is None or found is None:
        return expected is found
    return expected.day == found.day and expected.clock in (None, found.clock)


def _date(date: PageDate | None) -> str:
    if date is None:
        return "none"
    clock = f" {date.clock:%H:%M}" if date.clock else ""
    return f"{date.day.isoformat()}{clock}"


def _comments(page: Page) -> Counter[tuple[str, str, str]]:
    return Counter(
        (_squeezed(comment.author), _squeezed(comment.date), _squeezed(comment.span.of(page.text)))
        for comment in page.comments
    )


def _squeezed(words: str | None) -> str:
    return " ".join((words or "").split())


def _shown(words: str) -> str:
    return _squeezed(words.partition("\n")[0])[:40]
