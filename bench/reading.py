"""Reading: reports per second and core, and the memory it takes.

Reports of eval/corpus, scaled to 300 words each; CPU time of one process, best of several rounds; then each stage alone.
Resident memory is the peak of the process with all tables loaded.
"""

import json
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from tawthiq.reading import read
from tawthiq.reading.actors import actor_mentions
from tawthiq.reading.contract import document_from_json
from tawthiq.reading.places import place_mentions
from tawthiq.reading.prepared import prepare
from tawthiq.reading.statements import statements
from tawthiq.records.reading import Document
from tawthiq.text.dates import times

CORPUS = Path(__file__).resolve().parents[1] / "eval" / "corpus" / "reports.jsonl"
ROUNDS = 3
WORDS = 300
Item = TypeVar("Item")


def seconds(work: Callable[[Item], object], items: Sequence[Item]) -> float:
    """CPU seconds for all items, best of ROUNDS."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        for item in items:
            work(item)
        best = min(best, time.process_time() - begun)
    return best


def main() -> None:
    """Print the rate, each stage's milliseconds a report of 300 words, and the memory."""
    with CORPUS.open(encoding="utf-8") as lines:
        documents = [document_from_json(json.loads(line)) for line in lines]
    reports = sum(len(document.text.split()) for document in documents) / WORDS
    read(documents[0])
    prepared = [prepare(document) for document in documents]
    stages: dict[str, float] = {
        "prepare": seconds(prepare, documents),
        "places": seconds(place_mentions, prepared),
        "actors": seconds(actor_mentions, prepared),
        "statements with actors": seconds(statements, prepared),
        "times": seconds(_times, documents),
        "all, events included": seconds(read, documents),
    }
    for name, spent in stages.items():
        print(f"{name:24} {1000 * spent / reports:6.2f} ms a report of {WORDS} words")
    print(f"{reports / stages['all, events included']:.0f} reports/s/core")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB resident at most")


def _times(document: Document) -> object:
    return times(document.text, document.language or "ar", document.published)


if __name__ == "__main__":
    main()
