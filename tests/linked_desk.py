"""An archive with hand-made links that wait for people: our own wording, nobody real."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import either_database
from sample_archive import RAQQA, make_folder, page, words
from tawthiq.archive.database import open_database, set_up_django

set_up_django()  # before models are imported

from django.test import Client  # noqa: E402

from tawthiq.archive.captures import take_in  # noqa: E402
from tawthiq.archive.linking_rows import save_links  # noqa: E402
from tawthiq.archive.models import Capture, Incident, IncidentEvent, LinkedReport, LinkRun  # noqa: E402
from tawthiq.archive.saving import save_report  # noqa: E402
from tawthiq.casework.models import User  # noqa: E402
from tawthiq.pipeline.read_capture import ReadCapture  # noqa: E402
from tawthiq.records.copies import CopyFamily, SharedPassage  # noqa: E402
from tawthiq.records.count import Count, Group, Harm  # noqa: E402
from tawthiq.records.event import Act, Event, Modality, Scope  # noqa: E402
from tawthiq.records.incident import EventReference, Linked, Reason  # noqa: E402
from tawthiq.records.incident import Incident as IncidentRecord  # noqa: E402
from tawthiq.records.links import Links  # noqa: E402
from tawthiq.records.page import DateSource, Page, PageDate, ZoneKind  # noqa: E402
from tawthiq.records.period import Period, Precision, When  # noqa: E402
from tawthiq.records.place import PlaceMention  # noqa: E402
from tawthiq.records.reading import Reading  # noqa: E402
from tawthiq.records.span import Mention  # noqa: E402
from tawthiq.store import ArchiveFolder  # noqa: E402

PASSWORD = "several unrelated words"
# Outlet, title, body, trigger, count and its words, when.
TOLD = (
    (
        "شبكة الضفة للتجربة", "غارة على سوق في الرقة",
        "قال سكان إن غارة جوية قتلت خمسة أشخاص في سوق الرقة يوم الاثنين.",
        "غارة جوية", 5, "خمسة أشخاص",
    ),
    (
        "وكالة النهر للتجربة", "قصف سوق الرقة",
        "أفادت مصادر بأن قصفا جويا استهدف سوق الرقة يوم الاثنين وقتل سبعة أشخاص.",
        "قصفا جويا", 7, "سبعة أشخاص",
    ),
    (
        "موقع الجسر للتجربة", "قصف سوق الرقة",
        "أفادت مصادر بأن قصفا جويا استهدف سوق الرقة يوم الاثنين وقتل سبعة أشخاص، حسب ما نقل الموقع.",
        "قصفا جويا", 7, "سبعة أشخاص",
    ),
    (
        "Test Wire", "Mill hit near Raqqa",
        "Residents said an air strike hit a mill near Raqqa on Monday and killed two people.",
        "air strike", 2, "two people",
    ),
    (
        "إذاعة التل للتجربة", "غارة على الطاحونة",
        "وقعت غارة على الطاحونة قرب الرقة يوم الاثنين وقتلت شخصين.",
        "غارة", 2, "شخصين",
    ),
    (
        "منبر السهل للتجربة", "غارة قرب الرقة",
        "نقل شهود أن غارة وقعت قرب الرقة يوم الاثنين وقتلت ثلاثة أشخاص.",
        "غارة", 3, "ثلاثة أشخاص",
    ),
)  # fmt: skip
DAY = date(2017, 6, 19)
REASONS = (
    Reason("prior", -1.2, "2 pairs"), Reason("act", 1.0, "same in 2 of 2"), Reason("place", 1.2, "same_city in 2 of 2"),
    Reason("killed", -0.2, "close in 2 of 2"), Reason("date", 1.4, "same_day in 2 of 2"),
)  # fmt: skip


@dataclass(frozen=True)
class LinkedDesk:
    """The archive: incident 1 is told by reports 1 to 3 and disputed, 2 by report 4, 3 by reports 5 and 6."""

    folder: ArchiveFolder

    def client(self, name: str = "heron", language: str = "en") -> Client:
        """Somebody signed in."""
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies["tawthiq_language"] = language
        client.force_login(User.objects.get(name=name))
        return client

    def number(self, incident: int) -> int:
        """The number by which addresses name the first, second or third incident."""
        return Incident.objects.get(identifier=f"i-{incident}").number

    def tokens(self, incident: int) -> list[str]:
        """How forms name the tellings of an incident."""
        told = IncidentEvent.objects.filter(incident__identifier=f"i-{incident}").select_related("event")
        events = [row.event for row in told.order_by("event")]
        return [f"{event.key}.{event.start}.{event.end}.{event.act}" for event in events]


def shown(identifier: str, outlet: str, title: str, body: str) -> Page:
    language = "en" if title.isascii() else "ar"
    day = PageDate(date(2017, 6, 20), None, None, DateSource.VISIBLE, "20")
    parts = ((ZoneKind.TITLE, f"{title}\n"), (ZoneKind.BODY, f"{body}\n"))
    return page(identifier, parts, language=language, outlet=outlet, published=day)


def reading(page: Page, trigger: str, killed: int, counted: str) -> Reading:
    text, day = page.text, "Monday" if page.language == "en" else "يوم الاثنين"
    place = words(text, "Raqqa" if page.language == "en" else "الرقة")
    at = text.index(trigger, text.index("\n"))
    event = Event(
        act=Act.AIRSTRIKE,
        trigger=Mention.at(text, at, at + len(trigger)),
        modality=Modality.STATED,
        scope=Scope.SINGLE,
        when=When(words(text, day), Period(DAY, DAY, Precision.DAY), "weekday before publication"),
        places=(PlaceMention(place, RAQQA, (RAQQA,), None),),
        country="SY",
        by=(),
        victims=(),
        counts=(Count(Harm.KILLED, Group.ALL, killed, killed, False, words(text, counted)),),
        source=None,
        rules=(),
    )
    return Reading(page.id, page.language, date(2017, 6, 20), (), (event,))


def links(pages: list[Page]) -> Links:
    """Three incidents, and one copy family of reports 2 and 3."""
    passage = SharedPassage(pages[1].id, pages[2].id, words(pages[1].text, "قصفا"), words(pages[2].text, "قصفا"))
    family = CopyFamily((pages[1].id, pages[2].id), (passage,), 0.95)
    told = (pages[:3], pages[3:4], pages[4:])
    incidents = (_incident(number, members) for number, members in enumerate(told, start=1))
    return Links((family,), tuple(incidents))


def _incident(number: int, members: list[Page]) -> IncidentRecord:
    return IncidentRecord(
        id=f"i-{number}",
        events=tuple(EventReference(each.id, 0) for each in members),
        documents=tuple(each.id for each in members),
        act=Act.AIRSTRIKE,
        first=DAY,
        last=DAY,
        place="الرقة",
        latitude=35.95,
        longitude=39.01,
        killed=(),
        injured=(),
        contradictions=("killed",) if number == 1 else (),
        independent_sources=min(2, len(members)),
        linked=Linked.PROPOSED,
        score=0.8 if number == 1 else 0.55 if len(members) > 1 else 0.0,
        reasons=REASONS if len(members) > 1 else (),
    )


def make_linked_desk(path: Path) -> LinkedDesk:
    """Six reports of three incidents; an owner, an editor and a reader."""
    folder = make_folder(path, {f"{number}.html": f"<p>{number}</p>".encode() for number in range(1, 7)})
    open_database(folder.database)
    take_in(folder)
    pages = []
    for capture, (outlet, title, body, trigger, killed, counted) in zip(Capture.objects.all(), TOLD, strict=True):
        pages.append(shown(capture.identifier, outlet, title, body))
        save_report(capture, ReadCapture(pages[-1], reading(pages[-1], trigger, killed, counted)))
    Capture.objects.update(state=Capture.State.READ)
    save_links(links(pages))
    LinkRun.objects.create(reports=6, linker="test")
    LinkedReport.objects.bulk_create(LinkedReport(report_id=number) for number in range(1, 7))
    for name, role in (("heron", User.Role.OWNER), ("crane", User.Role.EDITOR), ("gull", User.Role.READER)):
        User.objects.make(name, PASSWORD, role)
    return LinkedDesk(folder)


def settle(made: LinkedDesk) -> Path:
    """Close an archive so that its folder can be copied."""
    return either_database.settled(made.folder)


def copied(model: Path, path: Path) -> LinkedDesk:
    """A copy of a settled archive, opened."""
    return LinkedDesk(either_database.copied_folder(model, path))
