"""One's second factors: setting up an app, adding security keys, recovery codes, and taking any of them away.

All of it needs a recent password. What was added or taken away ends the person's other sessions. Recovery codes are shown in
the answer to the act that made them, and never again.
"""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tawthiq.casework.domain import attempts, factors, security_keys, sessions, time_codes
from tawthiq.casework.domain.attempts import Guess
from tawthiq.casework.models import User
from tawthiq.records.errors import TawthiqError
from tawthiq.web.accounts import beginning
from tawthiq.web.accounts.party import address_for_keys, party_of
from tawthiq.web.forms import BLOCKED, CodeForm, KeyNameForm
from tawthiq.web.views.accounts_own import own

_QUESTION = "new_key_question"
_GROUP = 4


@never_cache
@beginning.recently
def listing(request: HttpRequest) -> HttpResponse:
    """What the person has; one of it is taken away, or new recovery codes are made."""
    user, folder = own(request), settings.ARCHIVE_FOLDER
    if request.method == "POST":
        act, number = request.POST.get("act"), request.POST.get("key", "")
        if act == "recovery" and factors.has_any(user):
            return _shown_once(request, factors.new_recovery_codes(folder, user))
        gone = act == "remove-codes" and factors.remove_codes(folder, user)
        if act == "remove-key" and number.isdecimal():
            gone = factors.remove_key(folder, user, int(number[:18]))
        if gone:
            _changed(request, user)
        return redirect("account-factors")
    held, party = factors.factors_of(user), party_of(request)
    context = {
        "held": held,
        "demanded": factors.is_demanded(),
        "keys_here": party is not None,
        "for_keys": address_for_keys(request, request.path),
        "host": party.host if party else "",
    }
    return render(request, "accounts/factors.html", context)


@never_cache
@beginning.recently
@sensitive_post_parameters()
def codes(request: HttpRequest) -> HttpResponse:
    """Set up an app: its secret as a picture and in letters, then a code that shows that it works."""
    user, folder = own(request), settings.ARCHIVE_FOLDER
    refusal = ""
    try:
        if request.method == "POST" and "code" in request.POST:
            refusal = _confirming_refused(request, user)
            if not refusal:
                return _added(request, user, factors.CODES)
        elif request.method == "POST":
            time_codes.begin(folder, user)
            return redirect("account-codes")
        secret = time_codes.waiting_secret(folder, user)
    except TawthiqError:
        return render(request, "accounts/no_field_key.html", status=503)
    if secret is None:
        return redirect("account-factors")
    shown = " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))
    picture = _picture(time_codes.address(user, secret))
    context = {"secret": shown, "picture": picture, "form": CodeForm(), "refusal": refusal}
    return render(request, "accounts/codes.html", context)


@never_cache
@beginning.recently
def key(request: HttpRequest) -> HttpResponse:
    """Add a security key: the browser asks it, the answer comes with its name."""
    user, party, refusal = own(request), party_of(request), ""
    if party is None:
        here = {"for_keys": address_for_keys(request, reverse("account-factors"))}
        return render(request, "accounts/no_keys_here.html", here)
    form = KeyNameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        question = request.session.pop(_QUESTION, None)
        try:
            if question is None:
                raise security_keys.BadAnswer(item="security key", happened="nothing was asked", advice="try again")
            security_keys.register(user, party, question, form.cleaned_data["answer"], form.cleaned_data["name"])
        except security_keys.BadAnswer:
            refusal = _("The key was not added: it is in the list already, or its answer was not right. Try again.")
        else:
            return _added(request, user, factors.KEY)
    options, request.session[_QUESTION] = security_keys.creation(user, party)
    return render(request, "accounts/key.html", {"form": form, "options": options, "refusal": refusal})


def _confirming_refused(request: HttpRequest, user: User) -> str:
    """Why the typed code does not confirm the secret that waits; empty when it does. Raises what `time_codes` raises."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if not attempts.admit(Guess.CODE, user.name, address):
        return str(BLOCKED)
    if not time_codes.confirm(settings.ARCHIVE_FOLDER, user, request.POST["code"]):
        return _("This code does not fit. Wait for the next one, and check that the clock of the phone is right.")
    attempts.succeeded(Guess.CODE, user.name, address)
    return ""


def _added(request: HttpRequest, user: User, factor: str) -> HttpResponse:
    """A factor counts from now on; with the first one come recovery codes."""
    fresh = factors.added(settings.ARCHIVE_FOLDER, user, factor)
    _changed(request, user)
    return _shown_once(request, fresh) if fresh else redirect("account-factors")


def _changed(request: HttpRequest, user: User) -> None:
    """The person's other sessions end; this one knows whether there is a factor."""
    sessions.end_others(request, user)
    beginning.set_factor_shown(request, shown=factors.has_any(user))


def _shown_once(request: HttpRequest, fresh: list[str]) -> HttpResponse:
    return render(request, "accounts/recovery_codes.html", {"codes": fresh})


def _picture(address: str) -> SafeString:
    """The address as a QR code (ISO/IEC 18004): SVG with attributes that need no style, dark on light in either scheme."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(scale=1, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308  made by segno from modules, holds nothing that anybody typed
