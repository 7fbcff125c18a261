"""Proposed incidents: the list, and one with its reports side by side and its claims by slot."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.models import CopyFamily, LinkedReport, Report
from tawthiq.archive.queries.incidents import reports_since_linking, whole_incident
from tawthiq.casework.queries.assignments import assigned_of
from tawthiq.casework.queries.queue_subjects import INCIDENT
from tawthiq.web.access.marks import note_restrictions
from tawthiq.web.cases.box import case_box
from tawthiq.web.claims import slots_shown, statements_shown, tellings, toll_lines
from tawthiq.web.filters import IncidentForm
from tawthiq.web.incident_sources import families_shown, sources_shown
from tawthiq.web.link_deciding.box import decide_box
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.queue.bulk_wording import bulk_acts
from tawthiq.web.queue.lists import asking_of, incidents_of
from tawthiq.web.who_says import who_says

TELLINGS = 6  # reports of an incident that its page shows side by side


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All incidents, those of several reports first, each with its tolls: every position, and how they stand."""
    form = IncidentForm(request.GET)
    seen = sight(request)
    narrowed = incidents_of(form, asking_of(request))
    context = page_of(request, narrowed)
    rows = [(incident, toll_lines(incident)) for incident in context["page"]]
    single = narrowed.filter(report_count=1).count()
    linked = seen.by_number(LinkedReport.objects.all(), "report")
    waiting = reports_since_linking(seen.reports(Report.objects.all()), linked)
    shown = {
        "form": form,
        "rows": rows,
        "waiting": waiting,
        "single": single,
        "given": assigned_of([f"{INCIDENT}:{incident.number}" for incident, _ in rows], asking_of(request).user),
        "bulk_acts": bulk_acts("incidents", request.user),
    }
    return render(request, "incidents/list.html", {**context, **shown})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One incident, its tellings some at a time; `?slot=` shows one slot alone, with every claim."""
    seen = sight(request)
    incident = whole_incident(number) if seen.sees_incident(number) else None
    if incident is None:
        raise Http404
    reports = {told.report_id: told.report for told in incident.told_in.all()}
    request.items_shown = sorted(reports)  # type: ignore[attr-defined]
    only = request.GET.get("slot", "")
    slots = slots_shown(incident, reports, only)
    if only:
        return render(request, "incidents/slot.html", {"incident": incident, "slots": slots})
    box = decide_box(request, incident)
    note_restrictions(request, (report.capture.identifier for report in reports.values()))
    paged = page_of(request, list(incident.told_in.all()), TELLINGS)
    context = {
        **paged,
        "tellings": tellings(paged["page"], [telling.event for telling in box.tellings]),
        "incident": incident,
        "slots": slots,
        "who_says": who_says(slots, reports),
        "statements": statements_shown(incident, reports),
        "sources": sources_shown(incident, reports),
        "families": families_shown(reports, seen.families(CopyFamily.objects.all())),
    }
    return render(request, "incidents/detail.html", {**context, "box": box, "case_box": case_box(request, number)})
