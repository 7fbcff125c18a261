"""Pages about incidents and links: p50 and p95 in milliseconds of processor time against the goal of the design.

An archive is made for the run: reports of our own wording of four incidents, told by 7, 20, 60 and 2 reports, are read
and linked as any others are. Tolls rise and differ, bodies and parties are quoted, doers are named and denied, one in six
is a copy.
Processor time, so that other work on the machine does not count.
"""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tawthiq.archive.database import open_database, set_up_django

set_up_django()  # before models are imported

from django.test import Client  # noqa: E402

from tawthiq.archive.link_memory_run import relink  # noqa: E402
from tawthiq.archive.models import Capture, Incident  # noqa: E402
from tawthiq.archive.saving import save_report  # noqa: E402
from tawthiq.casework.models import User  # noqa: E402
from tawthiq.pipeline.read_capture import ReadCapture, document_of  # noqa: E402
from tawthiq.reading import read  # noqa: E402
from tawthiq.records.page import DateSource, Page, PageDate, Zone, ZoneKind  # noqa: E402
from tawthiq.records.span import Span  # noqa: E402

INCIDENTS = (
    (7, date(2016, 4, 12), "معرة النعمان", "سوق الخضار", (5, 7)),
    (20, date(2017, 9, 3), "الميادين", "الفرن الآلي", (9, 12, 14)),
    (60, date(2018, 2, 21), "دوما", "مدرسة البنات", (16, 18, 21, 24)),
    (2, date(2019, 6, 30), "خان شيخون", "الكراج", (3, 4)),
)
"""How many reports tell it, when and where it was, and the tolls that are told."""
DOERS = ("الطيران الروسي", "الطيران المروحي التابع لقوات النظام", "طائرات التحالف الدولي")
SPEAKERS = (
    "قال المرصد السوري لحقوق الإنسان إن", "قالت مديرية الصحة إن", "قال الدفاع المدني إن", "قال سكان محليون إن",
    "قال الناشط سامر العلي إن",
)  # fmt: skip
HOURS = ("فجر", "ظهر", "مساء")
TAIL = (
    "وأضافت المصادر أن فرق الإنقاذ واصلت البحث تحت الأنقاض حتى ساعة متأخرة، وأن عدداً من المنازل المجاورة تضرر بشدة.",
    "ونقل المصابون إلى المشفى الميداني القريب، فيما طلبت إدارته التبرع بالدم من جميع الزمر.",
    "وأغلقت الطرق المؤدية إلى المكان، وتوقفت حركة السير، وأعلن المجلس المحلي تعليق الدوام في المدارس ثلاثة أيام.",
)
GOAL, ROUNDS = 150, 30


def tellings() -> Iterator[Page]:
    """The reports of all incidents."""
    number = 0
    for count, day, town, site, tolls in INCIDENTS:
        body = ""
        for order in range(count):
            number += 1
            published = day + timedelta(order % 3)
            body = body if order % 6 == 5 else _body(order, day, town, site, tolls[order * len(tolls) // count])
            yield _page(f"made-{number}", f"ضحايا في قصف على {town}", body, f"موقع {number}", published)


def _body(order: int, day: date, town: str, site: str, killed: int) -> str:
    speaker, doer = SPEAKERS[order % len(SPEAKERS)], DOERS[order * len(DOERS) // 60 % len(DOERS)]
    told = (
        f"{speaker} {killed} مدنياً بينهم {2 + order % 3} أطفال وامرأتان قتلوا وأصيب {killed + 11} آخرون في غارة جوية "
        f"نفذها {doer} على {site} في مدينة {town} {HOURS[order % 3]} يوم {day.day}/{day.month}/{day.year}."
    )
    denied = "ونفت وزارة الدفاع الروسية مسؤوليتها عن قصف المدينة." if order % 4 == 1 else ""
    own = " ".join(f"وكتب مراسل الموقع رقم {order} في الفقرة {number} عن الخراب الذي رآه." for number in range(6))
    return "\n".join(filter(None, (told, denied, *TAIL[order % 3 :], own)))


def _page(identifier: str, title: str, body: str, outlet: str, published: date) -> Page:
    head = f"{title}\n"
    zones = (
        Zone(ZoneKind.TITLE, Span(0, len(head)), "made"),
        Zone(ZoneKind.BODY, Span(len(head), len(head) + len(body)), "made"),
    )
    return Page(
        id=identifier, text=head + body, zones=zones, comments=(), language="ar", title=title, byline=None, agency=None,
        published=PageDate(published, None, None, DateSource.VISIBLE, "made"), published_metadata=None, outlet=outlet,
        encoding="utf-8", notes=(),
    )  # fmt: skip


def fill() -> list[Incident]:
    """Read and link the reports; the incidents, those of most reports first."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for number, page in enumerate(tellings(), start=1):
        capture = Capture.objects.create(
            number=number, identifier=page.id, kind="file", source=page.id, final="", collected=now, path="", offset=0,
            length=0, sha256="", file_sha256="", log_index=number, logged=now, state="read",
        )  # fmt: skip
        save_report(capture, ReadCapture(page, read(document_of(page))))
    relink(again=True)
    return list(Incident.objects.order_by("-report_count")[: len(INCIDENTS)])


def main() -> None:
    """Make the archive, ask for pages, print what they took."""
    with TemporaryDirectory() as folder:
        open_database(Path(folder) / "tawthiq.sqlite3")
        largest = fill()
        gc.collect()
        gc.freeze()  # what reading loaded stays in no process that serves pages
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.make("bench", "bench", User.Role.OWNER))
        for incident in largest:
            _time(f"incident of {incident.report_count} reports", client, f"/incidents/{incident.number}/")
        first, second = largest[0].number, largest[1].number
        _time("one slot of the largest", client, f"/incidents/{first}/?slot=killed-all")
        _time("the two largest compared", client, f"/incidents/{first}/same/{second}/")
        _time("list of incidents", client, "/incidents/")
        _time("queue of links", client, "/incidents/queue/")
        _time("decisions about links", client, "/incidents/decisions/")


def _time(name: str, client: Client, address: str) -> None:
    ask: Callable[[], object] = lambda: client.get(address)  # noqa: E731
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    size = len(answer.content)
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        ask()
        taken.append((time.process_time() - started) * 1000)
    taken.sort()
    middle, late = taken[ROUNDS // 2], taken[int(ROUNDS * 0.95)]
    print(f"{name:28} p50 {middle:7.1f} ms   p95 {late:7.1f} ms   goal {GOAL} ms   {size:,} bytes")


if __name__ == "__main__":
    main()
