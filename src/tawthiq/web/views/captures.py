"""The captures of one address, over http and https alike: their list with what changed each time, and two of them compared."""

from itertools import pairwise

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tawthiq.archive.comparing import captures_at, changes_between, pages_of
from tawthiq.archive.models import Capture
from tawthiq.records.change import CaptureChange
from tawthiq.web.changes import ShownChange, changed_parts, shown
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of

COMPARED_AT_ONCE = 12


@require_safe
def listing(request: HttpRequest, number: int) -> HttpResponse:
    """All captures of the address of one item, the latest first, each with what changed since the one before it."""
    seen = sight(request)
    capture = seen.captures(Capture.objects.filter(pk=number)).first()
    if capture is None or not capture.address:
        raise Http404
    at_address = seen.captures(captures_at(capture))
    context = page_of(request, at_address, COMPARED_AT_ONCE)
    listed = list(context["page"].object_list)
    oldest = listed[-1]
    same_time = Q(collected=oldest.collected, number__lt=oldest.number)
    earlier = at_address.filter(Q(collected__lt=oldest.collected) | same_time).first()
    series = [*([earlier] if earlier else []), *reversed(listed)]
    pairs = zip(pairwise(series), changes_between(series), strict=True)
    since = {after.pk: (before, change) for (before, after), change in pairs}
    rows = [_row(row, since.get(row.pk)) for row in listed]
    return render(request, "captures/list.html", {**context, "capture": capture, "rows": rows})


def _row(
    row: Capture, since: tuple[Capture, CaptureChange] | None
) -> tuple[Capture, Capture | None, ShownChange | None]:
    """A capture, the one before it, and what changed; the first has nothing before it."""
    return (row, since[0], shown(since[1], row.status)) if since else (row, None, None)


@require_safe
def compare(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Two captures of one address, the earlier first: the server's answers, and the text with its changes marked."""
    both = sight(request).captures(Capture.objects.filter(pk__in=(number, other)))
    found = list(both.order_by("collected", "number"))
    if len(found) != 2 or not found[0].address or found[0].address != found[1].address:
        raise Http404
    (change,) = changes_between(found)
    after = pages_of(found)[1]
    parts = changed_parts(change.page, after) if change.page and after else []
    context = {
        "after": found[1],
        "sides": [{"name": name, "row": row} for name, row in zip((_("Before"), _("After")), found, strict=True)],
        "change": shown(change, found[1].status),
        "parts": parts,
        "language": after.language if after else "",
        "unread": any(row.state == Capture.State.UNREAD for row in found),
    }
    return render(request, "captures/compare.html", context)
