"""Making and revoking tokens of the API, and finding who stands behind one.

A token is 32 random bytes, so its SHA-256 needs neither salt nor slow hashing: there is nothing to guess (NIST SP 800-63B
section 5.1.1.2 asks for those where people choose secrets), and every request is answered after one look at an index. The
beginning `twq_` makes leaked tokens findable.

A token is as good as those behind it: it opens nothing once its member, or the one who made it for them, has left, lost the
right, or left the group (`sight_behind`). So nobody who makes a token for somebody else reads more by it than they may see.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import ApiToken, User
from tawthiq.casework.queries.token_sight import TokenSight
from tawthiq.casework.rules import may_give_tokens, may_work_at_desk
from tawthiq.records.disclosure import Profile
from tawthiq.records.errors import WrongUsage

PREFIX = "twq_"
LENGTH = len(PREFIX) + 43
"""Characters of a token: 32 bytes in base64url (RFC 4648 section 5) after the prefix."""
HINT = len(PREFIX) + 6
RESOURCES = ("incidents", "reports", "statistics")
"""What a token can be limited to."""
USUAL_DAYS, MOST_DAYS = 90, 365
MOST_OPEN = 100
LONGEST_PURPOSE = 120


class TooManyTokens(WrongUsage):
    """So many tokens are open that nobody can have an eye on them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a token is to be: for whom, until when, what for; no `paths` opens all resources."""

    profile: Profile
    purpose: str
    days: int = USUAL_DAYS
    paths: tuple[str, ...] = ()


def make(acting: Acting, user: User, wanted: Wanted, now: datetime | None = None) -> tuple[ApiToken, str]:
    """A new token of `user`: its row, and the token itself, which is kept nowhere.

    Raises WrongUsage for what cannot be, TooManyTokens.
    """
    _expect_right(acting, user, wanted)
    moment, token = now or timezone.now(), PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        if open_tokens(moment).count() >= MOST_OPEN:
            raise TooManyTokens(item="tokens", happened=f"{MOST_OPEN} are open", advice="revoke those that nobody uses")
        row = ApiToken.objects.create(
            token_sha256=_digest(token),
            hint=token[:HINT],
            purpose=wanted.purpose.strip(),
            user=user,
            giver=acting.user,
            profile=wanted.profile.value,
            paths=[name for name in RESOURCES if name in wanted.paths],
            made_by=acting.name,
            made=moment,
            expires=moment + timedelta(days=wanted.days),
        )
    facts = {
        "token_sha256": row.token_sha256,
        "member": user.name,
        "profile": row.profile,
        "paths": row.paths,
        "expires": row.expires.isoformat(),
    }
    custody.record(acting.folder, custody.TOKEN_MADE, acting.name, subject=f"token:{row.number}", facts=facts)
    return row, token


def revoke(acting: Acting, number: int, now: datetime | None = None) -> bool:
    """Close a token for good, at once; False where there is no open one of that number."""
    changed = {"revoked": now or timezone.now(), "revoked_by": acting.name}
    if not ApiToken.objects.filter(number=number, revoked=None).update(**changed):
        return False
    row = ApiToken.objects.get(number=number)
    facts = {"token_sha256": row.token_sha256}
    custody.record(acting.folder, custody.TOKEN_REVOKED, acting.name, subject=f"token:{number}", facts=facts)
    return True


def find(token: str, now: datetime | None = None) -> ApiToken | None:
    """The row of a token that still opens something; None for one that is unknown, over, revoked, or has lost its people."""
    if len(token) != LENGTH or not token.startswith(PREFIX):
        return None
    row = open_tokens(now or timezone.now()).filter(token_sha256=_digest(token)).select_related("user", "giver").first()
    if row is None or not may_work_at_desk(row.user) or (row.giver is not None and not may_give_tokens(row.giver)):
        return None
    return row


def sight_behind(row: ApiToken) -> TokenSight:
    """What a token sees: what its member may see, and of that only what its giver may see as well."""
    return TokenSight(desk=may_work_at_desk(row.user), person=row.user_id, giver=row.giver_id or row.user_id)


def open_tokens(now: datetime | None = None) -> QuerySet[ApiToken]:
    """The tokens that are neither over nor revoked."""
    return ApiToken.objects.filter(revoked=None, expires__gt=now or timezone.now())


def known_to(user: User) -> QuerySet[ApiToken]:
    """The tokens that somebody may know of: their own, those that they gave, and all of them for owners."""
    rows = ApiToken.objects.select_related("user")
    return rows if user.role == User.Role.OWNER else rows.filter(Q(user=user) | Q(giver=user))


def _expect_right(acting: Acting, user: User, wanted: Wanted) -> None:
    if acting.user is not None and not may_give_tokens(acting.user):
        raise WrongUsage(item=acting.name, happened="may not make tokens", advice="ask an owner or an editor")
    if not may_work_at_desk(user):
        raise WrongUsage(
            item=user.name, happened="does not work at the desk, or not any more", advice="choose another member"
        )
    if not 1 <= wanted.days <= MOST_DAYS:
        raise WrongUsage(
            item=f"{wanted.days} days", happened=f"a token is good for 1 to {MOST_DAYS}", advice="choose fewer"
        )
    if not wanted.purpose.strip() or len(wanted.purpose) > LONGEST_PURPOSE or not wanted.purpose.isprintable():
        raise WrongUsage(
            item="the purpose",
            happened=f"it must be a line of up to {LONGEST_PURPOSE} characters",
            advice="say which program or team will read with this token",
        )
    _expect_resources(wanted.paths)


def _expect_resources(paths: Collection[str]) -> None:
    unknown = sorted(set(paths) - set(RESOURCES))
    if unknown:
        raise WrongUsage(
            item=unknown[0], happened="there is no such resource", advice=f"choose of: {', '.join(RESOURCES)}"
        )


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
