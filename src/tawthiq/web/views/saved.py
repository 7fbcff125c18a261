"""Saved searches: lists with their filters under a name, and how much of each is new since it was opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawthiq.casework.domain import queue_undo
from tawthiq.casework.domain import saved_searches as domain
from tawthiq.casework.models import SavedSearch, User
from tawthiq.casework.queries.queue import Asking
from tawthiq.casework.queries.saved_searches import saved_searches, seen_until
from tawthiq.casework.rules import may_see_people, may_work_at_desk
from tawthiq.records.errors import WrongUsage
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.queue.lists import LISTS, MOST_COUNTED
from tawthiq.web.queue.undoing import with_undo

PER_PAGE = 15
_NOT_KEPT = ("page", "at", "undo", "item", "queue", "who", "effect", "decided")


@dataclass(frozen=True, slots=True)
class Shown:
    """One saved search: its list, and how much is new; `new` is None for one that was never opened."""

    search: SavedSearch
    list_name: Promise
    new: int | None
    more: bool
    mine: bool


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's own searches and the team's, each with how many rows are new since one opened it."""
    user = _person(request)
    found = saved_searches(user).filter(page__in=_pages(user))
    context = page_of(request, found, PER_PAGE)
    shown = _shown(list(context["page"]), Asking(user, sight(request)))
    return render(request, "saved/list.html", {**context, "shown": shown})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list that the form names, with its filters."""
    user, page = _person(request), request.POST.get("list", "")
    if page not in _pages(user):
        raise Http404
    query, team = kept_query(request.POST.get("query", "")), "team" in request.POST
    try:
        search = domain.save(user, request.POST.get("name", ""), page, query, team=team)
    except WrongUsage as error:
        back = f"{reverse(page)}?{query}"
        return render(request, "saved/refused.html", {"error": error, "back": back}, status=422)
    domain.opened(search, user, LISTS[page].newest())
    return redirect("saved-searches")


@require_safe
def open_search(request: HttpRequest, number: int) -> HttpResponse:
    """The list with its filters; from now on what comes is new."""
    user = _person(request)
    search = saved_searches(user).filter(pk=number, page__in=_pages(user)).first()
    if search is None:
        raise Http404
    domain.opened(search, user, LISTS[search.page].newest())
    address = reverse(search.page)
    return redirect(f"{address}?{search.query}" if search.query else address)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Rename one's own search, share it with the team, or remove it; each can be undone."""
    user = _person(request)
    search = SavedSearch.objects.filter(user=user, pk=number, removed=None).first()
    if search is None:
        raise Http404
    if request.method != "POST":
        return render(request, "saved/change.html", {"search": search})
    if request.POST.get("act") == "remove":
        domain.remove(search)
        undo = queue_undo.offer(user, queue_undo.REMOVED, {"number": search.pk})
        return redirect(with_undo(reverse("saved-searches"), undo))
    try:
        domain.rename(search, request.POST.get("name", ""), team="team" in request.POST)
    except WrongUsage as error:
        return render(request, "saved/change.html", {"search": search, "error": error}, status=422)
    before = {"number": search.pk, "name": search.name, "team": search.team}
    return redirect(with_undo(reverse("saved-searches"), queue_undo.offer(user, queue_undo.RENAMED, before)))


def kept_query(text: str) -> str:
    """The filters of an address as they are kept: without the page and what belongs to the moment."""
    asked = QueryDict(text.removeprefix("?"), mutable=True)
    for name in _NOT_KEPT:
        asked.pop(name, None)
    for name in [each for each in asked if not any(asked.getlist(each))]:
        asked.pop(name, None)
    return asked.urlencode()


def _shown(rows: Sequence[SavedSearch], asking: Asking) -> list[Shown]:
    """A page of searches, each counted by one bounded query."""
    seen, found = seen_until(asking.user), []
    for search in rows:
        listed = LISTS[search.page]
        until = seen.get(search.pk)
        new = None if until is None else listed.since(QueryDict(search.query), asking, until)
        more = new is not None and new > MOST_COUNTED
        mine = search.user_id == asking.user.pk
        found.append(Shown(search, listed.name, min(new, MOST_COUNTED) if new is not None else None, more, mine))
    return found


def _pages(user: User) -> list[str]:
    """The lists that a person may open at all."""
    return [page for page in LISTS if page != "people" or may_see_people(user)]


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may_work_at_desk(request.user):
        raise PermissionDenied
    return request.user
