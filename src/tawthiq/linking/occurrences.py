"""Events made comparable: one `Occurrence` for every event that tells of a single occurrence, stated or hedged.

Totals, background, denials and plans are no occurrences to link. Nothing is filled in: where an event gives no day, the
day of publication stands in as a weaker window, marked as such; what is missing stays missing. An occurrence is made of
its own report alone, so it can be stored and compared with any other later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tawthiq.linking.details import Details, details
from tawthiq.linking.place_names import PlaceView, place_view
from tawthiq.linking.shingles import stretches
from tawthiq.linking.victim_names import name_keys
from tawthiq.linking.wording import folded_words, hashtags, stems
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.incident import EventReference
from tawthiq.records.links import LinkInput
from tawthiq.records.period import Precision

FIRST_DAY = date.min.toordinal()  # before it there are no days to name
TOLD_AFTER = 4  # days: an undated report is mostly published within so many days of what it tells
LONGEST_PERIOD = 31  # days: a longer period dates nothing
CONTEXT = 400  # characters either side of an event, at most, whose words describe it
UNNAMED = ("unknown", "other")  # codes that name no party
Words = frozenset[int]
Toll = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class ReportView:
    """What all events of one report share: numbers of its words, title words, hashtags and names of people.

    `published` is the day of publication as a proleptic Gregorian ordinal; `family` numbers the report's copy family.
    """

    outlet: str | None
    language: str
    published: int | None
    words: Words
    title: Words
    tags: Words
    people: Words
    family: int | None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event, ready to be compared. Days are proleptic Gregorian ordinals, both included; None where unknown.

    `dated` says that the text itself gives the day or period, `precise` that it gives one day; `tolls` holds (minimum,
    maximum or None) of whole counts, `numbers` every exact count above 1 with its harm and group; `words` the numbers of
    the words around the event.
    """

    reference: EventReference
    country: str | None
    act: Act
    first: int | None
    last: int | None
    dated: bool
    precise: bool
    places: tuple[PlaceView, ...]
    actors: frozenset[str]
    tolls: Mapping[Harm, tuple[Toll, ...]]
    numbers: frozenset[tuple[Harm, Group, int]]
    details: Details
    words: Words
    told_in: ReportView

    @property
    def outlet(self) -> str | None:
        """The outlet of the report."""
        return self.told_in.outlet

    @property
    def language(self) -> str:
        """The language of the report."""
        return self.told_in.language

    @property
    def family(self) -> int | None:
        """The number of the report's copy family."""
        return self.told_in.family

    @property
    def report(self) -> Words:
        """The numbers of the report's words."""
        return self.told_in.words

    @property
    def people(self) -> Words:
        """The keys of the names of people in the report."""
        return self.told_in.people


def occurrences(report: LinkInput, family: int | None = None, secret: bytes = b"") -> tuple[Occurrence, ...]:
    """The occurrences that a report tells, in text order; `secret` keys the names of people (`victim_names`)."""
    found = _single(report)
    if not found:
        return ()
    view = _report_view(report, family, secret)
    return tuple(_occurrence(report, index, event, view) for index, event in found)


def _single(report: LinkInput) -> list[tuple[int, Event]]:
    """The events that tell one occurrence which happened, or is said to have."""
    return [
        (index, event)
        for index, event in enumerate(report.reading.events)
        if event.scope is Scope.SINGLE and event.modality in (Modality.STATED, Modality.HEDGED)
    ]


def _report_view(report: LinkInput, family: int | None, secret: bytes) -> ReportView:
    document = report.document
    published = report.reading.published or document.published
    read = [(span, span.of(document.text)) for span in stretches(document)]
    return ReportView(
        outlet=document.outlet,
        language=report.reading.language,
        published=published.toordinal() if published else None,
        words=stems(word for _, part in read for word in folded_words(part)),
        title=stems(folded_words(document.title)) if document.title else frozenset(),
        tags=frozenset(tag for _, part in read for tag in hashtags(part)),
        people=frozenset(key for span, _ in read for key in name_keys(document.text, span, secret)),
        family=family,
    )


def _occurrence(report: LinkInput, index: int, event: Event, view: ReportView) -> Occurrence:
    first, last, dated = _days(event, view.published)
    around = _context(report.document.text, event)
    return Occurrence(
        reference=EventReference(report.document.id, index),
        country=event.country,
        act=event.act,
        first=first,
        last=last,
        dated=dated,
        precise=dated and first == last,
        places=tuple(map(place_view, event.places)),
        actors=_parties(event),
        tolls={harm: _toll(event.counts, harm) for harm in (Harm.KILLED, Harm.INJURED)},
        numbers=_numbers(event.counts),
        details=details(around),
        words=stems(around),
        told_in=view,
    )


def _parties(event: Event) -> frozenset[str]:
    """The parties named as doers: contract codes, and people's own entries that count under none of them."""
    codes = (party.entry if party.actor in UNNAMED else party.actor for party in event.by)
    return frozenset(filter(None, codes))


def _days(event: Event, published: int | None) -> tuple[int | None, int | None, bool]:
    """The first and last day an event can have happened on, and whether its own text says so."""
    period = event.when.period if event.when else None
    if period is not None and period.precision is not Precision.YEAR:
        first, last = period.first.toordinal(), period.last.toordinal()
        if last - first <= LONGEST_PERIOD:
            return first, last, True
    if published is None:
        return None, None, False
    return max(FIRST_DAY, published - TOLD_AFTER), published, False


def _toll(counts: Iterable[Count], harm: Harm) -> tuple[Toll, ...]:
    """The whole counts of one harm; a subset only says that the whole is no smaller."""
    whole = [(c.minimum, c.maximum) for c in counts if c.harm is harm and not c.part_of and c.minimum is not None]
    if whole:
        return tuple(dict.fromkeys(whole))
    subsets = [c.minimum for c in counts if c.harm is harm and c.minimum is not None]
    return ((max(subsets), None),) if subsets else ()


def _numbers(counts: Iterable[Count]) -> frozenset[tuple[Harm, Group, int]]:
    return frozenset(
        (count.harm, count.group, count.minimum)
        for count in counts
        if count.minimum is not None and count.minimum > 1 and count.minimum == count.maximum
    )


def _context(text: str, event: Event) -> list[str]:
    """The words on the lines on which the event's own parts stand."""
    spans = [event.trigger.span, *(count.mention.span for count in event.counts), *(v.span for v in event.victims)]
    start = max(min(span.start for span in spans), event.trigger.span.start - CONTEXT)
    end = min(max(span.end for span in spans), event.trigger.span.end + CONTEXT)
    line_start = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    line_end = text.find("\n", end)
    line_end = min(line_end if line_end >= 0 else len(text), end + CONTEXT)
    return folded_words(text[line_start:line_end])
