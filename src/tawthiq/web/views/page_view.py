"""The page, taken apart: every zone with its reason, the values of the page, readers' comments, a second opinion."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.queries.page_review import whole_page
from tawthiq.casework.queries.corrections import decided, last_revision
from tawthiq.casework.rules import may_decide_pages
from tawthiq.records.page import ZoneKind
from tawthiq.records.span import Span
from tawthiq.web import page_parts
from tawthiq.web.attached import attached
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of

ZONES_AT_ONCE = 400
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")
_KINDS = frozenset(kind.value for kind in ZoneKind)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One page. `?kind=` shows zones of one kind alone; `?at=START-END#at` marks characters and shows where they stand."""
    seen = sight(request)
    report = whole_page(number) if seen.sees_number(number) else None
    if report is None:
        raise Http404
    kind = request.GET.get("kind", "")
    kind = kind if kind in _KINDS else ""
    zones = page_parts.zones_of(report)
    asked = _asked_for(request)
    chosen = [zone for zone in zones if zone[0] == kind] if kind else zones
    shown = page_of(request, chosen, ZONES_AT_ONCE, _number_of(chosen, asked))
    context = {
        **shown,
        "report": report,
        "kind": kind,
        "shares": page_parts.shares(zones, len(report.text)),
        "blocks": page_parts.blocks(report.text, shown["page"].object_list, asked),
        "dates": page_parts.dates(report),
        "opinion": page_parts.opinion(report),
        "comments": [(row, report.text[row.start : row.end]) for row in report.comments.all()],
        "posts": [(row, report.text[row.start : row.end]) for row in report.posts.all()],
        "sheets": report.sheets.all(),
        "attached": attached(report, zones, seen),
        "decided": decided().filter(capture=report.capture.identifier).exists(),
        "revision": last_revision(report.capture.identifier),
        "may_decide": may_decide_pages(request.user),
    }
    return render(request, "pages/detail.html", context)


def _asked_for(request: HttpRequest) -> Span | None:
    """The characters that the address asks for, if it names some."""
    asked = _AT.fullmatch(request.GET.get("at", ""))
    return Span(int(asked[1]), int(asked[2])) if asked and int(asked[2]) > int(asked[1]) else None


def _number_of(zones: list[tuple[str, str, Span]], asked: Span | None) -> int:
    """The place among the zones of the first that holds characters asked for; 0 without one."""
    return next((place for place, zone in enumerate(zones) if asked and zone[2].overlaps(asked)), 0)
