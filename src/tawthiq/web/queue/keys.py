"""Whether single keys press the buttons of the queue: on, until somebody switches it off in this browser (WCAG 2.1.4)."""

from django.http import HttpRequest, HttpResponse

_COOKIE = "tawthiq_keys"
_YEAR = 365 * 24 * 60 * 60


def keys_are_on(request: HttpRequest) -> bool:
    """Whether the person who asks has not switched single keys off."""
    return request.COOKIES.get(_COOKIE) != "off"


def switch_keys(response: HttpResponse, *, on: bool) -> None:
    """Remember in this browser whether single keys press buttons."""
    response.set_cookie(_COOKIE, "on" if on else "off", max_age=_YEAR, httponly=True, samesite="Lax")
