"""Answers to forms that came too late: sign in again and find what was typed, or look at it and send it on.

htmx swaps only answers that succeeded, into the place of the page that asked; it is told to show these as the whole page.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tawthiq.casework.models import User
from tawthiq.web.accounts import carrying
from tawthiq.web.accounts.carrying import Carried
from tawthiq.web.forms import SignInForm

_REFUSED = 403


def sign_in_again(request: HttpRequest, sealed: str) -> HttpResponse:
    """The sign-in page, which carries what was typed."""
    context = {"form": SignInForm(request), "next": "", carrying.FIELD: sealed, "has_users": True}
    return _whole_page(request, render(request, "accounts/sign_in.html", context, status=_REFUSED))


def send_again(request: HttpRequest, carried: Carried, *, refused: bool = False, factor: bool = False) -> HttpResponse:
    """What was typed, to be looked at and sent on by its own person with a fresh token.

    `refused`: the form was not taken now. `factor`: it will be taken once a second factor is set up.
    """
    response = render(
        request,
        "accounts/send_again.html",
        {"carried": carried, "factor": factor},
        status=_REFUSED if refused else 200,
    )
    return _whole_page(request, response)


def after_sign_in(request: HttpRequest, user: User, sealed: str) -> HttpResponse | None:
    """What was carried through a sign-in, shown to the same user; to anybody else that it is not theirs; None for nothing."""
    if not sealed:
        return None
    carried = carrying.opened(sealed)
    if carried is None or carried.owner != user.pk:
        return render(request, "accounts/not_kept.html")
    return send_again(request, carried)


def late_form(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form that cannot be taken now; None where nothing of it is carried."""
    carried = carrying.carried_of(request)
    if carried is None:
        return None
    if request.user.is_authenticated:
        return send_again(request, carried, refused=True) if request.user.pk == carried.owner else None
    text = carrying.sealed(carried)
    return sign_in_again(request, text) if text else None


def _whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if "HX-Request" in request.headers:
        response.status_code = 200
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML"
    return response
