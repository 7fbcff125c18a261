"""What a token of the API may see: what two people may both see, the member behind it and whoever made it."""

from dataclasses import dataclass
from functools import cached_property

from tawthiq.casework.models import Group
from tawthiq.casework.queries.visibility import Sight


@dataclass(frozen=True)
class TokenSight(Sight):
    """The sight of `person`, in the groups that `giver` belongs to as well."""

    giver: int | None = None

    @cached_property
    def groups(self) -> frozenset[int]:
        """The keys of the groups of both: one query, asked once."""
        both = Group.objects.filter(members=self.person).filter(members=self.giver)
        return frozenset(both.values_list("pk", flat=True))
