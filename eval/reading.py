"""Figures of reading on the corpus of record and, where it is at hand, on ../shared/gold/dev.

`python -m eval.reading` prints them whole, by language and by outlet. The split "test" of eval/corpus holds the floors;
the split "train" is for fitting and printed beside it; gold/dev only measures.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from eval.reading_score import Figures, score
from tawthiq.reading import read
from tawthiq.reading.contract import document_from_json, reading_to_json

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "eval" / "corpus"
SHOWN = (
    "statement", "direct_quote", "event", "act", "place", "date", "by", "killed", "injured", "source", "fact",
)  # fmt: skip
Lines = dict[str, dict[str, Any]]


def load(path: Path) -> Lines:
    """The objects of a JSON Lines file by identifier."""
    with path.open(encoding="utf-8") as lines:
        return {entry["id"]: entry for entry in map(json.loads, filter(str.strip, lines))}


def readings(documents: Iterable[Mapping[str, Any]]) -> Lines:
    """What Tawthiq reads in the documents, as reading/1 objects by identifier."""
    return {document["id"]: reading_to_json(read(document_from_json(document))) for document in documents}


def figures(corpus: Path, shared: Path | None) -> dict[str, float]:
    """F1 of every measure on the test split and on gold/dev, whole and by language; quote precision and recall too."""
    found: dict[str, float] = {}
    reports, marked = load(corpus / "reports.jsonl"), load(corpus / "readings.jsonl")
    tested = {key: report for key, report in reports.items() if report["split"] == "test"}
    found |= _named("samples_test", _by_language(tested, marked))
    if shared is not None:
        documents = load(shared / "gold" / "dev.jsonl")
        found |= _named("gold_dev", _by_language(documents, load(shared / "gold" / "dev.gold.jsonl")))
    return found


def _by_language(documents: Lines, marked: Lines) -> dict[str, Figures]:
    ours = readings(documents.values())
    groups = {"": list(documents)}
    for key, document in documents.items():
        groups.setdefault(f"_{document['language']}", []).append(key)
    return {name: score({key: marked[key] for key in keys}, ours) for name, keys in groups.items()}


def _named(corpus: str, measured: Mapping[str, Figures]) -> dict[str, float]:
    found = {}
    for group, result in measured.items():
        for name in SHOWN:
            found[f"{corpus}{group}_{name}_f1"] = round(result.ratios[name].f1, 3)
        quotes = result.ratios["direct_quote"]
        found[f"{corpus}{group}_direct_quote_precision"] = round(quotes.precision, 3)
        found[f"{corpus}{group}_direct_quote_recall"] = round(quotes.recall, 3)
    return found


def _print(title: str, result: Figures) -> None:
    print(f"{title} ({result.documents} documents)")
    for name in SHOWN:
        ratio = result.ratios[name]
        print(f"  {name:14} P {ratio.precision:.3f}  R {ratio.recall:.3f}  F1 {ratio.f1:.3f}  n {ratio.due}")
    print(f"  kind {result.kind_accuracy:.3f}  stance {result.stance_accuracy:.3f}  leaks {result.leaks}")


def _report(name: str, documents: Lines, marked: Lines) -> None:
    """Print the figures of a corpus whole, by language and by outlet."""
    ours = readings(documents.values())
    groups: dict[str, list[str]] = {name: list(documents)}
    for key, document in documents.items():
        groups.setdefault(f"{name}, {document['language']}", []).append(key)
    for title, keys in groups.items():
        _print(title, score({key: marked[key] for key in keys}, ours))
    outlets: dict[str, list[str]] = {}
    for key, document in documents.items():
        outlets.setdefault(document.get("outlet") or "-", []).append(key)
    for outlet, keys in sorted(outlets.items()):
        if len(keys) >= 3:
            result = score({key: marked[key] for key in keys}, ours)
            shown = "  ".join(
                f"{measure} {result.ratios[measure].f1:.3f}" for measure in ("statement", "event", "fact")
            )
            print(f"  {outlet:24} {len(keys):3} documents  {shown}")


def main() -> None:
    """Print every figure."""
    reports, marked = load(CORPUS / "reports.jsonl"), load(CORPUS / "readings.jsonl")
    for split in ("test", "train"):
        _report(f"samples {split}", {key: doc for key, doc in reports.items() if doc["split"] == split}, marked)
    shared = Path(os.environ.get("TAWTHIQ_SHARED", ROOT.parent / "shared"))
    if (shared / "gold" / "dev.jsonl").is_file():
        _report("gold/dev", load(shared / "gold" / "dev.jsonl"), load(shared / "gold" / "dev.gold.jsonl"))


if __name__ == "__main__":
    main()
