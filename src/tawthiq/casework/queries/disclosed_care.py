"""Reports that tell of several incidents: what is kept of one for more care must not stand in the open in another.

A partner gets no exact place of a case about children or sexual violence. A report that tells of such a case and of a plain one
leaves the plain one without its title, its whole address and its page: whoever held both records side by side would have the
place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tawthiq.archive.models import IncidentReport
from tawthiq.casework.models import CaseViolation
from tawthiq.casework.queries.case_warnings import is_sensitive
from tawthiq.casework.queries.warnings import warnings_of
from tawthiq.publication.redaction import host_of
from tawthiq.records.disclosure import DisclosedIncident, DisclosedReport


def with_care(incidents: list[DisclosedIncident]) -> Iterator[DisclosedIncident]:
    """The incidents, those of their reports cut short that also tell of an incident for which more care is due: a constant
    number of queries.
    """
    careful = _careful([each.number for each in incidents])
    for incident in incidents:
        reports = tuple(_short(each) if each.document in careful else each for each in incident.reports)
        yield replace(incident, reports=reports)


def _careful(numbers: Iterable[int]) -> frozenset[str]:
    """The documents of some incidents that tell of any for which more care is due, whoever sees that one."""
    reports = IncidentReport.objects.filter(incident__in=list(numbers)).order_by().values("report")
    told = IncidentReport.objects.filter(report__in=reports).order_by()
    pairs = list(told.values_list("report__capture__identifier", "incident_id"))
    about = sorted({incident for _, incident in pairs})
    violations: dict[int, list[str]] = {}
    for incident, code in CaseViolation.objects.filter(case__incident__in=about).values_list("case__incident", "code"):
        violations.setdefault(incident, []).append(code)
    warned = warnings_of(about, whole=True)
    sensitive = {
        number
        for number in about
        if is_sensitive([each.value for each in warned.get(number, ())], violations.get(number, ()))
    }
    return frozenset(document for document, incident in pairs if incident in sensitive)


def _short(report: DisclosedReport) -> DisclosedReport:
    return replace(report, title="", address=host_of(report.address), withheld=True)
