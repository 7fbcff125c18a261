"""Events made comparable: one `Occurrence` for every event that tells of a single occurrence, stated or hedged.

Totals, background, denials and plans are no occurrences to link. Nothing is filled in: where an event gives no day, the
day of publication stands in as a weaker window, marked as such; what is missing stays missing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tawthiq.lexicon.tables import load
from tawthiq.records.count import Count, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.incident import EventReference
from tawthiq.records.links import LinkInput
from tawthiq.records.period import Precision
from tawthiq.records.place import PlaceKind, PlaceMention
from tawthiq.text.analysis import stem
from tawthiq.text.folding import fold

TOLD_AFTER = 4  # days: an undated report is mostly published within so many days of what it tells
LONGEST_PERIOD = 31  # days: a longer period dates nothing
CONTEXT = 400  # characters either side of an event, at most, whose words describe it
WIDE = {PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.GOVERNORATE, PlaceKind.COUNTRYSIDE, PlaceKind.DISTRICT}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place of an event: the telling words of its names, its gazetteer entry's code, coordinates and parent."""

    words: frozenset[str]
    code: str | None
    parent: str | None
    latitude: float | None
    longitude: float | None
    population: int
    wide: bool
    shown: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event, ready to be compared. Days are proleptic Gregorian ordinals, both included; None where unknown.

    `dated` says that the text itself gives the day or period; `tolls` holds (minimum, maximum or None) of whole counts.
    """

    reference: EventReference
    outlet: str | None
    language: str
    country: str | None
    act: Act
    first: int | None
    last: int | None
    dated: bool
    places: tuple[PlaceView, ...]
    actors: frozenset[str]
    tolls: Mapping[Harm, tuple[tuple[int, int | None], ...]]
    words: frozenset[str]
    family: int | None


def occurrences(reports: Sequence[LinkInput], family_of: Mapping[str, int]) -> list[Occurrence]:
    """The occurrences of all reports, by document identifier and text order."""
    return [
        _occurrence(report, index, event, family_of.get(report.document.id))
        for report in sorted(reports, key=lambda report: report.document.id)
        for index, event in enumerate(report.reading.events)
        if event.scope is Scope.SINGLE and event.modality in (Modality.STATED, Modality.HEDGED)
    ]


def _occurrence(report: LinkInput, index: int, event: Event, family: int | None) -> Occurrence:
    first, last, dated = _days(report, event)
    return Occurrence(
        reference=EventReference(report.document.id, index),
        outlet=report.document.outlet,
        language=report.reading.language,
        country=event.country,
        act=event.act,
        first=first,
        last=last,
        dated=dated,
        places=tuple(_place(place) for place in event.places),
        actors=frozenset(mention.actor for mention in event.by if mention.actor not in ("unknown", "other")),
        tolls={harm: _toll(event.counts, harm) for harm in (Harm.KILLED, Harm.INJURED)},
        words=_context_words(report.document.text, event),
        family=family,
    )


def _days(report: LinkInput, event: Event) -> tuple[int | None, int | None, bool]:
    """The first and last day an event can have happened on, and whether its own text says so."""
    period = event.when.period if event.when else None
    if period is not None and period.precision is not Precision.YEAR:
        first, last = period.first.toordinal(), period.last.toordinal()
        if last - first <= LONGEST_PERIOD:
            return first, last, True
    published = report.reading.published or report.document.published
    if published is None:
        return None, None, False
    return published.toordinal() - TOLD_AFTER, published.toordinal(), False


def _toll(counts: Iterable[Count], harm: Harm) -> tuple[tuple[int, int | None], ...]:
    """The whole counts of one harm; a subset only says that the whole is no smaller."""
    whole = [(c.minimum, c.maximum) for c in counts if c.harm is harm and not c.part_of and c.minimum is not None]
    if whole:
        return tuple(dict.fromkeys(whole))
    subsets = [c.minimum for c in counts if c.harm is harm and c.minimum is not None]
    return ((max(subsets), None),) if subsets else ()


def _place(mention: PlaceMention) -> PlaceView:
    place = mention.resolved
    names = [mention.mention.text, *((place.name, place.name_en) if place else ())]
    return PlaceView(
        words=frozenset(word for name in names for word in _name_words(name)),
        code=place.code if place else None,
        parent=place.parent if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        population=place.population if place else 0,
        wide=(place.kind if place else mention.kind) in WIDE,
        shown=place.name if place else mention.mention.text,
    )


@cache
def _generic() -> frozenset[str]:
    """Folded words, with and without their article, that say what sort of place a name means, never which."""
    rows = [*load("ar/place_generic", ("word",)), *load("en/place_generic", ("word",))]
    forms = [fold(word) for row in rows for word in row.alternatives("word")]
    return frozenset([*forms, *map(_without_article, forms)])


def _name_words(name: str) -> list[str]:
    """The telling words of a place name, prefixes and article left off, and neighbours written as one word.

    Sorts of place and directions do not tell; "كفر ناها" and "كفرناها" (Kafr Naha, written apart and together) meet.
    """
    bare = [_without_article(word) for word in _WORD.findall(fold(name))]
    words = [word for word in bare if len(word) > 1 and not _is_generic(word)]
    return words + [first + second for first, second in pairwise(words)]


def _is_generic(word: str) -> bool:
    """Whether the word, or what follows a preposition or conjunction written onto it, says only a sort of place."""
    return word in _generic() or (word[0] in "بلو" and _without_article(word[1:]) in _generic())


def _without_article(word: str) -> str:
    """The word without the Arabic article and a preposition or conjunction written onto that."""
    for prefix in ("وال", "بال", "كال", "ال", "لل"):
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            return word[len(prefix) :]
    return word


def _context_words(text: str, event: Event) -> frozenset[str]:
    """The stems of the words on the lines on which the event's own parts stand."""
    spans = [event.trigger.span, *(count.mention.span for count in event.counts), *(v.span for v in event.victims)]
    start = max(min(span.start for span in spans), event.trigger.span.start - CONTEXT)
    end = min(max(span.end for span in spans), event.trigger.span.end + CONTEXT)
    line_start = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    line_end = text.find("\n", end)
    line_end = min(line_end if line_end >= 0 else len(text), end + CONTEXT)
    return frozenset(stem(word) for word in _WORD.findall(fold(text[line_start:line_end])) if len(word) > 2)
