"""A small archive with rows made by hand, for tests of `archive`, `casework` and `web`: our own wording, nobody real."""

from datetime import date, time
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from either_database import ON_POSTGRESQL, settle
from tawthiq.archive.database import open_database
from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.page import Comment, DateSource, Page, PageDate, Zone, ZoneKind
from tawthiq.records.period import Period, Precision, When
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.reading import Reading
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import QuoteKind, Speaker, Stance, Statement
from tawthiq.store import ArchiveFolder

RAQQA = Place("SY.raqqa", "الرقة", "Raqqa", PlaceKind.CITY, "SY", 35.95, 39.01, "SY.RA", 220_000)
SALHIYA = (
    Place("SY.salhiya.1", "الصالحية", "Salhiya", PlaceKind.VILLAGE, "SY", 34.7, 40.7, None, 900),
    Place("SY.salhiya.2", "الصالحية", "Salhiyeh", PlaceKind.NEIGHBOURHOOD, "SY", None, None, None, 0),
)
ARABIC = (
    (ZoneKind.NAVIGATION, "الرئيسية | أخبار | رياضة\n"),
    (ZoneKind.TITLE, "غارة على أطراف الرقة تقتل عائلة\n"),
    (ZoneKind.BYLINE, "كتبه: محرر الموقع\n"),
    (ZoneKind.DATE, "٢٠ حزيران ٢٠١٧\n"),
    (
        ZoneKind.BODY,
        "أعلن متحدث باسم التحالف أن «الطائرات ضربت هدفاً واحداً» يوم الاثنين. "  # noqa: ISC004  one body of two lines
        "وقال سكان إن غارة قتلت خمسة مدنيين بينهم طفلان قرب الصالحية في الرقة.\n",
    ),
    (ZoneKind.COMMENT, "زائر غاضب: كلام كراهية لا يعاد نشره\n"),
)
ENGLISH = (
    (ZoneKind.TITLE, "Strike near Raqqa kills seven, residents say\n"),
    (ZoneKind.BODY, "Residents said an air strike killed seven people near Raqqa on Monday.\n"),
)


def page(identifier: str, parts: tuple[tuple[ZoneKind, str], ...], **facts: object) -> Page:
    """A page whose text is the parts one after another."""
    zones, at = [], 0
    for kind, text in parts:
        zones.append(Zone(kind, Span(at, at + len(text)), "made by hand"))
        at += len(text)
    comments = tuple(Comment("زائر", None, zone.span) for zone in zones if zone.kind is ZoneKind.COMMENT)
    title = next((text.strip() for kind, text in parts if kind is ZoneKind.TITLE), None)
    usual: dict[str, object] = {
        "language": "ar", "title": title, "byline": None, "agency": None, "published": None, "published_metadata": None,
        "outlet": None, "encoding": "utf-8", "notes": (),
    }  # fmt: skip
    return Page(
        id=identifier,
        text="".join(text for _, text in parts),
        zones=tuple(zones),
        comments=comments,
        **{**usual, **facts},  # type: ignore[arg-type]
    )


def words(text: str, part: str) -> Mention:
    """The first place of `part` in `text`."""
    at = text.index(part)
    return Mention.at(text, at, at + len(part))


def arabic_page(identifier: str) -> Page:
    shown = PageDate(date(2017, 6, 20), time(14, 5), "+03:00", DateSource.VISIBLE, "٢٠ حزيران ٢٠١٧")
    return page(
        identifier,
        ARABIC,
        outlet="شبكة الضفة للتجربة",
        byline="محرر الموقع",
        agency="Reuters",
        published=shown,
        notes=("the header said windows-1256",),
    )


def english_page(identifier: str) -> Page:
    shown = PageDate(date(2017, 6, 21), None, None, DateSource.METADATA, "2017-06-21")
    return page(identifier, ENGLISH, language="en", outlet="Test Wire", published=shown, published_metadata=shown)


