"""Figures of readers' comments, as JSON on standard output: `python -m eval.comments`.

Comments in our own wording are spliced, in each markup of tests/page/splices.py, inside and after the container of the
article, into a composed page and into the pages of ../shared/pages. Leak is the share of the comments' runs of four words
that stand in the body and not in the article; recovery the share of the comments' words that stand in comments, signed
the share of comments with the right author and moment. Floors need a figure that is 1.0 at best: "kept out" is 1 - leak.
"""

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from eval.check import ROOT, shared_folder
from tawthiq.page import anatomy
from tawthiq.page.encoding import decode
from tawthiq.records.page import Page
from tawthiq.text.tokens import tokens


def _splices() -> Any:
    """The markups of the tests, from their folder, which is no package of the product."""
    spec = importlib.util.spec_from_file_location("splices", ROOT / "tests" / "page" / "splices.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(ROOT / "tests" / "page" / "splices.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["splices"] = module
    spec.loader.exec_module(module)
    return module


SPLICES = _splices()

COMPOSED = (
    "فتحت المدرسة الثانوية في حي النهر أبوابها صباح الأحد بعد إغلاق دام سبعة أسابيع بسبب أعمال الترميم.",
    "وقالت مديرة المدرسة إن ستمئة طالب عادوا إلى مقاعدهم، وإن المختبر سيبقى مغلقاً حتى وصول الأجهزة الجديدة.",
    "وذكر مجلس الحي أن كلفة الترميم بلغت أربعين ألف دينار، دفعت نصفها جمعية أهلية ونصفها الآخر البلدية.",
)
_RUN = 4  # words that make a run; shorter ones stand in any two texts


def composed() -> str:
    """A page in our own wording, without comments."""
    paragraphs = "".join(f"<p>{line}</p>" for line in COMPOSED)
    return (
        "<html><head><title>المدرسة تعود - صدى النهر</title></head><body><nav><a href='/'>الرئيسية</a></nav>"
        f"<div class='page'><h1>المدرسة تعود</h1><div class='text'>{paragraphs}</div></div>"
        "<a href='/x'>من نحن</a></body></html>"
    )


def words(texts: Iterable[str]) -> Counter[str]:
    """The folded words of texts, counted."""
    return Counter(token.folded for text in texts for token in tokens(text) if token.kind != "mark")


def runs(texts: Iterable[str]) -> Counter[tuple[str, ...]]:
    """The runs of four folded words of texts, counted."""
    found: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        folded = [token.folded for token in tokens(text) if token.kind != "mark"]
        found.update(tuple(folded[at : at + _RUN]) for at in range(len(folded) - _RUN + 1))
    return found


def row_of(page: Page, body: str, readers: tuple[Any, ...]) -> dict[str, float]:
    """Leak, recovery and signed share of one spliced page whose article is `body`."""
    due = runs(reader.text for reader in readers)
    foreign = Counter({run: times for run, times in due.items() if run not in runs([body])})
    spoken = words(reader.text for reader in readers)
    found = words(comment.span.of(page.text) for comment in page.comments)
    told = {(comment.author, comment.date) for comment in page.comments}
    return {
        "leak": sum((foreign & runs([page.body])).values()) / max(1, sum(foreign.values())),
        "recovery": sum((spoken & found).values()) / max(1, sum(spoken.values())),
        "signed": sum((reader.author, reader.date) in told for reader in readers) / len(readers),
    }


def anchor_in(source: str, body: str) -> str | None:
    """The last words of an article as its markup holds them, or None."""
    for line in reversed(body.split("\n")):
        for size in (25, 15):
            if len(line) >= size and line[-size:].strip() in source:
                return line[-size:].strip()
    return None


def measure(shared: Path | None) -> list[dict[str, Any]]:
    """A row for each page, markup, language and place."""
    pages = [("composed", composed(), "\n".join(COMPOSED))]
    if shared is not None:
        gold = json.loads((shared / "pages" / "gold.json").read_text(encoding="utf-8"))
        pages += [(due["id"], decode((shared / "pages" / due["file"]).read_bytes()).text, due["body"]) for due in gold]
    rows = []
    for name, source, body in pages:
        anchor = anchor_in(source, body)
        for markup, written in SPLICES.MARKUPS.items() if anchor else ():
            for language, readers in (("ar", SPLICES.ARABIC), ("en", SPLICES.ENGLISH)):
                for inside in (True, False):
                    html = SPLICES.spliced(source, anchor or "", written(readers), inside=inside)
                    row = row_of(anatomy(html.encode(), id=name), body, readers)
                    rows.append({"page": name, "markup": markup, "language": language, "inside": inside, **row})
    return rows


def figures(corpus: Path, shared: Path | None) -> dict[str, float]:
    """Means over all rows, each 1.0 at best: of the composed page always, of ../shared/pages where they are at hand."""
    return means(measure(shared))


def means(rows: list[dict[str, Any]]) -> dict[str, float]:
    """The figures of rows already measured."""
    groups = {"composed page": [row for row in rows if row["page"] == "composed"]}
    groups["pages"] = [row for row in rows if row["page"] != "composed"]
    found = {}
    for name, group in groups.items():
        if not group:
            continue
        found[f"comments kept out of the body, {name}"] = 1 - sum(row["leak"] for row in group) / len(group)
        found[f"comments recovered, {name}"] = sum(row["recovery"] for row in group) / len(group)
        found[f"comments signed and dated, {name}"] = sum(row["signed"] for row in group) / len(group)
    return found


def main() -> int:
    """Print the figures, and the rows that fall short."""
    shared = shared_folder()
    rows = measure(shared)
    print(json.dumps(means(rows), indent=1))
    short = [row for row in rows if row["leak"] > 0 or row["recovery"] < 1 or row["signed"] < 1]
    print(json.dumps(short, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
