"""What the person who asks wishes to see: digits, the Hijri calendar, pictures at once. One look per request.

Filters of templates know no request; they ask here. A context variable keeps the wishes of requests that run side by side
apart.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from tawthiq.casework.models import Preferences
from tawthiq.web.eastern_digits import with_eastern_digits


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wishes of one person, with the defaults of models.Preferences."""

    eastern: bool = False
    hijri: bool = False
    show_media: bool = False


_current: ContextVar[Wishes | None] = ContextVar("wishes", default=None)


def current() -> Wishes:
    """The wishes behind the page that is being made; the defaults outside a request."""
    return _current.get() or Wishes()


class Wished:
    """Finds the person's wishes out when something first asks, and gives Arabic pages the digits that they wish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer in the wished digits."""
        token = _current.set(SimpleLazyObject(lambda: _wishes_of(request)))  # type: ignore[arg-type]
        try:
            response = self.get_response(request)
            if _is_arabic_page(response) and current().eastern:
                response.content = with_eastern_digits(response.content.decode()).encode()
            return response
        finally:
            _current.reset(token)


def _wishes_of(request: HttpRequest) -> Wishes:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Wishes()
    row = Preferences.objects.filter(user=user.pk).first()
    if row is None:
        return Wishes()
    return Wishes(row.digits == Preferences.Digits.EASTERN, row.hijri, row.show_media)


def _is_arabic_page(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return get_language() == "ar" and not response.streaming and kind.startswith("text/html")
