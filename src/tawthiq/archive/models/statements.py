"""Statements: what a report attributes to a source other than its own voice."""

from django.db import models

from tawthiq.archive.models.reports import Report


class Statement(models.Model):
    """records.Statement as a row. Spans are code points of the report's text; absent parts are null, their text empty."""

    key = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="statements")
    order = models.IntegerField()
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.TextField()
    speaker_start = models.IntegerField(null=True)
    speaker_end = models.IntegerField(null=True)
    speaker_text = models.TextField(default="")
    speaker_actor = models.CharField(max_length=32, default="", db_index=True)
    speaker_implicit = models.BooleanField(default=False)
    cue_start = models.IntegerField(null=True)
    cue_end = models.IntegerField(null=True)
    cue_text = models.TextField(default="")
    kind = models.CharField(max_length=16)
    stance = models.CharField(max_length=16, db_index=True)
    rule = models.TextField(default="")

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.speaker_text}: {self.text}"
