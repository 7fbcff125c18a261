"""Reports: what an outlet published, its zones, and the analysed text that search runs over."""

from django.db import models

from tawthiq.archive.models.captures import Capture


class Report(models.Model):
    """A page taken apart (records.Page), stamped with the version of the reader.

    Spans of all rows are code points of `text`. `publisher` is the outlet as the page names it, else the host it was
    collected from, else the file's name: what lists and filters show.
    """

    capture = models.OneToOneField(Capture, on_delete=models.CASCADE, primary_key=True)
    language = models.CharField(max_length=8, db_index=True)
    title = models.TextField(default="")
    byline = models.TextField(default="")
    agency = models.TextField(default="")
    outlet = models.TextField(default="")
    publisher = models.TextField(db_index=True)
    published = models.DateField(null=True, db_index=True)
    published_time = models.TimeField(null=True)
    published_zone = models.CharField(max_length=64, default="")
    published_source = models.CharField(max_length=16, default="")
    published_text = models.TextField(default="")
    metadata_published = models.DateField(null=True)
    metadata_text = models.TextField(default="")
    text = models.TextField()
    encoding = models.CharField(max_length=64)
    notes = models.JSONField(default=list)
    statement_count = models.IntegerField()
    event_count = models.IntegerField()
    reader = models.TextField()

    class Meta:
        ordering = ("capture_id",)

    def __str__(self) -> str:
        return self.title or self.publisher


class Zone(models.Model):
    """A labelled stretch of a report's text (records.Zone)."""

    key = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="zones")
    kind = models.CharField(max_length=16)
    start = models.IntegerField()
    end = models.IntegerField()
    reason = models.TextField(default="")

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.kind} {self.start}..{self.end}"


class SearchText(models.Model):
    """A report's words as search compares them: folded as written, and stemmed; readers' comments apart.

    Words are joined by newlines. `places` and `comments_places` say where each stands in the report's text
    (`word_places`), so that a match leads back to its characters without another analysis. The full-text index
    (migration 0002) is an external-content index over this table.
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    exact = models.TextField()
    stemmed = models.TextField()
    places = models.BinaryField(default=bytes)
    comments_exact = models.TextField(default="")
    comments_stemmed = models.TextField(default="")
    comments_places = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"words of report {self.pk}"
