"""How a session begins: the password, then a second factor where there is one, then the session of the person.

Between the two nobody is signed in: the session only remembers who gave the right password, for ten minutes, and forgets it
when that password changes. What a session knows of its beginning: when the password was last given (for acts that need it
again), and whether a second factor was shown.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode

from tawthiq.casework.domain import form_owners, sessions
from tawthiq.casework.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
RECENT_SECONDS = 10 * 60
_HALF_WAY, _PASSWORD_AT, _FACTOR_SHOWN = "half_way", "password_at", "factor_shown"
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Somebody who gave the right password and has not shown a second factor; `next` is where they want to go."""

    user: User
    next: str


def half_way(request: HttpRequest) -> HalfWay | None:
    """Who stands between password and second factor in this session; None after ten minutes or a change of password."""
    kept = request.session.get(_HALF_WAY)
    if not isinstance(kept, dict) or time.time() - kept["at"] > RECENT_SECONDS:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return HalfWay(user, kept["next"])


def begin_half_way(request: HttpRequest, user: User, target: str) -> None:
    """Remember that the user gave the right password, in a session with a new key."""
    request.session.cycle_key()
    request.session[_HALF_WAY] = {
        "user": user.pk, "hash": user.get_session_auth_hash(), "at": int(time.time()), "next": target
    }  # fmt: skip


def begin(request: HttpRequest, user: User, *, factor_shown: bool = False) -> None:
    """Sign the user in, under a new session key and with a new secret for forms (Django's `login`)."""
    request.session.pop(_HALF_WAY, None)
    login(request, user, backend=BACKEND)
    request.session[_PASSWORD_AT] = int(time.time())
    request.session[_FACTOR_SHOWN] = factor_shown
    sessions.begin(request.session, user, request.headers.get("User-Agent", ""))
    form_owners.remember(request.META["CSRF_COOKIE"], user)


def password_given(request: HttpRequest) -> None:
    """The signed-in person has just given the password again."""
    request.session[_PASSWORD_AT] = int(time.time())


def is_recent(request: HttpRequest) -> bool:
    """Whether the password was given in this session within ten minutes."""
    at = request.session.get(_PASSWORD_AT)
    return isinstance(at, int) and time.time() - at <= RECENT_SECONDS


def recently(view: View) -> View:
    """A view for which the password is asked again when it was given more than ten minutes ago."""

    @wraps(view)
    def asking(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if is_recent(request):
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('account-confirm')}?{urlencode({'next': request.get_full_path()})}")

    return asking


def factor_shown(request: HttpRequest) -> bool:
    """Whether this session is known to be that of a user with a second factor."""
    return bool(request.session.get(_FACTOR_SHOWN))


def set_factor_shown(request: HttpRequest, *, shown: bool) -> None:
    """Remember whether the session's user has a second factor."""
    request.session[_FACTOR_SHOWN] = shown
