"""Tellings as people decide about them: an event with its words, and the token by which a form names it.

A token names the event's row and the characters that were shown. When the report was read anew in the meantime, a token
that is not the row's own any more is refused: nobody decides about words they have not seen.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tawthiq.archive.models import Event, EventActor, EventCount, EventPlace, EventVictim, IncidentEvent
from tawthiq.archive.queries.incidents import with_parts
from tawthiq.casework.queries.visibility import Sight
from tawthiq.linking.anchoring import anchor_at
from tawthiq.records.errors import WrongUsage
from tawthiq.records.incident import EventReference
from tawthiq.records.link_decision import EventAnchor
from tawthiq.records.span import Span
from tawthiq.web.highlighting import Mark, Piece, pieces

AROUND = 160  # characters shown either side of what an event points at, as far as the line goes
LONGEST = 900  # characters shown of one telling
MOST_CHOSEN = 400  # tellings that one form may name
_PARTS = (("place", EventPlace), ("actor", EventActor), ("victim", EventVictim), ("count", EventCount))


class Stale(WrongUsage):
    """A form names tellings that are not in the reading as it is now."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One event with the words that tell it; `family` numbers the report's copy family, None without one."""

    event: Event
    words: tuple[Piece, ...]
    family: int | None

    @property
    def token(self) -> str:
        """What a form names it by."""
        return _token(self.event)

    @property
    def reference(self) -> EventReference:
        """The event in the reading of its report."""
        return EventReference(self.event.report.capture.identifier, self.event.order)

    @property
    def anchor(self) -> EventAnchor:
        """What a decision about it points at."""
        return _anchor(self.event)


def tellings_of(incidents: Sequence[int], *, parts: bool = True) -> dict[int, list[Telling]]:
    """The tellings of incidents, by the incidents' numbers, in text order of the reports; a constant number of queries.

    `parts` loads the places, parties, victims and counts of the events whole, not only where they stand.
    """
    found: dict[int, list[Telling]] = {number: [] for number in incidents}
    related = ("event__report__capture", "event__report__copy_member")
    members = list(IncidentEvent.objects.filter(incident__in=incidents).select_related(*related))
    spans = _spans([member.event_id for member in members])
    for member in members:
        found[member.incident_id].append(_telling(member.event, spans.get(member.event_id, ())))
    if parts:
        with_parts([member.event for member in members])
    return found


def chosen(tokens: Iterable[str], seen: Sight) -> list[EventAnchor]:
    """The anchors of the tellings that a form names. Raises Stale when one of them is not there as it was shown.

    What the person may not see is not there.
    """
    wanted = list(dict.fromkeys(tokens))
    keys = [
        int(key) for token in wanted if (key := token.partition(".")[0]).isascii() and key.isdigit() and len(key) < 19
    ]
    if len(keys) != len(wanted) or len(wanted) > MOST_CHOSEN:
        raise _stale()
    rows = seen.by_number(Event.objects.filter(key__in=keys).select_related("report__capture"), "report")
    events = {_token(event): event for event in rows}
    if not set(wanted) <= set(events):
        raise _stale()
    return [_anchor(events[token]) for token in wanted]


def _spans(events: Sequence[int]) -> dict[int, list[tuple[str, Span]]]:
    """Where the parts of events stand, by the events' keys, each with the kind of its mark."""
    found: dict[int, list[tuple[str, Span]]] = {}
    for kind, rows in _PARTS:
        placed = rows.objects.filter(event__in=events).values_list("event_id", "start", "end")
        for event, start, end in placed:
            found.setdefault(event, []).append((kind, Span(start, end)))
    return found


def _token(event: Event) -> str:
    return f"{event.key}.{event.start}.{event.end}.{event.act}"


def _anchor(event: Event) -> EventAnchor:
    report = event.report
    return anchor_at(report.capture.identifier, report.text, Span(event.start, event.end), event.act)


def _telling(event: Event, parts: Sequence[tuple[str, Span]]) -> Telling:
    member = getattr(event.report, "copy_member", None)
    return Telling(event, tuple(_words(event, parts)), member.family_id if member else None)


def _words(event: Event, parts: Sequence[tuple[str, Span]]) -> list[Piece]:
    """The lines around the event's trigger, as far as they are near, its values marked."""
    text = event.report.text
    marks = list(_marks(event, parts))
    near = [mark.span for mark in marks if abs(mark.span.start - event.start) < LONGEST // 2]
    first, last = min(span.start for span in near), max(span.end for span in near)
    start = max(text.rfind("\n", 0, first) + 1, first - AROUND)
    line_end = text.find("\n", last)
    end = min(len(text) if line_end < 0 else line_end, last + AROUND)
    return pieces(text, Span(start, end), marks)


def _marks(event: Event, parts: Sequence[tuple[str, Span]]) -> Iterable[Mark]:
    record = f"t{event.key}"
    yield Mark(f"{record}-act", "act", record, Span(event.start, event.end))
    if event.when_start is not None and event.when_end is not None:
        yield Mark(f"{record}-when", "when", record, Span(event.when_start, event.when_end))
    numbers = Counter[str]()
    for kind, span in parts:
        yield Mark(f"{record}-{kind}-{numbers[kind]}", kind, record, span)
        numbers[kind] += 1


def _stale() -> Stale:
    return Stale(
        item="the form",
        happened="a report was read anew since the page was made, and what was chosen is not there as it was shown",
        advice="look at the incident again",
    )
