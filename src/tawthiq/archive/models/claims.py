"""Claims on the slots of incidents, in positions, and the statements attached to incidents (records.claim).

Keys count the rows of one kind through the incident (`keys.row_key` of the incident's number), so that the rows of one
incident can be replaced without touching those of another.
"""

from django.db import models

from tawthiq.archive.models.links import Incident
from tawthiq.archive.models.reports import Report


class Slot(models.Model):
    """records.SlotView as a row; `group` is empty for slots that count nobody.

    `disputes` lists pairs of orders of positions that independent sources hold against each other.
    """

    key = models.BigIntegerField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="slots")
    slot = models.CharField(max_length=16)
    group = models.CharField(max_length=16, default="")
    standing = models.CharField(max_length=16)
    disputes = models.JSONField(default=list)

    class Meta:
        ordering = ("key",)
        indexes = (
            models.Index(fields=("slot", "standing"), name="slot_standing"),
            models.Index(fields=("incident", "slot"), name="slots_of_incident"),
        )

    def __str__(self) -> str:
        return f"{self.slot} {self.group} {self.standing}"


class Position(models.Model):
    """records.Position as a row; `order` is its place in the slot, from 0."""

    key = models.BigIntegerField(primary_key=True)
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="positions")
    order = models.IntegerField()
    sources = models.IntegerField()

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"position {self.order} of {self.slot_id}"


class Claim(models.Model):
    """records.Claim as a row, in its position; `speaker` is empty in the outlet's own voice, `harm` where nobody is counted.

    `group` is who was harmed; a claim that is `part_of` counts some of those of another ("of them 2 children").
    """

    key = models.BigIntegerField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="claims")
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="claims")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="claims")
    event = models.IntegerField()
    slot = models.CharField(max_length=16)
    harm = models.CharField(max_length=16, default="")
    group = models.CharField(max_length=16, default="all")
    part_of = models.BooleanField(default=False)
    minimum = models.BigIntegerField(null=True)
    maximum = models.BigIntegerField(null=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    precision = models.CharField(max_length=8, default="")
    code = models.CharField(max_length=64, default="")
    shown = models.TextField(default="")
    speaker = models.TextField(default="")
    speaker_actor = models.CharField(max_length=32, default="")
    hedged = models.BooleanField(default=False)
    told = models.DateField(null=True)
    told_at = models.CharField(max_length=40, default="")
    source = models.TextField(default="")
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.slot} {self.text}"


class ReportSource(models.Model):
    """The independent source behind one report of an incident, as a key (records.Incident.sources)."""

    key = models.BigIntegerField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="report_sources")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="incident_sources")
    source = models.TextField()

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.source} behind report {self.report_id}"


class AttachedStatement(models.Model):
    """records.AttachedStatement as a row; `statement` is its order in the reading, null where only an event shows it."""

    key = models.BigIntegerField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="statements")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="attached")
    statement = models.IntegerField(null=True)
    kind = models.CharField(max_length=24)
    speaker = models.TextField(default="")
    speaker_actor = models.CharField(max_length=32, default="")
    accused = models.CharField(max_length=32, default="")
    told = models.DateField(null=True)
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.TextField()
    sign_start = models.IntegerField(null=True)
    sign_end = models.IntegerField(null=True)
    sign_text = models.TextField(default="")

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"
