"""The memory of lines that a host repeats from page to page (docs/adr/0007-boilerplate-memory.md).

No wording is copied: a block's text is read at its place in a report. Whatever refers to a report follows from that report's
page alone, so that dropping the rows and reading again gives the same.
"""

from django.db import models

from tawthiq.archive.models.reports import Report


class BlockPage(models.Model):
    """What tells a report's page from others of its host (records.PageBlocks); files without an address have none.

    `title` is the one that the program found, whatever a person corrected.
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, primary_key=True, related_name="block_page")
    host = models.TextField(db_index=True)
    address = models.BigIntegerField()
    title = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.host} {self.report_id}"


class ShownBlock(models.Model):
    """A block in the body of a report (records.Block). The report's number is that of the `key` (models/keys.py)."""

    key = models.BigIntegerField(primary_key=True)
    block = models.BigIntegerField(db_index=True)
    start = models.IntegerField()
    end = models.IntegerField()

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"block {self.block} {self.start}..{self.end}"


class KnownBlock(models.Model):
    """A block that three different pages of its host show; `pages` counts the reports that show it now."""

    block = models.BigIntegerField(primary_key=True)
    host = models.TextField()
    pages = models.IntegerField()

    class Meta:
        ordering = ("host", "-pages", "block")
        indexes = (models.Index(fields=("host", "-pages", "block"), name="archive_known_by_host"),)

    def __str__(self) -> str:
        return f"{self.host} {self.block}"
