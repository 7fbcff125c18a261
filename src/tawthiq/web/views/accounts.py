"""Coming in and going out: sign-in, sign-out, the one-time links of the first owner and of the team, the pages' language."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.i18n import set_language

from tawthiq.casework.domain import custody, factors, first_owner, joining, sessions
from tawthiq.casework.models import User
from tawthiq.web.accounts import beginning, carrying
from tawthiq.web.accounts.late_forms import after_sign_in
from tawthiq.web.forms import FirstOwnerForm, NewPasswordForm, SignInForm
from tawthiq.web.views.accounts_second import ask_second


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Name and password. Somebody signed in already goes on, with what the page carried."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """The form, for those who are not signed in."""
        user = request.user
        if isinstance(user, User):
            carried = after_sign_in(request, user, request.POST.get(carrying.FIELD, ""))
            return carried or redirect(self.get_redirect_url() or "home")
        return super().dispatch(request, *args, **kwargs)

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """An address of ours that the page carried; empty for anything else, such as the name of a view."""
        target = super().get_redirect_url()
        return target if target.startswith("/") else ""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Tells an archive without users how its first owner comes in, and keeps what was typed elsewhere."""
        carried = self.request.POST.get(carrying.FIELD, "")
        return {**super().get_context_data(**kwargs), carrying.FIELD: carried, "has_users": User.objects.exists()}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """On to the second factor where there is one; else the session begins, and the custody log says so."""
        user, carried = form.get_user(), self.request.POST.get(carrying.FIELD, "")
        assert isinstance(user, User)
        if factors.has_any(user):
            beginning.begin_half_way(self.request, user, self.get_redirect_url())
            return ask_second(self.request, user, carried) if carried else redirect("sign-in-second")
        beginning.begin(self.request, user)
        custody.record(settings.ARCHIVE_FOLDER, custody.SIGNED_IN, user.name)
        kept = after_sign_in(self.request, user, carried)
        return kept or redirect(self.get_redirect_url() or "home")


class SignOut(LogoutView):
    """Ends the session; only by POST, so that no link can do it."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The session ends, and the custody log says so."""
        name = request.user.get_username()
        sessions.end_this(request.session)
        answer = super().post(request, *args, **kwargs)
        if name:
            custody.record(settings.ARCHIVE_FOLDER, custody.SIGNED_OUT, name)
        return answer


@login_not_required
@never_cache
@sensitive_post_parameters()
def become_owner(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link: looking at it uses nothing up, sending the form does."""
    if not first_owner.is_valid(token):
        return render(request, "accounts/link_expired.html", {"first": True}, status=410)
    form = FirstOwnerForm(request.POST or None)
    if form.is_valid():
        user = first_owner.redeem(token, form.cleaned_data["name"], form.cleaned_data["password"])
        if user is None:
            return render(request, "accounts/link_expired.html", {"first": True}, status=410)
        beginning.begin(request, user)
        custody.record(settings.ARCHIVE_FOLDER, custody.OWNER_MADE, user.get_username())
        return redirect("home")
    return render(request, "accounts/first_owner.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters()
def join(request: HttpRequest, token: str) -> HttpResponse:
    """A link of the team: somebody new chooses a name and a password, somebody known sets a new password."""
    link = joining.find_link(token)
    if link is None:
        return render(request, "accounts/link_expired.html", status=410)
    known = link.user
    form = NewPasswordForm(request.POST or None, user=known) if known else FirstOwnerForm(request.POST or None)
    if form.is_valid():
        name, password = form.cleaned_data.get("name", ""), form.cleaned_data["password"]
        try:
            user = joining.redeem(settings.ARCHIVE_FOLDER, token, name, password)
        except joining.NameTaken:
            form.add_error("name", _("Somebody of the team has this name. Choose another."))
        else:
            return _joined(request, user)
    return render(request, "accounts/join.html", {"form": form, "link": link})


def _joined(request: HttpRequest, user: User | None) -> HttpResponse:
    """Signed in as the user who came in by a link; a session of somebody else in this browser ends with it."""
    if user is None:
        return render(request, "accounts/link_expired.html", status=410)
    if factors.has_any(user):
        return redirect("sign-in")
    beginning.begin(request, user)
    custody.record(settings.ARCHIVE_FOLDER, custody.SIGNED_IN, user.name)
    return redirect("home")


@login_not_required
def language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language of the pages in a cookie (Django's own view)."""
    return set_language(request)
