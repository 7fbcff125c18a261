"""An archive of read pages for the desk: one in Arabic with emoji and vowel signs, one of two events in English."""

from dataclasses import dataclass
from pathlib import Path

import either_database
from sample_archive import make_folder
from tawthiq.archive.database import open_database, set_up_django

set_up_django()  # before models are imported

from django.test import Client  # noqa: E402

from tawthiq.archive.models import Report  # noqa: E402
from tawthiq.archive.rebuilding import link_archive, read_archive  # noqa: E402
from tawthiq.casework.models import User  # noqa: E402
from tawthiq.casework.queries.link_decisions import constraints_for  # noqa: E402
from tawthiq.casework.queries.reading_corrections import ReadingsInForce  # noqa: E402
from tawthiq.store import ArchiveFolder  # noqa: E402
from tawthiq.web.desk.opened import Opened, opened  # noqa: E402

COMMENT = "تعليق جارح لا يعاد نشره عن أهل البلدة كلهم"
ARABIC = (
    '<html lang="ar"><head><title>مقتل خمسة مدنيين بقصف مدفعي</title>'
    '<meta property="article:published_time" content="2019-11-03T08:00:00+02:00"></head><body><article>'
    "<h1>مقتل خمسة مدنيين بقصف مدفعي</h1>"
    "<p>😀 🇸🇾 قُتِلَ خمسةُ مدنيين بينهم طفلان في قصفٍ مدفعيٍّ نفّذته قوات النظام "
    "على سوقٍ في مدينة سراقب بريف إدلب يوم السبت.</p>"
    "<p>وقال الدفاع المدني إن فرق الإنقاذ انتشلت المصابين من تحت الأنقاض، "
    "وإن السوق كان مكتظاً 👨‍👩‍👧 بالمتسوقين من معرة النعمان.</p>"
    "<p>ولم تعلن أي جهة أخرى عن تفاصيل إضافية حتى ساعة إعداد هذا الخبر مساء اليوم نفسه في البلدة.</p>"
    f"</article><section class='comments'><h3>التعليقات</h3><div class='comment'><p>{COMMENT}</p></div></section>"
    "</body></html>"
).encode()
ENGLISH = (
    b'<html lang="en"><head><title>Shelling hits Saraqib market</title>'
    b'<meta property="article:published_time" content="2019-11-03T12:00:00+00:00"></head><body><article>'
    b"<h1>Shelling hits Saraqib market</h1><p>Shelling by government forces killed five civilians in Saraqib "
    b"on Saturday, residents said. The market was full when the shells landed, they said.</p>"
    b"<p>In a separate incident an air strike wounded three people in Idlib on Sunday, the civil defence said "
    b"in a statement about its work.</p></article></body></html>"
)
PASSWORD = "several unrelated words"


@dataclass(frozen=True)
class DeskArchive:
    """The archive; report 1 is Arabic, report 2 English."""

    folder: ArchiveFolder

    def client(self, name: str = "heron", language: str = "en") -> Client:
        """Somebody signed in."""
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies["tawthiq_language"] = language
        client.force_login(User.objects.get(name=name))
        return client

    def opened(self, number: int = 1) -> Opened:
        """A report as the desk has it now."""
        return opened(Report.objects.select_related("capture").prefetch_related("zones").get(pk=number))

    def form(self, number: int = 1, **fields: object) -> dict[str, object]:
        """A form by somebody who has seen everything."""
        there = self.opened(number)
        return {"text": there.text_stamp, "reading": there.reading_stamp, "seen": there.act, **fields}

    def read(self, again: bool = False) -> None:
        """`tawthiq read`, by the decisions in force."""
        read_archive(self.folder, again=again, workers=1, readings=ReadingsInForce())

    def token(self, slot: str, words: str = "", number: int = 1, record: str = "e") -> str:
        """The name of the first value of a slot, with these words where they are given."""
        return next(
            token
            for token, named in self.opened(number).values.items()
            if token.startswith(record)
            and named.slot == slot
            and named.value is not None
            and words in named.value.anchor.text
        )

    def place(self, words: str, number: int = 1) -> dict[str, int]:
        """Where words stand in a report's text, as a form tells it."""
        start = self.opened(number).text.index(words)
        return {"start": start, "end": start + len(words)}


def make_desk_archive(path: Path) -> DeskArchive:
    """Two reports, read and linked; an owner, an editor and a reader."""
    folder = make_folder(path, {"arabic.html": ARABIC, "english.html": ENGLISH})
    open_database(folder.database)
    read_archive(folder, workers=1)
    link_archive(folder, constraints=constraints_for)
    User.objects.make("heron", PASSWORD, User.Role.OWNER)
    User.objects.make("crane", PASSWORD, User.Role.EDITOR)
    User.objects.make("gull", PASSWORD, User.Role.READER)
    return DeskArchive(folder)


def settle(made: DeskArchive) -> Path:
    """Close an archive so that its folder can be copied."""
    return either_database.settled(made.folder)


def copied(model: Path, path: Path) -> DeskArchive:
    """A copy of a settled archive, opened."""
    return DeskArchive(either_database.copied_folder(model, path))


__all__ = ["ARABIC", "COMMENT", "ENGLISH", "PASSWORD", "DeskArchive", "copied", "make_desk_archive", "settle"]
