"""A column of ciphertext. Nothing is decrypted when a row is loaded: its value is a `Sealed`, which shows nothing by itself.

Only `casework.domain.field_key.reveal` opens one, with the keys in hand, so that no list, representation, log, traceback or
template can leak what it holds. Plain text cannot be saved into such a column, and none can be compared with it.
"""

from typing import TYPE_CHECKING, Any

from django.db import models


class Sealed:
    """One ciphertext as it lies in the database. Its text form is that ciphertext, by which copies can be compared."""

    __slots__ = ("ciphertext",)

    def __init__(self, ciphertext: str) -> None:
        self.ciphertext = ciphertext

    def __bool__(self) -> bool:
        return bool(self.ciphertext)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.ciphertext == self.ciphertext

    def __hash__(self) -> int:
        return hash(self.ciphertext)

    def __str__(self) -> str:
        return self.ciphertext

    def __repr__(self) -> str:
        return "Sealed()"


if TYPE_CHECKING:
    _TextField = models.TextField[Sealed, Sealed]
else:
    _TextField = models.TextField


class EncryptedTextField(_TextField):
    """Text that only `casework.domain.field_key.put` writes and `reveal` reads; empty where nothing is kept.

    `bound_to` names the row's own field of which the value goes into the ciphertext's associated data, together with the
    names of table and column: a ciphertext that is moved to another row, column or table does not open. That field's value
    must be known before the row is saved, be one row's alone, and never change. Rows that are sealed under a key of their
    own, which is itself sealed, say so with `own_key` (`casework.domain.field_key_rotation` leaves them to their owners).
    """

    def __init__(self, *args: Any, bound_to: str = "", own_key: bool = False, **kwargs: Any) -> None:
        self.bound_to = bound_to
        self.own_key = own_key
        kwargs.setdefault("default", empty)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """What a migration writes: the binding belongs to it."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "bound_to": self.bound_to, "own_key": self.own_key}

    def from_db_value(self, value: str | None, *_: object) -> Sealed | None:
        """The ciphertext, closed."""
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Any:
        """Only what is sealed already."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """The ciphertext as it is kept. Raises TypeError for anything that is not sealed: it would lie there in the clear."""
        if value is None or isinstance(value, Sealed):
            return value.ciphertext if value is not None else None
        raise TypeError("only what is sealed goes into this column")

    def value_to_string(self, obj: models.Model) -> str:
        """For Django's serializers: the ciphertext."""
        value = self.value_from_object(obj)
        return value.ciphertext if isinstance(value, Sealed) else ""


def empty() -> Sealed:
    """Nothing kept."""
    return Sealed("")
