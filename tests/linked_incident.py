"""An archive whose incident seven reports tell: a toll that grows and is disputed, copies, a quoted monitor, a denial."""

from datetime import date, timedelta

from sample_archive import page, words
from served_archive import Desk
from tawthiq.archive.dropping import drop_links
from tawthiq.archive.linking_rows import save_links
from tawthiq.archive.models import Capture, Incident
from tawthiq.archive.saving import save_report
from tawthiq.linking import link
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.links import LinkInput
from tawthiq.records.page import DateSource, PageDate, ZoneKind
from tawthiq.records.period import Period, Precision, When
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.reading import Document, Reading
from tawthiq.records.statement import QuoteKind, Speaker, Stance, Statement

SINDIYANA = Place("SY.sindiyana", "السنديانة", "Sindiyana", PlaceKind.TOWN, "SY", 36.2, 37.1, "SY.HL", 4000)
DAY = date(2021, 5, 4)
NUMBERS = {3: "ثلاثة", 7: "سبعة", 9: "تسعة"}
TAIL = (
    " وقال أهالي البلدة إنهم سمعوا دوي انفجارات قوية هزت البيوت القريبة من الساحة وإن فرق الإنقاذ تأخرت في الوصول إليها"
)
WIRE = "غارة فجر الثلاثاء على بلدة السنديانة قتلت ثلاثة أشخاص بينهم طفلان." + TAIL
TOLD = (
    ("وكالة الضفة", 3, 0, None, None, WIRE),
    ("موقع الساحل", 3, 0, None, None, WIRE + " هذا وما زالت الطرق المؤدية إلى المكان مغلقة."),
    ("شبكة التل", 7, 1, "المرصد السوري", None,
     "قال المرصد السوري إن حصيلة غارة فجر الثلاثاء في السنديانة بلغت سبعة أشخاص منهم طفلان."),
    ("صحيفة النهر", 7, 1, "المرصد السوري لحقوق الإنسان", None,
     "في تحديث جديد، قال المرصد السوري لحقوق الإنسان: غارة فجر الثلاثاء أودت بحياة سبعة أشخاص في السنديانة، وبينهم طفلان."),
    ("إذاعة الجبل", 7, 2, None, "russia",
     "استهدف الطيران الروسي السنديانة فجر الثلاثاء بأكثر من غارة، والحصيلة سبعة أشخاص وطفلان معهم."),
    ("تنسيقية الحارة", 9, 2, "سكان", "russia",
     "قال سكان لمراسلنا إن الضحايا تسعة أشخاص و طفلان، بعد غارة نفذها الطيران الروسي فجر الثلاثاء على السنديانة."),
    ("قناة الميناء", 3, 2, None, "coalition",
     "غارة من التحالف الدولي فجر الثلاثاء: ثلاثة أشخاص قضوا في السنديانة وطفلان. ونفت وزارة الدفاع الروسية ضلوعها في القصف."),
)  # fmt: skip
"""Outlet, number killed, days after it happened, who is quoted, who is said to have done it, the report."""


def make_incident(desk: Desk, times: int = 1, first: int = 10) -> int:
    """Save the reports, each so many times, and their links in place of all others; the number of their incident."""
    inputs = [_report(number, *told) for number, told in enumerate(TOLD * times, start=first)]
    drop_links()
    save_links(link(inputs))
    return Incident.objects.order_by("-report_count").values_list("number", flat=True)[0]


def _report(
    number: int, outlet: str, killed: int, days: int, speaker: str | None, actor: str | None, body: str
) -> LinkInput:
    capture = Capture.objects.get(pk=2)
    capture.number, capture.identifier = number, f"telling-{number}"
    capture.save(force_insert=True)
    published = PageDate(DAY + timedelta(days), None, None, DateSource.VISIBLE, "shown")
    made = page(capture.identifier, ((ZoneKind.BODY, body + "\n"),), outlet=outlet, published=published)
    reading = _reading(made.id, body, killed, speaker, actor, DAY + timedelta(days))
    save_report(capture, ReadCapture(made, reading))
    return LinkInput(Document(made.id, made.text, "ar", published.day, outlet), reading)


def _reading(identifier: str, text: str, killed: int, speaker: str | None, actor: str | None, day: date) -> Reading:
    statements = []
    if speaker:
        content = words(text, text[text.index(speaker) + len(speaker) + 1 :]).span
        statements.append(
            Statement(
                Speaker(words(text, speaker), None, False),
                words(text, "قال"),
                content,
                QuoteKind.INDIRECT,
                Stance.ASSERTS,
                "r",
            )
        )
    if "ونفت" in text:
        denier = Speaker(words(text, "وزارة الدفاع الروسية"), "russia", False)
        content = words(text, "ضلوعها في القصف").span
        statements.append(Statement(denier, words(text, "ونفت"), content, QuoteKind.INDIRECT, Stance.DENIES, "r"))
    by = {"russia": "الطيران الروسي", "coalition": "التحالف الدولي"}
    event = Event(
        act=Act.AIRSTRIKE,
        trigger=words(text, "غارة"),
        modality=Modality.STATED,
        scope=Scope.SINGLE,
        when=When(words(text, "فجر الثلاثاء"), Period(DAY, DAY, Precision.DAY), "given"),
        places=(PlaceMention(words(text, "السنديانة"), SINDIYANA, (SINDIYANA,), PlaceKind.TOWN),),
        country="SY",
        by=(ActorMention(words(text, by[actor]), actor, actor == "russia"),) if actor else (),
        victims=(),
        counts=(
            Count(Harm.KILLED, Group.ALL, killed, killed, False, words(text, f"{NUMBERS[killed]} أشخاص")),
            Count(Harm.KILLED, Group.CHILDREN, 2, 2, True, words(text, "طفلان")),
        ),
        source=0 if speaker else None,
        rules=(),
    )
    return Reading(identifier, "ar", day, tuple(statements), (event,))
