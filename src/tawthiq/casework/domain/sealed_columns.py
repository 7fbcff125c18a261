"""Which columns of which tables hold protected fields, and how many fields lie in them."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from tawthiq.casework.models.encrypted import EncryptedTextField, empty

Column = tuple[type[Model], str]


def columns(*, own_keys: bool = False) -> Iterator[Column]:
    """Every column of every model that is sealed under the field key itself; with `own_keys` those under other keys too."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField) and (own_keys or not field.own_key):
                yield model, field.name


def any_sealed() -> bool:
    """Whether the database holds a field that only the field key opens."""
    return any(model._default_manager.exclude(**{name: empty()}).exists() for model, name in columns())


def sealed_fields() -> int:
    """How many protected fields the database holds."""
    found = columns(own_keys=True)
    return sum(model._default_manager.exclude(**{name: empty()}).count() for model, name in found)
