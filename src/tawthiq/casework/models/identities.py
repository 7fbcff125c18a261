"""Who persons are: sealed under a key of each person's own, which is itself sealed under the archive's field key.

Destroying that one key makes the identity unreadable, in this database and in whatever is copied from it afterwards.
"""

from typing import ClassVar

from django.db import models

from tawthiq.casework.models.encrypted import EncryptedTextField
from tawthiq.casework.models.persons import Person


class PersonIdentity(models.Model):
    """The identity of one person: `data_key` is the person's key, `content` JSON of `domain.identities.Identity` under it."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="identity")
    data_key = EncryptedTextField(bound_to="person_id")
    content = EncryptedTextField(bound_to="person_id", own_key=True)

    def __str__(self) -> str:
        return "(sealed)"


class PersonNaming(models.Model):
    """Characters of an item that name the person: `content` is their anchor as JSON, under the person's key.

    `token` is random and binds the content to its row. The item is told in the clear, since sight depends on it.
    """

    number = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="namings")
    item = models.CharField(max_length=128, db_index=True)
    token = models.CharField(max_length=32, unique=True)
    content = EncryptedTextField(bound_to="token", own_key=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)

    def __str__(self) -> str:
        return "(sealed)"


class PersonNameCode(models.Model):
    """The keyed hash of one word of a person's name, by which the person is found without opening anything."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_codes")
    code = models.CharField(max_length=32, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "code"], name="one_name_code")
        ]

    def __str__(self) -> str:
        return f"a name of {self.person_id}"


class PersonReveal(models.Model):
    """That somebody was shown an identity, and the reason they gave: rows that are only ever added.

    `content` is canonical JSON with reason and nonce, sealed (domain.protected_reasons), `sha256` its digest, which the custody
    log keeps. `at` is in UTC.
    """

    number = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reveals")
    content = EncryptedTextField(bound_to="sha256")
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-at", "-number")

    def __str__(self) -> str:
        return f"person {self.person_id} by {self.by}"
