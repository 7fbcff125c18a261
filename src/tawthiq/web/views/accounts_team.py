"""The team, for owners: who is there, inviting, roles, closing accounts, and helping somebody back in."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tawthiq.casework.domain import factors, joining, team
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import User
from tawthiq.casework.rules import may_manage_team
from tawthiq.web.accounts import beginning
from tawthiq.web.forms import RoleForm
from tawthiq.web.paging import page_of
from tawthiq.web.views.accounts_own import own

View = Callable[..., HttpResponse]


def _owners_only(view: View) -> View:
    @wraps(view)
    def asking(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_manage_team(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asking


@never_cache
@_owners_only
@beginning.recently
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody of the team, the links that are open, and what is asked of everybody."""
    acting, form, refusal = _acting(request), RoleForm(), ""
    if request.method == "POST":
        act, number = request.POST.get("act"), request.POST.get("link", "")
        form = RoleForm(request.POST) if act == "invite" else form
        if act == "invite" and form.is_valid():
            try:
                return _link_shown(request, team.invite(acting, form.cleaned_data["role"]), None)
            except joining.TooManyLinks:
                refusal = _("Too many links are open. Withdraw those that nobody waits for.")
        elif act == "withdraw" and number.isdecimal():
            joining.withdraw(acting.folder, int(number[:18]), acting.name)
        elif act == "demand":
            factors.demand(acting.folder, demanded=request.POST.get("demanded") == "1", by=acting.name)
        if not form.errors and not refusal:
            return redirect("team")
    people = factors.with_factor(User.objects.all()).order_by("-is_active", "name")
    context = {
        **page_of(request, people),
        "links": joining.open_links(),
        "demanded": factors.is_demanded(),
        "form": form,
        "refusal": refusal,
        "unusable": UNUSABLE_PASSWORD_PREFIX,
    }
    return render(request, "accounts/team.html", context)


@never_cache
@_owners_only
@beginning.recently
def member(request: HttpRequest, number: int) -> HttpResponse:
    """One user: another role, closing or opening the account, a way back in."""
    user, acting, refusal = get_object_or_404(User, pk=number), _acting(request), ""
    form = RoleForm(request.POST if request.POST.get("act") == "role" else None, initial={"role": user.role})
    if request.method == "POST":
        try:
            answer = _acted(request, acting, user, form)
        except team.LastOwner:
            refusal = _("This is the last active owner. Make somebody else an owner first.")
        except team.OneselfOnly:
            refusal = _("That is your own account: another owner must do it.")
        except joining.TooManyLinks:
            refusal = _("Too many links are open. Withdraw those that nobody waits for.")
        else:
            if answer is not None:
                return answer
    found = factors.factors_of(user)
    context = {
        "person": user,
        "held": found,
        "oneself": user.pk == own(request).pk,
        "form": form,
        "refusal": refusal,
        "waiting": not user.has_usable_password(),
    }
    return render(request, "accounts/member.html", context)


def _acted(request: HttpRequest, acting: Acting, user: User, form: RoleForm) -> HttpResponse | None:
    """Do what the form asks for; None when it asks for nothing that can be done. Raises what `team` raises."""
    act = request.POST.get("act")
    if act == "role":
        if not form.is_valid():
            return None
        team.change_role(acting, user, form.cleaned_data["role"])
    elif act == "deactivate":
        team.deactivate(acting, user)
    elif act == "reactivate":
        team.reactivate(acting, user)
    elif act == "reset":
        return _link_shown(request, team.reset(acting, user), user)
    else:
        return None
    return redirect("team-member", number=user.pk)


def _link_shown(request: HttpRequest, token: str, user: User | None) -> HttpResponse:
    """The link, once: its token is kept nowhere in the clear."""
    link = request.build_absolute_uri(reverse("join", args=[token]))
    return render(request, "accounts/link.html", {"link": link, "person": user, "days": joining.VALID_FOR.days})


def _acting(request: HttpRequest) -> Acting:
    user = own(request)
    return Acting(settings.ARCHIVE_FOLDER, user.name, user)
