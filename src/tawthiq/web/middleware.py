"""What every answer has: it is private, no browser or proxy may keep it, and it shows what the person may see."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tawthiq.casework.queries.visibility import Sight, sight_of

FIRST_TOO_LARGE = 2**63


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

    def process_view(self, _request: HttpRequest, _view: object, _given: object, named: dict[str, object]) -> None:
        """Raises Http404 for an address with a number that no row can have: databases refuse to be asked for it."""
        if any(isinstance(value, int) and value >= FIRST_TOO_LARGE for value in named.values()):
            raise Http404


def sight(request: HttpRequest) -> Sight:
    """What the person who asks may see."""
    found: Sight = request.sight  # type: ignore[attr-defined]
    return found
