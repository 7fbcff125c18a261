"""What the drawings of one incident show: the positions on "where" with their sources, and the days that records tell."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.publication.drawing.words import ARABIC, word
from tawthiq.records.claim import Slot
from tawthiq.records.disclosure import DisclosedIncident, DisclosedPlace
from tawthiq.records.drawing import MapPoint, TimelineEntry, TimelineKind
from tawthiq.records.place import PlaceKind

_COLUMNS = ("kind", "drawn", "kilometres")
AREA = "area"


def points_of(incident: DisclosedIncident, language: str) -> tuple[MapPoint, ...]:
    """The incident's places, numbered where there are several. A whole country is no position: it is listed."""
    several = len(incident.places) > 1
    return tuple(
        _point(place, str(at) if several else "", incident, language)
        for at, place in enumerate(incident.places, start=1)
    )


def timeline_of(incident: DisclosedIncident, language: str) -> tuple[TimelineEntry, ...]:
    """When it happened by each position on "when", when reports were published and collected, when people decided."""
    return (*_claimed(incident, language), *_reported(incident, language), *_collected(incident, language))


def _claimed(incident: DisclosedIncident, language: str) -> Iterator[TimelineEntry]:
    found: dict[tuple[date | None, date | None], set[int]] = {}
    for claim in incident.claims:
        if claim.slot == Slot.WHEN:
            found.setdefault((claim.first, claim.last), set()).add(claim.source)
    for (first, last), sources in found.items():
        yield TimelineEntry(TimelineKind.HAPPENED, _sources(sources, language), first, last)


def _reported(incident: DisclosedIncident, language: str) -> Iterator[TimelineEntry]:
    for report in incident.reports:
        label = _report(report.source, report.outlet, language)
        yield TimelineEntry(TimelineKind.PUBLISHED, label, report.published, report.published, report.title)


def _collected(incident: DisclosedIncident, language: str) -> Iterator[TimelineEntry]:
    for report in incident.reports:
        if report.collected:
            day = report.collected.date()
            yield TimelineEntry(TimelineKind.COLLECTED, _report(report.source, report.outlet, language), day, day)


def _report(source: int, outlet: str, language: str) -> str:
    return (
        f"{word(language, 'source', number=source)} · {outlet}" if outlet else word(language, "source", number=source)
    )


def _sources(sources: set[int], language: str) -> str:
    numbers = ("، " if language == ARABIC else ", ").join(str(each) for each in sorted(sources) if each)
    if not numbers:
        return word(language, "source_unnamed")
    return word(language, "source" if len(sources) == 1 else "sources", number=numbers)


def _point(place: DisclosedPlace, number: str, incident: DisclosedIncident, language: str) -> MapPoint:
    label = place.name if language == ARABIC else place.name_en or place.name
    sources = {
        claim.source
        for claim in incident.claims
        if claim.slot == Slot.WHERE and place.code and claim.code == place.code
    }
    detail = _sources(sources, language) if sources else ""
    if place.kind == PlaceKind.COUNTRY:
        return MapPoint(label, None, None, number, 0.0, detail)
    is_area, reach = _reach(place.kind)
    return MapPoint(label, place.latitude, place.longitude, number, reach if is_area else 0.0, detail)


def _reach(kind: str) -> tuple[bool, float]:
    return _reaches().get(kind, _reaches()["other"])


@cache
def _reaches() -> dict[str, tuple[bool, float]]:
    return {row["kind"]: (row["drawn"] == AREA, float(row["kilometres"])) for row in load("places/extents", _COLUMNS)}
