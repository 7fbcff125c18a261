"""What every answer has: it is private, no browser or proxy may keep it, and it shows what the person may see."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tawthiq.casework.queries.visibility import Sight, sight_of


class PrivateResponses:
    """Marks every page "no-store", so that a shared machine's browser keeps none of it after sign-out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers; what a view has set itself stays."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class Sighted:
    """Gives every request its `sight`: what the person who asks may see, found out when a view first asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of a view that can ask `sight(request)`."""
        request.sight = SimpleLazyObject(lambda: sight_of(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


def sight(request: HttpRequest) -> Sight:
    """What the person who asks may see."""
    found: Sight = request.sight  # type: ignore[attr-defined]
    return found
