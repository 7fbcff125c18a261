"""Charts of what is in the archive, the tables behind them, and each table as CSV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tawthiq.web import labels
from tawthiq.web.charts.bars import bars
from tawthiq.web.charts.counts import COUNTINGS, MOST
from tawthiq.web.charts.sheets import as_csv
from tawthiq.web.mapping.narrowing import narrowed
from tawthiq.web.middleware import sight


@require_safe
def world(request: HttpRequest) -> HttpResponse:
    """All charts of the incidents that the address asks for, each with its table."""
    wanted, seen, rtl = narrowed(request), sight(request), labels.active_language() == "ar"
    charts = []
    for name, counting in COUNTINGS.items():
        rows = counting.count(wanted, seen)
        drawn = bars(rows[:MOST], name=name, title=str(counting.title), description=str(counting.about), rtl=rtl)
        charts.append({
            "name": name, "title": counting.title, "about": counting.about, "rows": rows[:MOST], "picture": drawn,
            "more": max(0, len(rows) - MOST),
        })  # fmt: skip
    context = {
        "form": wanted.form,
        "filters": wanted.query,
        "charts": charts,
        "any": any(each["rows"] for each in charts),
    }
    return render(request, "charts/charts.html", context)


@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """The whole table behind one chart as CSV; cells that a spreadsheet would carry out are made harmless."""
    counting = COUNTINGS.get(name)
    if counting is None:
        raise Http404
    rows = counting.count(narrowed(request), sight(request))
    data = as_csv((str(counting.title), _("Number")), ((row.label, row.value) for row in rows))
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tawthiq-{name}.csv"'
    return response
