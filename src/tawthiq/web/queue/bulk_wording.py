"""What acts on many rows are called, which are offered on which list, and why rows are left out."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tawthiq.casework.domain.bulk import Act, LeftOut, may_do
from tawthiq.casework.models import User

# Name, what it does, whether it can be undone.
ACTS: dict[Act, tuple[Promise, Promise, bool]] = {
    Act.ASSIGN: (
        pgettext_lazy("many rows", "Give to somebody"),
        pgettext_lazy("many rows", "They are told, and find the rows in their queue. Rows of others change hands."),
        True,
    ),
    Act.REVIEW: (
        pgettext_lazy("many rows", "Mark as looked at"),
        pgettext_lazy(
            "many rows", "You say of each that you looked at it whole. It goes into the log under your name."
        ),
        True,
    ),
    Act.RESTRICT: (
        pgettext_lazy("many rows", "Restrict to groups"),
        pgettext_lazy("many rows", "Only members of the groups see these reports, and what is made of them."),
        True,
    ),
    Act.OPEN: (
        pgettext_lazy("many rows", "Open cases"),
        pgettext_lazy("many rows", "Each incident gets a case that two people verify. A case stays once it is open."),
        False,
    ),
}
OFFERED: dict[str, tuple[str, ...]] = {
    "reports": (Act.ASSIGN.value, Act.REVIEW.value, Act.RESTRICT.value),
    "incidents": (Act.ASSIGN.value, Act.OPEN.value),
}
LEFT_OUT: dict[LeftOut, Promise] = {
    LeftOut.GONE: pgettext_lazy("many rows", "not there any more"),
    LeftOut.SAME: pgettext_lazy("many rows", "so already"),
    LeftOut.REVIEWED: pgettext_lazy("many rows", "marked as looked at already"),
    LeftOut.HAS_CASE: pgettext_lazy("many rows", "have a case already"),
    LeftOut.UNSEEN: pgettext_lazy("many rows", "may not be seen by whom they would be given to"),
}


def bulk_acts(page: str, user: AbstractBaseUser | AnonymousUser) -> list[tuple[str, Promise]]:
    """The acts that this person is offered on a list, each with its name; none for who only reads."""
    if not isinstance(user, User):
        return []
    return [(act, ACTS[Act(act)][0]) for act in OFFERED[page] if may_do(Act(act), user)]
