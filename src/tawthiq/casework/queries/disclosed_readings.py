"""Readings of reports as they leave the archive: of the reports that a person may see, without whoever is protected.

Outside a court nobody gets the exact place of a case about children or sexual violence, and a reading is full of places: the
readings of such a case's reports stay behind whole, and so do those of incidents that the person does not see whole.
"""

from collections.abc import Collection, Iterator

from tawthiq.archive.link_memory_rows import chunks, stretches
from tawthiq.archive.models import IncidentReport, Report
from tawthiq.archive.restoring import read_reports
from tawthiq.casework.queries.disclosing import disclosed
from tawthiq.casework.queries.visibility import Sight
from tawthiq.publication.tables.readings import WithoutNames
from tawthiq.records.disclosure import Profile, Protected
from tawthiq.records.reading import Reading

AT_ONCE = 200  # reports


class DisclosedReadings:
    """The readings of all reports that a person sees, or of those of some incidents seen whole, in the log's order.

    `replaced` counts stretches of words that were replaced, `kept_back` holds the documents whose readings stay behind, as far
    as was gone through. Raises ValueError for the public profile: words of reports are not published.
    """

    def __init__(
        self, sight: Sight, profile: Profile, protected: Protected, incidents: Collection[int] | None = None
    ) -> None:
        if profile is Profile.PUBLIC:
            raise ValueError("words of reports are not published")
        self.replaced = 0
        self.kept_back: list[str] = []
        self._sight, self._profile, self._protected = sight, profile, protected
        self._numbers = self._seen(incidents)

    def __iter__(self) -> Iterator[Reading]:
        for some in chunks(self._numbers, AT_ONCE):
            care = self._with_care(some) if self._profile is not Profile.COURT else frozenset()
            for number, found in read_reports(stretches(some)):
                if number in care:
                    self.kept_back.append(found.document.id)
                    continue
                without = WithoutNames(found.document.text, self._profile, self._protected)
                yield without.reading(found.reading)
                self.replaced += without.times

    def _seen(self, incidents: Collection[int] | None) -> list[int]:
        rows = self._sight.reports(Report.objects.all())
        if incidents is not None:
            told = IncidentReport.objects.filter(incident__in=sorted(incidents))
            rows = rows.filter(pk__in=self._sight.by_incident(told, "incident").values("report"))
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def _with_care(self, reports: list[int]) -> frozenset[int]:
        """Those of the reports that tell of an incident about which more care is due, or of which nobody may say."""
        told = list(IncidentReport.objects.filter(report__in=reports).values_list("report_id", "incident_id"))
        numbers = sorted({incident for _, incident in told})
        found = disclosed(self._sight, numbers, self._profile, self._protected)
        plain = {incident.number for incident in found if not incident.sensitive}
        return frozenset(report for report, incident in told if incident not in plain)
