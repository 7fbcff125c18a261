"""What maps, timelines and charts ask of all incidents at once: where each is said to have been, and its tolls' bounds.

Both follow from claims (`archive.incident_summaries`) and lead back to them: a row goes when its claim goes. Keys count the
rows of one kind through the incident, as those of claims do.
"""

from django.db import models

from tawthiq.archive.models.claims import Claim
from tawthiq.archive.models.links import Incident


class IncidentPlace(models.Model):
    """The narrowest place that one position on the slot "where" names, each place once, and a claim that names it.

    `order` is the position's place in the slot. `kind` is what was named: the wording's own ("countryside of"), else the
    gazetteer entry's; coordinates are the entry's in degrees of WGS 84 and null where it has none. `code` is empty for a name
    that leads to no one entry. `disputed` positions are held against another by an independent source.
    """

    key = models.BigIntegerField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="places")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    order = models.IntegerField()
    code = models.CharField(max_length=64, default="")
    kind = models.CharField(max_length=16, default="")
    name = models.TextField(default="")
    name_en = models.TextField(default="")
    country = models.CharField(max_length=2, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    disputed = models.BooleanField(default=False)

    class Meta:
        ordering = ("key",)
        indexes = (
            models.Index(
                fields=("latitude", "longitude", "code", "kind", "name", "name_en", "incident", "disputed"),
                name="incident_place_on_map",
            ),
            models.Index(fields=("code", "incident"), name="incident_place_by_code"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class IncidentToll(models.Model):
    """The lowest and the highest number that anybody claims of one harm, of everybody harmed; never a sum or a mean.

    `lowest` and `highest` are the claims that say so. `open` says that some claim leaves its number open above ("at least").
    """

    key = models.BigIntegerField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="tolls")
    harm = models.CharField(max_length=16)
    minimum = models.BigIntegerField()
    maximum = models.BigIntegerField()
    open = models.BooleanField(default=False)
    lowest = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    highest = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("key",)
        indexes = (
            models.Index(fields=("harm", "incident", "minimum", "maximum", "open"), name="incident_toll_bounds"),
        )

    def __str__(self) -> str:
        return f"{self.harm} {self.minimum}..{self.maximum}"
