"""The second step of signing in: a code, a security key or a recovery code, for whoever gave the right password."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tawthiq.casework.domain import attempts, custody, factors, recovery_codes, security_keys, time_codes
from tawthiq.casework.domain.attempts import Guess
from tawthiq.casework.models import User
from tawthiq.records.errors import TawthiqError
from tawthiq.web.accounts import beginning, carrying
from tawthiq.web.accounts.late_forms import after_sign_in, sign_in_again
from tawthiq.web.accounts.party import address_for_keys, party_of
from tawthiq.web.forms import BLOCKED, CodeForm, RecoveryForm

_QUESTION = "key_question"


@login_not_required
@never_cache
@sensitive_post_parameters()
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, and take it."""
    carried = request.POST.get(carrying.FIELD, "")
    if isinstance(request.user, User):
        return after_sign_in(request, request.user, carried) or redirect("home")
    waiting = beginning.half_way(request)
    if waiting is None:
        return sign_in_again(request, carried) if carried else redirect("sign-in")
    if request.method != "POST" or not {"code", "recovery", "answer"} & set(request.POST):
        return ask_second(request, waiting.user, carried)
    refusal = _refusal(request, waiting.user)
    if refusal:
        return ask_second(request, waiting.user, carried, refusal)
    user = waiting.user
    beginning.begin(request, user, factor_shown=True)
    factor = "recovery code" if "recovery" in request.POST else "codes" if "code" in request.POST else "security key"
    custody.record(settings.ARCHIVE_FOLDER, custody.SIGNED_IN, user.name, facts={"factor": factor})
    kept = after_sign_in(request, user, carried)
    return kept or _welcome(request, user, waiting.next, used_up="recovery" in request.POST)


def ask_second(request: HttpRequest, user: User, carried: str, refusal: str = "") -> HttpResponse:
    """The page that asks for a second factor, with a fresh question to the user's security keys."""
    held, party = factors.factors_of(user), party_of(request)
    asked = security_keys.question(user, party) if party else None
    request.session[_QUESTION] = asked[1] if asked else None
    elsewhere = sorted({key.host for key in held.keys if not key.suspected and (not party or key.host != party.host)})
    context = {
        "codes": held.codes,
        "options": asked[0] if asked else None,
        "elsewhere": elsewhere,
        "for_keys": address_for_keys(request, "/sign-in/") if "localhost" in elsewhere else None,
        "recovery": held.recovery,
        "code_form": CodeForm(),
        "recovery_form": RecoveryForm(),
        "refusal": refusal,
        carrying.FIELD: carried,
    }
    return render(request, "accounts/second_step.html", context)


def _refusal(request: HttpRequest, user: User) -> str:
    """Why what was sent is not taken; empty when it is right. It is counted before it is looked at."""
    guess = Guess.RECOVERY if "recovery" in request.POST else Guess.CODE
    address = str(request.META.get("REMOTE_ADDR", ""))
    if not attempts.admit(guess, user.name, address):
        if attempts.has_just_been_blocked(guess, user.name):
            custody.record(settings.ARCHIVE_FOLDER, custody.SIGN_IN_BLOCKED, user.name, facts={"guess": guess.value})
        return str(BLOCKED)
    try:
        refusal = _looked_at(request, user)
    except security_keys.CopiedKey:
        custody.record(settings.ARCHIVE_FOLDER, custody.FACTOR_SUSPECTED, user.name)
        refusal = _(
            "This key answered as if it had been copied, so it is not taken any more. Use another factor; tell an owner."
        )
    except security_keys.BadAnswer:
        refusal = _("The key did not answer as it should. Try again with a key of this account.")
    except TawthiqError:
        refusal = _("The archive’s keys cannot be read just now. Use a recovery code, or ask who keeps the archive.")
    if not refusal:
        attempts.succeeded(guess, user.name, address)
    return refusal


def _looked_at(request: HttpRequest, user: User) -> str:
    """Why a code or a key's answer is not right; empty when it is. Raises what the factors raise."""
    question, party = request.session.pop(_QUESTION, None), party_of(request)
    if "recovery" in request.POST:
        if recovery_codes.use_up(user, request.POST["recovery"]):
            custody.record(settings.ARCHIVE_FOLDER, custody.RECOVERY_CODE_USED, user.name)
            return ""
        return _("This recovery code is wrong or was used already.")
    if "code" in request.POST:
        if time_codes.accept(settings.ARCHIVE_FOLDER, user, request.POST["code"]):
            return ""
        return _(
            "This code is wrong, too old, or was used already. Wait for the next one; check the clock of the phone."
        )
    if question is None or party is None:
        return _("The key did not answer as it should. Try again with a key of this account.")
    security_keys.accept(user, party, question, request.POST["answer"])
    return ""


def _welcome(request: HttpRequest, user: User, target: str, *, used_up: bool) -> HttpResponse:
    """On to where the person wanted to go; after a recovery code, a page that tells how many are left."""
    goal = target or reverse("home")
    if not used_up:
        return redirect(goal)
    return render(request, "accounts/recovered.html", {"left": recovery_codes.left(user), "goal": goal})
