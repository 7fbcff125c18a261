"""The resources of version 1, in one table: addresses, what they take, what they answer, who makes the answer.

Views, the description (`describing`), the readable page and the limits of tokens all come from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.web.api import gathering
from tawthiq.web.api.answers import IncidentPage, ReportPage, Statistics
from tawthiq.web.api.gathering import Reader
from tawthiq.web.api.parameters import OF_INCIDENTS, OF_REPORTS, Given, Parameter

VERSION = "v1"
DESCRIPTION = f"/api/{VERSION}/openapi.json"


@dataclass(frozen=True, slots=True)
class Resource:
    """One address. `opened_by` is the name by which tokens are limited to it (casework.domain.api_tokens.RESOURCES).

    `make` is given who asks, the parameters and, where the address names one, its number; None is nothing there. `public` says
    whether the public profile has it. `counts` says how many incidents and reports an answer holds.
    """

    name: str
    path: str
    opened_by: str
    title: Promise
    about: Promise
    parameters: Sequence[Parameter]
    answer: type
    make: Callable[[Reader, Given, int], Any]
    counts: Callable[[Any], tuple[int, int]]
    public: bool = True

    @property
    def numbered(self) -> bool:
        """Whether the address names one thing by number."""
        return "{number}" in self.path


def _nothing(_answer: object) -> tuple[int, int]:
    return 0, 0


def _of_incidents(answer: IncidentPage) -> tuple[int, int]:
    return len(answer.incidents), 0


def _of_one(answer: DisclosedIncident) -> tuple[int, int]:
    return 1, len(answer.reports)


def _of_reports(answer: ReportPage) -> tuple[int, int]:
    return 0, len(answer.reports)


RESOURCES: tuple[Resource, ...] = (
    Resource(
        "incidents", f"/api/{VERSION}/incidents", "incidents",
        pgettext_lazy("api", "Incidents"),
        pgettext_lazy("api", "The incidents that the token sees, page by page, in the order of their numbers."),
        OF_INCIDENTS, IncidentPage, lambda reader, given, _number: gathering.incident_page(reader, given), _of_incidents,
    ),
    Resource(
        "incident", f"/api/{VERSION}/incidents/{{number}}", "incidents",
        pgettext_lazy("api", "One incident"),
        pgettext_lazy("api", "Claims by slot with the characters that say so, statements, reports, decisions, pseudonyms."),
        (), DisclosedIncident, lambda reader, _given, number: gathering.one_incident(reader, number), _of_one,
    ),
    Resource(
        "reports", f"/api/{VERSION}/reports", "reports",
        pgettext_lazy("api", "Reports"),
        pgettext_lazy("api", "Reports behind these incidents, and the words that claims rest on. Not for everybody."),
        OF_REPORTS, ReportPage, lambda reader, given, _number: gathering.report_page(reader, given), _of_reports, False,
    ),
    Resource(
        "statistics", f"/api/{VERSION}/statistics", "statistics",
        pgettext_lazy("api", "Counts"),
        pgettext_lazy("api", "Incidents by act, state of review and year: what was reported, not what happened."),
        (), Statistics, lambda reader, _given, _number: gathering.statistics(reader), _nothing,
    ),
)  # fmt: skip
"""In the order in which the description tells them."""
