"""What a form about links sends, checked; and who may send it."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict

from tawthiq.casework.domain.link_decisions import Deciding
from tawthiq.casework.rules import may_decide_links
from tawthiq.web.link_deciding.sight import digests_seen
from tawthiq.web.middleware import sight

LONGEST_REASON = 2000  # characters


def deciding(request: HttpRequest) -> Deciding:
    """Who decides, and what they have seen and say. Raises PermissionDenied for somebody who may not."""
    if not may_decide_links(request.user):
        raise PermissionDenied
    reason = " ".join(request.POST.get("reason", "").split())[:LONGEST_REASON]
    withdrawing = digests_seen(dict.fromkeys(request.POST.getlist("withdraw")), sight(request))
    return Deciding(request.user.get_username(), _number(request.POST.get("seen", "")), reason, withdrawing)


def sent_again(sent: QueryDict) -> list[tuple[str, str]]:
    """The fields of a form, to be sent once more with what is to be withdrawn first."""
    skipped = ("csrfmiddlewaretoken", "withdraw")
    return [(name, value) for name, values in _lists(sent).items() if name not in skipped for value in values]


def _lists(sent: QueryDict) -> Mapping[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in sent.lists()}


def _number(text: str) -> int:
    """A number of ours; 0 for anything else, which every act since has overtaken."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
