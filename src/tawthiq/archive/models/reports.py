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
    updated = models.DateField(null=True)
    updated_text = models.TextField(default="")
    metadata_updated = models.DateField(null=True)
    metadata_updated_text = models.TextField(default="")
    text = models.TextField()
    encoding = models.CharField(max_length=64)
    notes = models.JSONField(default=list)
    statement_count = models.IntegerField()
    event_count = models.IntegerField()
    reader = models.TextField()

    class Meta:
        ordering = ("capture_id",)
        indexes = (
            models.Index(fields=("-event_count", "-capture"), name="reports_by_events"),
            models.Index(fields=("-published", "-capture"), name="reports_by_day"),
            models.Index(fields=("publisher", "capture"), name="reports_by_publisher"),
        )

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


class ReaderComment(models.Model):
    """A reader's comment on a report's page (records.Comment): kept as evidence, never the outlet's words."""

    key = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    author = models.TextField(default="")
    date = models.TextField(default="")
    start = models.IntegerField()
    end = models.IntegerField()

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"comment {self.start}..{self.end}"


class Post(models.Model):
    """A message of a social or messaging page (records.Post); `published_text` is what its date was read from."""

    key = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="posts")
    account = models.TextField(default="")
    handle = models.TextField(default="")
    moment = models.TextField(default="")
    published = models.DateField(null=True)
    published_time = models.TimeField(null=True)
    published_zone = models.CharField(max_length=64, default="")
    published_source = models.CharField(max_length=16, default="")
    published_text = models.TextField(default="")
    start = models.IntegerField()
    end = models.IntegerField()

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"post {self.start}..{self.end}"


class Sheet(models.Model):
    """A page of a PDF or scan (records.Sheet): its number in the file, the number printed on it, its part of the text."""

    key = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sheets")
    number = models.IntegerField()
    label = models.TextField(default="")
    start = models.IntegerField()
    end = models.IntegerField()
    origin = models.CharField(max_length=16)
    confidence = models.FloatField(null=True)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"sheet {self.number}"


class SecondOpinion(models.Model):
    """What another extractor takes for the report's own text; `agreement` is the token F1 of the two bodies.

    `by` names the extractor and its version.
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, primary_key=True, related_name="second_opinion")
    by = models.TextField()
    text = models.TextField()
    agreement = models.FloatField(db_index=True)

    def __str__(self) -> str:
        return f"{self.by} {self.agreement:.3f}"


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
