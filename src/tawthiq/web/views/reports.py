"""The list of reports, and one report with its text, values and custody facts."""

import re
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.comparing import captures_at
from tawthiq.archive.models import Capture, IncidentReport, Report, Sheet
from tawthiq.archive.queries import reports as queries
from tawthiq.casework.queries.assignments import assigned_of
from tawthiq.casework.queries.queue_subjects import REPORT
from tawthiq.casework.rules import may_decide_authority, may_restrict
from tawthiq.lexicon.languages import with_tables
from tawthiq.records.page import ZoneKind
from tawthiq.records.span import Span
from tawthiq.web.access.marks import note_restrictions
from tawthiq.web.filters import ReportForm
from tawthiq.web.highlighting import Mark, Piece, Stretch, pieces, stretches
from tawthiq.web.middleware import sight
from tawthiq.web.page_parts import disputed
from tawthiq.web.paging import page_of
from tawthiq.web.pointing import pointed
from tawthiq.web.queue.bulk_wording import bulk_acts
from tawthiq.web.queue.lists import asking_of, reports_of
from tawthiq.web.sheet_headings import at_sheets
from tawthiq.web.values import event_cards, statement_cards

SHOWN_ZONES = frozenset({"title", "byline", "date", "agency", "body", "caption"})
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All reports, narrowed by the address."""
    seen = sight(request)
    form = ReportForm(request.GET, seen.reports(Report.objects.all()))
    context = page_of(request, reports_of(form, asking_of(request)))
    note_restrictions(request, (report.capture.identifier for report in context["page"]))
    states = queries.states(seen.captures(Capture.objects.all()))
    subjects = [f"{REPORT}:{report.capture.identifier}" for report in context["page"]]
    given = assigned_of(subjects, asking_of(request).user)
    shown = {"form": form, "states": states, "given": given, "bulk_acts": bulk_acts("reports", request.user)}
    return render(request, "reports/list.html", {**context, **shown})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One report. `?at=START-END#at` marks characters that a claim or a search points to.

    It also tells where in the preserved file they stand.
    """
    seen = sight(request)
    told_in = seen.by_incident(IncidentReport.objects.all(), "incident")
    report = queries.whole_report(number, told_in) if seen.sees_number(number) else None
    if report is None:
        raise Http404
    note_restrictions(request, [report.capture.identifier])
    statements, events = statement_cards(report), event_cards(report)
    values = chain(*(card.values for card in statements), *(card.values for card in events))
    asked = _asked_for(request)
    marks = [value.mark for value in values] + asked
    context = {
        "report": report,
        "blocks": _blocks(report, marks),
        "statements": statements,
        "events": events,
        "zone_kinds": [kind.value for kind in ZoneKind],
        "copies": seen.reports(queries.copies_of(report)),
        "pointed": pointed(report, asked[0].span) if asked else None,
        "disputed": disputed(report),
        "captures": seen.captures(captures_at(report.capture)).count() if report.capture.address else 0,
        "is_read": report.language in with_tables(),
        "may_decide_authority": may_decide_authority(request.user),
        "may_restrict": may_restrict(request.user),
    }
    return render(request, "reports/detail.html", context)


def _asked_for(request: HttpRequest) -> list[Mark]:
    """The mark that the address asks for, if it is one."""
    asked = _AT.fullmatch(request.GET.get("at", ""))
    if not asked or int(asked[2]) <= int(asked[1]):
        return []
    return [Mark("at", "asked", "at", Span(int(asked[1]), int(asked[2])))]


def _blocks(report: Report, marks: list[Mark]) -> list[tuple[Stretch, list[Piece], bool, Sheet | None]]:
    """The text zone by zone, with the sheet that begins there.

    A block is folded away when it is no part of the report and nothing in it is marked.
    """
    zones = [(zone.kind, Span(zone.start, zone.end)) for zone in report.zones.all()]
    blocks: list[tuple[Stretch, list[Piece], bool, Sheet | None]] = []
    for stretch, sheet in at_sheets(stretches(zones, len(report.text)), list(report.sheets.all())):
        cut = pieces(report.text, stretch.span, marks)
        if stretch.span.of(report.text).strip():
            blocks.append((stretch, cut, stretch.kind in SHOWN_ZONES or any(piece.marks for piece in cut), sheet))
    return blocks
