"""Pages for what went wrong: each says what happened and where to go, and works without the database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    """404: the address leads nowhere."""
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    """403: not for this person."""
    return render(request, "errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django names it
    """403: a form came without its token, from an old page or from elsewhere."""
    return render(request, "errors/form_expired.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    """400: the request itself is broken."""
    return render(request, "errors/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the program failed; nothing was lost, since pages only read."""
    return render(request, "errors/500.html", status=500)
