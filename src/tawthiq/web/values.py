"""What the report page shows of a reading: statements and events as lists of values, each value a mark in the text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tawthiq.archive.models import Event, EventActor, EventCount, EventPlace, Report, Statement
from tawthiq.records.span import Span
from tawthiq.web import labels
from tawthiq.web.highlighting import Mark
from tawthiq.web.templatetags.wording import period, place_name, toll

_UNKNOWN = ("unknown", "other")


@dataclass(frozen=True, slots=True)
class Value:
    """One value: the slot's name, the characters as worded, and what they were understood as (may be empty).

    `unknown` is what nobody knows yet, "place" or "actor", so that it can be added to the authority file.
    """

    slot: str
    mark: Mark
    wording: str
    meaning: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class StatementCard:
    """A statement beside the text; `id` is its fragment."""

    id: str
    number: int
    row: Statement
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event beside the text; `source` is the fragment of the statement that tells it."""

    id: str
    number: int
    row: Event
    values: tuple[Value, ...]
    source: str
    source_number: int


def statement_cards(report: Report) -> list[StatementCard]:
    """The report's statements in text order."""
    return [_statement_card(statement) for statement in report.statements.all()]


def event_cards(report: Report) -> list[EventCard]:
    """The report's events in text order."""
    return [_event_card(event) for event in report.events.all()]


def _statement_card(row: Statement) -> StatementCard:
    record = f"s{row.order + 1}"
    values = []
    if row.speaker_start is not None and row.speaker_end is not None:
        meaning = labels.actor_name(row.speaker_actor) if row.speaker_actor else ""
        slot = _("Speaker (carried on)") if row.speaker_implicit else _("Speaker")
        mark = Mark(f"{record}-speaker", "speaker", record, Span(row.speaker_start, row.speaker_end))
        values.append(Value(slot, mark, row.speaker_text, meaning))
    if row.cue_start is not None and row.cue_end is not None:
        mark = Mark(f"{record}-cue", "cue", record, Span(row.cue_start, row.cue_end))
        values.append(Value(_("Verb or cue"), mark, row.cue_text, labels.label("stance", row.stance)))
    mark = Mark(f"{record}-content", "statement", record, Span(row.start, row.end))
    values.append(Value(_("Content"), mark, row.text, labels.label("quote", row.kind)))
    return StatementCard(record, row.order + 1, row, tuple(values))


def _event_card(row: Event) -> EventCard:
    record = f"e{row.order + 1}"
    values = [
        Value(_("Act"), Mark(f"{record}-act", "act", record, Span(row.start, row.end)), row.text),
        *_when(record, row),
        *(_place(f"{record}-place-{order}", record, place) for order, place in enumerate(row.places.all(), start=1)),
    ]
    for order, party in enumerate(row.by.all(), start=1):
        mark = Mark(f"{record}-by-{order}", "actor", record, Span(party.start, party.end))
        name = _party_name(party)
        meaning = _("%(name)s, with reserve") % {"name": name} if party.hedged else name
        unknown = "actor" if party.actor in _UNKNOWN and not party.entry else ""
        values.append(Value(_("Said to have done it"), mark, party.text, meaning, unknown))
    for order, victim in enumerate(row.victims.all(), start=1):
        mark = Mark(f"{record}-victim-{order}", "victim", record, Span(victim.start, victim.end))
        values.append(Value(_("Harmed"), mark, victim.text))
    values.extend(
        _count(f"{record}-count-{order}", record, count) for order, count in enumerate(row.counts.all(), start=1)
    )
    source = row.source
    return EventCard(
        record,
        row.order + 1,
        row,
        tuple(values),
        f"s{source.order + 1}" if source else "",
        source.order + 1 if source else 0,
    )


def _party_name(party: EventActor) -> str:
    """The neutral name of people's own entry and what it counts under, else of the party itself."""
    name = labels.actor_name(party.actor)
    if not party.entry:
        return name
    return _("%(entry)s (counts under: %(party)s)") % {"entry": labels.actor_name(party.entry), "party": name}


def _when(record: str, row: Event) -> list[Value]:
    if row.when_start is None or row.when_end is None:
        return []
    mark = Mark(f"{record}-when", "when", record, Span(row.when_start, row.when_end))
    return [Value(_("When"), mark, row.when_text, period(row) or _("left open"))]


def _place(mark_id: str, record: str, place: EventPlace) -> Value:
    mark = Mark(mark_id, "place", record, Span(place.start, place.end))
    meaning = place_name(place)
    if not meaning:
        several = len(place.candidates)
        meaning = _("left open: %(number)d places bear this name") % {"number": several} if several > 1 else ""
    return Value(_("Where"), mark, place.text, meaning, "" if place.code else "place")


def _count(mark_id: str, record: str, count: EventCount) -> Value:
    mark = Mark(mark_id, "count", record, Span(count.start, count.end))
    meaning = pgettext("count: harm, number, group", "%(harm)s: %(number)s (%(group)s)") % {
        "harm": labels.label("harm", count.harm),
        "number": toll(count),
        "group": labels.label("group", count.group),
    }
    slot = _("Count (part of another)") if count.part_of else _("Count")
    return Value(slot, mark, count.text, meaning)
