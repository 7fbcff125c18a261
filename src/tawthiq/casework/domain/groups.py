"""Groups of people: made, renamed, their members changed. Each change enters the custody log by the group's number.

An item that only a group may see must always be seen by somebody: a group that has a member who can sign in and works at the
desk keeps one. Whether any item is restricted to it makes no difference, so that a refusal tells nothing of items.
"""

from collections.abc import Collection
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tawthiq.casework.domain import custody
from tawthiq.casework.models import Group, User
from tawthiq.records.errors import WrongUsage

GROUPS = "groups"
LONGEST_NAME = 64  # characters


class Refused(WrongUsage):
    """A change that cannot be made. `reason` is a code: see `web.access.wording`."""

    reason: str = ""


def refusal(reason: str, item: str, happened: str, advice: str) -> Refused:
    """What to raise: the code of the reason, and what every error says."""
    error = Refused(item=item, happened=happened, advice=advice)
    error.reason = reason
    return error


def make_group(folder: Path | None, name: str, by: str) -> Group:
    """A new group without members. Raises Refused for a name that is empty, too long or taken."""
    made = _saved(Group(name=_name(name)))
    custody.record(folder, custody.GROUP_MADE, by, subject=GROUPS, facts={"group": made.pk})
    return made


def rename_group(folder: Path | None, group: Group, name: str, by: str) -> None:
    """Give a group another name; the same one changes nothing. Raises as `make_group` does."""
    wanted = _name(name)
    if wanted == group.name:
        return
    group.name = wanted
    _saved(group)
    custody.record(folder, custody.GROUP_RENAMED, by, subject=GROUPS, facts={"group": group.pk})


def set_members(folder: Path | None, group: Group, members: Collection[User], by: str) -> None:
    """Have these people, and no others, in a group. Raises Refused where nobody at the desk would be left in it."""
    with transaction.atomic():
        before = {user.pk: user.name for user in group.members.all()}
        after = {user.pk: user.name for user in members}
        if before == after:
            return
        if at_desk().filter(pk__in=before).exists() and not at_desk().filter(pk__in=after).exists():
            raise refusal(
                "nobody-left",
                group.name,
                "nobody who works at the desk would be left in it",
                "leave one member who can sign in and works at the desk",
            )
        group.members.set(after)
    facts = {
        "group": group.pk,
        "added": sorted(name for pk, name in after.items() if pk not in before),
        "removed": sorted(name for pk, name in before.items() if pk not in after),
    }
    custody.record(folder, custody.GROUP_MEMBERS_CHANGED, by, subject=GROUPS, facts=facts)


def left_without(user: User) -> list[Group]:
    """The groups in which nobody at the desk would be left if this user could not sign in, or did not work there, any more."""
    return [
        group
        for group in Group.objects.filter(members=user)
        if not at_desk().filter(circles=group).exclude(pk=user.pk).exists()
    ]


def at_desk() -> QuerySet[User]:
    """Everybody who can sign in and works at the desk."""
    return User.objects.filter(is_active=True).exclude(role=User.Role.PUBLIC)


def _name(given: str) -> str:
    name = " ".join("".join(sign for sign in given if sign.isprintable()).split())
    if not name or len(name) > LONGEST_NAME:
        raise refusal(
            "no-name" if not name else "long-name",
            "the name of a group",
            "it is empty" if not name else f"it is longer than {LONGEST_NAME} characters",
            "give a short name by which people know the group",
        )
    return name


def _saved(group: Group) -> Group:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise refusal("taken-name", group.name, "another group has this name", "choose another") from error
    return group
