"""Page anatomy: pages per second and core on ../shared/pages/html, and ratios to other extractors where they are installed.

Prints JSON. CPU time of one process; each page is taken apart several times and the best round counts.
"""

import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tawthiq.page import anatomy

SHARED = Path(os.environ.get("TAWTHIQ_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ROUNDS = 5


def rate(work: Callable[[bytes], object], pages: list[bytes]) -> float:
    """Pages per second of CPU time, best of ROUNDS."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        for page in pages:
            work(page)
        best = min(best, time.process_time() - begun)
    return round(len(pages) / best, 1)


def peers() -> dict[str, Callable[[bytes], object] | None]:
    """Other extractors, metadata included where they offer it; None when not installed."""
    found: dict[str, Callable[[bytes], object] | None] = {"trafilatura": None, "readability": None, "resiliparse": None}
    try:
        trafilatura = importlib.import_module("trafilatura")
        found["trafilatura"] = lambda page: trafilatura.bare_extraction(page, with_metadata=True)
    except ImportError:
        pass
    try:
        readability = importlib.import_module("readability")
        found["readability"] = lambda page: readability.Document(page.decode("utf-8", "replace")).summary()
    except ImportError:
        pass
    try:
        tree = importlib.import_module("resiliparse.parse.html").HTMLTree
        extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
        found["resiliparse"] = lambda page: extract(tree.parse_from_bytes(page), main_content=True)
    except ImportError:
        pass
    return found


def main() -> int:
    """Print the figures."""
    pages = [path.read_bytes() for path in sorted((SHARED / "pages" / "html").glob("*.html"))]
    if not pages:
        print(json.dumps({"skipped": "the measuring data of ../shared is not at hand"}))
        return 0
    ours = rate(lambda page: anatomy(page, id="bench"), pages)
    figures: dict[str, object] = {
        "pages": len(pages),
        "mean_bytes": sum(map(len, pages)) // len(pages),
        "pages_per_second": ours,
    }
    for name, work in peers().items():
        figures[f"ratio_to_{name}"] = round(ours / rate(work, pages), 1) if work else "not installed"
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
