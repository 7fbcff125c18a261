"""How well linking does: B-cubed F of documents, wrong merges and copies on the composed reports; planted copies and the Gun
Violence Corpus where ../shared is at hand.

B-cubed (Bagga and Baldwin 1998) is taken over documents. The truth gives each document one incident, its own; but reports
also tell neighbouring incidents in passing, and those events are linked too. So a document stands for its leading event, the
first in its text; figures "of all events" put documents together when they share any incident and are stricter than the
truth allows. Figures named "gold" link the readings marked by hand, those named "own" what `reading.read` finds.
Weights and limits were set on the train part and on planted copies; nothing was set on the test part.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from eval.check import CORPUS, shared_folder
from tawthiq.linking import link
from tawthiq.linking.copies import copy_families
from tawthiq.reading import read
from tawthiq.reading.contract import document_from_json, reading_from_json
from tawthiq.reading.prepared import readable
from tawthiq.records.incident import Linked
from tawthiq.records.links import LinkInput, Links
from tawthiq.records.reading import Document, Reading

Neighbours = Mapping[str, set[str]]


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def neighbours(groups: Iterable[Iterable[str]], every: Iterable[str]) -> dict[str, set[str]]:
    """Each document with those that share a group with it, itself included."""
    found = {identifier: {identifier} for identifier in every}
    for group in groups:
        members = set(group)
        for identifier in members & found.keys():
            found[identifier] |= members
    return found


def b_cubed(found: Neighbours, gold: Neighbours, over: Iterable[str]) -> tuple[float, float, float]:
    """Precision, recall and F of documents."""
    documents = sorted(over)
    precision = sum(len(found[d] & gold[d]) / len(found[d]) for d in documents) / len(documents)
    recall = sum(len(found[d] & gold[d]) / len(gold[d]) for d in documents) / len(documents)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Every pair inside a group, in order."""
    return {(a, b) for group in groups for a in sorted(group) for b in sorted(group) if a < b}


def precision_recall(found: set[tuple[str, str]], gold: set[tuple[str, str]]) -> tuple[float, float]:
    """Of pairs; 1 where there is nothing to find or nothing was found."""
    right = len(found & gold)
    return (right / len(found) if found else 1.0, right / len(gold) if gold else 1.0)


def read_all(documents: Iterable[Document]) -> dict[str, Reading]:
    """What the project itself reads."""
    return {document.id: read(document) for document in documents}


def marked_reading(row: dict[str, Any]) -> Reading:
    """A reading marked by hand; a day that its marker took from the context, without words of its own, keeps no span."""
    for event in row["events"]:
        if event["when"] and event["when"]["start"] is None:
            event["when"] |= {"start": 0, "end": 0, "text": ""}
    return reading_from_json(row)


def leading(links: Links) -> list[set[str]]:
    """For each incident the documents whose leading event it holds: the first of a document's linked events."""
    first: dict[str, int] = {}
    for incident in links.incidents:
        for event in incident.events:
            first[event.document] = min(event.event, first.get(event.document, event.event))
    return [
        {event.document for event in incident.events if first[event.document] == event.event}
        for incident in links.incidents
    ]


def incidents_of(links: Links, gold: Iterable[list[str]], over: set[str]) -> dict[str, float]:
    """B-cubed figures, and the share of automatic merges that are right, over documents whose incident is known."""
    truth_groups = list(gold)
    every = {d for incident in links.incidents for d in incident.documents} | over
    truth = neighbours(truth_groups, every)
    led = leading(links)
    precision, recall, f = b_cubed(neighbours(led, every), truth, over)
    of_all = b_cubed(neighbours((incident.documents for incident in links.incidents), every), truth, over)[2]
    merged = pairs(led[n] for n, incident in enumerate(links.incidents) if incident.linked is Linked.MERGED)
    known = {pair for pair in merged if pair[0] in over or pair[1] in over}
    return {
        "B-cubed P": precision,
        "B-cubed R": recall,
        "B-cubed F": f,
        "B-cubed F of all events": of_all,
        "merged pairs right": precision_recall(known, pairs(truth_groups))[0],
        "merged share of true pairs": precision_recall(known, pairs(truth_groups))[1],
    }


def of_samples(corpus: Path) -> dict[str, float]:
    """Figures on the composed reports, each split linked apart."""
    marked = json.loads((corpus / "incidents.json").read_text(encoding="utf-8"))
    gold_readings = {row["id"]: marked_reading(row) for row in rows(corpus / "readings.jsonl")}
    found: dict[str, float] = {}
    for split in ("train", "test"):
        reports = [row for row in rows(corpus / "reports.jsonl") if row["split"] == split]
        documents = [document_from_json(row) for row in reports]
        documents = [replace(document, readable=readable(document.text)) for document in documents]
        groups = [incident["documents"] for incident in marked["incidents"] if incident["split"] == split]
        over = {identifier for group in groups for identifier in group}
        for name, readings in (("gold", gold_readings), ("own", read_all(documents))):
            links = link([LinkInput(document, readings[document.id]) for document in documents])
            for figure, value in incidents_of(links, groups, over).items():
                found[f"linking {split} {name} {figure}"] = value
        ids = {document.id for document in documents}
        families = pairs(family for family in marked["copies"] if set(family) <= ids)
        precision, recall = precision_recall(pairs(family.ids for family in links.copies), families)
        found[f"linking {split} copies P"], found[f"linking {split} copies R"] = precision, recall
    return found


def of_planted_copies(shared: Path, documents: int = 5000) -> dict[str, float]:
    """Precision and recall of pairs of planted copies, by families."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "planted.jsonl"
        maker = shared / "linking" / "planted_copies.py"
        source = shared / "gold" / "dev.jsonl"
        subprocess.run([sys.executable, maker, source, out, "--documents", str(documents)], check=True)
        planted = rows(out)
    families: dict[int, list[str]] = defaultdict(list)
    for row in planted:
        families[row["family"]].append(row["id"])
    found = copy_families([Document(id=row["id"], text=row["text"]) for row in planted])
    precision, recall = precision_recall(pairs(family.ids for family in found), pairs(families.values()))
    return {f"planted copies {documents} P": precision, f"planted copies {documents} R": recall}


def of_gun_violence_corpus(shared: Path) -> dict[str, float]:
    """B-cubed on the development part of the Gun Violence Corpus: English, one incident a document."""
    documents, groups = [], defaultdict(list)
    for row in rows(shared / "linking" / "gvc_dev.jsonl"):
        lines = [" ".join(sentence) for sentence in row["sentences"]]
        published = date.fromisoformat(lines[0]) if len(lines[0]) == 10 and lines[0][4] == "-" else None
        text = "\n".join(lines[1:] if published else lines)
        documents.append(Document(id=row["doc"], text=text, language="en", published=published))
        groups[row["incident"]].append(row["doc"])
    readings = read_all(documents)
    links = link([LinkInput(document, readings[document.id]) for document in documents])
    figures = incidents_of(links, groups.values(), {document.id for document in documents})
    return {f"linking gvc {name}": value for name, value in figures.items()}


def figures(corpus: Path, shared: Path | None) -> dict[str, float]:
    """Every figure; those of ../shared only where it is at hand."""
    found = of_samples(corpus)
    if shared is not None:
        found |= of_planted_copies(shared) | of_gun_violence_corpus(shared)
    return found


if __name__ == "__main__":
    for name, value in figures(CORPUS, shared_folder()).items():
        print(f"{name:50} {value:.3f}")
