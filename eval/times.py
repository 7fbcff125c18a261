"""How often `times` gives the days that hand-marked readings give, where it stands on the marked time expression.

    python eval/times.py [--shared FOLDER] [--set train|test|dev] [--show]

Of the events whose `when` has a span: "found" when an expression of ours overlaps it, "right" when the best overlapping one has
the marked from and to (both null counts as right when ours is open). Tune on train; dev and test only measure.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tawthiq.records.period import When
from tawthiq.text.dates import times


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _corpus(shared: Path, part: str) -> Iterator[tuple[dict, dict]]:
    documents, readings = ("samples/reports.jsonl", "samples/readings.jsonl")
    if part == "dev":
        documents, readings = ("gold/dev.jsonl", "gold/dev.gold.jsonl")
    by_id = {document["id"]: document for document in _lines(shared / documents)}
    for reading in _lines(shared / readings):
        document = by_id[reading["id"]]
        if part == "dev" or document.get("split") == part:
            yield document, reading


def _best(found: list[When], start: int, end: int) -> When | None:
    def overlap(when: When) -> int:
        return min(end, when.mention.span.end) - max(start, when.mention.span.start)

    best = max(found, key=overlap, default=None)
    return best if best is not None and overlap(best) > 0 else None


def measure(shared: Path, part: str, show: bool) -> Counter[str]:
    """Counts of marked, found, right expressions, and of those marked as open."""
    tally: Counter[str] = Counter()
    for document, reading in _corpus(shared, part):
        published = date.fromisoformat(document["published"]) if document.get("published") else None
        found = times(document["text"], document.get("language") or "ar", published)
        seen = set()
        for event in reading["events"]:
            when = event["when"]
            if not when or when.get("start") is None or (when["start"], when["end"]) in seen:
                continue
            seen.add((when["start"], when["end"]))
            tally["marked"] += 1
            best = _best(found, when["start"], when["end"])
            tally["found"] += best is not None
            period = best.period if best else None
            ours = (period.first.isoformat(), period.last.isoformat()) if period else (None, None)
            theirs = (when.get("from"), when.get("to") or when.get("from"))
            tally["dated"] += theirs[0] is not None
            tally["right"] += ours == theirs
            tally["dated right"] += theirs[0] is not None and ours == theirs
            if show and ours != theirs:
                print(
                    document["published"],
                    "|",
                    when["text"],
                    "|",
                    theirs,
                    "| ours",
                    best and (best.mention.text, *ours, best.reason),
                )
    return tally


def main() -> None:
    """Prints one line a part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--set", dest="parts", action="append", choices=["train", "test", "dev"])
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    for part in options.parts or ["train", "test", "dev"]:
        tally = measure(options.shared, part, options.show)
        share = {name: f"{tally[name] / max(1, tally['marked']):.3f}" for name in ("found", "right")}
        dated = tally["dated right"] / max(1, tally["dated"])
        print(part, dict(tally), share, f"dated right {dated:.3f}")


if __name__ == "__main__":
    main()
