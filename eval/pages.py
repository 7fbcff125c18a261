"""Figures of page anatomy on ../shared/pages/gold.json and the seeds, as JSON on standard output.

Body token F1 (multisets of folded words), title and date exact, byline exact where the gold has one and null where it has
none, strings that must not be in the body, invented dates.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

from tawthiq.page import anatomy
from tawthiq.records.page import Page, ZoneKind
from tawthiq.text.folding import fold
from tawthiq.text.tokens import tokens

SHARED = Path(os.environ.get("TAWTHIQ_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def words(text: str) -> Counter[str]:
    """The folded words and numbers of a text, counted."""
    return Counter(token.folded for token in tokens(text) if token.kind != "mark")


def f1(found: str, due: str) -> float:
    """Token F1 of two texts."""
    ours, gold = words(found), words(due)
    both = sum((ours & gold).values())
    return 2 * both / max(1, sum(ours.values()) + sum(gold.values()))


def body_with_credits(page: Page) -> str:
    """Body and agency zones in order: the gold counts a credit at the body's end as body."""
    kinds = (ZoneKind.BODY, ZoneKind.AGENCY)
    return "\n".join(zone.span.of(page.text) for zone in page.zones if zone.kind in kinds)


def measure(gold: list[dict[str, object]]) -> dict[str, object]:
    """The figures and, for each page, what differs."""
    rows = []
    for due in gold:
        data = (SHARED / "pages" / str(due["file"])).read_bytes()
        page = anatomy(data, id=str(due["id"]))
        published = page.published.day.isoformat() if page.published else None
        body = fold(" ".join(page.body.split()))
        rows.append(
            {
                "id": due["id"],
                "body_f1": round(f1(page.body, str(due["body"])), 4),
                "title": fold(page.title or "") == fold(str(due["title"])),
                "found_title": page.title,
                "published": published,
                "date": published == due["published"],
                "invented": published is not None and published != due["published"],
                "byline": (page.byline or "") == due["byline"],
                "found_byline": page.byline,
                "agency": page.agency,
                "due_agency": due["agency"],
                "must_not_kept": [text for text in due["must_not"] if fold(" ".join(text.split())) in body],  # type: ignore[attr-defined]
            }
        )
    count = len(rows)
    return {
        "pages": count,
        "body_f1": round(sum(float(str(row["body_f1"])) for row in rows) / count, 4),
        "title": sum(bool(row["title"]) for row in rows),
        "date": sum(bool(row["date"]) for row in rows),
        "invented_dates": sum(bool(row["invented"]) for row in rows),
        "byline": sum(bool(row["byline"]) for row in rows),
        "must_not_kept": sum(len(row["must_not_kept"]) for row in rows),  # type: ignore[arg-type]
        "rows": rows,
    }


def main() -> int:
    """Print the figures; 0 when the data is at hand."""
    gold = SHARED / "pages" / "gold.json"
    if not gold.is_file():
        print(json.dumps({"skipped": "the measuring data of ../shared is not at hand"}))
        return 0
    print(json.dumps(measure(json.loads(gold.read_text(encoding="utf-8"))), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
