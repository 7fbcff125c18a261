"""Records of persons that an archive holds: rows of collected lists, and victims whom reports name.

Lists are evidence like any other: items whose bytes are CSV with a column of names (pipeline.people_lists). Of readings only
victims are taken whose wording is a personal name; place and day are those that the event gives. Every value points
to its line or its characters. Nothing is saved here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from tawthiq.archive.captures import capture_of
from tawthiq.archive.models import Capture, EventPlace, EventVictim
from tawthiq.linking.people import read_person
from tawthiq.linking.people.mentions import is_personal_name
from tawthiq.pipeline.payload import decoded
from tawthiq.pipeline.people_lists import is_person_list, read_list
from tawthiq.records.errors import TawthiqError
from tawthiq.records.period import Period, Precision
from tawthiq.records.person import PersonRecord, PersonValue, TextPassage
from tawthiq.records.span import Span
from tawthiq.store import ArchiveFolder

_LIST_TYPES = ("text/csv", "application/csv", "text/tab-separated-values", "application/vnd.ms-excel")
_LIST_ENDINGS = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class ArchivePeople:
    """The records found, how many lists they came from, and what could not be read."""

    records: tuple[PersonRecord, ...]
    lists: int
    faults: tuple[TawthiqError, ...]


def people_in(folder: ArchiveFolder) -> ArchivePeople:
    """All records of persons in the archive, whose database is open."""
    records, faults, lists = list(named_victims()), list[TawthiqError](), 0
    for row in Capture.objects.all().iterator():
        if not _may_be_list(row):
            continue
        try:
            data = decoded(folder.record(capture_of(row)))
            if not is_person_list(data):
                continue
            found = read_list(row.identifier, data)
        except TawthiqError as error:
            faults.append(error)
            continue
        records += found.records
        faults += found.bad
        lists += 1
    return ArchivePeople(tuple(records), lists, tuple(faults))


def named_victims() -> Iterator[PersonRecord]:
    """The victims whom reports name, each once a report and place in its text."""
    places: dict[int, EventPlace] = {}
    for place in EventPlace.objects.order_by("-key"):
        places[place.event_id] = place
    seen: set[tuple[str, int, int]] = set()
    victims = EventVictim.objects.select_related("event__report__capture").defer("event__report__text").order_by("key")
    for victim in victims.iterator():
        identifier = victim.event.report.capture.identifier
        spot = (identifier, victim.start, victim.end)
        if spot not in seen and is_personal_name(victim.text):
            seen.add(spot)
            yield _victim(identifier, victim, places.get(victim.event_id))


def _victim(identifier: str, victim: EventVictim, place: EventPlace | None) -> PersonRecord:
    """The record of a named victim; the day of death is the event's, with the precision that the report gave it."""
    event = victim.event

    def value(text: str, start: int, end: int) -> PersonValue:
        return PersonValue(text, TextPassage(identifier, Span(start, end)))

    values = {"name": value(victim.text, victim.start, victim.end)}
    if place is not None:
        values["place"] = value(place.name or place.text, place.start, place.end)
    if event.when_text and event.when_start is not None and event.when_end is not None:
        values["death"] = value(event.when_text, event.when_start, event.when_end)
    record = read_person(f"{identifier}#{victim.start}-{victim.end}", identifier, values)
    if event.first and event.last and event.precision:
        return replace(record, died=Period(event.first, event.last, Precision(event.precision)))
    return replace(record, died=None)


def _may_be_list(row: Capture) -> bool:
    """Whether an item's type or name is that of a list."""
    kind = row.content_type.partition(";")[0].strip().lower()
    return kind in _LIST_TYPES or PurePosixPath(row.source.partition("?")[0]).suffix.lower() in _LIST_ENDINGS
