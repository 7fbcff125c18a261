"""The secret that signs sessions, kept in the archive's own database so that a copied archive keeps working."""

import secrets

from django.db import transaction

from tawthiq.casework.models import SessionSecret


def session_secret() -> str:
    """The archive's secret, made on first use."""
    with transaction.atomic():
        row, _made = SessionSecret.objects.get_or_create(pk=1, defaults={"value": secrets.token_urlsafe(64)})
    return row.value
