"""What a person looked at lately, for "my work": noted when a page about a subject was shown, once in a while for each."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from tawthiq.archive.models import Capture
from tawthiq.casework.models import PersonProposal, RecentLook, User
from tawthiq.casework.queries.queue_subjects import CASE, INCIDENT, PAIR, REPORT

MINUTES = 10  # between two notes about one subject
MOST_KEPT = 30
_MOST_KNOWN = 20_000
# Names of addresses with a `number`, and what kind of subject it is the number of.
_PAGES = {
    "report": REPORT,
    "page-view": REPORT,
    "desk": REPORT,
    "incident": INCIDENT,
    "queue-proposal": INCIDENT,
    "case": CASE,
    "people-pair": PAIR,
}
_known: set[tuple[object, int, str, int, int]] = set()


class LookedAt:
    """Notes which subject a page was about, once it was shown; nothing of this may break a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, as it would be without this."""
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code == 200 and request.method == "GET" and match and match.url_name in _PAGES:
            try:
                _note(request, _PAGES[match.url_name], match.kwargs.get("number"))
            except DatabaseError as error:
                logging.getLogger("django").error("what was looked at could not be noted: %s", error)
        return response


def _note(request: HttpRequest, kind: str, number: object) -> None:
    user, now = request.user, datetime.now(UTC)
    if not isinstance(user, User) or not isinstance(number, int):
        return
    look = (settings.ARCHIVE_FOLDER, user.pk, kind, number, int(now.timestamp()) // (MINUTES * 60))
    if look in _known:
        return
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    _known.add(look)
    subject = _subject(kind, number)
    RecentLook.objects.update_or_create(user=user, subject=subject, defaults={"at": now})
    kept = RecentLook.objects.filter(user=user).order_by("-at", "-pk").values_list("pk", flat=True)[:MOST_KEPT]
    RecentLook.objects.filter(user=user).exclude(pk__in=list(kept)).delete()


def _subject(kind: str, number: int) -> str:
    if kind == REPORT:
        return f"{kind}:{Capture.objects.values_list('identifier', flat=True).get(pk=number)}"
    if kind == PAIR:
        return f"{kind}:{PersonProposal.objects.values_list('key', flat=True).get(pk=number)}"
    return f"{kind}:{number}"
