"""Page anatomy beside other extractors, in one run: pages per second and core, ratios, and the body's F1 on the gold.

Pages are those of ../shared/pages. CPU time of one process; each page is taken apart several times and the best round
counts; rounds of all extractors take turns, so that other work on the machine slows them alike. Ours is everything that
`tawthiq page` does (text, zones, comments, title, byline, dates, agency); of the others, what each name says. Peers come
with the extra `bench` (`make bench`); one that is not installed is left out and named.
"""

import gc
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from tawthiq.page import anatomy
from tawthiq.text.agreement import token_f1

SHARED = Path(os.environ.get("TAWTHIQ_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ROUNDS = 5
OURS = "tawthiq, everything"
_PACKAGES = ("tawthiq", "trafilatura", "readability-lxml", "resiliparse", "selectolax", "lxml")
Work = Callable[[bytes], str]


def _ours(page: bytes) -> str:
    return anatomy(page, id="bench").body


def _trafilatura() -> dict[str, Work]:
    trafilatura = importlib.import_module("trafilatura")

    def with_metadata(page: bytes) -> str:
        found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
        return (found.text or "") if found else ""

    return {
        "trafilatura, text and metadata": with_metadata,
        "trafilatura, text only": lambda page: trafilatura.extract(page, include_comments=False) or "",
        "trafilatura, fast text only": lambda page: trafilatura.extract(page, include_comments=False, fast=True) or "",
    }


def _readability() -> dict[str, Work]:
    readability = importlib.import_module("readability")
    html = importlib.import_module("lxml.html")

    def work(page: bytes) -> str:
        summary = readability.Document(page.decode("utf-8", "replace")).summary(html_partial=True)
        return str(html.fromstring(summary).text_content())

    return {"readability-lxml, text": work}


def _resiliparse() -> dict[str, Work]:
    tree = importlib.import_module("resiliparse.parse.html").HTMLTree
    detect = importlib.import_module("resiliparse.parse.encoding").detect_encoding
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    return {
        "resiliparse, main content": lambda page: extract(
            tree.parse_from_bytes(page, detect(page)), main_content=True, comments=False
        )
    }


def contenders() -> tuple[dict[str, Work], list[str]]:
    """What is measured, and the peers that are not installed."""
    found: dict[str, Work] = {OURS: _ours}
    absent = []
    for peer in (_trafilatura, _readability, _resiliparse):
        try:
            found |= peer()
        except ImportError as error:
            absent.append(error.name or str(error))
    return found, absent


def rates(works: dict[str, Work], pages: list[bytes]) -> dict[str, float]:
    """Pages per second of CPU time of each, the best of ROUNDS rounds in turn."""
    for work in works.values():
        work(pages[0])
    gc.collect()
    gc.freeze()  # what the modules of all contenders hold is then nobody's cost
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            begun = time.process_time()
            for page in pages:
                work(page)
            best[name] = min(best[name], time.process_time() - begun)
    return {name: round(len(pages) / seconds, 1) for name, seconds in best.items()}


def body_f1(work: Work, folder: Path) -> float | None:
    """The mean token F1 of the body on the gold of `folder`; None where there is no gold."""
    gold = folder / "gold.json"
    if not gold.is_file():
        return None
    rows = json.loads(gold.read_text(encoding="utf-8"))
    return round(sum(token_f1(work((folder / row["file"]).read_bytes()), row["body"]) for row in rows) / len(rows), 3)


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def main() -> int:
    """Print the figures as JSON."""
    folder = SHARED / "pages"
    pages = [path.read_bytes() for path in sorted((folder / "html").glob("*.html"))]
    if not pages:
        print(json.dumps({"skipped": "the measuring data of ../shared is not at hand"}))
        return 0
    works, absent = contenders()
    speeds = rates(works, pages)
    figures = {
        "versions": _versions(),
        "pages": len(pages),
        "mean_bytes": sum(map(len, pages)) // len(pages),
        "pages_per_second": speeds[OURS],
        "each": {
            name: {
                "pages_per_second": speed,
                "ours_is_times": round(speeds[OURS] / speed, 1),
                "body_f1": body_f1(works[name], folder),
            }
            for name, speed in speeds.items()
        },
        "not_installed": absent,
    }
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
