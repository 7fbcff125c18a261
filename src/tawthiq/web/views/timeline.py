"""Time lines: of one incident, and of many as histograms of incidents and of what is claimed of their tolls."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tawthiq.archive.models import Capture, IncidentToll
from tawthiq.archive.queries.incident_days import periods, tolls
from tawthiq.archive.queries.incidents import whole_incident
from tawthiq.web import labels
from tawthiq.web.charts.columns import Column, columns
from tawthiq.web.charts.numbers import digits, shown
from tawthiq.web.mapping.narrowing import narrowed
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.timeline.bins import Amount, Bin, Unit, histogram, unit_for
from tawthiq.web.timeline.desk_acts import desk_acts
from tawthiq.web.timeline.incident_lanes import lanes_of, lines_of
from tawthiq.web.timeline.lanes import Lane, Stretch, time_line
from tawthiq.web.timeline.wording import UNITS, bin_words, tick, tick_words

TOLLS = ("killed", "injured")
LINES = 60


@require_safe
def world(request: HttpRequest) -> HttpResponse:
    """Incidents and tolls over time; `?by=` names the stretches."""
    wanted = narrowed(request)
    rows = wanted.rows
    counted = periods(rows)
    dated = [each for each in counted if each.first and each.last]
    amounts = [
        Amount(each.first, each.last, each.incidents, each.incidents) for each in dated if each.first and each.last
    ]
    context = {
        "form": wanted.form, "filters": wanted.query, "total": sum(each.incidents for each in counted),
        "open": sum(each.incidents for each in counted if each.first is None),
        "units": [(unit.value, words) for unit, words in UNITS.items()],
    }  # fmt: skip
    if amounts:
        asked = request.GET.get("by", "")
        span = min(each.first for each in amounts), max(each.last for each in amounts)
        unit = unit_for(*span, Unit(asked) if asked in list(Unit) else None)
        charts = [_chart(histogram(amounts, unit), unit, "incidents", _("Incidents"), wanted.query)]
        context |= {"unit": unit.value, "charts": charts + _tolls(wanted.among(IncidentToll.objects.all()), unit)}
    return render(request, "timeline/timeline.html", context)


@require_safe
def incident(request: HttpRequest, number: int) -> HttpResponse:
    """The time line of one incident, with the table of everything in it, and what people did about it."""
    seen = sight(request)
    found = whole_incident(number) if seen.sees_incident(number) else None
    if found is None:
        raise Http404
    reports = {told.report_id: told.report for told in found.told_in.all()}
    request.items_shown = sorted(reports)  # type: ignore[attr-defined]
    items = list(Capture.objects.filter(number__in=reports).values_list("identifier", flat=True))
    acts = desk_acts(number, items, request.user.get_username(), seen)
    rtl = labels.active_language() == "ar"
    picture = time_line(
        lanes_of(found, reports), name="told", title=_("Time line of the incident"), rtl=rtl, day_words=tick_words,
        description=_("Bars are as long as the precision that was told. Tolls are reaches from the lowest to the highest."),
    )  # fmt: skip
    done = [Stretch(act.at.date(), act.at.date(), act.what, f"{act.what} — {act.by}", kind="done") for act in acts]
    desk = time_line(
        [Lane(_("At the desk"), stretches=tuple(done))], name="desk", title=_("What people did about it"), rtl=rtl,
        day_words=tick_words, description=_("Each sign is one act; the list below tells them all."),
    )  # fmt: skip
    context = {**page_of(request, lines_of(found, reports), LINES), "incident": found, "picture": picture}
    return render(
        request,
        "timeline/incident.html",
        {**context, "incident": found, "picture": picture, "desk": desk, "acts": acts},
    )


def _tolls(rows: QuerySet[IncidentToll], unit: Unit) -> list[dict[str, object]]:
    charts = []
    for harm in TOLLS:
        counted = tolls(rows, harm)
        low = histogram([Amount(each.first, each.last, each.lowest, each.highest) for each in counted], unit)
        if low:
            title = _("%(harm)s: sums of the lowest and of the highest number claimed") % {
                "harm": labels.label("slot", harm)
            }
            told = {"incidents": sum(each.incidents for each in counted), "above": sum(each.open for each in counted)}
            charts.append({**_chart(low, unit, harm, title, ""), "toll": True, **told})
    return charts


def _chart(found: list[Bin], unit: Unit, name: str, title: str, query: str) -> dict[str, object]:
    told = [(each, bin_words(each.first, unit), _reach(each)) for each in found]
    drawn = columns(
        [
            Column(
                tick(each.first, unit), digits(words), each.certain, each.possible, reach, _closer(each, unit, query)
            )
            for each, words, reach in told
        ],
        name=name, title=title, rtl=labels.active_language() == "ar",
        description=_("Filled: certainly then. Hatched: possibly, since its days are not told more exactly."),
    )  # fmt: skip
    return {"name": name, "title": title, "picture": drawn, "rows": [row for row in told if row[0].possible]}


def _reach(each: Bin) -> str:
    if each.certain == each.possible:
        return shown(each.certain)
    return f"{shown(each.certain)}–{shown(each.possible)}"


def _closer(each: Bin, unit: Unit, query: str) -> str:
    """The address of the same time line for the days of one stretch; none where days are shown already."""
    if unit is Unit.DAY:
        return ""
    days = urlencode({"first": each.first.isoformat(), "last": each.last.isoformat()})
    kept = "&".join(part for part in query.split("&") if part and not part.startswith(("first=", "last=")))
    return f"{reverse('timeline')}?{kept}{'&' if kept else ''}{days}"
