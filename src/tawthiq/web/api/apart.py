"""Keeps /api/ apart from the pages: no cookie comes in or goes out, no browser's session counts, every error is a problem+json.

It stands first of all middleware. Without cookies a request is nobody's, so there is nothing that a foreign page could forge,
and the language follows Accept-Language alone.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request, override

from tawthiq.web.api.problems import CONTENT_TYPE, problem

ROOT = "/api/"
_KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class ApiApart:
    """Takes cookies out of what comes to the API and of what leaves it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; one for the pages as it would be without this."""
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        response = self.get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != CONTENT_TYPE:
            response = _as_problem(request, response)
        response.cookies.clear()
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Authorization, Accept-Language"
        if response.status_code in (204, 304):
            response.headers.pop("Content-Type", None)
        return response


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A problem in place of an error page that stands before the views: no such address, another host, a failure."""
    with override(get_language_from_request(request)):
        made = problem(response.status_code)
    for name in _KEPT:
        if name in response.headers:
            made.headers[name] = response.headers[name]
    return made
