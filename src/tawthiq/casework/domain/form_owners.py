"""Whose form it was that arrived too late.

Each sign-in gives the browser a new secret from which the tokens of its forms are made (Django's protection against forged
forms), so the token of a form tells for whom the page was made, also when the session is over or another person has signed in
since. The secret itself is not kept, only its digest, for as long as somebody may come back to a page.
"""

from datetime import timedelta
from hashlib import sha256

from django.middleware.csrf import (  # type: ignore[attr-defined]
    CSRF_ALLOWED_CHARS,
    CSRF_SECRET_LENGTH,
    CSRF_TOKEN_LENGTH,
    _unmask_cipher_token,
)
from django.utils import timezone

from tawthiq.casework.models import FormSecret, User

KEPT_FOR = timedelta(days=7)


def remember(secret: str, user: User) -> str:
    """Keep that forms made with `secret` are the user's; its digest, by which the caller knows it again.

    A secret under which another user's forms were made tells of nobody from then on.
    """
    now, digest = timezone.now(), digest_of(secret)
    FormSecret.objects.filter(seen__lte=now - KEPT_FOR).delete()
    row, made = FormSecret.objects.get_or_create(digest=digest, defaults={"user": user, "seen": now})
    if not made:
        row.user, row.seen = (user if row.user_id == user.pk else None), now
        row.save()
    return digest


def owner_of(token: str) -> User | None:
    """The user for whom the page was made that this token stood in; None where that cannot be told."""
    secret = _secret_of(token)
    if secret is None:
        return None
    row = FormSecret.objects.select_related("user").filter(digest=digest_of(secret), user__isnull=False).first()
    return row.user if row else None


def digest_of(secret: str) -> str:
    """What is kept of a secret, however the cookie writes it."""
    plain = _secret_of(secret) or secret
    return sha256(b"tawthiq form secret:" + plain.encode("utf-8", "surrogatepass")).hexdigest()


def _secret_of(token: str) -> str | None:
    """The secret behind a token, which Django masks; None for anything that is no token."""
    if not set(token) <= set(CSRF_ALLOWED_CHARS):
        return None
    if len(token) == CSRF_TOKEN_LENGTH:
        return str(_unmask_cipher_token(token))
    return token if len(token) == CSRF_SECRET_LENGTH else None
