"""Figures of the memory of hosts on six invented outlets, as JSON on standard output: `python -m eval.boilerplate`.

Each outlet prints eight reports of eval/corpus in a layout of its own, with furniture that no wording rule knows, and in
two of them with a sentence of background that reports repeat and that is the outlet's own. Body token F1 is measured
without and with the memory, over the prose lines that were put in; so are pages that keep furniture, and own lines lost.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eval.check import CORPUS
from tawthiq.page import anatomy
from tawthiq.page.blocks import page_blocks
from tawthiq.page.likeness import print_of, seen_on_three
from tawthiq.records.page import Page
from tawthiq.text.agreement import counted_words, token_f1

PAGES = 8
_PROSE = 90
_LINES = 6

Layout = Callable[[str, list[str]], bytes]


@dataclass(frozen=True)
class Outlet:
    """An invented outlet: what stands before, inside and behind its reports, and what of its own it repeats."""

    host: str
    language: str
    layout: Layout
    before: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    background_inside: str = ""
    background_last: str = ""

    @property
    def furniture(self) -> tuple[str, ...]:
        """The lines that belong to no report."""
        return (*self.before, *self.inside, *self.behind)


@dataclass(frozen=True)
class Printed:
    """A report as its outlet printed it, and the lines that are its body."""

    url: str
    data: bytes
    lines: tuple[str, ...]


def _paragraphs(title: str, lines: list[str]) -> bytes:
    inner = "".join(f"<p>{line}</p>" for line in lines)
    return f"<title>{title}</title><body><article><h1>{title}</h1><div>{inner}</div></article>".encode()


def _breaks(title: str, lines: list[str]) -> bytes:
    inner = "<br><br>".join(lines)
    return f"<title>{title}</title><body><div id=top><h1>{title}</h1></div><div class=txt>{inner}</div>".encode()


def _table(title: str, lines: list[str]) -> bytes:
    rows = "".join(f"<tr><td><font size=3>{line}</font></td></tr>" for line in lines)
    return f"<title>{title}</title><body><table><tr><td><h1>{title}</h1></td></tr>{rows}</table>".encode()


def _divisions(title: str, lines: list[str]) -> bytes:
    inner = "".join(f"<div class='row'><span>{line}</span></div>" for line in lines)
    return f"<title>{title}</title><body><main><h1>{title}</h1><section>{inner}</section></main>".encode()


def _plain(title: str, lines: list[str]) -> bytes:
    return "\n\n".join((title, *lines)).encode()


OUTLETS = (
    Outlet(
        "minbar.example", "ar", _paragraphs,
        inside=("دفتر الضفاف المفتوح للقراء",),
        behind=("يكتب في منبر الضفاف أبناء القرى عن أيامهم ويراجع المواد متطوعون من ثلاث مدن قبل أن ترى النور.",
                "تخرج النسخة المطبوعة من المنبر أول كل شهر في المقاهي والمكتبات الصغيرة على جانبي النهر."),
    ),
    Outlet(
        "wadi.example", "ar", _breaks,
        before=("مادة أعدها فريق نشرة الوادي وتخرج في اليوم نفسه على الورق وفي الإذاعة المحلية",),
        inside=("تصل النشرة كل مساء إلى من يطلبها على الرقم 00 111 222 333 بالرسائل القصيرة",),
        behind=("يعمل في نشرة الوادي أحد عشر متطوعاً ولا تقبل النشرة مالاً من حزب أو حكومة أو فصيل.",),
        background_inside="وتعيش المنطقة منذ سنوات بلا كهرباء منتظمة وتعتمد على مولدات يديرها أصحابها كما يشاؤون.",
    ),
    Outlet(
        "qalam.example", "ar", _table,
        before=("صباح القلم لمن يقرأ على مهل",),
        behind=("القلم الأزرق صحيفة أسبوعية يملكها قراؤها بالتساوي ويجتمعون كل ربيع لاختيار من يحررها.",
                "مكتب القلم خلف سوق النحاسين في الطابق الثاني ويستقبل الزوار بعد العصر من كل يوم عدا الجمعة."),
        background_last="وقتل أكثر من أربعمئة ألف شخص منذ بدء الحرب في البلاد وفق منظمة محلية ترصد الضحايا.",
    ),
    Outlet(
        "lantern.example", "en", _paragraphs,
        inside=("Lantern letters every dawn",),
        behind=("Harbour Lantern is run by nine reporters from four towns who share one desk and answer to their readers.",
                "Old numbers of the Lantern can be read in the reading room behind the customs house on weekday afternoons."),
        background_inside="The province has had neither regular power nor a working court since the governor left it.",
    ),
    Outlet(
        "ferry.example", "en", _divisions,
        before=("From the notebook of the Ferry Post and its walking correspondents in the delta villages",),
        inside=("What did you see from your window? Tell the night desk at window@ferry.example",),
        behind=("The Ferry Post began as a sheet on the landing stage and is still set by hand on Thursdays.",),
        background_last="At least 90,000 people have been killed since the fighting began, by the count of a monitoring group.",
    ),
    Outlet(
        "quarry.example", "en", _plain,
        behind=("Quarry Road Dispatch pays its writers by the week, whatever they write, and prints no unsigned opinion.",
                "The kettle is on at the Dispatch from nine, and whoever has seen something is welcome to sit down."),
    ),
)  # fmt: skip


def _stories(corpus: Path, language: str) -> Iterator[tuple[str, list[str]]]:
    """Title and prose lines of the corpus's reports; neighbours, which often tell one incident, go to different outlets."""
    for line in (corpus / "reports.jsonl").read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        prose = [words for words in report["text"].split("\n") if len(words) >= _PROSE and words.endswith(".")]
        if report["language"] == language and report["title"] and len(prose) >= 3:
            yield report["title"], prose[:_LINES]


