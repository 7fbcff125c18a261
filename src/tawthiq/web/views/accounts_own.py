"""One's own account: wishes, password, open sessions, and the password again before an act that needs it."""

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters

from tawthiq.casework.domain import custody, factors, sessions
from tawthiq.casework.models import Preferences, User
from tawthiq.web.accounts import beginning
from tawthiq.web.forms import ChangePasswordForm, OwnPasswordForm, PreferencesForm


def account(request: HttpRequest) -> HttpResponse:
    """The account at a glance, and how its person wishes to see pages."""
    user = own(request)
    wishes = Preferences.objects.filter(user=user).first() or Preferences(user=user)
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=wishes)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("/account/?saved=1")
    context = {
        "form": form,
        "factors": factors.factors_of(user),
        "sessions": len(sessions.open_sessions(user)),
        "saved": "saved" in request.GET,
        "done": request.GET.get("done", ""),
    }
    return render(request, "accounts/account.html", context)


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session of the person ends."""
    user = own(request)
    form = ChangePasswordForm(request.POST if request.method == "POST" else None, user=user, address=_address(request))
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        update_session_auth_hash(request, user)
        sessions.end_others(request, user)
        beginning.password_given(request)
        custody.record(settings.ARCHIVE_FOLDER, custody.PASSWORD_CHANGED, user.name)
        return redirect("/account/?done=password")
    return render(request, "accounts/password.html", {"form": form})


def open_sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in; one of them is ended, or all but this one."""
    user = own(request)
    if request.method == "POST":
        if request.POST.get("act") == "everywhere":
            sessions.end_others(request, user)
            custody.record(settings.ARCHIVE_FOLDER, custody.SESSIONS_ENDED, user.name)
        elif (number := request.POST.get("session", "")).isdecimal():
            sessions.end(user, int(number[:18]))
        return redirect("account-sessions")
    rows = sessions.open_sessions(user)
    return render(request, "accounts/sessions.html", {"rows": rows, "this": request.session.session_key})


@sensitive_post_parameters()
def confirm(request: HttpRequest) -> HttpResponse:
    """The password again, then on to the page that needed it."""
    user = own(request)
    target = request.POST.get("next") or request.GET.get("next") or ""
    form = OwnPasswordForm(request.POST if request.method == "POST" else None, user=user, address=_address(request))
    if request.method == "POST" and form.is_valid():
        beginning.password_given(request)
        safe = target.startswith("/") and url_has_allowed_host_and_scheme(
            target, {request.get_host()}, require_https=request.is_secure()
        )
        return redirect(target if safe else "account")
    return render(request, "accounts/confirm.html", {"form": form, "next": target})


def own(request: HttpRequest) -> User:
    """The signed-in person: the gates let nobody else come here."""
    assert isinstance(request.user, User)
    return User.objects.get(pk=request.user.pk)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
