"""Cases: incidents as people work on them, from the first look to verification.

Linking proposes incidents and may change them at any time; a case is what people decided about. It names its incident by
number, which belongs to the characters of the earliest telling (`archive.incident_numbers`), and keeps the tellings that
were decided about as anchors, so that it outlives every new reading.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class Case(models.Model):
    """One incident under review. `incident` is the number of the incident in the archive, `state` follows from the decisions.

    `published` says whether readers of the public pages may see it; only verified cases are. `opened` is in UTC.
    """

    class State(models.TextChoices):
        """What holds by now: verified only where two people, who did not see each other's grades, came to the same."""

        OPEN = "open", pgettext_lazy("case", "open")
        SECOND = "second", pgettext_lazy("case", "waits for a second person")
        DISAGREEMENT = "disagreement", pgettext_lazy("case", "two people disagree")
        VERIFIED = "verified", pgettext_lazy("case", "verified")
        REJECTED = "rejected", pgettext_lazy("case", "found not to hold")

    number = models.BigAutoField(primary_key=True)
    incident = models.BigIntegerField(unique=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN, db_index=True)
    published = models.BooleanField(default=False, db_index=True)
    opened_by = models.CharField(max_length=64)
    opened = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)

    def __str__(self) -> str:
        return f"case {self.number}: {self.state}"
