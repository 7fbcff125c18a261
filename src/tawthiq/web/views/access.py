"""Groups of people, which owners keep, and restricting an item to groups, which owners and editors do who see it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tawthiq.archive.comparing import captures_at
from tawthiq.archive.models import Capture
from tawthiq.casework.domain.groups import Refused, make_group, rename_group, set_members
from tawthiq.casework.domain.notices import tell
from tawthiq.casework.domain.restrictions import lift, restrict
from tawthiq.casework.models import Group, Notice, User
from tawthiq.casework.queries.queue_subjects import REPORT
from tawthiq.casework.queries.visibility import groups_of_items
from tawthiq.casework.rules import may_manage_team, may_restrict
from tawthiq.web.access.wording import refusal_shown
from tawthiq.web.link_deciding.effect import take_effect
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of

MOST_CHOSEN = 500  # groups or users that one form may name


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest) -> HttpResponse:
    """The groups with their members; a POST makes another one."""
    if not may_manage_team(request.user):
        raise PermissionDenied
    fault, name = "", request.POST.get("name", "")[:200]
    if request.method == "POST":
        try:
            made = make_group(settings.ARCHIVE_FOLDER, name, request.user.get_username())
        except Refused as error:
            fault = error.reason
        else:
            return redirect("group", made.pk)
    context = page_of(request, Group.objects.annotate(people=Count("members")).order_by("name"))
    context |= {"name": name, "fault": refusal_shown(fault) if fault else ""}
    return render(request, "access/groups.html", context, status=422 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, number: int) -> HttpResponse:
    """One group: its name and who is in it."""
    if not may_manage_team(request.user):
        raise PermissionDenied
    shown = Group.objects.filter(pk=number).first()
    if shown is None:
        raise Http404
    folder, by, fault = settings.ARCHIVE_FOLDER, request.user.get_username(), ""
    if request.method == "POST":
        try:
            if request.POST.get("action") == "rename":
                rename_group(folder, shown, request.POST.get("name", ""), by)
            elif request.POST.get("action") == "members":
                chosen = User.objects.filter(pk__in=_numbers(request.POST.getlist("member")))
                set_members(folder, shown, list(chosen), by)
        except Refused as error:
            fault = error.reason
            shown = Group.objects.get(pk=number)
        else:
            return redirect(f"{reverse('group', args=[number])}?saved=1")
    context = {
        "group": shown,
        "people": User.objects.order_by("-is_active", "name"),
        "members": set(shown.members.values_list("pk", flat=True)),
        "saved": request.GET.get("saved") == "1" and not fault,
        "fault": refusal_shown(fault) if fault else "",
    }
    return render(request, "access/group.html", context, status=422 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def restriction(request: HttpRequest, number: int) -> HttpResponse:
    """Restricting one item, or lifting that; with the other captures of its address if the person says so."""
    if not may_restrict(request.user):
        raise PermissionDenied
    capture = sight(request).captures(Capture.objects.select_related("report").filter(pk=number)).first()
    if capture is None:
        raise Http404
    fault = ""
    if request.method == "POST":
        try:
            _change(request, capture)
        except Refused as error:
            fault = error.reason
        else:
            return redirect(f"{reverse('item-restrict', args=[number])}?saved=1&effect={take_effect().value}")
    return _form(request, capture, fault)


def _change(request: HttpRequest, capture: Capture) -> None:
    """What the form asks for; the groups' members are told. Raises Refused."""
    assert isinstance(request.user, User)
    items = [capture.identifier]
    if "whole_address" in request.POST and capture.address:
        items = list(captures_at(capture).values_list("identifier", flat=True))
    if request.POST.get("action") == "lift":
        before = [group for groups in groups_of_items(items).values() for group in groups]
        changed, kind = lift(settings.ARCHIVE_FOLDER, items, request.user), Notice.Kind.OPENED_UP
    else:
        before = list(Group.objects.filter(pk__in=_numbers(request.POST.getlist("group"))))
        changed, kind = restrict(settings.ARCHIVE_FOLDER, items, before, request.user), Notice.Kind.RESTRICTED
    if capture.identifier in changed:
        names = User.objects.filter(circles__in=before).values_list("name", flat=True)
        tell(names, kind, f"{REPORT}:{capture.identifier}", request.user.get_username())


def _form(request: HttpRequest, capture: Capture, fault: str) -> HttpResponse:
    seen = sight(request)
    now = groups_of_items([capture.identifier]).get(capture.identifier, [])
    sent = {int(each) for each in _numbers(request.POST.getlist("group"))} if fault else {each.pk for each in now}
    effect = request.GET.get("effect", "")
    context: dict[str, Any] = {
        "capture": capture,
        "report": getattr(capture, "report", None),
        "now": now,
        "others": [each for each in now if each.pk not in seen.groups],
        "mine": Group.objects.filter(pk__in=seen.groups),
        "chosen": sent,
        "captures": seen.captures(captures_at(capture)).count() if capture.address else 1,
        "fault": refusal_shown(fault) if fault else "",
        "saved": request.GET.get("saved") == "1" and not fault,
        "effect": effect if effect in ("done", "later") else "",
    }
    return render(request, "access/restrict.html", context, status=422 if fault else 200)


def _numbers(sent: list[str]) -> list[int]:
    """The numbers that a form names; whatever is none of ours is left out."""
    return [int(each) for each in sent[:MOST_CHOSEN] if each.isascii() and each.isdigit() and len(each) < 19]
