"""Sample reports as training examples: what was found in each, and which marked event each found act word tells.

Which event a word tells comes from a file of labelled mentions where the report has been labelled (docs/annotating.md); else
only the occurrence nearest to each marked event is known, and nothing is known of the others.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tawthiq.reading import gathered
from tawthiq.reading.contract import document_from_json
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.setting import Setting

FURTHEST = 300
Json = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One document's material and its marked events.

    `owner` gives the marked event of which an occurrence is the chief telling; `told` the marked event that each
    occurrence tells (None: none); `labelled` says whether `told` was labelled by hand.
    """

    id: str
    outlet: str
    setting: Setting
    reading: Json
    owner: dict[int, int]
    told: tuple[int | None, ...]
    labelled: bool

    @property
    def gold(self) -> list[Json]:
        """The marked events."""
        found: list[Json] = self.reading["events"]
        return found


@dataclass(frozen=True)
class Corpus:
    """A folder with reports.jsonl, readings.jsonl and, where mentions were labelled, mentions.jsonl."""

    folder: Path

    def reports(self, split: str = "train") -> Iterator[tuple[Json, Json, list[Json] | None]]:
        """Each report of a split with its reading and its labelled mentions, None where it has none."""
        readings = {line["id"]: line for line in _lines(self.folder / "readings.jsonl")}
        labels = self.folder / "mentions.jsonl"
        mentions = {line["id"]: line["mentions"] for line in _lines(labels)} if labels.exists() else {}
        for report in _lines(self.folder / "reports.jsonl"):
            if report.get("split") == split:
                yield report, readings[report["id"]], mentions.get(report["id"])


def examples(folders: Iterable[Path], split: str = "train") -> list[Example]:
    """The examples of corpora in folders."""
    return [
        example(report, reading, mentions)
        for folder in folders
        for report, reading, mentions in Corpus(folder).reports(split)
    ]


def example(report: Json, reading: Json, mentions: list[Json] | None) -> Example:
    """One report as an example."""
    found, gold = gathered(document_from_json(report)), reading["events"]
    nearest = aligned(found.occurrences, gold)
    if mentions is None:
        told = tuple(nearest.get(i) for i in range(len(found.occurrences)))
        return Example(report["id"], report.get("outlet") or "", found, reading, nearest, told, False)
    told = tuple(_told(occurrence, i, mentions, nearest) for i, occurrence in enumerate(found.occurrences))
    owner = _chief(found.occurrences, told, gold)
    return Example(report["id"], report.get("outlet") or "", found, reading, owner, told, True)


def aligned(occurrences: Sequence[Occurrence], gold: list[Json]) -> dict[int, int]:
    """Occurrences aligned one to one with gold events: the same act or touching triggers, nearest first."""
    pairs = []
    for i, occurrence in enumerate(occurrences):
        for j, event in enumerate(gold):
            near = _nearness(occurrence, event)
            if near > 0:
                pairs.append((near, -i, -j))
    chosen: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if -i not in chosen and -j not in chosen.values():
            chosen[-i] = -j
    return chosen


def _nearness(occurrence: Occurrence, event: Json) -> float:
    """How well an occurrence fits a marked event's trigger; 0 when it does not."""
    gap = max(occurrence.start - event["trigger"]["end"], event["trigger"]["start"] - occurrence.end)
    same = occurrence.act == event["act"]
    if gap > FURTHEST or not (gap < 0 or same):
        return 0.0
    return 4 * (gap < 0) + 3 * same + 1 - max(gap, 0) / (FURTHEST + 1)


def _told(occurrence: Occurrence, index: int, mentions: list[Json], nearest: dict[int, int]) -> int | None:
    """The event labelled on a word of the occurrence; a word that no label knows tells what it is nearest to."""
    touching = [
        mention for mention in mentions if mention["start"] < occurrence.end and occurrence.start < mention["end"]
    ]
    if not touching:
        return nearest.get(index)
    return next((mention["event"] for mention in touching if mention["event"] is not None), None)


def _chief(occurrences: Sequence[Occurrence], told: Sequence[int | None], gold: list[Json]) -> dict[int, int]:
    """For each told event the occurrence that fits its marked trigger best, the first among equals."""
    best: dict[int, tuple[float, int]] = {}
    for i, j in enumerate(told):
        if j is None:
            continue
        near = _nearness(occurrences[i], gold[j])
        if j not in best or near > best[j][0]:
            best[j] = (near, i)
    return {i: j for j, (_, i) in best.items()}


def _lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
