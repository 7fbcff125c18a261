"""What a person may see: one place that every list, count, search, file and history asks.

An item without restriction is seen by everybody who works at the desk. A restricted item is seen by the members of its groups
and by nobody else, whatever their role. What is made of items is seen by those who may see all of them: an incident of which
one report is hidden is hidden whole, for its place, its day and its counts may come from that report.

Whoever reads published cases only sees no item at all. In an archive that hides nothing from a person all of this costs one
question a request.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from tawthiq.archive.models import Capture, CopyFamily, CopyMember, Incident, IncidentReport, Report
from tawthiq.casework.models import Group, ItemRestriction, LinkDecision, Person, PersonItem, PersonRole, User

_Row = TypeVar("_Row", bound=Model)
_AT_ONCE = 400


@dataclass(frozen=True)
class Sight:
    """What one person may see. `person` is the key of the user, None for whoever belongs to no group; without `desk` no item is
    seen.
    """

    desk: bool
    person: int | None

    @cached_property
    def any_restricted(self) -> bool:
        """Whether any item is restricted at all: one query, asked once."""
        return ItemRestriction.objects.exists()

    @cached_property
    def sees_all(self) -> bool:
        """Whether nothing is hidden from this person; where nothing is restricted, that question is the only one."""
        return self.desk and not (self.any_restricted and self.hidden_items().exists())

    @cached_property
    def groups(self) -> frozenset[int]:
        """The keys of this person's groups: one query, asked once."""
        if self.person is None:
            return frozenset()
        return frozenset(Group.objects.filter(members=self.person).values_list("pk", flat=True))

    def hidden_items(self) -> QuerySet[ItemRestriction, str]:
        """The identifiers of items that are restricted to groups of others."""
        mine = ItemRestriction.objects.filter(group__in=self.groups).values("item")
        return ItemRestriction.objects.exclude(item__in=mine).values_list("item", flat=True)

    def hidden_numbers(self) -> QuerySet[Capture, int]:
        """The numbers of hidden items, which are those of their reports."""
        return Capture.objects.filter(identifier__in=self.hidden_items()).order_by().values_list("number", flat=True)

    def captures(self, rows: QuerySet[Capture]) -> QuerySet[Capture]:
        """Those of some items that this person may see."""
        return self.by_number(rows, "pk")

    def reports(self, rows: QuerySet[Report]) -> QuerySet[Report]:
        """Those of some reports that this person may see."""
        return self.by_number(rows, "pk")

    def by_number(self, rows: QuerySet[_Row, Any], field: str) -> QuerySet[_Row, Any]:
        """Those of some rows whose `field` holds the number of an item that this person may see."""
        if not self.desk:
            return rows.none()
        return rows if self.sees_all else rows.exclude(**{f"{field}__in": self.hidden_numbers()})

    def by_identifier(self, rows: QuerySet[_Row, Any], *fields: str) -> QuerySet[_Row, Any]:
        """Those of some rows of which each of `fields` holds the identifier of an item that this person may see."""
        if not self.desk:
            return rows.none()
        if self.sees_all:
            return rows
        hidden = Q()
        for field in fields:
            hidden |= Q(**{f"{field}__in": self.hidden_items()})
        return rows.exclude(hidden)

    def incidents(self, rows: QuerySet[Incident]) -> QuerySet[Incident]:
        """Those of some incidents of which this person may see every report."""
        return self.by_incident(rows, "pk")

    def by_incident(self, rows: QuerySet[_Row, Any], field: str) -> QuerySet[_Row, Any]:
        """Those of some rows whose `field` holds the number of an incident that this person may see whole."""
        if not self.desk:
            return rows.none()
        if self.sees_all:
            return rows
        hidden = IncidentReport.objects.filter(report__in=self.hidden_numbers()).values("incident")
        return rows.exclude(**{f"{field}__in": hidden})

    def sees_incident(self, number: int) -> bool:
        """Whether the incident of this number is one that this person may see whole, should it exist."""
        if not self.desk or self.sees_all:
            return self.desk
        return not IncidentReport.objects.filter(incident=number, report__in=self.hidden_numbers()).exists()

    def persons(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        """Those of some person files of which this person may see the file, every item and every incident it points to."""
        if not self.desk:
            return rows.none()
        restricted = Person.groups.through.objects
        mine = restricted.filter(group__in=self.groups).values("person")
        seen = rows.exclude(pk__in=restricted.exclude(person__in=mine).values("person"))
        if self.sees_all:
            return seen
        incidents = IncidentReport.objects.filter(report__in=self.hidden_numbers()).values("incident")
        seen = seen.exclude(pk__in=PersonRole.objects.filter(incident__in=incidents).values("person"))
        return seen.exclude(pk__in=PersonItem.objects.filter(item__in=self.hidden_items()).values("person"))

    def families(self, rows: QuerySet[CopyFamily]) -> QuerySet[CopyFamily]:
        """Those of some copy families of which this person may see every member."""
        if not self.desk:
            return rows.none()
        if self.sees_all:
            return rows
        return rows.exclude(pk__in=CopyMember.objects.filter(report__in=self.hidden_numbers()).values("family"))

    def link_decisions(self, rows: QuerySet[LinkDecision]) -> QuerySet[LinkDecision]:
        """Those of some decisions about links of which this person may see both reports."""
        return self.by_identifier(rows, "first_document", "second_document")

    def acts_in_part(self, acts: Collection[int]) -> set[int]:
        """Those of some acts about links that also hold decisions which this person may not see."""
        if not self.desk or self.sees_all:
            return set()
        hidden = self.hidden_items()
        rows = LinkDecision.objects.filter(Q(first_document__in=hidden) | Q(second_document__in=hidden), act__in=acts)
        return set(rows.values_list("act", flat=True))

    def hides(self, identifiers: Iterable[str]) -> set[str]:
        """Those of some identifiers whose items this person may not see, should they exist."""
        asked = sorted(set(identifiers))
        if not self.desk:
            return set(asked)
        if self.sees_all:
            return set()
        found: set[str] = set()
        for begin in range(0, len(asked), _AT_ONCE):
            found.update(self.hidden_items().filter(item__in=asked[begin : begin + _AT_ONCE]))
        return found

    def sees_item(self, identifier: str) -> bool:
        """Whether the item of this identifier is one that this person may see, should it exist."""
        return self.desk and (self.sees_all or not self.hidden_items().filter(item=identifier).exists())

    def sees_number(self, number: int) -> bool:
        """Whether the item of this number is one that this person may see, should it exist."""
        return self.desk and (self.sees_all or not self.hidden_numbers().filter(number=number).exists())


def sight_of(user: AbstractBaseUser | AnonymousUser) -> Sight:
    """What a person may see; who is not signed in, or is not active any more, sees nothing. Asks nothing by itself."""
    if not isinstance(user, User) or not user.is_active:
        return Sight(desk=False, person=None)
    return Sight(desk=user.role != User.Role.PUBLIC, person=user.pk)


def groups_of_items(identifiers: Collection[str]) -> dict[str, list[Group]]:
    """The groups to which items are restricted, by identifier; items that everybody sees are left out."""
    found: dict[str, list[Group]] = {}
    asked = sorted(set(identifiers))
    for begin in range(0, len(asked), _AT_ONCE):
        rows = ItemRestriction.objects.filter(item__in=asked[begin : begin + _AT_ONCE]).select_related("group")
        for row in rows.order_by("group__name"):
            found.setdefault(row.item, []).append(row.group)
    return found
