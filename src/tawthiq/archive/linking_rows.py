"""Links as rows: copy families, proposed incidents and their claims, replaced as a whole by each run."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.db import transaction

from tawthiq import __version__
from tawthiq.archive.claim_rows import save_claims
from tawthiq.archive.dropping import drop_links
from tawthiq.archive.models import (
    CopyFamily,
    CopyMember,
    CopyPassage,
    Incident,
    IncidentEvent,
    IncidentReport,
    LinkedReport,
    LinkRun,
    Report,
)
from tawthiq.archive.models.keys import row_key
from tawthiq.archive.rebuilding import LinkSummary
from tawthiq.archive.restoring import link_inputs
from tawthiq.linking import link
from tawthiq.records.copies import CopyFamily as FamilyRecord
from tawthiq.records.incident import Incident as IncidentRecord
from tawthiq.records.links import Links

Part = TypeVar("Part")
LINKER = f"tawthiq {__version__}"


def relink(progress: Callable[[int, int], None] | None = None) -> LinkSummary:
    """Link all reports and replace the links of the last run in one transaction.

    `progress` is told, after each report is loaded, how many of how many are.
    """
    total = Report.objects.count()
    inputs = []
    for loaded in link_inputs():
        inputs.append(loaded)
        if progress:
            progress(len(inputs), total)
    links = link(inputs)
    with transaction.atomic():
        drop_links()
        save_links(links)
        LinkRun.objects.create(reports=len(inputs), linker=LINKER)
        numbers = Report.objects.values_list("pk", flat=True)
        LinkedReport.objects.bulk_create(LinkedReport(report_id=number) for number in numbers)
    return LinkSummary(len(inputs), len(links.copies), len(links.incidents))


def save_links(links: Links) -> None:
    """The rows of `links`, whose documents are all in the archive. The caller holds the transaction."""
    numbers = dict(Report.objects.values_list("capture__identifier", "pk"))
    _save_families(links.copies, numbers)
    Incident.objects.bulk_create(_incident(number, record) for number, record in enumerate(links.incidents, start=1))
    IncidentReport.objects.bulk_create(
        IncidentReport(number=order, incident_id=incident, report_id=numbers[document])
        for order, (incident, document) in enumerate(_each(links.incidents, lambda record: record.documents), start=1)
    )
    IncidentEvent.objects.bulk_create(
        IncidentEvent(number=order, incident_id=incident, event_id=row_key(numbers[telling.document], telling.event))
        for order, (incident, telling) in enumerate(_each(links.incidents, lambda record: record.events), start=1)
    )
    save_claims(enumerate(links.incidents, start=1), numbers)


def _save_families(families: Iterable[FamilyRecord], numbers: dict[str, int]) -> None:
    passage_number = 0
    for number, family in enumerate(families, start=1):
        CopyFamily.objects.create(number=number, containment=family.containment)
        CopyMember.objects.bulk_create(CopyMember(report_id=numbers[member], family_id=number) for member in family.ids)
        for passage in family.passages:
            passage_number += 1
            CopyPassage.objects.create(
                number=passage_number,
                family_id=number,
                first_id=numbers[passage.first],
                first_start=passage.in_first.span.start,
                first_end=passage.in_first.span.end,
                second_id=numbers[passage.second],
                second_start=passage.in_second.span.start,
                second_end=passage.in_second.span.end,
                text=passage.in_first.text,
            )


def _each(
    records: Iterable[IncidentRecord], parts: Callable[[IncidentRecord], Iterable[Part]]
) -> Iterator[tuple[int, Part]]:
    """Every part of every incident beside the incident's number."""
    for number, record in enumerate(records, start=1):
        for part in parts(record):
            yield number, part


def _incident(number: int, record: IncidentRecord) -> Incident:
    return Incident(
        number=number,
        identifier=record.id,
        act=record.act.value,
        first=record.first,
        last=record.last,
        place=record.place or "",
        latitude=record.latitude,
        longitude=record.longitude,
        contradictions=list(record.contradictions),
        independent_sources=record.independent_sources,
        report_count=len(record.documents),
        linked=record.linked.value,
        score=record.score,
        reasons=[[reason.feature, reason.weight, reason.detail] for reason in record.reasons],
    )
