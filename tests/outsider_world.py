"""Two archives that an outsider must not be able to tell apart: one with restricted material in it, one that never had any.

Both begin as one folder. Into the copy come reports that repeat and continue the open ones, a browser's visit and a picture;
people decide about them together with open ones, and then restrict them to the group of two members. Our own wording, nobody
real; the word `SECRET` stands in all that is restricted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any

from either_database import settle, unsynced
from tawthiq.archive.database import open_database, set_up_django

set_up_django()  # before models are imported

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from archive.repeating_host import keep_page, story  # noqa: E402
from lexicon.authority_decisions import ADD_ACTOR  # noqa: E402
from media_maker import picture  # noqa: E402
from sample_archive import make_folder  # noqa: E402
from tawthiq.archive.models import Capture, Event, Incident, IncidentEvent  # noqa: E402
from tawthiq.archive.rebuilding import link_archive, read_archive  # noqa: E402
from tawthiq.casework.domain.authority import Deciding, decide  # noqa: E402
from tawthiq.casework.models import Group, LinkDecision, PersonProposal, User  # noqa: E402
from tawthiq.casework.queries.link_decisions import constraints_for  # noqa: E402
from tawthiq.records.capture import Exchange  # noqa: E402
from tawthiq.records.visit import Browser, PageVisit, Part, PartKind  # noqa: E402
from tawthiq.store import ArchiveFolder  # noqa: E402

SECRET = "قمرية"
PASSWORD = "several unrelated words"
ADDRESS = "http://news.example/market"
DISPATCH = (
    "أفادت مصادر طبية بأن قصفا جويا استهدف سوق الخضار في مدينة الرقة يوم الاثنين وقتل سبعة مدنيين وأصاب تسعة آخرين، وقال "
    "شهود إن الطائرات عادت بعد ساعة ومنعت فرق الإسعاف من الوصول إلى الجرحى قرب المدخل الشرقي للسوق."
)
MILL = "قال سكان إن غارة جوية أصابت مطحنة قرب بلدة الكرامة يوم الثلاثاء وقتلت ثلاثة عمال كانوا ينقلون أكياس الطحين إلى المخبز."
NAMES = {
    "heron": "owner", "crane": "owner", "gull": "editor", "finch": "reviewer", "ibis": "reviewer", "rook": "documenter",
    "wren": "reader", "tern": "public",
}  # fmt: skip
INSIDERS = ("heron", "ibis")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@dataclass
class World:
    """An archive, and by what names the restricted things in it go; the same names are asked of both archives."""

    path: Path
    known: dict[str, Any] = field(default_factory=dict)

    def open(self) -> ArchiveFolder:
        """Have the pages serve this archive."""
        folder = ArchiveFolder.open(self.path)
        open_database(folder.database)
        unsynced()
        settings.ARCHIVE_FOLDER = self.path
        return folder

    def close(self, folder: ArchiveFolder) -> None:
        settle()
        folder.close()


def client(name: str | None, language: str = "en") -> Client:
    """Somebody signed in, or nobody."""
    made = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    made.cookies["tawthiq_language"] = language
    if name:
        made.force_login(User.objects.get(name=name))
    return made


def make_open_world(path: Path) -> World:
    """The archive without restricted material: open reports that are linked, people, and a group of two."""
    folder = make_folder(path, {})
    open_database(folder.database)
    settings.ARCHIVE_FOLDER = path
    for name, role in NAMES.items():
        User.objects.make(name, PASSWORD, User.Role(role))
    User.objects.filter(name="rook").update(is_active=False)
    group = Group.objects.create(name="Lantern")
    group.members.set(User.objects.filter(name__in=INSIDERS))
    for number in range(3):
        keep_page(folder, f"https://www.lantern.example/{number}", story(number))
    _keep(folder, article("شبكة الضفة للتجربة", "قصف سوق الرقة", DISPATCH), ADDRESS, 1)
    _keep(folder, article("شبكة الضفة للتجربة", "قصف سوق الرقة مرتين", DISPATCH), ADDRESS, 2)
    _keep(folder, article("وكالة النهر للتجربة", "مقتل عمال في مطحنة", MILL), "http://river.example/mill", 3)
    _read_and_link(folder)
    decide(path, [ADD_ACTOR], Deciding("heron", at=NOW))
    world = World(path)
    world.close(folder)
    return world


def make_restricted_world(plain: World, path: Path) -> World:
    """A copy of that archive with the restricted material in it."""
    copytree(plain.path, path)
    world = World(path)
    folder = world.open()
    world.known["open_report"] = Capture.objects.filter(source=ADDRESS).order_by("number")[0].pk
    last = Capture.objects.order_by("-number").values_list("number", flat=True)[0]
    _keep(folder, article(f"صوت {SECRET}", f"قصف السوق {SECRET}", f"{DISPATCH} وسمته {SECRET}."), ADDRESS, 5)
    told = f"{MILL} وأضافت {SECRET} أن طفلين قتلا أيضا."
    _keep(folder, article(f"صوت {SECRET}", f"المطحنة {SECRET}", told), "http://qamariyya.example/mill", 6)
    keep_page(folder, "https://www.lantern.example/3", story(3).replace(b"Doctors", f"{SECRET} doctors".encode()))
    folder.keep_visit("http://qamariyya.example/visit", visit(), {})
    folder.keep_file(f"{SECRET}.jpg", BytesIO(picture()), "image/jpeg", {})
    _read_and_link(folder)
    world.known["items"] = list(Capture.objects.filter(number__gt=last).values_list("identifier", flat=True))
    _remember(world, last)
    _decide_together(world)
    _restrict(world)
    _after(world)
    world.close(folder)
    return world


def article(outlet: str, title: str, body: str) -> bytes:
    """A page of an outlet."""
    return (
        f"<html lang=ar><head><title>{title}</title><meta property='og:site_name' content='{outlet}'>"
        "<meta property='article:published_time' content='2017-06-21T10:00:00+03:00'></head>"
        f"<body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
    ).encode()


def visit() -> PageVisit:
    """A browser's visit with one part and one picture."""
    url = "http://qamariyya.example/visit"
    answer = _exchange(article(f"صوت {SECRET}", f"زيارة {SECRET}", f"كتبت {SECRET} عن حياة الناس في البلدة."), url, 7)
    parts = (
        Part(PartKind.DOM, f"urn:dom:{url}", "text/html; charset=utf-8", answer.payload, NOW, "as rendered"),
        Part(PartKind.SCREENSHOT, f"urn:view:{url}", "image/png", b"\x89PNG\r\n\x1a\n", NOW, "painted"),
    )
    browser = Browser("Chromium", "156.0", "ab" * 32, "Mozilla", 1280, 900, "ar")
    return PageVisit(
        asked=url, final=url, title=SECRET, started=NOW, ended=NOW, browser=browser, exchanges=(answer,), main=0,
        parts=parts, acts=(), unrecorded=(), requests=1, cookies_sent=0, stopped="it went on",
    )  # fmt: skip


