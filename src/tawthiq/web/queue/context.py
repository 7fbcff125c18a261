"""What the head of every page shows of the queue: how many notices are unread. Asked only where a template shows it."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tawthiq.casework.models import User
from tawthiq.casework.queries.notices import unread
from tawthiq.web.middleware import sight


def notices_unread(request: HttpRequest) -> Mapping[str, object]:
    """`notices_unread` for templates: a number, 0 for who is not signed in."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return {"notices_unread": 0}
    return {"notices_unread": SimpleLazyObject(lambda: unread(user, sight(request)))}
