"""The desk: a report's preserved text beside its reading; accepting, correcting, rejecting, adding, splitting, merging.

Every act is a form that works without script; the page's script fills the same fields from a selection. A form carries what
was seen: who decided meanwhile is named, a text or reading that is another one by now is told, and nothing is saved then.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from tawthiq.archive.models import Report
from tawthiq.casework.domain import reading_corrections as domain
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import ReadingCorrection
from tawthiq.casework.queries.reviewed import next_unreviewed
from tawthiq.casework.rules import may_decide_readings
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.web.correction.effect import Effect
from tawthiq.web.desk.beside import captures_beside, outlet_history, side_by_side
from tawthiq.web.desk.choices import choices_for
from tawthiq.web.desk.deciding import Unsound, judged, reason, slot_of, span_of
from tawthiq.web.desk.effect import take_effect
from tawthiq.web.desk.histories import acts_shown
from tawthiq.web.desk.opened import Opened, opened
from tawthiq.web.desk.page import page_context
from tawthiq.web.desk.selection import whole_number
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.visit_shown import visit_shown

ACTS_PER_PAGE = 20
MOST_RECORDS = 400  # events and statements that the desk shows at once; a page of them has some thousand forms


class TooManyRecords(Exception):
    """A report whose reading is too long for the desk: an imported table, most often. `report` is the report."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.pk)
        self.report = report


def _at_the_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, or a page that says why the report cannot be shown at the desk and what to do."""

    @wraps(view)
    def bounded(request: HttpRequest, number: int) -> HttpResponse:
        try:
            return view(request, number)
        except TooManyRecords as error:
            return render(request, "desk/too_large.html", {"report": error.report, "most": MOST_RECORDS})

    return bounded


@require_safe
@_at_the_desk
def desk(request: HttpRequest, number: int) -> HttpResponse:
    """The report at the desk. `?choose=VALUE` offers its characters as numbered words, `?split=EVENT` what goes to a second."""
    return _page(request, _opened(request, number))


@sensitive_post_parameters("words")
@require_POST
@_at_the_desk
def read(request: HttpRequest, number: int) -> HttpResponse:
    """What the selected characters may say in a slot: to be chosen from, nothing is saved."""
    there = _opened(request, number, deciding=True)
    stale = _stale(request, there)
    if stale:
        return _page(request, there, told=stale, status=409)
    try:
        named, slot = slot_of(request.POST.get("value", ""), there)
        span = span_of(request.POST, there, named, slot)
    except Unsound as error:
        return _page(request, there, told=error.happened, status=422)
    offered = choices_for(there, named, slot, span)
    return _page(request, there, reading=(named, offered, span))


@sensitive_post_parameters("words", "reason")
@require_POST
@_at_the_desk
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """What the form decides; with `done` the report is marked as reviewed and the next one that waits is opened."""
    there = _opened(request, number, deciding=True)
    stale = _stale(request, there)
    if stale:
        return _page(request, there, told=stale, status=409)
    by, rows = request.user.get_username(), list[ReadingCorrection]()
    done = "done" in request.POST
    try:
        wanted = judged(request.POST, there)
        if wanted:
            rows = domain.decide(settings.ARCHIVE_FOLDER, wanted, there.seen, by, reason=reason(request.POST))
        if done:
            act = rows[0].act if rows else there.act
            domain.review(settings.ARCHIVE_FOLDER, domain.Seen(*_without_act(there), act), by)
    except Overtaken as error:
        return _page(request, _opened(request, number), told=_told(error), status=409)
    except WrongUsage as error:
        told = error.happened if isinstance(error, Unsound) else _("This cannot be decided so.")
        return _page(request, there, told=told, status=422)
    effect = take_effect(number, rows)
    return _next(request, number) if done else _back(number, effect, request.POST.get("value", ""))


@require_POST
@_at_the_desk
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back an act, or the mark of a review; the report follows."""
    there = _opened(request, number, deciding=True)
    folder, capture, by = settings.ARCHIVE_FOLDER, there.report.capture.identifier, request.user.get_username()
    seen = whole_number(request.POST.get("seen", ""))
    rows = list[ReadingCorrection]()
    try:
        if "review" in request.POST:
            domain.take_back_review(folder, capture, -1 if seen is None else seen, by)
        else:
            act = whole_number(request.POST.get("act", "")) or 0
            rows = domain.withdraw(folder, capture, act, -1 if seen is None else seen, by, reason=reason(request.POST))
    except domain.BuiltUpon as error:
        told = _("A later decision rests on this one (%(who)s). Take that back first.") % {"who": error.item}
        return _page(request, there, told=told, status=409)
    except Overtaken as error:
        return _page(request, _opened(request, number), told=_told(error), status=409)
    return _back(number, take_effect(number, rows, withdrawn=bool(rows)))


