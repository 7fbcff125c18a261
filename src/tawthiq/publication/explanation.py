"""What a package says of itself to people: one HTML page in Arabic and English, and the commands that check it.

The page holds everything it needs: no script, no font, no picture, nothing from the network. What each check proves and what it
leaves open is said in the words of `custody.meaning`. Text of sources is escaped and kept apart from the direction around it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from tawthiq.custody import meaning
from tawthiq.custody.checkpoint import Checkpoint
from tawthiq.custody.meaning import ARABIC, ENGLISH, Meaning, Wording
from tawthiq.custody.note import Note
from tawthiq.publication.contents import CHECKPOINT, MANIFEST, About
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import UnreadableInput

_ROOM = "tawthiq.publication"
_CHECKS: tuple[tuple[Wording, Meaning], ...] = (
    (Wording("every part", "كل جزء"), meaning.PACKAGE_PART),
    (Wording("key", "المفتاح"), meaning.PACKAGE_KEY),
    (Wording("checkpoint", "رأس السجل الموقّع"), meaning.CHECKPOINT),
    (Wording("proof", "إثبات القيد"), meaning.PROOF),
    (Wording("item", "المادة"), meaning.PACKAGE_ITEM),
    (Wording("records of a WARC file", "سجلات ملف WARC"), meaning.PACKAGE_RECORDS),
    (Wording("index and pages", "الفهرس والصفحات"), meaning.PACKAGE_REPLAY),
    (Wording("export", "الإصدار"), meaning.PACKAGE_EXPORT),
    (Wording("timestamp", "الختم الزمني"), meaning.PACKAGE_TIMESTAMP),
    (Wording("timestamp of the team's own authority", "ختم جهة الفريق نفسه"), meaning.OWN_TIMESTAMP),
    (Wording("timestamp in Bitcoin", "ختم في بيتكوين"), meaning.BITCOIN_TIMESTAMP),
    (Wording("cosignature", "التوقيع المشارك"), meaning.PACKAGE_COSIGNATURE),
)


# How an item came into the archive: what address and time rest on differs by it.
_WAYS = {
    SourceKind.URL: Wording("fetched by the team's program", "جلبها برنامج الفريق"),
    SourceKind.BROWSER: Wording("visited by the team's program with a browser", "زارها برنامج الفريق بمتصفح"),
    SourceKind.FILE: Wording("a file that somebody gave to the archive", "ملف أُعطي للأرشيف"),
    SourceKind.WARC: Wording(
        "out of another tool's file: address and time are what that file states",
        "من ملف أداة أخرى: العنوان والوقت كما يذكرهما ذلك الملف",
    ),
    SourceKind.EXPORT: Wording(
        "out of a service's export: what it says of itself is what that file states",
        "من ملف صدّرته خدمة: ما تقوله عن نفسها هو ما يذكره ذلك الملف",
    ),
}
MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Told:
    """An item as the page tells it; `member` is its WARC file in the package, `collected` the time that is stated for it."""

    title: str
    kind: SourceKind
    source: str
    collected: datetime
    sha256: str
    member: str

    @classmethod
    def stated(cls, item: Mapping[str, Any]) -> "Told":
        """An item as the manifest states it. Raises UnreadableInput where a data point is missing or odd."""
        try:
            title, source, sha256, member = (str(item[name]) for name in ("title", "source", "sha256", "member"))
            collected = datetime.fromisoformat(str(item["collected"]))
            return cls(title, SourceKind(item["kind"]), source, collected, sha256, member)
        except (KeyError, ValueError) as error:
            raise UnreadableInput(
                item=MANIFEST, happened=f"an item lacks a data point ({error})", advice="ask for the package again"
            ) from error


def explanation(about: About, told: Sequence[Told], count: int) -> str:
    """The page. `told` are the items that are listed, `count` how many there are."""
    head = Checkpoint.parse(Note.parse(about.checkpoint, CHECKPOINT).text, CHECKPOINT)
    page = Template(files(_ROOM).joinpath("explanation.html").read_text(encoding="utf-8"))
    return page.substitute(
        title=escape(about.title),
        created=escape(f"{about.created.astimezone(UTC):%Y-%m-%d %H:%M}"),
        software=escape(about.software),
        key=escape(about.verifier_key),
        origin=escape(head.origin),
        entries=f"{head.size:,}",
        count=f"{count:,}",
        items_ar=_items(told, count, ARABIC),
        items_en=_items(told, count, ENGLISH),
        checks_ar=_meanings(ARABIC),
        checks_en=_meanings(ENGLISH),
    )


def commands() -> str:
    """checks.txt: the commands by which anyone checks a package with public tools."""
    return files(_ROOM).joinpath("checks.txt").read_text(encoding="utf-8")


def _items(told: Sequence[Told], count: int, language: str) -> str:
    """One block an item."""
    collected, way, digest, part = {
        ENGLISH: ("time stated", "how it came", "SHA-256 of the content", "part"),
        ARABIC: ("الوقت المذكور", "كيف جاءت", "بصمة المحتوى (SHA-256)", "الجزء"),
    }[language]
    blocks = [
        f'<li><p class="name"><bdi>{escape(each.title)}</bdi></p>'
        f'<p class="source"><bdi dir="ltr">{escape(each.source)}</bdi></p>'
        f"<dl><dt>{collected}</dt><dd><bdi>{each.collected.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC</bdi></dd>"
        f"<dt>{way}</dt><dd>{escape(_WAYS[each.kind].of(language))}</dd>"
        f'<dt>{part}</dt><dd><code dir="ltr">{escape(each.member)}</code></dd>'
        f'<dt>{digest}</dt><dd><code dir="ltr">{escape(each.sha256)}</code></dd></dl></li>'
        for each in told
    ]
    if count > len(told):
        more = Wording("the others stand in tawthiq/manifest.json", "والبقية مذكورة في tawthiq/manifest.json").of(
            language
        )
        blocks.append(f"<li>{more}</li>")
    return "\n".join(blocks)


def _meanings(language: str) -> str:
    """One row a check: what it proves, what it leaves open."""
    return "\n".join(
        f'<tr><th scope="row">{escape(name.of(language))}</th><td>{escape(each.proves.of(language))}</td>'
        f"<td>{escape(each.leaves_open.of(language))}</td></tr>"
        for name, each in _CHECKS
    )
