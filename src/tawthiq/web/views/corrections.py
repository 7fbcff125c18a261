"""Correcting a page: the form, finding a page right, what was decided about it, withdrawing that.

The form carries its draft itself and works without scripts. Saving asks for nothing else; somebody who saved in between
is named, and nothing that was typed is lost. Decisions belong to the item of evidence: they are listed and withdrawn also
where no report stands, as after reading found that the decision in force was changed by other hands.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawthiq.archive.models import Capture, Report, SecondOpinion
from tawthiq.archive.saving import READER
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.domain.page_corrections import decide, withdraw
from tawthiq.casework.models import PageCorrection
from tawthiq.casework.queries.corrections import history, is_unchanged
from tawthiq.casework.rules import may_decide_pages
from tawthiq.pipeline.correct_page import UNFIT, stamp_of
from tawthiq.web.correction.deciding import decision, faults, with_baseline
from tawthiq.web.correction.desk import Desk
from tawthiq.web.correction.draft import Draft
from tawthiq.web.correction.effect import Effect, program_page, take_effect
from tawthiq.web.correction.forms import (
    MOST_SEGMENTS,
    WINDOW,
    Sent,
    first_draft,
    is_too_large,
    packed,
    sent_draft,
    window_at,
)
from tawthiq.web.correction.lines import segments
from tawthiq.web.correction.opinion import from_opinion
from tawthiq.web.labels import ZONES
from tawthiq.web.middleware import sight

KIND_ORDER = (
    "body", "title", "byline", "date", "agency", "caption", "comment", "comment_form", "related", "about", "ad",
    "navigation", "other",
)  # fmt: skip


@sensitive_post_parameters("draft")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """The form: marks zones, values and comments; saves them as a decision. `?from=opinion` begins with the other body."""
    desk = Desk(_report(request, number))
    if request.method != "POST":
        draft = first_draft(desk.page, desk.offered)
        if request.GET.get("from") == "opinion":
            draft = _by_opinion(desk, draft)
        return _form(request, desk, Sent(draft, None, strayed=False, fresh=False))
    sent = sent_draft(request.POST.dict(), desk.page, desk.lines)
    found = faults(sent.draft, desk.page, desk.offered)
    if request.POST.get("action") != "save" or sent.fresh or sent.strayed:
        return _form(request, desk, sent, faults=found)
    if found:
        return _form(request, desk, sent, faults=found, status=422)
    try:
        row = _save(request, desk, sent)
    except Overtaken:
        overtaking = history(desk.report.capture.identifier).first()
        return _form(request, Desk(desk.report), sent, overtaking=overtaking, status=409)
    return redirect(f"{_history_address(number)}?saved={row.revision}&effect={take_effect(number).value}")


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """One button: the page as the program took it apart is right."""
    desk = Desk(_report(request, number))
    sent = Sent(first_draft(desk.page, desk.offered), None, strayed=False, fresh=False)
    if faults(sent.draft, desk.page, desk.offered) or request.POST.get("seen") != str(desk.revision):
        return _form(request, desk, sent, overtaking=history(desk.report.capture.identifier).first(), status=409)
    try:
        row = _save(request, desk, sent)
    except Overtaken:
        return _form(request, Desk(desk.report), sent, status=409)
    return redirect(f"{_history_address(number)}?saved={row.revision}&effect={take_effect(number).value}")


@require_safe
def decisions(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that people decided about one page, the last first, and what it did."""
    capture = _capture(request, number)
    report: Report | None = getattr(capture, "report", None)
    read_by = report.reader if report else ""
    rows = list(history(capture.identifier))
    effect = request.GET.get("effect", "")
    context = {
        "capture": capture,
        "report": report,
        "rows": [(row, is_unchanged(row)) for row in rows],
        "in_force": rows[0] if rows and rows[0].kind != PageCorrection.Kind.WITHDRAWN else None,
        "applied": bool(rows) and stamp_of(rows[0].sha256) in read_by,
        "unfit": read_by.endswith(UNFIT),
        "effect": effect if effect in {each.value for each in Effect} else "",
        "saved": request.GET.get("saved", ""),
        "may_decide": may_decide_pages(request.user),
    }
    return render(request, "corrections/decisions.html", context)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw what is in force; the report is read anew by the program alone."""
    if not may_decide_pages(request.user):
        raise PermissionDenied
    identifier = _capture(request, number).identifier
    try:
        withdraw(settings.ARCHIVE_FOLDER, identifier, _revision_seen(request), request.user.get_username())
    except Overtaken:
        return redirect(f"{_history_address(number)}?saved=none")
    return redirect(f"{_history_address(number)}?effect={take_effect(number).value}")


def _report(request: HttpRequest, number: int) -> Report:
    """The report, when this person may decide about its page."""
    if not may_decide_pages(request.user):
        raise PermissionDenied
    rows = Report.objects.select_related("capture").prefetch_related("zones", "comments").filter(pk=number)
    found = sight(request).reports(rows).first()
    if found is None:
        raise Http404
    return found


def _capture(request: HttpRequest, number: int) -> Capture:
    """The item of evidence that decisions belong to, with its report where it has one: both bear the same number."""
    found = sight(request).captures(Capture.objects.select_related("report").filter(pk=number)).first()
    if found is None:
        raise Http404
    return found


def _by_opinion(desk: Desk, draft: Draft) -> Draft:
    """The draft with the body of the second opinion, where its text was kept."""
    opinion = SecondOpinion.objects.filter(report=desk.report).first()
    if opinion is None or not opinion.text:
        return draft
    return from_opinion(draft, desk.page, desk.lines, opinion.text)


def _save(request: HttpRequest, desk: Desk, sent: Sent) -> PageCorrection:
    """The draft as a decision, kept and logged."""
    program = program_page(desk.report)
    by = request.user.get_username()
    made = decision(sent.draft, desk.page, desk.offered, program, capture=desk.report.capture, by=by)
    return decide(settings.ARCHIVE_FOLDER, with_baseline(made, program, READER), _revision_seen(request))


def _revision_seen(request: HttpRequest) -> int:
    """The revision that the person decides upon, as the form tells it; 0 for anything else than a number of ours."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0


