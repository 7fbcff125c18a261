"""An archive with hand-made rows behind the pages, and clients that ask for them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sample_archive import arabic_page, arabic_reading, english_page, english_reading, make_folder, words
from tawthiq.archive.database import open_database, set_up_django

set_up_django()  # before models are imported

from django.test import Client  # noqa: E402

from tawthiq.archive.captures import take_in  # noqa: E402
from tawthiq.archive.incident_numbers import PER_REPORT  # noqa: E402
from tawthiq.archive.linking_rows import save_links  # noqa: E402
from tawthiq.archive.models import Capture, LinkedReport, LinkRun  # noqa: E402
from tawthiq.archive.saving import save_report  # noqa: E402
from tawthiq.casework.models import User  # noqa: E402
from tawthiq.pipeline.read_capture import ReadCapture  # noqa: E402
from tawthiq.records.claim import Claim, Position, Slot, SlotView, Standing  # noqa: E402
from tawthiq.records.copies import CopyFamily, SharedPassage  # noqa: E402
from tawthiq.records.count import Group, Harm  # noqa: E402
from tawthiq.records.event import Act  # noqa: E402
from tawthiq.records.incident import EventReference, Incident, Linked, Reason  # noqa: E402
from tawthiq.records.links import Links  # noqa: E402
from tawthiq.records.page import Page  # noqa: E402
from tawthiq.store import ArchiveFolder  # noqa: E402

INCIDENT = PER_REPORT + arabic_reading(arabic_page("any")).events[0].trigger.span.start
"""The number of the incident that both reports tell of: its earliest telling is the first event of report 1."""
PASSWORD = "several unrelated words"
PAYLOADS = {"arabic.html": b"<h1>arabic</h1>", "english.html": b"<h1>english</h1>", "photo.png": b"\x89PNG"}


@dataclass(frozen=True)
class Desk:
    """The archive behind the pages, and the two pages of its reports."""

    folder: ArchiveFolder
    arabic: Page
    english: Page

    def client(self, language: str = "en") -> Client:
        """Somebody signed in, who reads `language`."""
        client = self.stranger(language)
        client.force_login(User.objects.get(name="heron"))
        return client

    def stranger(self, language: str = "en", **options: bool) -> Client:
        """Somebody who is not signed in."""
        client = Client(SERVER_NAME="127.0.0.1", **options)  # type: ignore[arg-type]
        client.cookies["tawthiq_language"] = language
        return client


def links(arabic: Page, english: Page) -> Links:
    """One incident told by both pages with two tolls, and one copy family."""
    claims = (
        Claim(Harm.KILLED, 5, 5, arabic.id, "سكان", words(arabic.text, "خمسة مدنيين")),
        Claim(Harm.KILLED, 7, 7, english.id, None, words(english.text, "seven people")),
    )
    positions = tuple(Position((claim,), 1) for claim in claims)
    killed = SlotView(Slot.KILLED, Group.ALL, Standing.DISPUTED, positions, ((0, 1),))
    incident = Incident(
        id="i-1",
        events=(EventReference(arabic.id, 0), EventReference(english.id, 0)),
        documents=(arabic.id, english.id),
        act=Act.AIRSTRIKE,
        first=date(2017, 6, 19),
        last=date(2017, 6, 19),
        place="الرقة",
        latitude=35.95,
        longitude=39.01,
        killed=claims,
        injured=(),
        contradictions=("killed",),
        independent_sources=1,
        linked=Linked.PROPOSED,
        score=0.8,
        reasons=(Reason("same place", 0.5, "الرقة"),),
        slots=(killed,),
        sources=("family " + arabic.id,) * 2,
    )
    passage = SharedPassage(arabic.id, english.id, words(arabic.text, "غارة"), words(english.text, "strike"))
    return Links((CopyFamily((arabic.id, english.id), (passage,), 0.9),), (incident,))


def make_desk(path: Path) -> Desk:
    """Two reports of one incident, an image that holds none, and a user named heron."""
    folder = make_folder(path, PAYLOADS)
    open_database(folder.database)
    take_in(folder)
    first, second, image = Capture.objects.all()
    arabic, english = arabic_page(first.identifier), english_page(second.identifier)
    save_report(first, ReadCapture(arabic, arabic_reading(arabic)))
    save_report(second, ReadCapture(english, english_reading(english)))
    Capture.objects.filter(pk__in=(1, 2)).update(state=Capture.State.READ)
    Capture.objects.filter(pk=image.pk).update(state=Capture.State.KEPT, state_reason="image/png is neither")
    save_links(links(arabic, english))
    LinkRun.objects.create(reports=2, linker="test")
    LinkedReport.objects.bulk_create([LinkedReport(report_id=first.pk), LinkedReport(report_id=second.pk)])
    User.objects.make("heron", PASSWORD, User.Role.OWNER)
    return Desk(folder, arabic, english)
