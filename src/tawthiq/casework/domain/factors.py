"""Second factors of a user as a whole: whether there is one, what taking one away means, and whether everybody needs one.

Recovery codes are no factor of their own: they come with the first one and go with the last.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from tawthiq.casework.domain import custody, recovery_codes
from tawthiq.casework.models import RecoveryCode, SecurityKey, TeamRules, TimeCode, User

CODES, KEY = "codes", "security key"


@dataclass(frozen=True, slots=True)
class Factors:
    """What a user has: an authenticator app, security keys (suspected ones too), recovery codes that are left."""

    codes: bool
    keys: tuple[SecurityKey, ...]
    recovery: int

    @property
    def any(self) -> bool:
        """Whether sign-in asks for a second factor. A suspected key asks too, or copying a key would do away with it."""
        return self.codes or bool(self.keys)


def factors_of(user: User) -> Factors:
    """What the user has, in three queries."""
    codes = TimeCode.objects.filter(user=user, confirmed__isnull=False).exists()
    return Factors(codes, tuple(user.security_keys.all()), recovery_codes.left(user))


def has_any(user: User) -> bool:
    """Whether sign-in asks the user for a second factor."""
    codes = TimeCode.objects.filter(user=user, confirmed__isnull=False)
    return codes.exists() or SecurityKey.objects.filter(user=user).exists()


def users_with_factor() -> frozenset[int]:
    """The numbers of all users who have a second factor."""
    codes = TimeCode.objects.filter(confirmed__isnull=False).values_list("user_id", flat=True)
    return frozenset(codes) | frozenset(SecurityKey.objects.values_list("user_id", flat=True))


def with_factor(users: QuerySet[User]) -> QuerySet[User]:
    """The users, each told by `has_factor` whether there is a second factor."""
    codes = TimeCode.objects.filter(user=OuterRef("pk"), confirmed__isnull=False)
    keys = SecurityKey.objects.filter(user=OuterRef("pk"))
    return users.annotate(has_factor=Exists(codes) | Exists(keys))


def added(folder: Path | None, user: User, factor: str) -> list[str]:
    """Log a new factor; the recovery codes to show once where it is the first one, else none."""
    custody.record(folder, custody.FACTOR_ADDED, user.name, facts={"factor": factor})
    return [] if recovery_codes.left(user) else new_recovery_codes(folder, user)


def new_recovery_codes(folder: Path | None, user: User) -> list[str]:
    """Ten codes in place of those before, to be shown once."""
    codes = recovery_codes.renew(user)
    custody.record(folder, custody.RECOVERY_CODES_MADE, user.name)
    return codes


def remove_codes(folder: Path | None, user: User) -> bool:
    """Take the authenticator app away; False where there is none."""
    with transaction.atomic():
        gone = TimeCode.objects.filter(user=user, confirmed__isnull=False).delete()[0]
        _drop_recovery_without_factor(user)
    if gone:
        custody.record(folder, custody.FACTOR_REMOVED, user.name, facts={"factor": CODES})
    return bool(gone)


def remove_key(folder: Path | None, user: User, number: int) -> bool:
    """Take one security key away; False where the user has no such key."""
    with transaction.atomic():
        gone = SecurityKey.objects.filter(user=user, pk=number).delete()[0]
        _drop_recovery_without_factor(user)
    if gone:
        custody.record(folder, custody.FACTOR_REMOVED, user.name, facts={"factor": KEY})
    return bool(gone)


def remove_all(user: User) -> None:
    """Take every factor and every recovery code away. The caller logs why."""
    TimeCode.objects.filter(user=user).delete()
    SecurityKey.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def is_demanded() -> bool:
    """Whether the owners ask everybody for a second factor."""
    return TeamRules.objects.filter(pk=1, second_factor=True).exists()


def demand(folder: Path | None, *, demanded: bool, by: str) -> None:
    """Ask everybody for a second factor, or no longer."""
    rules, _made = TeamRules.objects.get_or_create(pk=1)
    if rules.second_factor == demanded:
        return
    rules.second_factor = demanded
    rules.save()
    custody.record(folder, custody.TEAM_RULES_CHANGED, by, facts={"second_factor": demanded})


def _drop_recovery_without_factor(user: User) -> None:
    if not has_any(user):
        RecoveryCode.objects.filter(user=user).delete()
