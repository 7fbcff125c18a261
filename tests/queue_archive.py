"""An archive with as many proposed links as asked for, each of two reports of one day: our own wording, nobody real."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from linked_desk import REASONS, LinkedDesk, make_folder, reading, shown
from tawthiq.archive.captures import take_in
from tawthiq.archive.database import open_database
from tawthiq.archive.linking_rows import save_links
from tawthiq.archive.models import Capture, LinkedReport, LinkRun
from tawthiq.archive.saving import save_report
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.event import Act, Event
from tawthiq.records.incident import EventReference, Incident, Linked
from tawthiq.records.links import Links
from tawthiq.records.page import Page
from tawthiq.records.period import Period, Precision

FIRST = date(2012, 1, 1)
APART = 9  # days between two incidents, so that linking takes none for another
ARABIC = (
    "غارة على سوق في الرقة",
    "قال سكان إن غارة جوية قتلت خمسة أشخاص في سوق الرقة يوم الاثنين.",
    "غارة جوية", 5, "خمسة أشخاص",
)  # fmt: skip
ENGLISH = (
    "Market hit in Raqqa",
    "Residents said an air strike hit a market in Raqqa on Monday and killed two people.",
    "air strike", 2, "two people",
)  # fmt: skip


def make_queue_archive(path: Path, proposals: int) -> LinkedDesk:
    """Incidents of two reports each, all proposed by the machine; no user."""
    names = {f"{number:04}.html": f"<p>{number}</p>".encode() for number in range(2 * proposals)}
    folder = make_folder(path, names)
    open_database(folder.database)
    take_in(folder)
    incidents, captures = [], list(Capture.objects.order_by("number"))
    for place in range(proposals):
        day = FIRST + timedelta(days=APART * place)
        pages = [
            _told(capture, telling, day)
            for capture, telling in zip(captures[2 * place : 2 * place + 2], (ARABIC, ENGLISH), strict=True)
        ]
        incidents.append(_incident(place, pages, day))
    Capture.objects.update(state=Capture.State.READ)
    save_links(Links((), tuple(incidents)))
    LinkRun.objects.create(reports=2 * proposals, linker="test")
    LinkedReport.objects.bulk_create(LinkedReport(report_id=capture.pk) for capture in captures)
    return LinkedDesk(folder)


def _told(capture: Capture, telling: tuple[str, str, str, int, str], day: date) -> Page:
    """A report of one occurrence, saved."""
    title, body, trigger, killed, counted = telling
    outlet = f"Test outlet {capture.pk}"
    page = shown(capture.identifier, outlet, title, body)
    read = reading(page, trigger, killed, counted)
    events = tuple(_on(event, day) for event in read.events)
    save_report(capture, ReadCapture(page, replace(read, events=events, published=day + timedelta(days=1))))
    return page


def _on(event: Event, day: date) -> Event:
    assert event.when is not None
    return replace(event, when=replace(event.when, period=Period(day, day, Precision.DAY)))


def _incident(place: int, pages: list[Page], day: date) -> Incident:
    return Incident(
        id=f"q-{place}",
        events=tuple(EventReference(page.id, 0) for page in pages),
        documents=tuple(page.id for page in pages),
        act=Act.AIRSTRIKE,
        first=day,
        last=day,
        place="الرقة",
        latitude=35.95,
        longitude=39.01,
        killed=(),
        injured=(),
        contradictions=("killed",),
        independent_sources=2,
        linked=Linked.PROPOSED,
        score=0.6,
        reasons=REASONS,
    )
