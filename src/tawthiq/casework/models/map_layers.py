"""Layers of outlines that a team brings along for its maps: rows that are only ever added.

The outlines themselves are a file of the archive folder, layers/SHA256.geojson; no row and no address names a path.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class MapLayerDecision(models.Model):
    """That a layer was brought along, or chosen for maps, or that the bundled outlines are shown again.

    `sha256` is the digest of the layer's file, empty for the bundled outlines. The last row that chooses is in force. A layer
    stands `alone` or over the bundled outlines. `at` is the moment in UTC.
    """

    class Step(models.TextChoices):
        """What the person did."""

        ADDED = "added", pgettext_lazy("map layer", "brought along")
        CHOSEN = "chosen", pgettext_lazy("map layer", "chosen")
        BUNDLED = "bundled", pgettext_lazy("map layer", "back to the bundled outlines")

    number = models.BigAutoField(primary_key=True)
    step = models.CharField(max_length=8, choices=Step.choices)
    sha256 = models.CharField(max_length=64, default="", db_index=True)
    title = models.CharField(max_length=120, default="")
    source = models.CharField(max_length=300, default="")
    areas = models.IntegerField(default=0)
    alone = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("number",)

    def __str__(self) -> str:
        return f"{self.step} {self.title} by {self.by}"
