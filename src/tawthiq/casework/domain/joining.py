"""One-time links by which people come into the team, or come back after a reset: random tokens, of which digests are kept."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from tawthiq.casework.domain import custody, sessions
from tawthiq.casework.models import TeamLink, User
from tawthiq.records.errors import WrongUsage

VALID_FOR = timedelta(days=3)
MOST_OPEN = 100


class NameTaken(WrongUsage):
    """Somebody of the team has that name already."""


class TooManyLinks(WrongUsage):
    """So many links are open that nobody can have an eye on them."""


def make_link(role: str, by: str, user: User | None = None, now: datetime | None = None) -> str:
    """The token of a new link: for `user`, replacing older ones, else for whoever gets it, with `role`.

    Raises TooManyLinks.
    """
    moment, token = now or timezone.now(), secrets.token_urlsafe(32)
    with transaction.atomic():
        TeamLink.objects.filter(expires__lte=moment).delete()
        if user is not None:
            TeamLink.objects.filter(user=user).delete()
        if TeamLink.objects.count() >= MOST_OPEN:
            raise TooManyLinks(
                item="links of the team",
                happened=f"{MOST_OPEN} are open",
                advice="withdraw those that nobody waits for",
            )
        TeamLink.objects.create(
            token_sha256=_digest(token), role=role, user=user, made_by=by, made=moment, expires=moment + VALID_FOR
        )
    return token


def find_link(token: str, now: datetime | None = None) -> TeamLink | None:
    """The link of a token; None for one that is unknown, used or expired, or whose user was deactivated."""
    link = (
        TeamLink.objects.filter(token_sha256=_digest(token), expires__gt=now or timezone.now())
        .select_related("user")
        .first()
    )
    return None if link is None or (link.user and not link.user.is_active) else link


def redeem(folder: Path | None, token: str, name: str, password: str, now: datetime | None = None) -> User | None:
    """The user who came in by using the link up; None when it opens nothing. `name` counts where the link names nobody.

    Raises NameTaken; the link can then be used again.
    """
    try:
        with transaction.atomic():
            link = find_link(token, now)
            if link is None or not TeamLink.objects.filter(pk=link.pk).delete()[0]:
                return None
            user = link.user or User.objects.make(name, password, User.Role(link.role))
            came_back = user.last_login is not None
            if link.user:
                user.set_password(password)
                user.save(update_fields=["password"])
                sessions.end_all(user)
    except IntegrityError as error:
        raise NameTaken(item=name, happened="the name is taken", advice="choose another") from error
    kind = custody.PASSWORD_CHANGED if came_back else custody.USER_JOINED
    custody.record(folder, kind, user.name, facts={} if came_back else {"role": user.role, "invited_by": link.made_by})
    return user


def withdraw(folder: Path | None, number: int, by: str) -> bool:
    """Take an open link back; False where there is none of that number."""
    with transaction.atomic():
        link = TeamLink.objects.filter(pk=number).select_related("user").first()
        if link is None:
            return False
        link.delete()
    subject = link.user.name if link.user else None
    custody.record(folder, custody.INVITATION_WITHDRAWN, by, subject=subject, facts={"role": link.role})
    return True


def open_links(now: datetime | None = None) -> list[TeamLink]:
    """The links that still open something, those that end first before others."""
    return list(TeamLink.objects.filter(expires__gt=now or timezone.now()).select_related("user"))


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