def arabic_reading(page: Page) -> Reading:
    """Two statements, one event with every kind of part, a place left open."""
    text = page.text
    speaker = Speaker(words(text, "متحدث باسم التحالف"), "coalition", implicit=False)
    said = Statement(
        speaker,
        words(text, "أعلن"),
        words(text, "«الطائرات ضربت هدفاً واحداً»").span,
        QuoteKind.DIRECT,
        Stance.ASSERTS,
        "r1",
    )
    told = "غارة قتلت خمسة مدنيين بينهم طفلان قرب الصالحية في الرقة"
    residents = Statement(
        Speaker(words(text, "سكان"), None, implicit=False),
        words(text, "وقال"),
        words(text, told).span,
        QuoteKind.INDIRECT,
        Stance.ASSERTS,
        "r2",
    )
    day = date(2017, 6, 19)
    event = Event(
        act=Act.AIRSTRIKE,
        trigger=words(text, "غارة قتلت"),
        modality=Modality.STATED,
        scope=Scope.SINGLE,
        when=When(words(text, "يوم الاثنين"), Period(day, day, Precision.DAY), "weekday before publication"),
        places=(
            PlaceMention(words(text, "الصالحية"), None, SALHIYA, None),
            PlaceMention(
                Mention.at(text, text.rindex("الرقة"), text.rindex("الرقة") + 5), RAQQA, (RAQQA,), PlaceKind.CITY
            ),
        ),
        country="SY",
        by=(ActorMention(words(text, "التحالف"), "coalition", hedged=True),),
        victims=(words(text, "خمسة مدنيين"),),
        counts=(
            Count(Harm.KILLED, Group.CIVILIANS, 5, 5, False, words(text, "خمسة مدنيين")),
            Count(Harm.KILLED, Group.CHILDREN, 2, None, True, words(text, "طفلان")),
        ),
        source=1,
        rules=("acts:strike", "counts:noun"),
    )
    open_event = Event(
        act=Act.OTHER,
        trigger=words(text, "ضربت"),
        modality=Modality.HEDGED,
        scope=Scope.BACKGROUND,
        when=When(words(text, "الاثنين"), None, "no year to resolve it in"),
        places=(), country=None, by=(), victims=(), counts=(), source=0, rules=(),
    )  # fmt: skip
    return Reading(page.id, "ar", date(2017, 6, 20), (said, residents), (event, open_event))


def english_reading(page: Page) -> Reading:
    text = page.text
    event = Event(
        act=Act.AIRSTRIKE,
        trigger=words(text, "air strike"),
        modality=Modality.STATED,
        scope=Scope.SINGLE,
        when=None,
        places=(PlaceMention(words(text, "Raqqa"), RAQQA, (RAQQA,), None),),
        country="SY",
        by=(),
        victims=(),
        counts=(Count(Harm.KILLED, Group.ALL, 7, 7, False, words(text, "seven people")),),
        source=None,
        rules=(),
    )
    return Reading(page.id, "en", date(2017, 6, 21), (), (event,))


def make_folder(path: Path, payloads: dict[str, bytes]) -> ArchiveFolder:
    """A new archive that holds the payloads as HTML files."""
    with ArchiveFolder.create(path, title="test", collector="heron") as folder:
        keep(folder, payloads)
    if not ON_POSTGRESQL:
        folder.database.write_bytes(migrated())
    return ArchiveFolder.open(path)


@cache
def migrated() -> bytes:
    """A database with all tables and no rows, so that not every test carries out the migrations."""
    with TemporaryDirectory() as scratch:
        database = Path(scratch) / "tawthiq.sqlite3"
        open_database(database)
        settle()
        return database.read_bytes()


def empty_database(folder: Path) -> Path:
    """The path of a fresh database in `folder`, opened."""
    database = folder / "tawthiq.sqlite3"
    if not ON_POSTGRESQL:
        database.write_bytes(migrated())
    open_database(database)
    return database


def keep(folder: ArchiveFolder, payloads: dict[str, bytes], content_type: str = "text/html") -> None:
    """Keep the payloads as files."""
    for name, payload in payloads.items():
        folder.keep_file(name, BytesIO(payload), content_type, {})
