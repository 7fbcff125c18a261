"""Events as rows. `restoring` is the other direction; a test holds the two to be each other's inverse."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tawthiq.archive.models import Event, EventActor, EventCount, EventPlace, EventVictim
from tawthiq.archive.models.keys import row_key
from tawthiq.records.event import Event as EventRecord
from tawthiq.records.place import Place, PlaceMention

Part = TypeVar("Part")


def save_events(number: int, events: tuple[EventRecord, ...]) -> None:
    """Save the rows of all events of report `number`, whose statements are saved already."""
    Event.objects.bulk_create(_event(number, order, event) for order, event in enumerate(events))
    EventPlace.objects.bulk_create(
        _place(key, event, place) for key, event, place in _numbered(number, events, lambda event: event.places)
    )
    EventActor.objects.bulk_create(
        EventActor(
            key=key,
            event_id=event,
            start=party.mention.span.start,
            end=party.mention.span.end,
            text=party.mention.text,
            actor=party.actor,
            entry=party.entry,
            hedged=party.hedged,
        )
        for key, event, party in _numbered(number, events, lambda event: event.by)
    )
    EventVictim.objects.bulk_create(
        EventVictim(key=key, event_id=event, start=victim.span.start, end=victim.span.end, text=victim.text)
        for key, event, victim in _numbered(number, events, lambda event: event.victims)
    )
    EventCount.objects.bulk_create(
        EventCount(
            key=key,
            event_id=event,
            start=count.mention.span.start,
            end=count.mention.span.end,
            text=count.mention.text,
            harm=count.harm.value,
            group=count.group.value,
            minimum=count.minimum,
            maximum=count.maximum,
            part_of=count.part_of,
        )
        for key, event, count in _numbered(number, events, lambda event: event.counts)
    )


def _numbered(
    number: int, events: tuple[EventRecord, ...], parts: Callable[[EventRecord], Iterable[Part]]
) -> Iterator[tuple[int, int, Part]]:
    """Every part of one kind in the report: its key, its event's key, itself."""
    index = 0
    for order, event in enumerate(events):
        for part in parts(event):
            yield row_key(number, index), row_key(number, order), part
            index += 1


def _event(number: int, order: int, event: EventRecord) -> Event:
    row = Event(
        key=row_key(number, order),
        report_id=number,
        order=order,
        act=event.act.value,
        start=event.trigger.span.start,
        end=event.trigger.span.end,
        text=event.trigger.text,
        modality=event.modality.value,
        scope=event.scope.value,
        country=event.country or "",
        source_id=None if event.source is None else row_key(number, event.source),
        rules=list(event.rules),
    )
    if event.when:
        mention = event.when.mention
        row.when_start, row.when_end, row.when_text = mention.span.start, mention.span.end, mention.text
        row.when_reason = event.when.reason
        if event.when.period:
            row.first, row.last = event.when.period.first, event.when.period.last
            row.precision = event.when.period.precision.value
    return row


def _place(key: int, event: int, place: PlaceMention) -> EventPlace:
    row = EventPlace(
        key=key,
        event_id=event,
        start=place.mention.span.start,
        end=place.mention.span.end,
        text=place.mention.text,
        kind=place.kind.value if place.kind else "",
        candidates=[_entry(candidate) for candidate in place.candidates],
    )
    entry = place.resolved
    if entry:
        row.code, row.name, row.name_en, row.entry_kind = entry.code, entry.name, entry.name_en, entry.kind.value
        row.country, row.latitude, row.longitude = entry.country, entry.latitude, entry.longitude
        row.parent, row.population = entry.parent or "", entry.population
    return row


def _entry(place: Place) -> list[str | float | int | None]:
    """A gazetteer entry in the order that EventPlace.candidates documents."""
    return [
        place.code,
        place.name,
        place.name_en,
        place.kind.value,
        place.country,
        place.latitude,
        place.longitude,
        place.parent,
        place.population,
    ]
