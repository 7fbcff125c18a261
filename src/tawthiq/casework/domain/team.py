"""What owners do with the team: inviting, roles, deactivating, and helping somebody who lost password or factors back in.

Laws: an active owner stays, and nobody changes their own role or deactivates themselves. Each act is one transaction and
enters the custody log with the chosen names alone.
"""

from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import IntegrityError, transaction

from tawthiq.casework.domain import custody, factors, joining, sessions
from tawthiq.casework.domain.joining import NameTaken
from tawthiq.casework.models import User
from tawthiq.records.errors import WrongUsage


class LastOwner(WrongUsage):
    """Nobody could manage the team any more."""


class OneselfOnly(WrongUsage):
    """What others must do: one's own role, closing or resetting one's own account."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, in which archive. `user` is None for somebody at the command line, who is named as the collector."""

    folder: Path | None
    name: str
    user: User | None = None


def invite(acting: Acting, role: str) -> str:
    """The token of a link by which somebody new chooses a name and gets the role. Raises joining.TooManyLinks."""
    token = joining.make_link(role, acting.name)
    custody.record(acting.folder, custody.USER_INVITED, acting.name, facts={"role": role})
    return token


def add(acting: Acting, name: str, role: str) -> str:
    """Make a user who has no password yet; the token of the link that sets one. Raises NameTaken, joining.TooManyLinks."""
    try:
        with transaction.atomic():
            user = User(name=User.normalize_username(name), role=role)
            user.set_unusable_password()
            user.save(force_insert=True)
            token = joining.make_link(role, acting.name, user)
    except IntegrityError as error:
        raise NameTaken(item=name, happened="the name is taken", advice="choose another") from error
    custody.record(acting.folder, custody.USER_INVITED, acting.name, subject=user.name, facts={"role": role})
    return token


def change_role(acting: Acting, user: User, role: str) -> None:
    """Give a user another role. Raises OneselfOnly, LastOwner."""
    _expect_another(acting, user)
    with transaction.atomic():
        row = _locked(user)
        before = row.role
        if before == role:
            return
        if before == User.Role.OWNER:
            _expect_other_owner(row)
        row.role = role
        row.save(update_fields=["role"])
    facts = {"role": role, "before": before}
    custody.record(acting.folder, custody.ROLE_CHANGED, acting.name, subject=row.name, facts=facts)


def deactivate(acting: Acting, user: User) -> None:
    """Close a user's account and end what is open; decisions keep the name. Raises OneselfOnly, LastOwner."""
    _expect_another(acting, user)
    with transaction.atomic():
        row = _locked(user)
        if not row.is_active:
            return
        if row.role == User.Role.OWNER:
            _expect_other_owner(row)
        row.is_active = False
        row.save(update_fields=["is_active"])
        sessions.end_all(row)
    custody.record(acting.folder, custody.USER_DEACTIVATED, acting.name, subject=row.name)


def reactivate(acting: Acting, user: User) -> None:
    """Open a closed account again, with the password and the factors that it had."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        custody.record(acting.folder, custody.USER_REACTIVATED, acting.name, subject=user.name)


def reset(acting: Acting, user: User) -> str:
    """Take a user's password and factors away and end what is open; the token of the link that sets a new password.

    Raises OneselfOnly, joining.TooManyLinks.
    """
    _expect_another(acting, user)
    with transaction.atomic():
        row = _locked(user)
        row.set_unusable_password()
        row.save(update_fields=["password"])
        factors.remove_all(row)
        sessions.end_all(row)
        token = joining.make_link(row.role, acting.name, row)
    custody.record(acting.folder, custody.USER_RESET, acting.name, subject=row.name)
    return token


def _locked(user: User) -> User:
    """The user's row, and those of all owners, kept from others until the transaction ends."""
    list(User.objects.select_for_update().filter(role=User.Role.OWNER).order_by("pk"))
    return User.objects.select_for_update().get(pk=user.pk)


def _expect_other_owner(user: User) -> None:
    others = User.objects.filter(role=User.Role.OWNER, is_active=True).exclude(pk=user.pk)
    # An owner who was invited and never came has no password, and cannot manage anything.
    if not others.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
        raise LastOwner(
            item=user.name, happened="no other active owner is there", advice="make somebody else an owner first"
        )


def _expect_another(acting: Acting, user: User) -> None:
    if acting.user is not None and acting.user.pk == user.pk:
        raise OneselfOnly(item=user.name, happened="that is oneself", advice="ask another owner to do it")