def token(event: Event) -> str:
    """How forms name a telling."""
    return f"{event.key}.{event.start}.{event.end}.{event.act}"


def _keep(folder: ArchiveFolder, payload: bytes, url: str, hour: int) -> None:
    folder.keep_exchanges(url, [_exchange(payload, url, hour)], {"address": url})


def _exchange(payload: bytes, url: str, hour: int) -> Exchange:
    return Exchange(
        url=url, method="GET", started=NOW + timedelta(hours=hour), request_line="GET / HTTP/1.1",
        request_headers=(("Host", "news.example"),), status_line="HTTP/1.1 200 OK",
        response_headers=(("Content-Type", "text/html; charset=utf-8"),), payload=payload, server_address=None, tls=None,
        certificate=None,
    )  # fmt: skip


def _read_and_link(folder: ArchiveFolder) -> None:
    read_archive(folder, workers=1)
    link_archive(folder, constraints=constraints_for)


def _remember(world: World, last: int) -> None:
    """What the restricted things are called, while they stand among the others."""
    items = {row.source: row for row in Capture.objects.filter(number__gt=last)}
    rows = sorted(items.values(), key=lambda row: row.pk)
    world.known |= {
        "copy": rows[0].pk, "mill": rows[1].pk, "visit": rows[3].pk, "media": rows[4].pk,
        "copy_item": rows[0].identifier, "mill_item": rows[1].identifier,
        "tokens": [token(event) for event in Event.objects.filter(report__gt=last)],
        "open_tokens": [token(event) for event in Event.objects.filter(report__lte=last)],
    }  # fmt: skip


