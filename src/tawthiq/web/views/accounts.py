"""Coming in and going out: the first owner's one-time link, sign-in, sign-out, the language of the pages."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.i18n import set_language

from tawthiq.casework.domain import custody, first_owner
from tawthiq.casework.models import User
from tawthiq.web.forms import FirstOwnerForm, SignInForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Name and password. Somebody signed in already goes on to the reports."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Tells an archive without users how its first owner comes in."""
        return {**super().get_context_data(**kwargs), "has_users": User.objects.exists()}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The session begins, and the custody log says so."""
        answer = super().form_valid(form)
        custody.record(settings.ARCHIVE_FOLDER, custody.SIGNED_IN, form.get_user().get_username())
        return answer


class SignOut(LogoutView):
    """Ends the session; only by POST, so that no link can do it."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The session ends, and the custody log says so."""
        name = request.user.get_username()
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
        return render(request, "accounts/link_expired.html", status=410)
    form = FirstOwnerForm(request.POST or None)
    if form.is_valid():
        user = first_owner.redeem(token, form.cleaned_data["name"], form.cleaned_data["password"])
        if user is None:
            return render(request, "accounts/link_expired.html", status=410)
        login(request, user, backend=BACKEND)
        custody.record(settings.ARCHIVE_FOLDER, custody.OWNER_MADE, user.get_username())
        return redirect("reports")
    return render(request, "accounts/first_owner.html", {"form": form})


@login_not_required
def language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language of the pages in a cookie (Django's own view)."""
    return set_language(request)
