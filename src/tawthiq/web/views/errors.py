"""Pages for what went wrong: each says what happened and where to go, and works without the database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tawthiq.casework.models import User
from tawthiq.web.accounts.carrying import FIELD, comes_from_here
from tawthiq.web.accounts.late_forms import after_sign_in, late_form, sign_in_again


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    """404: the address leads nowhere."""
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    """403: not for this person."""
    return render(request, "errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django names it
    """403: a form came without its token. One from an old page of ours is kept for its person; one from elsewhere is not."""
    answer = None
    if comes_from_here(request):
        carried = request.POST.get(FIELD, "")
        user = request.user
        if carried:
            answer = (
                after_sign_in(request, user, carried) if isinstance(user, User) else sign_in_again(request, carried)
            )
        else:
            answer = late_form(request)
    return answer or render(request, "errors/form_expired.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    """400: the request itself is broken."""
    return render(request, "errors/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the program failed; nothing was lost, since pages only read."""
    return render(request, "errors/500.html", status=500)
