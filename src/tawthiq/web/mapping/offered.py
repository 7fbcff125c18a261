"""Marks as JSON for the page's script: plain text and numbers, never markup. What is sent is in the sight of who asks."""

from django.db.models import QuerySet
from django.http import HttpRequest

from tawthiq.archive.models import IncidentPlace
from tawthiq.archive.queries.incident_places import disputed_places, place_counts
from tawthiq.web.mapping.addresses import incident_address, place_address
from tawthiq.web.mapping.marks import Mark, joined_positions, mark_of
from tawthiq.web.mapping.outlines import country_at
from tawthiq.web.mapping.rows import row_shown
from tawthiq.web.templatetags.wording import label, period

MOST_MARKS = 3_000
MOST_TOLD = 8  # incidents of one place that are told in its popup
MOST_LINES = 400
Json = dict[str, object]


def offered(request: HttpRequest, rows: QuerySet[IncidentPlace], query: str, *, code: str) -> Json:
    """The marks of some rows, those of most incidents first; of one place (`code`), also its latest incidents."""
    places = place_counts(rows)
    marks = [_mark(mark_of(place, "")) for place in places[:MOST_MARKS]]
    if not code:
        lines = joined_positions(disputed_places(rows, MOST_LINES))
        return {"marks": marks, "left_out": max(0, len(places) - MOST_MARKS), "lines": lines}
    told = rows.select_related("incident", "claim__report").defer("claim__report__text").order_by("-incident", "order")
    found = list(told[:MOST_TOLD])
    request.items_shown = sorted({row.claim.report_id for row in found})  # type: ignore[attr-defined]
    return {"marks": marks, "address": place_address(query, code), "incidents": [_incident(row) for row in found]}


def _mark(mark: Mark) -> Json:
    middle = mark.extent
    country = country_at(middle.latitude, middle.longitude) if mark.kind == "country" else None
    told: Json = {
        "code": mark.code, "name": mark.name, "count": mark.count, "area": mark.area,
        "at": [round(middle.latitude, 4), round(middle.longitude, 4)],
    }  # fmt: skip
    if mark.area:
        told |= {"where": mark.where, "kilometres": round(middle.kilometres, 1), "country": country}
    return told


def _incident(row: IncidentPlace) -> Json:
    told = row_shown(row)
    return {
        "title": label(told.incident.act, "act"), "where": told.where, "when": period(told.incident),
        "address": incident_address(told.incident.pk), "words": told.words, "source": told.report.publisher,
        "claim": told.address, "disputed": told.disputed,
    }  # fmt: skip
