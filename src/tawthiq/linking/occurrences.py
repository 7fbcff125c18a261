"""Events made comparable: one `Occurrence` for every event that tells of a single occurrence, stated or hedged.

Totals, background, denials and plans are no occurrences to link. Nothing is filled in: where an event gives no day, the
day of publication stands in as a weaker window, marked as such; what is missing stays missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tawthiq.linking.place_names import PlaceView, name_forms, place_view
from tawthiq.linking.shingles import stretches
from tawthiq.linking.wording import Rarity, Wording, folded_words, stems
from tawthiq.records.count import Count, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.incident import EventReference
from tawthiq.records.links import LinkInput
from tawthiq.records.period import Precision
from tawthiq.records.reading import Document

TOLD_AFTER = 4  # days: an undated report is mostly published within so many days of what it tells
LONGEST_PERIOD = 31  # days: a longer period dates nothing
CONTEXT = 400  # characters either side of an event, at most, whose words describe it
UNNAMED = ("unknown", "other")  # codes that name no party


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event, ready to be compared. Days are proleptic Gregorian ordinals, both included; None where unknown.

    `dated` says that the text itself gives the day or period; `tolls` holds (minimum, maximum or None) of whole counts.
    `words` is the wording around the event, `report` that of the whole report; `named` holds the words of place names,
    of whatever report, that stand in this one.
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
    words: Wording
    report: Wording
    named: frozenset[str]
    family: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """All occurrences of a set of reports, by document identifier and text order, and how rare their words are."""

    occurrences: tuple[Occurrence, ...]
    rarity: Rarity


def told(reports: Sequence[LinkInput], family_of: Mapping[str, int]) -> Told:
    """The occurrences that reports tell; `family_of` gives the number of a document's copy family."""
    ordered = sorted(reports, key=lambda report: report.document.id)
    telling = [(report, found) for report in ordered if (found := _single(report))]
    texts = [_words_of(report.document) for report, _ in telling]
    rarity = Rarity(stems(words) for words in texts)
    places = [[tuple(map(place_view, event.places)) for _, event in found] for _, found in telling]
    names = frozenset(word for found in places for of_event in found for place in of_event for word in place.words)
    made: list[Occurrence] = []
    for (report, found), words, of_events in zip(telling, texts, places, strict=True):
        named = names.intersection(name_forms(words))
        text = _Text(rarity.wording(stems(words)), named, family_of.get(report.document.id))
        for (index, event), of_event in zip(found, of_events, strict=True):
            around = rarity.wording(stems(_context(report.document.text, event)))
            made.append(_occurrence(report, index, of_event, text, around))
    return Told(tuple(made), rarity)


def _single(report: LinkInput) -> list[tuple[int, Event]]:
    """The events that tell one occurrence which happened, or is said to have."""
    return [
        (index, event)
        for index, event in enumerate(report.reading.events)
        if event.scope is Scope.SINGLE and event.modality in (Modality.STATED, Modality.HEDGED)
    ]


def _words_of(document: Document) -> list[str]:
    return [word for span in stretches(document) for word in folded_words(span.of(document.text))]


@dataclass(frozen=True, slots=True)
class _Text:
    """What all events of one report share."""

    wording: Wording
    named: frozenset[str]
    family: int | None


def _occurrence(
    report: LinkInput, index: int, places: tuple[PlaceView, ...], text: _Text, around: Wording
) -> Occurrence:
    event = report.reading.events[index]
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
        places=places,
        actors=frozenset(mention.actor for mention in event.by if mention.actor not in UNNAMED),
        tolls={harm: _toll(event.counts, harm) for harm in (Harm.KILLED, Harm.INJURED)},
        words=around,
        report=text.wording,
        named=text.named,
        family=text.family,
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


def _context(text: str, event: Event) -> list[str]:
    """The words on the lines on which the event's own parts stand."""
    spans = [event.trigger.span, *(count.mention.span for count in event.counts), *(v.span for v in event.victims)]
    start = max(min(span.start for span in spans), event.trigger.span.start - CONTEXT)
    end = min(max(span.end for span in spans), event.trigger.span.end + CONTEXT)
    line_start = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    line_end = text.find("\n", end)
    line_end = min(line_end if line_end >= 0 else len(text), end + CONTEXT)
    return folded_words(text[line_start:line_end])
