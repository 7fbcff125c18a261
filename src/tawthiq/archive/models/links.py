"""Copy families and proposed incidents: what linking says of many reports together. Claims stand in `claims`."""

from django.db import models

from tawthiq.archive.models.events import Event
from tawthiq.archive.models.reports import Report


class LinkRun(models.Model):
    """The last linking: how many reports there were and which version did it. At most one row."""

    key = models.IntegerField(primary_key=True, default=1)
    reports = models.IntegerField()
    linker = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.reports} reports linked by {self.linker}"


class LinkedReport(models.Model):
    """A report that the last linking saw as it is now; reports that were read or read anew since are none."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, primary_key=True, related_name="linked")

    def __str__(self) -> str:
        return f"{self.report_id} linked"


class CopyFamily(models.Model):
    """Reports that repeat one dispatch (records.CopyFamily); the family counts as one source.

    Its number is the lowest of its reports' numbers. `agency`, `origin` and `reasons` propose where the dispatch comes from
    (records.CopyOrigin); each reason is [sign, report number, agency, [start, end, text] of the credit, day, moment], what is
    missing being null.
    """

    number = models.BigIntegerField(primary_key=True)
    containment = models.FloatField()
    agency = models.TextField(default="")
    origin = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="+")
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"copies {self.number}"


class CopyMember(models.Model):
    """A report in its family; a report belongs to one family at most."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, primary_key=True, related_name="copy_member")
    family = models.ForeignKey(CopyFamily, on_delete=models.CASCADE, related_name="members")

    class Meta:
        ordering = ("report_id",)

    def __str__(self) -> str:
        return f"report {self.pk} in copies {self.family_id}"


class CopyPassage(models.Model):
    """A passage that two reports share, as it stands in each (records.SharedPassage).

    Numbers count the passages of one `first` report (`keys.row_key`).
    """

    number = models.BigIntegerField(primary_key=True)
    family = models.ForeignKey(CopyFamily, on_delete=models.CASCADE, related_name="passages")
    first = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    first_start = models.IntegerField()
    first_end = models.IntegerField()
    second = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    second_start = models.IntegerField()
    second_end = models.IntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return self.text


class Incident(models.Model):
    """records.Incident as a row. `reasons` lists [feature, weight, detail]; `decided_by` is of records.DecidedBy.

    The number belongs to the characters of its earliest telling (`archive.incident_numbers`): another incident never gets it.
    """

    number = models.BigIntegerField(primary_key=True)
    identifier = models.CharField(max_length=128, unique=True)
    act = models.CharField(max_length=24, db_index=True)
    first = models.DateField(null=True, db_index=True)
    last = models.DateField(null=True)
    place = models.TextField(default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    contradictions = models.JSONField(default=list)
    independent_sources = models.IntegerField()
    report_count = models.IntegerField()
    linked = models.CharField(max_length=16)
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    decided_by = models.CharField(max_length=8, default="machine")

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(fields=("-independent_sources", "-report_count", "number"), name="incidents_by_sources"),
            models.Index(fields=("first", "last", "number"), name="incidents_by_days"),
        )

    def __str__(self) -> str:
        return self.identifier


class IncidentReport(models.Model):
    """A report that tells of the incident. The number is the key of its first event that does."""

    number = models.BigIntegerField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="told_in")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="tells_of")

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=("report", "incident"), name="incidents_of_report"),)

    def __str__(self) -> str:
        return f"report {self.report_id} of incident {self.incident_id}"


class IncidentEvent(models.Model):
    """An event, as one report tells it, that belongs to the incident. The number is the event's key."""

    number = models.BigIntegerField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="tellings")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="incidents")

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"event {self.event_id} of incident {self.incident_id}"
