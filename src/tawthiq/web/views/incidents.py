"""Proposed incidents: the list, and one with its reports side by side and its claims by slot."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.queries.incidents import incidents, reports_since_linking, whole_incident
from tawthiq.web.claims import claim_rows, tellings, toll_lines
from tawthiq.web.filters import IncidentForm, given
from tawthiq.web.paging import page_of


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All incidents, those of several reports first, each with every toll that some source claims."""
    form = IncidentForm(request.GET)
    narrowed = incidents(given(form, "act"), bool(given(form, "several")), bool(given(form, "disputed")))
    context = page_of(request, narrowed)
    rows = [(incident, toll_lines(incident)) for incident in context["page"]]
    single = narrowed.filter(report_count=1).count()
    shown = {"form": form, "rows": rows, "waiting": reports_since_linking(), "single": single}
    return render(request, "incidents/list.html", {**context, **shown})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One incident; nothing on its page is a decision of a person yet."""
    incident = whole_incident(number)
    if incident is None:
        raise Http404
    context = {"incident": incident, "claims": claim_rows(incident), "tellings": tellings(incident)}
    return render(request, "incidents/detail.html", context)
