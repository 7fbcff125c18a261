"""Cases: incidents as people work on them, from the first look to verification.

Linking proposes incidents and may change them at any time; a case is what people decided about. It names its incident
by number, which belongs to the characters of the earliest telling (`archive.incident_numbers`), and keeps the
tellings and claims that were decided about as characters, so that it outlives every new reading. What people finished
is a row of `verification`.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class Case(models.Model):
    """One incident under review. `incident` is the number of the incident in the archive, `state` follows from the
    sheets.

    `digest` is that of the incident's content (`casework.case_content`) when it was looked at last; `changed` says
    that people verified another content than that. `published` says whether readers of the public pages may see it;
    only what was verified is. `opened` is in UTC.
    """

    class State(models.TextChoices):
        """What holds by now: verified only where two people, who did not see each other's grades, came to the same."""

        OPEN = "open", pgettext_lazy("case", "open")
        SECOND = "second", pgettext_lazy("case", "waits for a second person")
        DISAGREEMENT = "disagreement", pgettext_lazy("case", "two people disagree")
        VERIFIED = "verified", pgettext_lazy("case", "verified")
        REJECTED = "rejected", pgettext_lazy("case", "found not to hold")
        UNDECIDED = "undecided", pgettext_lazy("case", "not enough to decide")

    number = models.BigAutoField(primary_key=True)
    incident = models.BigIntegerField(unique=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN, db_index=True)
    digest = models.CharField(max_length=64, default="")
    changed = models.BooleanField(default=False, db_index=True)
    published = models.BooleanField(default=False, db_index=True)
    opened_by = models.CharField(max_length=64)
    opened = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)

    def __str__(self) -> str:
        return f"case {self.number}: {self.state}"


class CaseItem(models.Model):
    """An item that a case was decided about at some time, by the identifier that the log gave its capture.

    Whoever may not see one of these may not see the case, even when linking has moved the item elsewhere since.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(max_length=128, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "item"], name="one_row_per_item_of_case")
        ]

    def __str__(self) -> str:
        return f"{self.item} in case {self.case_id}"


class CaseViolation(models.Model):
    """A type of violation (violation_types.tsv) that people agreed on, in the verification that holds: for lists and
    maps.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="violations")
    code = models.CharField(max_length=8, db_index=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("code",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "code"], name="one_row_per_violation_of_case")
        ]

    def __str__(self) -> str:
        return f"{self.code} of case {self.case_id}"


class Publication(models.Model):
    """An act about showing a case to readers of what is published: rows that are only ever added; the last one counts.

    `content` holds what is shown, as it was verified then (`casework.public_content`), with a nonce; `sha256` is its
    digest, which the custody log keeps as well. A sensitive case is proposed by one person and published by another.
    """

    class Deed(models.TextChoices):
        """What was done."""

        PROPOSED = "proposed", pgettext_lazy("publication", "proposed for publication")
        PUBLISHED = "published", pgettext_lazy("publication", "published")
        WITHDRAWN = "withdrawn", pgettext_lazy("publication", "taken out of what is published")

    number = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="publications")
    deed = models.CharField(max_length=16, choices=Deed.choices)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)

    def __str__(self) -> str:
        return f"case {self.case_id} {self.deed} by {self.by}"


class Qualification(models.Model):
    """What one person says in law about a case: codes of violation_mappings.tsv and words, an opinion with name and day.

    Rows are only ever added; a person's last one is theirs now. It never changes what was verified.
    """

    number = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="qualifications")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)

    def __str__(self) -> str:
        return f"qualification of case {self.case_id} by {self.by}"
