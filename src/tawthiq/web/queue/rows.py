"""Subjects as lists show them: a title, a few facts, whose they are and who looks at them just now; no name of a victim.

A constant number of queries for any number of subjects. The caller has made sure that the person may see them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.archive.models import Incident, Report
from tawthiq.casework.domain.queue_claims import claimed_by_others
from tawthiq.casework.models import Assignment, Case, PersonProposal, User
from tawthiq.casework.queries.assignments import assigned_of
from tawthiq.casework.queries.queue_subjects import CASE, INCIDENT, PAIR, REPORT, Subject
from tawthiq.web.queue.work import Item, Working, addresses


@dataclass(frozen=True, slots=True)
class Row:
    """One subject. Of `report`, `incident`, `case` and `pair` those are set that it is about; `address` is None when gone."""

    subject: Subject
    address: str | None
    report: Report | None
    incident: Incident | None
    case: Case | None
    pair: PersonProposal | None
    assigned: Assignment | None
    looking: str

    @property
    def looking_name(self) -> str:
        """Who looks at it just now, unless it is a case: who grades one stays unknown until it is settled."""
        return "" if self.subject.kind == CASE else self.looking


def rows_of(items: Sequence[Item], working: Working | None, user: User) -> list[Row]:
    """The rows of some items, in their order."""
    texts = [str(item.subject) for item in items]
    reports = _reports(items)
    numbers = [item.subject.number for item in items if item.subject.kind in (INCIDENT, CASE)]
    incidents = Incident.objects.defer("reasons").in_bulk(numbers)
    cases = {case.incident: case for case in Case.objects.filter(incident__in=numbers)} if numbers else {}
    keys = [item.subject.key for item in items if item.subject.kind == PAIR]
    pairs = {row.key: row for row in PersonProposal.objects.filter(key__in=keys).defer("content")} if keys else {}
    assigned, looking, pages = assigned_of(texts, user), claimed_by_others(user, texts), addresses(items, working)
    return [
        Row(
            subject=item.subject,
            address=pages.get(item),
            report=reports.get(item.subject.key) if item.subject.kind == REPORT else None,
            incident=incidents.get(item.subject.number) if item.subject.kind in (INCIDENT, CASE) else None,
            case=cases.get(item.subject.number) if item.subject.kind in (INCIDENT, CASE) else None,
            pair=pairs.get(item.subject.key) if item.subject.kind == PAIR else None,
            assigned=assigned.get(str(item.subject)),
            looking=looking.get(str(item.subject), ""),
        )
        for item in items
    ]


def _reports(items: Sequence[Item]) -> dict[str, Report]:
    keys = [item.subject.key for item in items if item.subject.kind == REPORT]
    if not keys:
        return {}
    found = Report.objects.filter(capture__identifier__in=keys).select_related("capture").defer("text", "notes")
    return {report.capture.identifier: report for report in found}