def _form(
    request: HttpRequest,
    desk: Desk,
    sent: Sent,
    *,
    faults: dict[str, str] | None = None,
    overtaking: PageCorrection | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form over a draft."""
    draft = sent.draft
    first, last = window_at(request.POST, len(desk.lines))
    shown = segments(desk.page.text, desk.lines, draft.zones, first, last)
    if len(shown) > MOST_SEGMENTS:
        shown = shown[:MOST_SEGMENTS]
        last = max(first, shown[-1].line - 1)
    carried = packed(draft, desk.page.text)
    if is_too_large(carried):
        return render(request, "corrections/too_large.html", {"report": desk.report}, status=422)
    context: dict[str, Any] = {
        "report": desk.report,
        "desk": desk,
        "draft": draft,
        "packed": carried,
        "segments": shown,
        "touched": sent.touched,
        "rows": desk.rows(draft.comments, first, last),
        "preview": desk.preview(draft),
        "labels": ZONES,
        "kinds": [(kind, ZONES[kind]) for kind in KIND_ORDER],
        "mark_kind": request.POST.get("mark-kind", "body"),
        "first": first,
        "last": last,
        "earlier": max(1, first - WINDOW) if first > 1 else 0,
        "later": last + 1 if last < len(desk.lines) else 0,
        "faults": faults or {},
        "strayed": sent.strayed,
        "fresh": sent.fresh,
        "overtaking": overtaking,
        "seen": desk.revision,
    }
    return render(request, "corrections/form.html", context, status=status)


def _history_address(number: int) -> str:
    return reverse("page-corrections", args=[number])
