"""Person files: people with their roles in acts, under a pseudonym. Who they are stands apart and sealed (`identities`).

A file names items by the identifiers that the log gave their captures, incidents by their numbers, tellings by characters,
never rows of derived state. What holds now stands in the file's row; every change adds a revision, whose digest the custody
log keeps. Roles follow HURIDOCS microthesaurus 18 (type of involvement), with "alleged" where it says somebody did wrong.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from tawthiq.casework.models.access import Group
from tawthiq.casework.models.encrypted import EncryptedTextField


class Person(models.Model):
    """One person as the desk knows them. `number` has six random digits, so that no number tells of another file.

    `pseudonym` is empty where the number serves as one. `sex`, `age_group` and `civilian` are as claimed and may be left
    open; `bases` says of each on what it rests: the characters of an item, or the member of the team who told it. `public_name`
    is the name under which a preserved report names an official as an alleged perpetrator. `risk_reason` is sealed, since it
    can name somebody. `opened` is in UTC.
    """

    class Sex(models.TextChoices):
        """As claimed."""

        FEMALE = "female", pgettext_lazy("person file", "female")
        MALE = "male", pgettext_lazy("person file", "male")

    class AgeGroup(models.TextChoices):
        """At the time of the act, as claimed; a child is anybody under 18 (Convention on the Rights of the Child, art. 1)."""

        CHILD = "child", pgettext_lazy("person file", "child (under 18)")
        ADULT = "adult", pgettext_lazy("person file", "adult")
        OLDER = "older", pgettext_lazy("person file", "older adult (60 and over)")

    class Civilian(models.TextChoices):
        """What sources say; a qualification in law is a lawyer's."""

        CIVILIAN = "civilian", pgettext_lazy("person file", "said to be a civilian")
        FIGHTER = "fighter", pgettext_lazy("person file", "said to be a fighter")
        DISPUTED = "disputed", pgettext_lazy("person file", "sources disagree")

    class Risk(models.TextChoices):
        """What may happen to the person should others learn who they are."""

        LOW = "low", pgettext_lazy("person file", "low risk")
        MEDIUM = "medium", pgettext_lazy("person file", "medium risk")
        HIGH = "high", pgettext_lazy("person file", "high risk")

    class Consent(models.TextChoices):
        """What the person said when asked for one use of what they told."""

        GIVEN = "given", pgettext_lazy("person file", "given")
        REFUSED = "refused", pgettext_lazy("person file", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("person file", "withdrawn")

    class AskedHow(models.TextChoices):
        """How the person was asked."""

        MEETING = "meeting", pgettext_lazy("person file", "face to face")
        CALL = "call", pgettext_lazy("person file", "by telephone")
        MESSAGE = "message", pgettext_lazy("person file", "by message")
        WRITING = "writing", pgettext_lazy("person file", "signed on paper")
        GUARDIAN = "guardian", pgettext_lazy("person file", "through a parent or guardian")

    class IdentityState(models.TextChoices):
        """Whether the file holds who the person is."""

        NONE = "none", pgettext_lazy("person file", "identity not kept")
        KEPT = "kept", pgettext_lazy("person file", "identity kept sealed")
        DESTROYED = "destroyed", pgettext_lazy("person file", "identity destroyed")

    number = models.IntegerField(primary_key=True)
    pseudonym = models.CharField(max_length=64, default="")
    sex = models.CharField(max_length=8, choices=Sex.choices, default="")
    age_group = models.CharField(max_length=8, choices=AgeGroup.choices, default="")
    civilian = models.CharField(max_length=12, choices=Civilian.choices, default="")
    bases = models.JSONField(default=dict)
    public_name = models.CharField(max_length=200, default="")
    risk = models.CharField(max_length=8, choices=Risk.choices, default="", db_index=True)
    risk_reason = EncryptedTextField(bound_to="number")
    consent_keep = models.CharField(max_length=12, choices=Consent.choices, default="", db_index=True)
    consent_court = models.CharField(max_length=12, choices=Consent.choices, default="")
    consent_publish = models.CharField(max_length=12, choices=Consent.choices, default="")
    consent_by = models.CharField(max_length=64, default="")
    consent_on = models.DateField(null=True)
    consent_how = models.CharField(max_length=12, choices=AskedHow.choices, default="")
    ask_again = models.DateField(null=True, db_index=True)
    identity_state = models.CharField(max_length=12, choices=IdentityState.choices, default=IdentityState.NONE)
    groups = models.ManyToManyField(Group, related_name="persons")
    revision = models.IntegerField(default=0)
    opened_by = models.CharField(max_length=64)
    opened = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-opened", "number")

    def __str__(self) -> str:
        return f"person {self.number}"


class PersonRole(models.Model):
    """What a person is said to have been in one incident; `anchor` is the telling that was looked at (records.EventAnchor).

    A role that was taken back keeps its row, with who did it and when (UTC).
    """

    class Role(models.TextChoices):
        """The involvement. Who is said to have done wrong is "alleged" whatever a source says."""

        VICTIM = "victim", pgettext_lazy("person role", "victim")
        WITNESS = "witness", pgettext_lazy("person role", "witness")
        SOURCE = "source", pgettext_lazy("person role", "source of information")
        RELATIVE = "relative", pgettext_lazy("person role", "relative of a victim")
        NAMED_BY = "named-by", pgettext_lazy("person role", "named others")
        ALLEGED_PERPETRATOR = "alleged-perpetrator", pgettext_lazy("person role", "alleged perpetrator")
        ALLEGED_COMMANDER = "alleged-commander", pgettext_lazy("person role", "alleged to have ordered it")
        ALLEGED_HELPER = "alleged-helper", pgettext_lazy("person role", "alleged to have helped")

    number = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=24, choices=Role.choices, db_index=True)
    incident = models.BigIntegerField(db_index=True)
    item = models.CharField(max_length=128, db_index=True)
    anchor = models.JSONField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    ended_by = models.CharField(max_length=64, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)

    def __str__(self) -> str:
        return f"{self.role} of incident {self.incident}"


class PersonItem(models.Model):
    """An item that a person file points to: who may not see the item sees nothing of the file."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(max_length=128, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "item"], name="one_person_item")
        ]

    def __str__(self) -> str:
        return f"{self.item} of {self.person_id}"


class PersonRevision(models.Model):
    """One change of a person file, counted from 1: rows that are only ever added.

    `content` is canonical JSON with a nonce and what holds after the change, identity excepted; `sha256` is its digest, which
    the custody log keeps. `at` is in UTC.
    """

    class Deed(models.TextChoices):
        """What was done."""

        OPENED = "opened", pgettext_lazy("person deed", "opened the file")
        CHANGED = "changed", pgettext_lazy("person deed", "changed what is known")
        ROLE_ADDED = "role-added", pgettext_lazy("person deed", "added a role")
        ROLE_ENDED = "role-ended", pgettext_lazy("person deed", "took a role back")
        GROUPS = "groups", pgettext_lazy("person deed", "changed who may see the file")
        IDENTITY_KEPT = "identity-kept", pgettext_lazy("person deed", "sealed an identity in the file")
        IDENTITY_DESTROYED = "identity-destroyed", pgettext_lazy("person deed", "destroyed the identity")
        NAMING_ADDED = "naming-added", pgettext_lazy("person deed", "marked where the person is named")

    number = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="revisions")
    revision = models.IntegerField()
    deed = models.CharField(max_length=24, choices=Deed.choices)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "revision"], name="one_person_change_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.deed} by {self.by}"
