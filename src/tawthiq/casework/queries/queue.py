"""What waits for a person, kind by kind, most consequential first; each kind through the person's sight.

A kind gives subjects (casework.queries.queue_subjects) in order, and is counted up to `MOST_COUNTED`: a queue of thousands is
as cheap as one of hundreds. Which kinds there are for whom follows casework.rules; what a person has already decided about does
not wait for that person any more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Substr

from tawthiq.archive.models import Capture, Incident, Report
from tawthiq.archive.queries.page_review import disputed_pages, misfits
from tawthiq.casework.models import (
    Assignment,
    Case,
    CaseContent,
    ItemRestriction,
    PersonProposal,
    SheetsSeen,
    User,
    VerificationSheet,
)
from tawthiq.casework.queries.assignments import known_to
from tawthiq.casework.queries.cases import seen_cases
from tawthiq.casework.queries.corrections import decided
from tawthiq.casework.queries.queue_subjects import CASE, INCIDENT, PAIR, REPORT
from tawthiq.casework.queries.reviewed import unreviewed
from tawthiq.casework.queries.visibility import Sight
from tawthiq.casework.queries.warnings import warnings_of
from tawthiq.casework.rules import may_decide_pages, may_see_people, may_verify

MOST_COUNTED = 500


class QueueKind(StrEnum):
    """What may wait, in the order in which it is worked through."""

    DISAGREEMENTS = "disagreements"
    SECOND = "second"
    PROPOSALS = "proposals"
    CONTRADICTIONS = "contradictions"
    REPORTS = "reports"
    SENSITIVE = "sensitive"
    PAIRS = "pairs"
    RESTRICTED = "restricted"
    PAGES = "pages"
    MISFITS = "misfits"
    UNFIT = "unfit"


class Who(StrEnum):
    """Whose items are shown: what is not given to somebody else, one's own, nobody's, or everybody's."""

    FOR_ME = ""
    MINE = "me"
    NOBODY = "nobody"
    ANYBODY = "any"


@dataclass(frozen=True)
class Asking:
    """Who asks, what they may see, and whose items they want."""

    user: User
    sight: Sight
    who: Who = Who.FOR_ME


@dataclass(frozen=True)
class Waiting:
    """What waits of one kind: `subjects` gives as many as asked for, in order."""

    kind: QueueKind
    subjects: Callable[[int], list[str]]
    count: Callable[[], int]


def of_rows(kind: QueueKind, rows: QuerySet[Any], subject: str, field: str) -> Waiting:
    """What waits as rows, each naming its subject of the kind `subject` by a field."""

    def subjects(most: int) -> list[str]:
        return [f"{subject}:{key}" for key in rows.values_list(field, flat=True)[:most]]

    def count() -> int:
        return int(rows.order_by().values("pk")[: MOST_COUNTED + 1].count())

    return Waiting(kind, subjects, count)


def of_list(kind: QueueKind, found: Sequence[str]) -> Waiting:
    """What waits as subjects that are known already."""
    return Waiting(kind, lambda most: list(found[:most]), lambda: min(len(found), MOST_COUNTED + 1))


def waiting_cases(kind: QueueKind, state: Case.State, asking: Asking) -> Waiting | None:
    """Cases that need one more person, who has not decided yet; those that most reports tell of first."""
    if not may_verify(asking.user):
        return None
    return of_rows(kind, _cases(state, asking), CASE, "incident")


def sensitive(asking: Asking) -> Waiting | None:
    """Cases that nobody has graded and that tell of children or of sexual violence, of those that most reports tell of."""
    if not may_verify(asking.user):
        return None
    found = list(_cases(Case.State.OPEN, asking).values_list("incident", flat=True)[:MOST_COUNTED])
    warned = warnings_of(found, asking.sight) if found else {}
    return of_list(QueueKind.SENSITIVE, [f"{CASE}:{incident}" for incident in found if warned.get(incident)])


def contradictions(asking: Asking) -> Waiting | None:
    """Incidents whose sources dispute a slot and that nobody has opened a case about."""
    if not may_decide_pages(asking.user):
        return None
    disputed = Incident.objects.exclude(contradictions=[]).exclude(number__in=Case.objects.values("incident"))
    found = given_to(asking.sight.incidents(disputed), "number", (INCIDENT,), asking)
    ordered = found.order_by("-independent_sources", "-report_count", "number")
    return of_rows(QueueKind.CONTRADICTIONS, ordered, INCIDENT, "number")


