"""Users, the one-time link of the first owner, and the secret that signs sessions.

A user has a name and a password, nothing else: no e-mail address, no real name is asked for.
"""

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users; names are compared in their NFKC form."""

    def make(self, name: str, password: str, role: "User.Role") -> "User":
        """A saved user with a hashed password. Raises django.db.IntegrityError when the name is taken."""
        user = self.model(name=User.normalize_username(name), role=role)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person at the desk, under a name of their choice. Sessions begun in an earlier `epoch` are over."""

    class Role(models.TextChoices):
        """What a person may do, from everything to reading only."""

        OWNER = "owner", _("Owner")
        EDITOR = "editor", _("Editor")
        REVIEWER = "reviewer", _("Reviewer")
        DOCUMENTER = "documenter", _("Documenter")
        READER = "reader", _("Reader")
        PUBLIC = "public", _("Reader of what is published")

    name = models.CharField(_("name"), max_length=64, unique=True, validators=[UnicodeUsernameValidator()])
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.READER)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)
    epoch = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session must carry: another one after each change of the password or of the epoch."""
        return self._session_auth_hash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under secrets that were replaced (Django's SECRET_KEY_FALLBACKS)."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_auth_hash(secret)

    def _session_auth_hash(self, secret: str | bytes | None = None) -> str:
        salt = "tawthiq.casework.models.User.session"
        return salted_hmac(salt, f"{self.epoch}:{self.password}", secret=secret, algorithm="sha256").hexdigest()


class OwnerLink(models.Model):
    """A one-time link by which the first owner comes in. Only the SHA-256 of its token is kept."""

    token_sha256 = models.CharField(max_length=64, primary_key=True)
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"link until {self.expires:%Y-%m-%d %H:%M} UTC"


class SessionSecret(models.Model):
    """The key that signs sessions and forms of this archive's pages; one row, made on first use."""

    value = models.CharField(max_length=128)

    def __str__(self) -> str:
        return "session secret"
