"""Tokens for programs: those that a person may know of, making one, revoking one; and the page that explains the API."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tawthiq.casework.domain import api_tokens
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import User
from tawthiq.casework.rules import may_give_tokens, may_work_at_desk
from tawthiq.web.accounts import beginning
from tawthiq.web.api.readable import resources_shown
from tawthiq.web.api.token_forms import TokenForm
from tawthiq.web.paging import page_of
from tawthiq.web.views.accounts_own import own


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@beginning.recently
def listing(request: HttpRequest) -> HttpResponse:
    """The tokens that a person may know of: their own, those that they gave, all of them for owners."""
    user = own(request)
    if not may_work_at_desk(user):
        raise PermissionDenied
    act = request.POST.get("act", "")
    if act == "revoke":
        return _revoked(request, user)
    refusal, form = "", TokenForm(request.POST if act == "make" else None, user)
    if act == "make" and may_give_tokens(user) and form.is_valid():
        try:
            row, token = api_tokens.make(_acting(user), form.cleaned_data["member"], form.wanted())
            return render(request, "api/token_shown.html", {"row": row, "token": token})
        except api_tokens.TooManyTokens:
            refusal = _("Too many tokens are open. Revoke those that nobody uses.")
    context = {
        **page_of(request, api_tokens.known_to(user).order_by("-number")),
        "form": form if may_give_tokens(user) else None,
        "refusal": refusal,
        "now": timezone.now(),
    }
    return render(request, "api/tokens.html", context)


@login_not_required
@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """What programs can ask for, for whoever writes one: the same for every archive, so it needs no account."""
    return render(request, "api/explained.html", {"resources": resources_shown()})


def _revoked(request: HttpRequest, user: User) -> HttpResponse:
    number = request.POST.get("token", "")
    if number.isascii() and number.isdecimal() and len(number) < 19:
        if not api_tokens.known_to(user).filter(number=int(number)).exists():
            raise PermissionDenied
        api_tokens.revoke(_acting(user), int(number))
    return redirect("team-tokens")


def _acting(user: User) -> Acting:
    return Acting(settings.ARCHIVE_FOLDER, user.name, user)
