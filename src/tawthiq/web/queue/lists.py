"""The lists whose filters stand in the address, as rows: for the lists themselves, saved searches and acts on many rows.

Each list is what its page shows to the person who asks, and no more: everything goes through their sight. A row's key grows
with time, so that what came since is what has a higher key. An incident's key is its number, which belongs to the earliest
report that tells of it: an incident counts as new when that report is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tawthiq.archive.models import Capture, Incident, Report, Statement
from tawthiq.archive.queries.evidence import captures
from tawthiq.archive.queries.incidents import incidents
from tawthiq.archive.queries.reports import reports
from tawthiq.archive.queries.statements import statements
from tawthiq.archive.search import matching
from tawthiq.casework.models import Case, PersonProposal, User
from tawthiq.casework.queries.cases import narrowed, seen_cases
from tawthiq.casework.queries.queue import Asking
from tawthiq.casework.queries.queue_filters import incidents_by_work, reports_by_work
from tawthiq.casework.rules import may_see_people
from tawthiq.web.cases.filters import CaseForm
from tawthiq.web.filters import IncidentForm, ReportForm, SearchForm, StatementForm, given
from tawthiq.web.middleware import sight

MOST_COUNTED = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its name for people, the rows of an address, and the table whose highest key says what came last."""

    name: Promise
    rows: Callable[[QueryDict, Asking], QuerySet[Any]]
    table: Callable[[], QuerySet[Any]]

    def newest(self) -> int:
        """The highest key that there is now, whether the person may see it or not."""
        return self.table().order_by().aggregate(last=Max("pk"))["last"] or 0

    def since(self, query: QueryDict, asking: Asking, seen: int) -> int:
        """How many rows have a higher key than `seen`, `MOST_COUNTED` + 1 at most."""
        found = self.rows(query, asking).order_by().filter(pk__gt=seen)
        return int(found.values("pk")[: MOST_COUNTED + 1].count())


def asking_of(request: HttpRequest) -> Asking:
    """Who asks for a list, signed in as every list demands. Raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return Asking(request.user, sight(request))


def reports_of(form: ReportForm, asking: Asking) -> QuerySet[Report]:
    """The list of reports as its form narrows it."""
    return reports_by_work(asking.sight.reports(reports(form.narrowed())), form.work(), asking)


def incidents_of(form: IncidentForm, asking: Asking) -> QuerySet[Incident]:
    """The list of incidents as its form narrows it."""
    told = incidents(given(form, "act"), bool(given(form, "several")), given(form, "disputed"))
    return incidents_by_work(asking.sight.incidents(told), form.work(), asking)


def _reports(query: QueryDict, asking: Asking) -> QuerySet[Report]:
    return reports_of(ReportForm(query, asking.sight.reports(Report.objects.all())), asking)


def _incidents(query: QueryDict, asking: Asking) -> QuerySet[Incident]:
    return incidents_of(IncidentForm(query), asking)


def _statements(query: QueryDict, asking: Asking) -> QuerySet[Statement]:
    form = StatementForm(query)
    return asking.sight.by_number(statements(given(form, "actor"), given(form, "stance")), "report")


def _cases(query: QueryDict, asking: Asking) -> QuerySet[Case]:
    return narrowed(seen_cases(asking.sight), CaseForm(query).narrowed(), asking.user)


def _found(query: QueryDict, asking: Asking) -> QuerySet[Report]:
    words = given(SearchForm(query), "words").strip()
    found = Report.objects.filter(pk__in=matching(words)) if words else Report.objects.none()
    return asking.sight.reports(found)


def _pairs(query: QueryDict, asking: Asking) -> QuerySet[PersonProposal]:
    rows = PersonProposal.objects.all() if may_see_people(asking.user) else PersonProposal.objects.none()
    state = query.get("state", "")
    waiting = PersonProposal.State.WAITING.value
    rows = rows.filter(state=state if state in PersonProposal.State.values else waiting)
    return asking.sight.by_identifier(rows, "first_capture", "second_capture")


def _evidence(query: QueryDict, asking: Asking) -> QuerySet[Capture]:
    state = query.get("state", "")
    return asking.sight.captures(captures(state if state in Capture.State.values else ""))


LISTS: dict[str, Listed] = {
    "reports": Listed(_("Reports"), _reports, Report.objects.all),
    "incidents": Listed(_("Incidents"), _incidents, Incident.objects.all),
    "statements": Listed(_("Statements"), _statements, Statement.objects.all),
    "cases": Listed(_("Cases"), _cases, Case.objects.all),
    "search": Listed(_("Search"), _found, Report.objects.all),
    "people": Listed(_("Records of one person?"), _pairs, PersonProposal.objects.all),
    "evidence": Listed(_("Evidence"), _evidence, Capture.objects.all),
}
