"""Events as reports tell them, and their parts, each with its characters."""

from django.db import models

from tawthiq.archive.models.reports import Report
from tawthiq.archive.models.statements import Statement


class Event(models.Model):
    """records.Event as a row; `source` is the statement that tells it, null in the outlet's own voice."""

    key = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="events")
    order = models.IntegerField()
    act = models.CharField(max_length=24, db_index=True)
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.TextField()
    modality = models.CharField(max_length=16)
    scope = models.CharField(max_length=16)
    when_start = models.IntegerField(null=True)
    when_end = models.IntegerField(null=True)
    when_text = models.TextField(default="")
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    precision = models.CharField(max_length=8, default="")
    when_reason = models.TextField(default="")
    country = models.CharField(max_length=2, default="")
    source = models.ForeignKey(Statement, on_delete=models.CASCADE, null=True, related_name="told")
    rules = models.JSONField(default=list)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.act}: {self.text}"


class EventPart(models.Model):
    """A mention that belongs to one event. Keys count the parts of one kind through the whole report."""

    key = models.BigIntegerField(primary_key=True)
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.TextField()

    class Meta:
        abstract = True
        ordering = ("key",)

    def __str__(self) -> str:
        return self.text


class EventPlace(EventPart):
    """records.PlaceMention: `code` to `population` are the gazetteer entry, empty while the name has several homes.

    `kind` is what the wording says ("countryside of"), `entry_kind` what the entry is. `candidates` holds every entry
    that the name may stand for, each as the list [code, name, name_en, kind, country, latitude, longitude, parent,
    population].
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(max_length=16, default="")
    code = models.CharField(max_length=64, default="", db_index=True)
    name = models.TextField(default="")
    name_en = models.TextField(default="")
    entry_kind = models.CharField(max_length=16, default="")
    country = models.CharField(max_length=2, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    parent = models.CharField(max_length=64, default="")
    population = models.BigIntegerField(default=0)
    candidates = models.JSONField(default=list)


class EventActor(EventPart):
    """records.ActorMention: the wording in the text, the neutral code, and people's own entry, empty where it means none."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="by")
    actor = models.CharField(max_length=32, db_index=True)
    entry = models.CharField(max_length=64, default="", db_index=True)
    hedged = models.BooleanField()


class EventVictim(EventPart):
    """Who was harmed, as worded."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="victims")


class EventCount(EventPart):
    """records.Count as a row; `maximum` is null for "at least"."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="counts")
    harm = models.CharField(max_length=16)
    group = models.CharField(max_length=16)
    minimum = models.BigIntegerField(null=True)
    maximum = models.BigIntegerField(null=True)
    part_of = models.BooleanField()