def _decide_together(world: World) -> None:
    """What people decide while everybody sees everything: about links, about a page, about two records of one person."""
    known = world.known
    ibis, heron = client("ibis"), client("heron")
    for report in (known["copy"], known["mill"]):
        incident = Incident.objects.filter(told_in__report=report, report_count__gt=1).first()
        assert incident is not None, "the restricted reports stand in no incident with open ones, and test nothing"
        told = IncidentEvent.objects.filter(incident=incident).select_related("event").order_by("event")
        pair = [token(told[0].event), token(next(row.event for row in told if row.event.report_id == report))]
        sent = {"action": "together", "pair": pair, "seen": _seen(), "reason": SECRET}
        assert ibis.post("/incidents/decide/", sent).status_code == 302
    assert ibis.post(f"/reports/{known['copy']}/page/confirm/", {"seen": "0"}).status_code == 302
    known["digests"] = list(LinkDecision.objects.values_list("sha256", flat=True))
    first = Capture.objects.order_by("number").values_list("identifier", flat=True)[0]
    content: dict[str, Any] = {
        side: {"capture": item, "line": 2, "values": {"name": [SECRET, 2, "name"]}}
        for side, item in (("first", first), ("second", known["copy_item"]))
    }
    proposal = PersonProposal.objects.create(
        key="ab" * 32, first_capture=first, second_capture=known["copy_item"], probability=0.9,
        content=content | {"weight": 3.0, "reasons": []},
    )  # fmt: skip
    known["pair"] = proposal.pk
    for prepare in PREPARED:
        prepare(world, heron)


def _restrict(world: World) -> None:
    """The group's owner restricts all of it in the pages; the links follow at once."""
    heron = client("heron")
    group = Group.objects.get().pk
    for number in Capture.objects.filter(identifier__in=world.known["items"]).values_list("number", flat=True):
        answer = heron.post(f"/evidence/{number}/restrict/", {"action": "restrict", "group": group})
        assert "effect=done" in answer["Location"], answer["Location"]


def _after(world: World) -> None:
    """What the restricted things are called once they stand by themselves, and what is decided about them then."""
    known = world.known
    rows = IncidentEvent.objects.filter(event__report__in=(known["copy"], known["mill"]))
    known["incidents"] = sorted(set(rows.values_list("incident", flat=True)))
    known["incident"] = known["incidents"][0]
    known["open_incident"] = (
        Incident.objects.exclude(pk__in=known["incidents"]).order_by("number").values_list("pk")[0][0]
    )
    for restricted in RESTRICTED:
        restricted(world, client("heron"))
    with ArchiveFolder.open(world.path) as folder:
        entries = [entry for entry in folder.entries() if entry.event]
    known["entries"] = [
        entry.index for entry in entries
        if entry.event and (entry.event.subject in known["items"] or entry.event.kind in ("links-decided", "case-opened"))
    ]  # fmt: skip


def _seen() -> str:
    last = LinkDecision.objects.order_by("-act").first()
    return str(last.act if last else 0)


Preparing = Callable[[World, Client], None]
PREPARED: list[Preparing] = []
"""What else somebody who sees it does with the later restricted things; those of other areas join here."""
RESTRICTED: list[Preparing] = []
"""The same, once they are restricted."""