def pairs(asking: Asking) -> Waiting | None:
    """Pairs of records that may be one person and about which this person has not decided; the likeliest first."""
    if not may_see_people(asking.user):
        return None
    rows = PersonProposal.objects.filter(state=PersonProposal.State.WAITING)
    mine = rows.filter(decisions__by=asking.user.name).order_by().values("pk")
    seen = asking.sight.by_identifier(rows.exclude(pk__in=mine), "first_capture", "second_capture")
    ordered = given_to(seen, "key", (PAIR,), asking).order_by("-probability", "number")
    return of_rows(QueueKind.PAIRS, ordered, PAIR, "key")


def new_reports(asking: Asking) -> Waiting | None:
    """Reports that tell of events and that nobody has looked at; those that tell of most first."""
    return _reports(QueueKind.REPORTS, Report.objects.filter(event_count__gt=0), asking)


def restricted(asking: Asking) -> Waiting | None:
    """Reports that only groups of this person may see and that nobody has looked at, whether they tell of events or not."""
    items = ItemRestriction.objects.filter(group__in=asking.sight.groups).values("item")
    return _reports(QueueKind.RESTRICTED, Report.objects.filter(capture__identifier__in=items), asking)


def pages(asking: Asking) -> Waiting | None:
    """Pages on which two extractors disagree, the worst first."""
    if not may_decide_pages(asking.user):
        return None
    rows = asking.sight.by_number(disputed_pages(decided()), "report_id")
    found = given_to(rows, "report_id", (REPORT,), asking)
    return of_rows(QueueKind.PAGES, found, REPORT, "report__capture__identifier")


def unfit_pages(asking: Asking) -> Waiting | None:
    """Pages about which a person decided in a way that fits the text no more."""
    if not may_decide_pages(asking.user):
        return None
    rows = given_to(asking.sight.reports(misfits(decided())), "pk", (REPORT,), asking)
    return of_rows(QueueKind.MISFITS, rows, REPORT, "capture__identifier")


def given_to(rows: QuerySet[Any], field: str, kinds: Sequence[str], asking: Asking) -> QuerySet[Any]:
    """Those of some rows that are given to whom is asked for; `field` holds the key of a subject of one of `kinds`.

    Of a report, it holds the number.
    """
    if asking.who == Who.ANYBODY:
        return rows
    given = known_to(asking.user, Assignment.objects.order_by())
    if asking.who == Who.MINE:
        return rows.filter(_named(field, kinds, given.filter(user=asking.user)))
    others = given if asking.who == Who.NOBODY else given.exclude(user=asking.user)
    return rows.exclude(_named(field, kinds, others))


def _named(field: str, kinds: Sequence[str], given: QuerySet[Assignment]) -> Q:
    """Whether a field holds the key of one of some assignments' subjects."""
    found = Q()
    for kind in kinds:
        key: Any = Substr("subject", len(kind) + 2)
        key = Cast(key, BigIntegerField()) if kind in (INCIDENT, CASE) else key
        named: Any = given.filter(kind=kind).annotate(about=key).values("about")
        if kind == REPORT:
            named = Capture.objects.filter(identifier__in=named).order_by().values("pk")
        found |= Q(**{f"{field}__in": named})
    return found


def _reports(kind: QueueKind, rows: QuerySet[Report], asking: Asking) -> Waiting | None:
    if not may_decide_pages(asking.user):
        return None
    found = asking.sight.reports(unreviewed(rows))
    ordered = given_to(found, "pk", (REPORT,), asking).order_by("-event_count", "-pk")
    return of_rows(kind, ordered, REPORT, "capture__identifier")


def _cases(state: Case.State, asking: Asking) -> QuerySet[Any]:
    """Cases in one state in which this person can still give a sheet of their own: they gave none, and saw none of others."""
    about = CaseContent.objects.filter(case=OuterRef("pk"), digest=OuterRef("digest")).values("pk")[:1]
    name = asking.user.name
    given = VerificationSheet.objects.filter(about=OuterRef("now"), by=name, withdrawal=None)
    known = SheetsSeen.objects.filter(about=OuterRef("now"), by=name)
    told = Incident.objects.filter(number=OuterRef("incident")).values("report_count")[:1]
    rows: QuerySet[Any] = seen_cases(asking.sight).filter(state=state).annotate(now=Subquery(about))
    rows = given_to(rows.exclude(Exists(given)).exclude(Exists(known)), "incident", (CASE, INCIDENT), asking)
    weighed: QuerySet[Any] = rows.annotate(told=Coalesce(Subquery(told), 0))
    return weighed.order_by("-told", "opened", "number")
