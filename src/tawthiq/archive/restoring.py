"""From rows back to records: what linking and other pure rooms take of reports, many reports at a time.

Reports are read by the hundred thousand in a full run of linking and by the dozen whenever one is added, so their rows come
by plain SQL (`link_memory_rows`), without an object for each; `event_rows` and `saving` are the other direction.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import starmap
from typing import Any

from django.db.models import Model

from tawthiq.archive.link_memory_rows import Stretches, in_stretches
from tawthiq.archive.models import (
    Capture,
    Event,
    EventActor,
    EventCount,
    EventPlace,
    EventVictim,
    Report,
    Statement,
    Zone,
)
from tawthiq.archive.models.keys import ROWS_PER_REPORT
from tawthiq.page.report import report_spans
from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Modality, Scope
from tawthiq.records.event import Event as EventRecord
from tawthiq.records.links import LinkInput
from tawthiq.records.page import ZoneKind
from tawthiq.records.period import Period, Precision, When
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.reading import Document, Reading
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import QuoteKind, Speaker, Stance
from tawthiq.records.statement import Statement as StatementRecord

_CAPTURE = ("number", "identifier", "address")
_REPORT = ("capture_id", "language", "title", "outlet", "published", "published_time", "published_zone", "text")
_STATEMENT = (
    "key", "order", "start", "end", "speaker_start", "speaker_end", "speaker_text", "speaker_actor", "speaker_implicit",
    "cue_start", "cue_end", "cue_text", "kind", "stance", "rule",
)  # fmt: skip
_EVENT = (
    "key", "act", "start", "end", "text", "modality", "scope", "country", "source_id", "rules",
    "when_start", "when_end", "when_text", "first", "last", "precision", "when_reason",
)  # fmt: skip
_PLACE = (
    "event_id", "start", "end", "text", "kind", "code", "name", "name_en", "entry_kind", "country", "latitude", "longitude",
    "parent", "population", "candidates",
)  # fmt: skip
_MENTION = ("event_id", "start", "end", "text")
_ACTOR = (*_MENTION, "actor", "hedged", "entry")
_COUNT = (*_MENTION, "harm", "group", "minimum", "maximum", "part_of")
_NOTHING_LISTED = "[]"
Row = Sequence[Any]


def read_reports(stretches: Stretches) -> Iterator[tuple[int, LinkInput]]:
    """Every report whose number lies in one of the stretches, with its reading, in the order of numbers."""
    statements = _by_report(Statement, _STATEMENT, stretches)
    events = _events(stretches)
    for number, text in texts(stretches):
        orders = {row[0]: row[1] for row in statements.get(number, ())}
        told = tuple(starmap(_statement, statements.get(number, ())))
        found = tuple(_event(row, orders, parts) for row, parts in events.get(number, ()))
        reading = Reading(text.document.id, text.reading.language, text.reading.published, told, found)
        yield number, LinkInput(text.document, reading, text.address, text.published_at)


def texts(stretches: Stretches) -> Iterator[tuple[int, LinkInput]]:
    """The same with nothing in the readings: for those who look at texts alone."""
    zones: dict[int, list[tuple[ZoneKind, Span]]] = defaultdict(list)
    for number, kind, start, end in in_stretches(Zone, ("report_id", "kind", "start", "end"), "key", _keys(stretches)):
        zones[number].append((ZoneKind(kind), Span(start, end)))
    captures = {row[0]: row[1:] for row in in_stretches(Capture, _CAPTURE, "number", stretches)}
    for number, language, title, outlet, day, hour, zone, text in in_stretches(
        Report, _REPORT, "capture_id", stretches
    ):
        identifier, address = captures[number]
        readable = report_spans(zones.get(number, ()))
        document = Document(
            id=identifier,
            text=text,
            language=language,
            published=day,
            outlet=outlet or None,
            title=title or None,
            readable=readable,
        )
        reading = Reading(identifier, language, day, (), ())
        yield number, LinkInput(document, reading, address, _published_at(day, hour, zone))


@dataclass(slots=True)
class _Parts:
    """The rows of the parts of one event, in text order."""

    places: list[Row] = field(default_factory=list)
    by: list[Row] = field(default_factory=list)
    victims: list[Row] = field(default_factory=list)
    counts: list[Row] = field(default_factory=list)


def _keys(stretches: Stretches) -> Stretches:
    """The stretches of keys that the rows of reports with these numbers have."""
    return [(low * ROWS_PER_REPORT, high * ROWS_PER_REPORT) for low, high in stretches]


def _by_report(model: type[Model], columns: Sequence[str], stretches: Stretches) -> dict[int, list[Row]]:
    """Rows by the number of their report; the first column is the key."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in in_stretches(model, columns, "key", _keys(stretches)):
        found[row[0] // ROWS_PER_REPORT].append(row)
    return found


def _events(stretches: Stretches) -> dict[int, list[tuple[Row, _Parts]]]:
    """The rows of events with those of their parts, by the number of the report."""
    keys = _keys(stretches)
    parts: dict[int, _Parts] = defaultdict(_Parts)
    for row in in_stretches(EventPlace, _PLACE, "key", keys):
        parts[row[0]].places.append(row)
    for row in in_stretches(EventActor, _ACTOR, "key", keys):
        parts[row[0]].by.append(row)
    for row in in_stretches(EventVictim, _MENTION, "key", keys):
        parts[row[0]].victims.append(row)
    for row in in_stretches(EventCount, _COUNT, "key", keys):
        parts[row[0]].counts.append(row)
    rows = _by_report(Event, _EVENT, stretches)
    return {number: [(row, parts[row[0]]) for row in found] for number, found in rows.items()}


def _published_at(day: date | None, hour: time | None, zone: str) -> datetime | None:
    """The moment of publication, where the page gives a time of day; without a zone where it names none that is a number."""
    if day is None or hour is None:
        return None
    moment = datetime.combine(day, hour)
    try:
        return datetime.fromisoformat(f"{moment.isoformat()}{zone}")
    except ValueError:
        return moment


def _statement(*row: Any) -> StatementRecord:
    _, _, start, end, first, last, words, actor, implicit, cue_start, cue_end, cue, kind, stance, rule = row
    speaker = _mention(first, last, words)
    return StatementRecord(
        speaker=Speaker(speaker, actor or None, bool(implicit)) if speaker else None,
        cue=_mention(cue_start, cue_end, cue),
        content=Span(start, end),
        kind=QuoteKind(kind),
        stance=Stance(stance),
        rule=rule,
    )


def _event(row: Row, orders: Mapping[int, int], parts: _Parts) -> EventRecord:
    _, act, start, end, text, modality, scope, country, source, rules, *when = row
    return EventRecord(
        act=Act(act),
        trigger=Mention(Span(start, end), text),
        modality=Modality(modality),
        scope=Scope(scope),
        when=_when(*when),
        places=tuple(starmap(_place, parts.places)),
        country=country or None,
        by=tuple(starmap(_party, parts.by)),
        victims=tuple(Mention(Span(first, last), words) for _, first, last, words in parts.victims),
        counts=tuple(starmap(_count, parts.counts)),
        source=None if source is None else orders[source],
        rules=tuple(_listed(rules)),
    )


def _party(*row: Any) -> ActorMention:
    _, start, end, text, actor, hedged, entry = row
    return ActorMention(Mention(Span(start, end), text), actor, bool(hedged), entry)


def _count(*row: Any) -> Count:
    _, start, end, text, harm, group, minimum, maximum, part_of = row
    return Count(
        harm=Harm(harm),
        group=Group(group),
        minimum=minimum,
        maximum=maximum,
        part_of=bool(part_of),
        mention=Mention(Span(start, end), text),
    )


def _when(*row: Any) -> When | None:
    start, end, text, first, last, precision, reason = row
    mention = _mention(start, end, text)
    period = Period(first, last, Precision(precision)) if first and last else None
    return When(mention, period, reason) if mention else None


def _place(*row: Any) -> PlaceMention:
    _, start, end, text, worded, code, name, name_en, kind, country, *where, parent, population, candidates = row
    resolved = None
    if code:
        resolved = Place(
            code=code,
            name=name,
            name_en=name_en,
            kind=PlaceKind(kind),
            country=country,
            latitude=where[0],
            longitude=where[1],
            parent=parent or None,
            population=population,
        )
    return PlaceMention(
        mention=Mention(Span(start, end), text),
        resolved=resolved,
        candidates=tuple(_entry(entry) for entry in _listed(candidates)),
        kind=PlaceKind(worded) if worded else None,
    )


def _listed(text: str) -> list[Any]:
    """A JSON list as the database holds it; most are empty."""
    found: list[Any] = [] if text == _NOTHING_LISTED else json.loads(text)
    return found


def _entry(entry: list[str]) -> Place:
    """A gazetteer entry from the list that EventPlace.candidates documents."""
    code, name, name_en, kind, country, latitude, longitude, parent, population = entry
    return Place(
        code=code,
        name=name,
        name_en=name_en,
        kind=PlaceKind(kind),
        country=country,
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
        parent=parent,
        population=int(population),
    )


def _mention(start: int | None, end: int | None, text: str) -> Mention | None:
    return None if start is None or end is None else Mention(Span(start, end), text)
