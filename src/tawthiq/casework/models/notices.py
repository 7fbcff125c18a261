"""Notices: what a person should know of what others did, shown inside the application and sent nowhere."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from tawthiq.casework.models.people import User


class Notice(models.Model):
    """One sentence for one user about one subject, "KIND:KEY" (casework.queries.queue_subjects); `at` and `read` are in UTC.

    Of one kind and subject a person has one unread notice at most: a second telling renews the first.
    """

    class Kind(models.TextChoices):
        """What happened; each label is the sentence that is shown, and names who did it."""

        ASSIGNED = "assigned", pgettext_lazy("notice", "%(by)s gave this to you")
        RELEASED = "released", pgettext_lazy("notice", "%(by)s took this off your list")
        SECOND_NEEDED = "second", pgettext_lazy("notice", "A second person is needed")
        THIRD_NEEDED = "third", pgettext_lazy("notice", "Two people disagree; a third person is needed")
        VERIFIED = "verified", pgettext_lazy("notice", "After the decision of %(by)s this is verified")
        REJECTED = "rejected", pgettext_lazy("notice", "After the decision of %(by)s this is found not to hold")
        REOPENED = "reopened", pgettext_lazy("notice", "%(by)s opened this again")
        WITHDRAWN = "withdrawn", pgettext_lazy("notice", "%(by)s withdrew a decision about this")
        OVERRULED = "overruled", pgettext_lazy("notice", "%(by)s decided otherwise than you about this")
        CORRECTED = "corrected", pgettext_lazy("notice", "%(by)s corrected the reading of this")
        UNFIT = "unfit", pgettext_lazy("notice", "A decision about this fits the reading no more")
        RESTRICTED = "restricted", pgettext_lazy("notice", "%(by)s restricted this to a group of yours")
        OPENED_UP = "opened-up", pgettext_lazy("notice", "%(by)s lifted the restriction of this")
        PUBLISHED = "published", pgettext_lazy("notice", "%(by)s published this")
        UNPUBLISHED = "unpublished", pgettext_lazy("notice", "%(by)s took this out of what is published")
        REVEALED = "revealed", pgettext_lazy("notice", "%(by)s revealed an identity")
        WARNING = "warning", pgettext_lazy("notice", "This needs care: a child or sexual violence is told of")
        REMARKED = "remarked", pgettext_lazy("notice", "%(by)s wrote a remark about this")

    number = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    subject = models.CharField(max_length=160)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    read = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-at", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject"], condition=Q(read=None), name="one_unread_notice_per_subject"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-at", "-number"], name="notices_of_user"),
            models.Index(fields=["user"], condition=Q(read=None), name="notices_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} for {self.user_id}"
