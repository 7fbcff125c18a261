"""A person file as pages show it, without anything of the identity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tawthiq.archive.models import Incident, Report
from tawthiq.casework.models import Person, PersonRole
from tawthiq.casework.queries.persons import reports_of, words_at
from tawthiq.casework.queries.visibility import Sight
from tawthiq.casework.queries.warnings import Care, warnings_of

ALLEGED = "alleged-"


@dataclass(frozen=True, slots=True)
class ShownBasis:
    """What a trait rests on: characters of a report with the way to them, or who of the team told it, and when."""

    words: str | None
    source: str
    to: str | None
    by: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ShownTrait:
    """One thing that is said of a person, and what it rests on."""

    key: str
    name: Promise
    value: str
    basis: ShownBasis | None


@dataclass(frozen=True, slots=True)
class ShownRole:
    """A role with the incident, as far as it is there and may be seen."""

    row: PersonRole
    incident: Incident | None


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A file in a list: what it is called, its roles in force, what has to be protected with more care."""

    person: Person
    title: str
    roles: tuple[PersonRole, ...]
    care: frozenset[Care]


def title_of(person: Person) -> str:
    """The pseudonym, the name under which an official stands in public, or the number."""
    return person.public_name or person.pseudonym or _("Person %(number)s") % {"number": person.number}


def is_alleged(roles: Iterable[PersonRole]) -> bool:
    """Whether somebody says that the person did wrong."""
    return any(role.role.startswith(ALLEGED) for role in roles)


def shown_persons(rows: Iterable[Person], sight: Sight) -> list[ShownPerson]:
    """Files of a list (casework.queries.persons.persons), in a constant number of queries."""
    people = list(rows)
    roles: dict[int, tuple[PersonRole, ...]] = {person.pk: tuple(person.in_force) for person in people}  # type: ignore[attr-defined]
    warned = warnings_of({role.incident for some in roles.values() for role in some}, sight)
    return [
        ShownPerson(person, title_of(person), roles[person.pk], care_of(person, roles[person.pk], warned))
        for person in people
    ]


def care_of(person: Person, roles: Iterable[PersonRole], warned: Mapping[int, frozenset[Care]]) -> frozenset[Care]:
    """What has to be protected: a child, and who is in a case of sexual violence, other than as alleged to have done it.

    Where an incident tells of children, a victim whose age is not known may be one of them; a witness or an adult is none.
    """
    found = {Care.CHILD} if person.age_group == Person.AgeGroup.CHILD else set()
    for role in roles:
        if not role.role.startswith(ALLEGED):
            found |= warned.get(role.incident, frozenset()) - {Care.CHILD}
        if role.role == PersonRole.Role.VICTIM and not person.age_group:
            found |= warned.get(role.incident, frozenset()) & {Care.CHILD}
    return frozenset(found)


def shown_roles(roles: Iterable[PersonRole], sight: Sight) -> list[ShownRole]:
    """Roles with their incidents, in one query."""
    rows = list(roles)
    incidents = sight.incidents(Incident.objects.filter(number__in={row.incident for row in rows}))
    known = {incident.number: incident for incident in incidents}
    return [ShownRole(row, known.get(row.incident)) for row in rows]


def shown_traits(person: Person) -> list[ShownTrait]:
    """What is said of the person in the clear, the traits that were left open included."""
    reports = reports_of(str(basis["item"]) for basis in person.bases.values() if "item" in basis)
    told = (
        ("sex", pgettext_lazy("person file", "Sex"), person.get_sex_display()),
        ("age_group", pgettext_lazy("person file", "Age group"), person.get_age_group_display()),
        (
            "civilian",
            pgettext_lazy("person file", "Civilian or fighter, as claimed"),
            person.get_civilian_display(),
        ),
    )
    return [ShownTrait(key, name, str(value), _basis(person.bases.get(key), reports)) for key, name, value in told]


def public_basis(person: Person) -> ShownBasis | None:
    """Where a report names the official."""
    basis = person.bases.get("public_name")
    return _basis(basis, reports_of([str(basis["item"])])) if basis else None


def _basis(basis: dict[str, Any] | None, reports: Mapping[str, Report]) -> ShownBasis | None:
    if basis is None:
        return None
    if "item" not in basis:
        return ShownBasis(None, "", None, str(basis.get("by", "")), _day(basis.get("on")))
    report = reports.get(str(basis["item"]))
    if report is None:
        return ShownBasis(None, str(basis["item"]), None, "", None)
    to = f"{reverse('report', args=[report.pk])}?at={basis['start']}-{basis['end']}#at"
    return ShownBasis(words_at(basis), str(report.title or report.publisher), to, "", None)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
