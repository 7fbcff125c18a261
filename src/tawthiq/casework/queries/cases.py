"""Lists of cases: through a person's sight, narrowed as the address says; and those that are published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tawthiq.archive.models import Incident, IncidentReport
from tawthiq.casework.models import (
    Assignment,
    Case,
    CaseContent,
    CaseItem,
    ItemRestriction,
    Publication,
    User,
)
from tawthiq.casework.queries.assignments import OF_CASES, known_to
from tawthiq.casework.queries.verification_secrecy import Round, rounds_about
from tawthiq.casework.queries.visibility import Sight
from tawthiq.custody.entry import is_digest_of


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What narrows the list; empty parts narrow nothing. `assigned` is a user's name, `violation` a type's code."""

    state: str = ""
    act: str = ""
    violation: str = ""
    first: date | None = None
    last: date | None = None
    place: str = ""
    assigned: str = ""
    published: str = ""
    changed: bool = False


def seen_cases(sight: Sight) -> QuerySet[Case]:
    """The cases that a person may see: those of which they may see every item that the case is or was about."""
    rows = sight.by_incident(Case.objects.all(), "incident")
    if sight.sees_all or not sight.desk:
        return rows
    hidden = CaseItem.objects.filter(case=OuterRef("pk"), item__in=sight.hidden_items())
    return rows.exclude(Exists(hidden))


def narrowed(rows: QuerySet[Case], by: CaseFilter, user: User) -> QuerySet[Case]:
    """Those that fit as far as `user` may know, the last opened first."""
    if by.state:
        rows = rows.filter(state=by.state)
    if by.published:
        rows = rows.filter(published=by.published == "yes")
    if by.changed:
        rows = rows.filter(changed=True)
    if by.violation:
        rows = rows.filter(violations__code=by.violation)
    if by.assigned:
        subjects = known_to(user, Assignment.objects.filter(user__name=by.assigned, kind__in=OF_CASES))
        rows = rows.filter(
            incident__in=[int(text.partition(":")[2]) for text in subjects.values_list("subject", flat=True)]
        )
    incidents = _incidents(by)
    if incidents is not None:
        rows = rows.filter(incident__in=incidents.values("pk"))
    return rows.order_by("-opened", "-number")


def incidents_of(rows: list[Case]) -> Mapping[int, Incident]:
    """The incidents of cases by number, as linking proposes them now; one query."""
    return Incident.objects.in_bulk([row.incident for row in rows])


def assignees(rows: list[Case], user: User) -> dict[int, list[str]]:
    """Who has the cases of a page to do, as far as `user` may know, by incident; one query."""
    subjects = {f"{kind}:{row.incident}": row.incident for row in rows for kind in OF_CASES}
    found: dict[int, list[str]] = {}
    given = known_to(user, Assignment.objects.filter(subject__in=subjects))
    for text, name in given.values_list("subject", "user__name"):
        found.setdefault(subjects[text], []).append(name)
    return found


def published_cases() -> QuerySet[Case]:
    """What readers of what is published may see: nothing of which any item is restricted to a group, whoever asks."""
    restricted = ItemRestriction.objects.values("item")
    told = IncidentReport.objects.filter(incident=OuterRef("incident"), report__capture__identifier__in=restricted)
    items = CaseItem.objects.filter(case=OuterRef("pk"), item__in=restricted)
    return Case.objects.filter(published=True).exclude(Exists(items)).exclude(Exists(told)).order_by("-number")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a published case, and the sheets that verified it."""

    row: Publication
    verified: Round


def shown_of(rows: list[Case]) -> dict[int, Shown]:
    """What is shown of published cases, by case: the last act about each, where it publishes what people did verify.

    An act or a sheet that is not what its digest says, since other hands changed its row, shows nothing. Four queries.
    """
    last = {row.case_id: row for row in Publication.objects.filter(case__in=rows).order_by("number")}
    about = {(each.case_id, each.digest): each for each in CaseContent.objects.filter(case__in=rows)}
    named = {
        case: content
        for case, row in last.items()
        if row.deed == Publication.Deed.PUBLISHED and is_unchanged(row)
        for content in [about.get((case, row.content.get("about", "")))]
        if content is not None
    }
    found = rounds_about(list(named.values()))
    shown = {case: Shown(last[case], found[content.pk]) for case, content in named.items()}
    return {case: each for case, each in shown.items() if each.verified.verdict.state == Case.State.VERIFIED}


def is_unchanged(row: Publication) -> bool:
    """Whether an act is what its digest says it was when it was saved."""
    told = (row.content.get("by"), row.content.get("deed"))
    return told == (row.by, row.deed) and is_digest_of(row.content, row.sha256)


def _incidents(by: CaseFilter) -> QuerySet[Incident] | None:
    if not (by.act or by.first or by.last or by.place):
        return None
    rows = Incident.objects.all()
    if by.act:
        rows = rows.filter(act=by.act)
    if by.first:
        rows = rows.filter(last__gte=by.first)
    if by.last:
        rows = rows.filter(first__lte=by.last)
    if by.place:
        rows = rows.filter(Q(place__icontains=by.place) | Q(places__name_en__icontains=by.place))
    return rows