@require_safe
@_at_the_desk
def history(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that people decided about the reading, the last first: the machine's version beside the person's."""
    there = _opened(request, number)
    rows = ReadingCorrection.objects.filter(capture=there.report.capture.identifier)
    numbers = rows.order_by("-act").values_list("act", flat=True).distinct()
    context = page_of(request, numbers, ACTS_PER_PAGE)
    shown = {
        "report": there.report,
        "acts": acts_shown(there, list(context["page"])),
        "seen": there.act,
        "may_decide": may_decide_readings(request.user),
    }
    return render(request, "desk/history.html", {**context, **shown})


@require_safe
def beside(request: HttpRequest, number: int) -> HttpResponse:
    """What lies at hand beside a report: pictures, captures, the outlet, reports of the same incident."""
    report, seen = _report(request, number), sight(request)
    incidents = side_by_side(report, seen)
    context = {
        "report": report,
        "visit": visit_shown(report.capture),
        "captures": captures_beside(report, seen),
        "outlet": outlet_history(report, seen),
        "incidents": incidents,
    }
    shown = [each.report.pk for incident in incidents for each in incident.tellings]
    request.items_shown = sorted({number, *shown})  # type: ignore[attr-defined]
    return render(request, "desk/beside.html", context)


def _report(request: HttpRequest, number: int) -> Report:
    found = sight(request).reports(Report.objects.filter(pk=number)) if number < 2**62 else Report.objects.none()
    report = found.select_related("capture").prefetch_related("zones").first()
    if report is None:
        raise Http404
    return report


def _opened(request: HttpRequest, number: int, *, deciding: bool = False) -> Opened:
    report = _report(request, number)
    if deciding and not may_decide_readings(request.user):
        raise PermissionDenied
    if report.event_count + report.statement_count > MOST_RECORDS:
        raise TooManyRecords(report)
    return opened(report)


def _stale(request: HttpRequest, there: Opened) -> str:
    """Why what the form saw is not there any more; empty when it is."""
    sent = request.POST
    if sent.get("text") != there.text_stamp:
        return _("The page was read anew since you opened it, and its text is another one now. Nothing was saved.")
    if whole_number(sent.get("seen", "")) != there.act:
        last = there.kept.rows[-1][0] if there.kept.rows else None
        who = last.by if last else _("somebody")
        return _("%(who)s decided about this report since you opened it. Nothing was saved; look at what changed.") % {
            "who": who
        }
    if sent.get("reading") != there.reading_stamp:
        return _("The report was read anew since you opened it, and its reading is another one now. Nothing was saved.")
    return ""


def _without_act(there: Opened) -> tuple[str, str, str]:
    return there.seen.capture, there.seen.text_sha256, there.seen.reader


def _told(error: TawthiqError) -> str:
    return _(
        "Somebody decided about this report in the meantime (%(when)s). Nothing was saved; look at what changed."
    ) % {"when": error.item}


def _page(
    request: HttpRequest,
    there: Opened,
    *,
    told: str = "",
    reading: tuple[object, object, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = page_context(request, there)
    return render(request, "desk/desk.html", {**context, "told": told, "reading": reading}, status=status)


def _back(number: int, effect: Effect, value: str = "") -> HttpResponse:
    at = {"at": value} if value else {}
    return redirect(f"{reverse('desk', args=[number])}?{urlencode({'effect': effect.value, **at})}")


def _next(request: HttpRequest, number: int) -> HttpResponse:
    """The next report that waits; the queue, or the list, when none does."""
    found = next_unreviewed(sight(request).reports(Report.objects.order_by()), number)
    if found is None:
        return redirect(f"{reverse('desk', args=[number])}?finished=1")
    return redirect(f"{reverse('desk', args=[found])}?{urlencode({'reviewed': number})}")
