"""What stands before every page: being signed in, a second factor where the owners ask for one, and the public's own pages."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from tawthiq.casework.domain import factors, sessions
from tawthiq.casework.models import User
from tawthiq.web.accounts import beginning, carrying
from tawthiq.web.accounts.late_forms import late_form, send_again

# What is open to whoever must set up a second factor first, and, with the pages of their own, to readers of what is published.
_SETTING_UP = frozenset({"account-factors", "account-codes", "account-key", "account-confirm", "sign-out", "about"})
_PUBLIC_NAMES = ("home", "public", "account", "sign-out", "about")


class SignedInOnly(LoginRequiredMiddleware):
    """Leads strangers to the sign-in page; a form that arrives without a session goes along."""

    def handle_no_permission(  # type: ignore[override]  # what is answered need not be a redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """The sign-in page: shown with what was typed, or by its address."""
        answer = late_form(request)
        if answer is not None:
            return answer
        if "HX-Request" in request.headers:
            # A part of a page asked in the background. The page may hold typed text, so nothing of it is touched.
            return HttpResponse(status=403)
        return super().handle_no_permission(request, view_func)


class AccountGates:
    """Keeps sessions on their users' lists, and signed-in people on the pages that are open to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; a session in use is noted."""
        response = self.get_response(request)
        if isinstance(request.user, User) and request.session.session_key:
            sessions.note(request.session, request.user)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object
    ) -> HttpResponseBase | None:
        """None where the page is open to who asks. Raises Http404 for a page that readers of what is published have not."""
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or match is None or not getattr(view, "login_required", True):
            return None
        name = match.url_name or ""
        if user.role == User.Role.PUBLIC and not name.startswith(_PUBLIC_NAMES):
            raise Http404
        if name in _SETTING_UP or not _lacks_factor(request, user):
            return None
        carried = carrying.carried_of(request)
        if carried is not None and carried.owner == user.pk:
            return send_again(request, carried, refused=True, factor=True)
        return redirect("account-factors")


def _lacks_factor(request: HttpRequest, user: User) -> bool:
    """Whether the owners ask for a second factor that the user does not have."""
    if beginning.factor_shown(request) or not factors.is_demanded():
        return False
    if factors.has_any(user):
        beginning.set_factor_shown(request, shown=True)
        return False
    return True
