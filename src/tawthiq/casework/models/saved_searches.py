"""Saved searches: a list with its filters under a name, for oneself or for the team, and what of it was seen."""

from typing import ClassVar

from django.db import models

from tawthiq.casework.models.people import User


class SavedSearch(models.Model):
    """A list (`page`, the name of its address) with its filters (`query`, as the address carries them).

    `team` says whether everybody at the desk finds it; nobody but its maker changes it. `removed` (UTC) is set while it can
    still be brought back.
    """

    number = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=100)
    page = models.CharField(max_length=32)
    query = models.CharField(max_length=2000, default="")
    team = models.BooleanField(default=False, db_index=True)
    made = models.DateTimeField()
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("name", "number")

    def __str__(self) -> str:
        return self.name


class SavedSearchOpening(models.Model):
    """When (UTC) a person last opened a saved search; rows with a key above `seen` are new to them."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["search", "user"], name="one_opening_per_person")
        ]

    def __str__(self) -> str:
        return f"search {self.search_id} by {self.user_id}"
