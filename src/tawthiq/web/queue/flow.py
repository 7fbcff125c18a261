"""Leading on: who decides about an item of the queue lands on the next one, whatever page the decision was made on.

A form's page names the item in its address (`web.queue.work`), and browsers say from which page of ours a form was sent. When a
decision was saved (the answer is a redirect), the answer leads to the next item instead. A browser that does not say it gets
what the page answers, and the bar's own button leads on.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from tawthiq.casework.domain.queue_claims import claim, claimed_by_others
from tawthiq.casework.models import User
from tawthiq.web.queue.work import Working, item_of, next_address, telling, visible

# Addresses at which a decision ends the work on an item.
DECIDED = frozenset(
    {
        "link-decide",
        "link-decisions-withdraw",
        "people-decide",
        "page-correct",
        "page-confirm",
        "desk-decide",
        "case-open",
    }
)


class QueueFlow:
    """Renews the claim on an item whose page is opened, and leads on after a decision about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the way to the next item."""
        if request.method == "GET" and "item" in request.GET and "queue" in request.GET:
            _claim(request)
        response = self.get_response(request)
        if request.method != "POST" or response.status_code not in (302, 303):
            return response
        match, sent_from = request.resolver_match, _sent_from(request)
        if match is None or match.url_name not in DECIDED or sent_from is None:
            return response
        if match.url_name == "desk-decide" and "done" not in request.POST:
            return response  # a value of the report was decided about, and the report is not done
        return HttpResponseRedirect(telling(next_address(request, Working.of(sent_from)), str(sent_from["item"])))


def _claim(request: HttpRequest) -> None:
    item = item_of(request.GET.get("item", ""))
    if item is None or not isinstance(request.user, User) or not visible(request, item):
        return
    subject = str(item.subject)
    if not claimed_by_others(request.user, [subject]):
        claim(request.user, subject)


def _sent_from(request: HttpRequest) -> QueryDict | None:
    """What the address of the form's page carried, when it is one of ours and an item's."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host():
        return None
    carried = QueryDict(parts.query)
    return carried if item_of(carried.get("item", "")) and "queue" in carried else None
