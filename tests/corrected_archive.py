"""An archive of real pages for tests of corrections: one whose anatomy is wrong on purpose, read as the program reads it."""

from dataclasses import dataclass
from pathlib import Path

import either_database
from sample_archive import make_folder
from tawthiq.archive.database import open_database, set_up_django

set_up_django()  # before models are imported

from django.test import Client  # noqa: E402

from tawthiq.archive.models import Report  # noqa: E402
from tawthiq.archive.rebuilding import read_archive  # noqa: E402
from tawthiq.casework.models import User  # noqa: E402
from tawthiq.casework.queries.corrections import InForce  # noqa: E402
from tawthiq.store import ArchiveFolder  # noqa: E402

INSULT = "هؤلاء كلهم يستحقون الموت ولا أسف على أحد منهم في تلك القرية الملعونة كما يعرف الجميع."
INSULTED = "ومن قال غير هذا فهو خائن مثلهم، وقد قتل مئة منهم أمس."
WRONG = (
    '<html lang="ar"><head><title>قصف على سوق البلدة</title></head><body><article><h1>قصف على سوق البلدة</h1>'
    "<p>كتبت سلمى الراوي</p>"
    "<p>قال ناشطون إن القصف الذي وقع يوم الاثنين على السوق أدى إلى مقتل أربعة مدنيين وإصابة آخرين بجروح خطيرة.</p>"
    "<p>ولم تعلن أي جهة مسؤوليتها عن القصف حتى مساء اليوم نفسه، بحسب ما أفاد به مراسل الموقع من المكان.</p>"
    f"<p>{INSULT}</p><p>{INSULTED}</p>"
    "<p>حُرّر في الخامس عشر من آذار 2016 في مكتب البلدة</p>"
    "</article></body></html>"
).encode()
RIGHT = (
    b'<html lang="en"><head><title>Two homes burn in a village</title></head><body><article>'
    b"<h1>Two homes burn in a village</h1><p>Residents said that shells hit the village on Tuesday and that two "
    b"homes burned down. The district's mayor said that nobody was hurt in the houses.</p></article></body></html>"
)
PASSWORD = "several unrelated words"


@dataclass(frozen=True)
class Corrected:
    """The archive, and the number of the page that wants correcting."""

    folder: ArchiveFolder
    wrong: int = 1
    right: int = 2

    def client(self, name: str = "heron", language: str = "en") -> Client:
        """Somebody signed in."""
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies["tawthiq_language"] = language
        client.force_login(User.objects.get(name=name))
        return client

    def report(self, number: int = 1) -> Report:
        """A report as it is now."""
        return Report.objects.select_related("capture").get(pk=number)

    def read(self, again: bool = False) -> None:
        """`tawthiq read`, by the decisions in force."""
        read_archive(self.folder, again=again, workers=1, corrections=InForce())

    def body(self, number: int = 1) -> str:
        """The body of a report as it is now."""
        report = self.report(number)
        zones = report.zones.filter(kind="body")
        return "\n".join(report.text[zone.start : zone.end] for zone in zones)


def make_corrected(path: Path) -> Corrected:
    """Two pages, read; an owner, an editor and a reader."""
    folder = make_folder(path, {"wrong.html": WRONG, "right.html": RIGHT})
    open_database(folder.database)
    read_archive(folder, workers=1)
    User.objects.make("heron", PASSWORD, User.Role.OWNER)
    User.objects.make("crane", PASSWORD, User.Role.EDITOR)
    User.objects.make("gull", PASSWORD, User.Role.READER)
    return Corrected(folder)


def settle(made: Corrected) -> Path:
    """Close an archive so that its folder can be copied."""
    return either_database.settled(made.folder)


def copied(model: Path, path: Path) -> Corrected:
    """A copy of a settled archive, opened."""
    return Corrected(either_database.copied_folder(model, path))


__all__ = ["INSULT", "INSULTED", "PASSWORD", "WRONG", "Corrected", "copied", "make_corrected", "settle"]