def printed(corpus: Path) -> dict[str, list[Printed]]:
    """The pages of every outlet."""
    found: dict[str, list[Printed]] = {}
    for language in ("ar", "en"):
        outlets = [outlet for outlet in OUTLETS if outlet.language == language]
        stories = list(_stories(corpus, language))
        for number, outlet in enumerate(outlets):
            chosen = islice(stories, number, None, max(len(outlets), len(stories) // PAGES))
            found[outlet.host] = [_printed(outlet, at, *story) for at, story in enumerate(islice(chosen, PAGES))]
    return found


def _printed(outlet: Outlet, number: int, title: str, own: list[str]) -> Printed:
    """The report in its outlet's layout: what stands inside it comes after the second line."""
    inside = (outlet.background_inside,) if outlet.background_inside else ()
    last = (outlet.background_last,) if outlet.background_last else ()
    lines = (*own[:2], *inside, *own[2:], *last)
    whole = [*outlet.before, *lines[:2], *outlet.inside, *lines[2:], *outlet.behind]
    return Printed(f"https://www.{outlet.host}/{number}", outlet.layout(title, whole), lines)


def remembered(pages: list[Printed]) -> frozenset[int]:
    """The digests that the pages of one host make known."""
    raw = [(page.url, anatomy(page.data, id=page.url, url=page.url)) for page in pages]
    shown = [(page, blocks) for url, page in raw if (blocks := page_blocks(page, url))]
    prints = [print_of(blocks.address, page.title, page.text, blocks.blocks) for page, blocks in shown]
    everything = {block.digest for _, blocks in shown for block in blocks.blocks}
    return frozenset(
        digest
        for digest in everything
        if seen_on_three(one for one in prints if any(digest == line for line, _ in one.lines))
    )


def _row(outlet: Outlet, page: Printed, found: Page) -> dict[str, object]:
    return {
        "url": page.url,
        "body_f1": token_f1(found.body, "\n".join(page.lines)),
        "furniture": [line for line in outlet.furniture if line in found.body],
        "lost": [line for line in page.lines if _is_lost(line, found.body)],
    }


def _is_lost(line: str, body: str) -> bool:
    """Whether a tenth of the line's words are not in the body; an agency's credit in front of it has a zone of its own."""
    words = counted_words(line)
    return (words - counted_words(body)).total() > words.total() / 10


def measure(corpus: Path) -> dict[str, list[dict[str, object]]]:
    """A row for each page, without and with the memory."""
    rows: dict[str, list[dict[str, object]]] = {"without": [], "with": []}
    pages = printed(corpus)
    for outlet in OUTLETS:
        known = remembered(pages[outlet.host])
        for page in pages[outlet.host]:
            for name, digests in (("without", frozenset[int]()), ("with", known)):
                found = anatomy(page.data, id=page.url, url=page.url, known=digests)
                rows[name].append(_row(outlet, page, found))
    return rows


def summary(rows: list[dict[str, object]]) -> dict[str, float]:
    """Mean body F1, and the shares of pages without furniture and without a lost line."""
    return {
        "body token F1": sum(float(str(row["body_f1"])) for row in rows) / len(rows),
        "pages without furniture": sum(not row["furniture"] for row in rows) / len(rows),
        "pages with all their own lines": sum(not row["lost"] for row in rows) / len(rows),
    }


def figures(corpus: Path, shared: Path | None) -> dict[str, float]:
    """The figures with the memory, for the gate."""
    return {f"memory of hosts: {name}": value for name, value in summary(measure(corpus)["with"]).items()}


def main() -> int:
    """Print the figures without and with the memory, and the pages that are not as they should be."""
    rows = measure(CORPUS)
    print(json.dumps({name: summary(found) for name, found in rows.items()}, indent=1))
    wrong = [row for row in rows["with"] if row["furniture"] or row["lost"]]
    print(json.dumps(wrong, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
