"""Cases: the list, one case with its verification sheet, and what people do with it. Independence is kept by the
domain.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tawthiq.archive.models import Incident
from tawthiq.casework.case_content import CaseContent as Content
from tawthiq.casework.domain import cases as opening
from tawthiq.casework.domain import publishing, qualifying
from tawthiq.casework.domain import verification as domain
from tawthiq.casework.models import Case, CaseContent, VerificationSheet
from tawthiq.casework.queries import cases as queries
from tawthiq.casework.queries.case_contents import content_of, contents_of
from tawthiq.casework.queries.queue import QueueKind
from tawthiq.casework.rules import may_decide_links, may_publish, may_qualify, may_verify
from tawthiq.casework.sheet_checks import Incomplete
from tawthiq.casework.verification_sheet import Sheet
from tawthiq.records.errors import TawthiqError
from tawthiq.web.cases.filters import CaseForm
from tawthiq.web.cases.form import Fields, field_at, fields_of, sheet_of
from tawthiq.web.cases.page import case_page
from tawthiq.web.cases.terms import field_name
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.queue.lists import asking_of
from tawthiq.web.queue.work import Working, next_address, telling

_MOST = 2**63 - 1
_DONE = ("opened", "kept", "dropped", "withdrawn", "looked", "qualified", "proposed", "published", "unpublished")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The cases that this person may see, narrowed as the address says, the last opened first."""
    form = CaseForm(request.GET)
    user = asking_of(request).user
    rows = queries.narrowed(queries.seen_cases(sight(request)), form.narrowed(), user)
    context = page_of(request, rows)
    page = list(context["page"])
    incidents, assigned = queries.incidents_of(page), queries.assignees(page, user)
    now = contents_of([case.incident for case in page if case.state in opening.DECIDED])
    shown = [
        (case, incidents.get(case.incident), assigned.get(case.incident, []), case.changed or _is_other(case, now))
        for case in page
    ]
    return render(request, "cases/list.html", {**context, "form": form, "rows": shown})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One case by the number of its incident; an incident without a case offers to open one."""
    case = _case(request, number)
    if case is None:
        incident = _incident(request, number)
        return render(
            request, "cases/unopened.html", {"incident": incident, "may_open": may_decide_links(request.user)}
        )
    return _page(request, case)


@require_POST
def open_case(request: HttpRequest, number: int) -> HttpResponse:
    """Open the case of an incident."""
    if not may_decide_links(request.user):
        raise PermissionDenied
    if _case(request, number) is None:
        _incident(request, number)
        opening.open_case(settings.ARCHIVE_FOLDER, number, request.user.get_username())
    return _back(number, "opened")


@require_POST
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a draft, throw it away, or finish the sheet; what was typed is kept before anything is checked."""
    case = _known(request, number)
    if not may_verify(request.user):
        raise PermissionDenied
    name, action = request.user.get_username(), request.POST.get("action", "draft")
    content = content_of(case.incident)
    if action == "drop":
        domain.drop_draft(case, name)
        return _back(number, "dropped")
    if content is None:
        return _page(request, case, fault="gone", status=409)
    fields, digest = fields_of(request.POST, content), request.POST.get("digest", "")[:64]
    domain.keep_draft(case, name, fields, digest)
    if action != "finish":
        return _kept(request, number)
    return _finished(request, case, (sheet_of(fields, content), digest), fields)


