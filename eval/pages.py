"""Figures of page anatomy on ../shared/pages/gold.json, as JSON on standard output: `python -m eval.pages`.

Body token F1 (multisets of folded words), title and date exact, byline exact where the gold has one and null where it has
none, strings that must not be in the body, invented dates.
"""

import json
import sys
from pathlib import Path
from typing import Any

from eval.check import CORPUS, shared_folder
from tawthiq.page import anatomy
from tawthiq.text.agreement import token_f1
from tawthiq.text.folding import fold


def row_of(due: dict[str, Any], pages: Path) -> dict[str, Any]:
    """What was found on one page of the gold, and what is right of it."""
    page = anatomy((pages / due["file"]).read_bytes(), id=due["id"])
    published = page.published.day.isoformat() if page.published else None
    body = fold(" ".join(page.body.split()))
    return {
        "id": due["id"],
        "body_f1": token_f1(page.body, due["body"]),
        "title": fold(page.title or "") == fold(due["title"]),
        "found_title": page.title,
        "published": published,
        "date": published == due["published"],
        "invented": published is not None and published != due["published"],
        "byline": (page.byline or "") == due["byline"],
        "found_byline": page.byline,
        "agency": page.agency,
        "due_agency": due["agency"],
        "must_not_kept": [text for text in due["must_not"] if fold(" ".join(text.split())) in body],
    }


def measure(pages: Path) -> list[dict[str, Any]]:
    """A row for each page of `pages`/gold.json."""
    return [row_of(due, pages) for due in json.loads((pages / "gold.json").read_text(encoding="utf-8"))]


def figures(corpus: Path, shared: Path | None) -> dict[str, float]:
    """Shares over the pages, each 1.0 at best; nothing where the pages are not at hand."""
    if shared is None:
        return {}
    rows = measure(shared / "pages")
    names = {"body_f1": "body token F1", "title": "title", "date": "date", "byline": "byline"}
    found = {f"pages {label}": sum(float(row[key]) for row in rows) / len(rows) for key, label in names.items()}
    found["pages without an invented date"] = sum(not row["invented"] for row in rows) / len(rows)
    found["pages with no furniture in the body"] = sum(not row["must_not_kept"] for row in rows) / len(rows)
    return found


def main() -> int:
    """Print the figures and the rows behind them; 0 when the data is at hand."""
    shared = shared_folder()
    if shared is None:
        print("the measuring data of ../shared is not at hand")
        return 0
    print(json.dumps(figures(CORPUS, shared), indent=1))
    print(json.dumps(measure(shared / "pages"), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
