"""The map of incidents: a picture made by the server with the table behind it, and the same as JSON for the page's script."""

from math import isfinite

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tawthiq.archive.models import IncidentPlace
from tawthiq.archive.queries.incident_places import Box, disputed_places, place_counts, placed, unplaced
from tawthiq.web.charts.numbers import digits
from tawthiq.web.mapping.addresses import incident_address, map_address, place_address
from tawthiq.web.mapping.clusters import Cluster
from tawthiq.web.mapping.frames import Frame, boxed, fitted
from tawthiq.web.mapping.layers import layer_shown
from tawthiq.web.mapping.marks import Mark, corners, joined_positions, mark_of
from tawthiq.web.mapping.narrowing import Narrowed, narrowed
from tawthiq.web.mapping.offered import offered
from tawthiq.web.mapping.picture import picture
from tawthiq.web.mapping.rows import row_shown
from tawthiq.web.paging import page_of

MOST_LINES = 400  # places of disputed incidents that are joined
_ZOOM_OUT = 2.0


@require_safe
def world(request: HttpRequest) -> HttpResponse:
    """Incidents on a map, and in the table behind it; `?box=` shows a part, `?spot=` one place, `?unplaced=on` the others."""
    wanted = narrowed(request)
    box, code = box_of(request), request.GET.get("spot", "")[:64].replace("\x00", "")
    if request.GET.get("unplaced"):
        return _unplaced(request, wanted)
    rows = placed(wanted.among(IncidentPlace.objects.all()), box, code)
    marks = [
        mark_of(place, _place_address(wanted.query, place.code, place.incidents, place.first))
        for place in place_counts(rows)
    ]
    frame = (boxed(*box) if box else None) or fitted(corners(marks))
    layer = layer_shown()
    drawn = picture(
        frame, layer.outlines, marks, title=_("Map of incidents"), bundled=layer.countries,
        address=lambda cluster, shown: _cluster_address(wanted.query, cluster, shown),
        lines=joined_positions(disputed_places(rows, MOST_LINES)),
    )  # fmt: skip
    told = rows.select_related("incident", "claim__report").defer("claim__report__text", "incident__reasons")
    context = page_of(request, told.order_by("-incident", "order"))
    request.items_shown = sorted({row.claim.report_id for row in context["page"]})  # type: ignore[attr-defined]
    return render(request, "map/map.html", {
        **context,
        "form": wanted.form, "filters": wanted.query, "picture": drawn, "layer": layer,
        "rows": [row_shown(row) for row in context["page"]],
        "unplaced": unplaced(wanted.rows).count(), "narrowed": bool(box or code), "code": code,
        "wider": _wider(wanted.query, frame) if box else "", "box": frame.text, "eastern": digits("0") != "0",
    })  # fmt: skip


@require_safe
def marks_as_json(request: HttpRequest) -> HttpResponse:
    """The same marks for the page's script: at most some thousands; with `?spot=`, what is told of one place."""
    wanted = narrowed(request)
    code = request.GET.get("spot", "")[:64].replace("\x00", "")
    rows = placed(wanted.among(IncidentPlace.objects.all()), box_of(request), code)
    return JsonResponse(offered(request, rows, wanted.query, code=code))


def box_of(request: HttpRequest) -> Box | None:
    """The part of the world that the address asks for: west, south, east, north in degrees; None where it makes no box."""
    try:
        west, south, east, north = (float(part) for part in request.GET.get("box", "").split(","))
    except ValueError:
        return None
    box = (west, south, east, north)
    return box if all(map(isfinite, box)) and boxed(*box) else None


def _unplaced(request: HttpRequest, wanted: Narrowed) -> HttpResponse:
    """The incidents that no map shows, with what is said of their place."""
    context = page_of(request, unplaced(wanted.rows).order_by("-number"))
    numbers = [incident.number for incident in context["page"]]
    said = (
        IncidentPlace.objects.filter(incident__in=numbers).select_related("claim__report").defer("claim__report__text")
    )
    rows: dict[int, list[object]] = {number: [] for number in numbers}
    for row in said:
        rows[row.incident_id].append(row_shown(row))
    request.items_shown = sorted({row.claim.report_id for row in said})  # type: ignore[attr-defined]
    told = [(incident, rows[incident.number]) for incident in context["page"]]
    return render(request, "map/unplaced.html", {**context, "form": wanted.form, "filters": wanted.query, "told": told})


def _place_address(query: str, code: str, incidents: int, first: int) -> str:
    """Where a place leads: to its one incident, else to the list of those there."""
    return incident_address(first) if incidents == 1 else place_address(query, code)


def _cluster_address(query: str, cluster: Cluster[Mark], _frame: Frame) -> str:
    """Where a sign leads: a single place's own address, else a closer look at the places under it."""
    if len(cluster.spots) == 1:
        return cluster.spots[0].item.address
    return map_address(query, box=fitted(corners(spot.item for spot in cluster.spots), least=0.1).text)


def _wider(query: str, frame: Frame) -> str:
    """The address of the same map from further away."""
    middle, centre = (frame.west + frame.east) / 2, (frame.south + frame.north) / 2
    half_wide, half_high = (frame.east - frame.west) / 2 * _ZOOM_OUT, (frame.north - frame.south) / 2 * _ZOOM_OUT
    if half_wide >= 180:
        return map_address(query)
    return map_address(
        query, box=Frame(middle - half_wide, centre - half_high, middle + half_wide, centre + half_high).text
    )
