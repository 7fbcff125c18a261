"""A person's notices, and a person's own work: what is theirs, what they looked at, drafts, what they put off."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tawthiq.casework.domain import queue_undo
from tawthiq.casework.domain.notices import mark_read
from tawthiq.casework.domain.queue_later import bring_back, put_off_by
from tawthiq.casework.models import SheetDraft, User
from tawthiq.casework.queries.assignments import assigned_to, looked_at
from tawthiq.casework.queries.queue_subjects import CASE, seen_of, subject_of
from tawthiq.casework.rules import may_work_at_desk
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.queue.notices_shown import shown, visible_notices
from tawthiq.web.queue.rows import Row, rows_of
from tawthiq.web.queue.undoing import came_from, with_undo
from tawthiq.web.queue.work import Item

PER_PAGE = 20
MOST_ASSIGNED, MOST_LOOKED_AT = 200, 15
_MOST_DIGITS = 18


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's notices, the unread ones first, each a sentence with a link."""
    user = _person(request)
    found = visible_notices(user, sight(request))
    context = page_of(request, found, PER_PAGE)
    unread = sum(row.read is None for row in found)
    return render(
        request, "notices/list.html", {**context, "shown": shown(list(context["page"]), user), "unread": unread}
    )


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one notice as read, or all; it can be undone."""
    user, text = _person(request), request.POST.get("number", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0
    known = [row.number for row in visible_notices(user, sight(request)) if row.read is None]
    marked = mark_read(user, [each for each in known if text == "all" or each == number])
    back = came_from(request, "notices")
    if not marked:
        return redirect(back)
    return redirect(with_undo(back, queue_undo.offer(user, queue_undo.READ, {"numbers": marked})))


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What is given to me, what I looked at lately, sheets that I have in draft, what I put off."""
    user = _person(request)
    assigned = [row.subject for row in assigned_to(user)[:MOST_ASSIGNED]]
    looked = [row.subject for row in looked_at(user)[: 2 * MOST_LOOKED_AT]]
    drafts = [f"{CASE}:{each}" for each in _drafts(user)]
    later = put_off_by(user)
    seen = seen_of({*assigned, *looked, *drafts, *later}, user, sight(request))
    context = page_of(request, [text for text in assigned if text in seen], PER_PAGE)
    return render(
        request,
        "notices/my_work.html",
        {
            **context,
            "assigned": _rows(list(context["page"]), user),
            "looked": _rows([text for text in looked if text in seen][:MOST_LOOKED_AT], user),
            "drafts": _rows([text for text in drafts if text in seen], user),
            "later": _rows([text for text in later if text in seen], user),
        },
    )


@require_POST
def back_to_queue(request: HttpRequest) -> HttpResponse:
    """Have something that was put off stand in the queue where it stood before."""
    bring_back(_person(request), request.POST.get("subject", "")[:200])
    return redirect(reverse("my-work") + "#later")


def _drafts(user: User) -> list[int]:
    """The incidents of the cases of which this person has a sheet in draft, the last first."""
    return list(SheetDraft.objects.filter(user=user).order_by("-at").values_list("case__incident", flat=True))


def _rows(texts: Sequence[str], user: User) -> list[Row]:
    return rows_of([Item(None, subject) for text in texts if (subject := subject_of(text))], None, user)


def _person(request: HttpRequest) -> User:
    """Who asks. Raises PermissionDenied for somebody who does not work at the desk."""
    if not isinstance(request.user, User) or not may_work_at_desk(request.user):
        raise PermissionDenied
    return request.user
