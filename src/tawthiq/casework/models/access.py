"""Groups of people at the desk, and which items only some groups may see.

An item is named by the identifier that the log gave its capture, never by a row of derived state. Rows say what holds now; who
changed them, and when, stands in the custody log.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tawthiq.casework.models.people import User


class Group(models.Model):
    """People who may see items that are restricted to the group. Nobody is in a group by their role, owners neither."""

    name = models.CharField(_("name"), max_length=64, unique=True)
    members = models.ManyToManyField(User, related_name="circles")

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("name",)

    def __str__(self) -> str:
        return self.name


class ItemRestriction(models.Model):
    """An item that the members of a group may see. An item with such rows is seen by the members of its groups alone."""

    item = models.CharField(max_length=128, db_index=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="items")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "group"], name="one_restriction_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.item} for {self.group_id}"