def _finished(request: HttpRequest, case: Case, typed: tuple[Sheet, str], fields: Fields) -> HttpResponse:
    """Finish the sheet and go back to the queue; where it is not taken, the page again with what was typed, and why."""
    try:
        domain.finish(settings.ARCHIVE_FOLDER, case, *typed, request.user.get_username())
    except Incomplete as error:
        return _page(request, case, fields, fault="incomplete", missing=error.missing, status=422)
    except domain.Overtaken:
        return _page(request, case, fields, fault="changed", status=409)
    except domain.Barred:
        return _page(request, case, fault="barred", status=409)
    following = next_address(request, Working.of(request.GET)) if "queue" in request.GET else reverse("queue")
    return redirect(telling(following, f"{QueueKind.SECOND}/{opening.subject(case)}"))


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own sheet, with a reason."""
    case = _known(request, number)
    name = request.user.get_username()
    mine = VerificationSheet.objects.filter(about__case=case, by=name, withdrawal=None).last()
    if mine is None:
        raise Http404
    try:
        domain.withdraw(settings.ARCHIVE_FOLDER, mine, request.POST.get("reason", ""), name)
    except TawthiqError:
        return _page(request, case, fault="reason", status=422)
    return _back(number, "withdrawn")


@require_POST
def look(request: HttpRequest, number: int) -> HttpResponse:
    """See what others found, and give no sheet any more."""
    case = _known(request, number)
    if not may_verify(request.user):
        raise PermissionDenied
    content = content_of(case.incident)
    about = CaseContent.objects.filter(case=case, digest=content.digest if content else "").first()
    if about is None:
        raise Http404
    domain.look(settings.ARCHIVE_FOLDER, about, request.user.get_username())
    return _back(number, "looked")


@require_POST
def qualify(request: HttpRequest, number: int) -> HttpResponse:
    """Keep an opinion in law."""
    case = _known(request, number)
    if not may_qualify(request.user):
        raise PermissionDenied
    codes, words = request.POST.getlist("code")[:200], request.POST.get("words", "")
    try:
        qualifying.qualify(settings.ARCHIVE_FOLDER, case, codes, words, request.user.get_username())
    except TawthiqError:
        return _page(request, case, fault="opinion", status=422)
    return _back(number, "qualified")


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Publish, propose or confirm it, or take it out again."""
    case = _known(request, number)
    if not may_publish(request.user):
        raise PermissionDenied
    name, seen = request.user.get_username(), request.POST.get("seen", "")
    try:
        if request.POST.get("action") == "withdraw":
            publishing.withdraw(settings.ARCHIVE_FOLDER, case, request.POST.get("reason", ""), name)
            return _back(number, "unpublished")
        last = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0
        row = publishing.publish(settings.ARCHIVE_FOLDER, case, last, name)
    except opening.NotAllowed:
        return _page(request, case, fault="own-proposal", status=409)
    except TawthiqError:
        return _page(request, case, fault="publication", status=409)
    return _back(number, str(row.deed))


def _page(
    request: HttpRequest,
    case: Case,
    typed: Fields | None = None,
    *,
    fault: str = "",
    missing: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    shown = case_page(request, case, typed)
    request.items_shown = sorted(report.pk for report in shown.reports.values())  # type: ignore[attr-defined]
    done = request.GET.get("done", "")
    context = {
        "shown": shown,
        "case": shown.case,
        "fault": fault,
        "missing": [(field_at(name), field_name(name)) for name in missing],
        "done": done if done in _DONE else "",
    }
    return render(request, "cases/detail.html", context, status=status)


def _case(request: HttpRequest, number: int) -> Case | None:
    return queries.seen_cases(sight(request)).filter(incident=number).first() if number <= _MOST else None


def _known(request: HttpRequest, number: int) -> Case:
    case = _case(request, number)
    if case is None:
        raise Http404
    return case


def _incident(request: HttpRequest, number: int) -> Incident:
    """An incident without a case that this person may see. Raises Http404, also where a case is hidden from them."""
    seen = number <= _MOST and not Case.objects.filter(incident=number).exists()
    incident = sight(request).incidents(Incident.objects.filter(pk=number)).first() if seen else None
    if incident is None:
        raise Http404
    return incident


def _is_other(case: Case, now: Mapping[int, Content]) -> bool:
    """Whether a decided case's incident holds something else by now."""
    if case.state not in opening.DECIDED:
        return False
    return case.incident not in now or now[case.incident].digest != case.digest


def _kept(request: HttpRequest, number: int) -> HttpResponse:
    """After a draft was kept: a line for htmx, else the page again."""
    if request.headers.get("HX-Request") == "true":
        return render(request, "cases/_kept.html", {"just": True})
    return _back(number, "kept", request)


def _back(number: int, done: str, request: HttpRequest | None = None) -> HttpResponse:
    """The page of the case again, with what was done; of a request that came through the queue the way through it stays."""
    way = request.GET.dict() if request else {}
    return redirect(f"{reverse('case', args=[number])}?{urlencode({**way, 'done': done})}")
