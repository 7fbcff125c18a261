"""How often `times` gives the days that hand-marked readings give, where it stands on the marked time expression.

    python -m eval.times [--set train|test|dev] [--show]

Of the events whose `when` has a span: "found" when an expression of ours overlaps it, "right" when the best overlapping one has
the marked from and to (both null counts as right when ours is open). Tune on train; dev and test only measure.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from eval.check import CORPUS, shared_folder
from tawthiq.records.period import When
from tawthiq.text.dates import times


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _corpus(part: str, corpus: Path, shared: Path | None) -> Iterator[tuple[dict, dict]]:
    documents, readings = corpus / "reports.jsonl", corpus / "readings.jsonl"
    if part == "dev":
        if shared is None:
            return
        documents, readings = shared / "gold" / "dev.jsonl", shared / "gold" / "dev.gold.jsonl"
    by_id = {document["id"]: document for document in _lines(documents)}
    for reading in _lines(readings):
        document = by_id[reading["id"]]
        if part == "dev" or document["split"] == part:
            yield document, reading


def _best(found: list[When], start: int, end: int) -> When | None:
    def overlap(when: When) -> int:
        return min(end, when.mention.span.end) - max(start, when.mention.span.start)

    best = max(found, key=overlap, default=None)
    return best if best is not None and overlap(best) > 0 else None


def measure(part: str, corpus: Path, shared: Path | None, show: bool = False) -> Counter[str]:
    """Counts of marked, found, right expressions, and of those marked as open."""
    tally: Counter[str] = Counter()
    for document, reading in _corpus(part, corpus, shared):
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


def figures(corpus: Path, shared: Path | None) -> dict[str, float]:
    """The share of marked time expressions that come out with the marked days; what we miss counts as wrong."""
    tallies = {part: measure(part, corpus, shared) for part in ("test", "dev")}
    return {
        f"times {part} right": tally["right"] / tally["marked"] for part, tally in tallies.items() if tally["marked"]
    }


def main() -> None:
    """Prints one line a part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", dest="parts", action="append", choices=["train", "test", "dev"])
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    for part in options.parts or ["train", "test", "dev"]:
        tally = measure(part, CORPUS, shared_folder(), options.show)
        share = {name: f"{tally[name] / max(1, tally['marked']):.3f}" for name in ("found", "right")}
        dated = tally["dated right"] / max(1, tally["dated"])
        print(part, dict(tally), share, f"dated right {dated:.3f}")


if __name__ == "__main__":
    main()
