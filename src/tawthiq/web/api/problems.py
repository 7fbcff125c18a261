"""What went wrong, as programs read it: application/problem+json (RFC 9457), in Arabic or English by Accept-Language.

Nothing here tells what exists: a token that never was, one that is over and one whose member has left get the same bytes, and
so do an incident that is hidden and one that never was.
"""

import json
from collections.abc import Mapping

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tawthiq.web.api.answers import Problem
from tawthiq.web.api.schemas import as_json

CONTENT_TYPE = "application/problem+json"
_TOLD: Mapping[int, tuple[str, Promise, Promise]] = {
    400: (
        "not-understood",
        pgettext_lazy("api", "The request is not understood"),
        pgettext_lazy("api", "Compare it with the description at /api/v1/openapi.json."),
    ),
    401: (
        "no-token",
        pgettext_lazy("api", "A token is needed"),
        pgettext_lazy(
            "api", "Send one that is in force in the header “Authorization: Bearer TOKEN”, never in the address."
        ),
    ),
    403: (
        "not-open",
        pgettext_lazy("api", "The token does not open this"),
        pgettext_lazy("api", "Whoever made the token can tell what it opens."),
    ),
    404: (
        "not-found",
        pgettext_lazy("api", "There is nothing here"),
        pgettext_lazy("api", "It does not exist, or this token does not see it."),
    ),
    405: (
        "only-reading",
        pgettext_lazy("api", "Here is nothing to write"),
        pgettext_lazy("api", "The header “Allow” names the methods that are taken."),
    ),
    429: (
        "too-often",
        pgettext_lazy("api", "Too many requests"),
        pgettext_lazy("api", "The header “Retry-After” says after how many seconds to ask again."),
    ),
    500: (
        "failed",
        pgettext_lazy("api", "The program failed"),
        pgettext_lazy("api", "Nothing was changed. Tell whoever keeps the archive, with the time."),
    ),
    503: (
        "not-now",
        pgettext_lazy("api", "Not possible now"),
        pgettext_lazy(
            "api", "The archive is busy, or its keys are locked, so that nobody could tell whom an answer names."
        ),
    ),
}
STATUSES = tuple(_TOLD)


def problem(status: int, detail: str = "", **headers: str) -> HttpResponse:
    """The answer for a status, in the active language; another status than those known counts as its hundred's first."""
    known = status if status in _TOLD else (400 if status < 500 else 500)
    kind, title, usual = _TOLD[known]
    told = Problem(f"urn:tawthiq:problem:{kind}", str(title), status, detail or str(usual))
    answer = HttpResponse(json.dumps(as_json(told), ensure_ascii=False), content_type=CONTENT_TYPE, status=status)
    for name, value in headers.items():
        answer.headers[name.replace("_", "-")] = value
    return answer
