"""Verification sheets and what belongs to them: rows that are only ever added, but for drafts.

A sheet is what one person found, alone, about one content of an incident. Who may know of which sheet is the law of
`casework.queries.verification_secrecy`; no other module hands sheets to pages.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from tawthiq.casework.models.cases import Case
from tawthiq.casework.models.people import User


class CaseContent(models.Model):
    """What an incident held when somebody verified it (`casework.case_content`), as canonical JSON with its digest."""

    number = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contents")
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "digest"], name="one_row_per_content_of_case")
        ]

    def __str__(self) -> str:
        return f"content {self.digest[:12]} of case {self.case_id}"


class VerificationSheet(models.Model):
    """One person's finished sheet about one content. `turn` counts the sheets of one person about it, from 0.

    `content` is canonical JSON with a nonce (`casework.verification_sheet`), `sha256` its digest, which the custody
    log keeps.
    """

    number = models.BigAutoField(primary_key=True)
    about = models.ForeignKey(CaseContent, on_delete=models.PROTECT, related_name="sheets")
    turn = models.IntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["about", "by", "turn"], name="one_sheet_per_turn")
        ]

    def __str__(self) -> str:
        return f"sheet {self.number} by {self.by}"


class SheetWithdrawal(models.Model):
    """That the person who gave a sheet took it back, and why. The sheet stays in the history."""

    sheet = models.OneToOneField(
        VerificationSheet, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"withdrawal of sheet {self.sheet_id}"


class SheetsSeen(models.Model):
    """That somebody knows what another found about a content, and can give no independent sheet about it any more."""

    class How(models.TextChoices):
        """How they came to know."""

        FINISHED = "finished", pgettext_lazy("sheets seen", "finished their own, and another was there")
        OPENED = "opened", pgettext_lazy("sheets seen", "chose to open what others found")
        SHOWN = "shown", pgettext_lazy("sheets seen", "was shown the result")

    about = models.ForeignKey(CaseContent, on_delete=models.PROTECT, related_name="seen")
    by = models.CharField(max_length=64)
    how = models.CharField(max_length=16, choices=How.choices)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["about", "by"], name="one_seeing_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.by} saw sheets about {self.about_id}"


class SheetDraft(models.Model):
    """What one person typed so far; nobody else sees it. `fields` is the form as sent, about the content of `digest`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    fields = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "user"], name="one_draft_per_person")
        ]

    def __str__(self) -> str:
        return f"draft of {self.user_id} for case {self.case_id}"
