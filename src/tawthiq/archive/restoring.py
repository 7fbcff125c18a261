"""From rows back to records: what linking and other pure rooms take."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from tawthiq.archive.models import Event, EventPlace, Report, Statement
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

AT_ONCE = 500


def link_inputs() -> Iterator[LinkInput]:
    """Every report with its reading, in the log's order; rows are fetched a batch at a time."""
    for report in whole_reports(Report.objects.order_by("pk")).iterator(chunk_size=AT_ONCE):
        yield LinkInput(document_of(report), reading_of(report), report.capture.address)


def whole_reports(reports: QuerySet[Report]) -> QuerySet[Report]:
    """The reports with everything that `document_of` and `reading_of` look at, in a constant number of queries."""
    return reports.select_related("capture").prefetch_related(
        "zones", "statements", "events__places", "events__by", "events__victims", "events__counts"
    )


def document_of(report: Report) -> Document:
    """The report as it was given to the reader."""
    return Document(
        id=report.capture.identifier,
        text=report.text,
        language=report.language,
        published=report.published,
        outlet=report.outlet or None,
        title=report.title or None,
        readable=report_spans((ZoneKind(zone.kind), Span(zone.start, zone.end)) for zone in report.zones.all()),
    )


def reading_of(report: Report) -> Reading:
    """The report's reading as the reader gave it."""
    statements = list(report.statements.all())
    orders = {statement.key: statement.order for statement in statements}
    return Reading(
        id=report.capture.identifier,
        language=report.language,
        published=report.published,
        statements=tuple(_statement(statement) for statement in statements),
        events=tuple(_event(event, orders) for event in report.events.all()),
    )


def _statement(row: Statement) -> StatementRecord:
    speaker = _mention(row.speaker_start, row.speaker_end, row.speaker_text)
    return StatementRecord(
        speaker=Speaker(speaker, row.speaker_actor or None, row.speaker_implicit) if speaker else None,
        cue=_mention(row.cue_start, row.cue_end, row.cue_text),
        content=Span(row.start, row.end),
        kind=QuoteKind(row.kind),
        stance=Stance(row.stance),
        rule=row.rule,
    )


def _event(row: Event, orders: dict[int, int]) -> EventRecord:
    return EventRecord(
        act=Act(row.act),
        trigger=Mention(Span(row.start, row.end), row.text),
        modality=Modality(row.modality),
        scope=Scope(row.scope),
        when=_when(row),
        places=tuple(_place(place) for place in row.places.all()),
        country=row.country or None,
        by=tuple(
            ActorMention(Mention(Span(party.start, party.end), party.text), party.actor, party.hedged, party.entry)
            for party in row.by.all()
        ),
        victims=tuple(Mention(Span(victim.start, victim.end), victim.text) for victim in row.victims.all()),
        counts=tuple(
            Count(
                harm=Harm(count.harm),
                group=Group(count.group),
                minimum=count.minimum,
                maximum=count.maximum,
                part_of=count.part_of,
                mention=Mention(Span(count.start, count.end), count.text),
            )
            for count in row.counts.all()
        ),
        source=None if row.source_id is None else orders[row.source_id],
        rules=tuple(row.rules),
    )


def _when(row: Event) -> When | None:
    mention = _mention(row.when_start, row.when_end, row.when_text)
    return When(mention, _period(row.first, row.last, row.precision), row.when_reason) if mention else None


def _period(first: date | None, last: date | None, precision: str) -> Period | None:
    return Period(first, last, Precision(precision)) if first and last else None


def _place(row: EventPlace) -> PlaceMention:
    resolved = None
    if row.code:
        resolved = Place(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            kind=PlaceKind(row.entry_kind),
            country=row.country,
            latitude=row.latitude,
            longitude=row.longitude,
            parent=row.parent or None,
            population=row.population,
        )
    return PlaceMention(
        mention=Mention(Span(row.start, row.end), row.text),
        resolved=resolved,
        candidates=tuple(_entry(entry) for entry in row.candidates),
        kind=PlaceKind(row.kind) if row.kind else None,
    )


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
