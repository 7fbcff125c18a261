"""What a second opinion costs: pages per second and core, taken apart and read, without and with it.

Runs over ../shared/pages/html where it is at hand, and over the bundled sample site. Prints JSON. CPU time of one process,
best of some rounds; `agreement` is how the pages agree, worst first.
"""

import json
import sys
from pathlib import Path

from bench.page import SHARED
from bench.reading import seconds
from tawthiq.page import anatomy
from tawthiq.page.second_opinion import available, second_opinion
from tawthiq.pipeline.read_capture import document_of
from tawthiq.reading import read
from tawthiq.records.opinion import SecondOpinion

SAMPLE_SITE = Path(__file__).resolve().parents[1] / "src" / "tawthiq" / "sample_site" / "pages"


def alone(data: bytes) -> None:
    """A page taken apart and read."""
    read(document_of(anatomy(data, id="bench")))


def beside(data: bytes) -> None:
    """A page taken apart and read, with a second opinion."""
    page = anatomy(data, id="bench")
    second_opinion(data, page)
    read(document_of(page))


def agreements(pages: list[bytes]) -> list[float]:
    """How far the two agree on each page that was answered, worst first."""
    found = (second_opinion(data, anatomy(data, id="bench")) for data in pages)
    return sorted(round(opinion.agreement, 3) for opinion in found if isinstance(opinion, SecondOpinion))


def main() -> int:
    """Print the figures."""
    if not available():
        print(json.dumps({"skipped": "trafilatura is not installed"}))
        return 0
    figures = {}
    for name, folder in (("shared pages", SHARED / "pages" / "html"), ("sample site", SAMPLE_SITE)):
        pages = [path.read_bytes() for path in sorted(folder.rglob("*.html"))]
        if pages:
            without, along = seconds(alone, pages), seconds(beside, pages)
            figures[name] = {
                "pages": len(pages),
                "pages_per_second_without": round(len(pages) / without, 1),
                "pages_per_second_with": round(len(pages) / along, 1),
                "milliseconds_a_page": round((along - without) / len(pages) * 1000, 1),
                "agreement": agreements(pages),
            }
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
