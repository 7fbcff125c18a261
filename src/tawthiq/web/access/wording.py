"""Why a change of a group or restriction was refused, by the code that `casework.domain.groups.Refused` carries."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise | str] = {
    "no-name": _("Give the group a name."),
    "long-name": _("The name is too long: 64 characters are the most."),
    "taken-name": _("Another group has this name. Choose another one."),
    "nobody-left": _(
        "Somebody who can sign in and works at the desk must stay in the group: otherwise nobody would see its items."
    ),
    "no-group": _("Choose at least one group that you are in."),
    "not-member": _("You are not in that group, and would not see the item any more. Choose another group."),
    "too-many": _("Too many items at once. Choose fewer."),
    "not-allowed": _("Only owners and editors restrict items."),
}


def refusal_shown(reason: str) -> Promise | str:
    """The sentence for a code; a plain one for any other."""
    return REFUSALS.get(reason, _("This cannot be done."))
