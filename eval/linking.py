"""How well linking does: B-cubed F of documents, wrong merges and copies on the composed reports; planted copies and the Gun
Violence Corpus where ../shared is at hand.

How a document that stands in several incidents is counted is told in `eval.linking_scores`. A document without a linked event
stands for itself. Figures named "gold" link the readings marked by hand, those named "own" what `reading.read` finds, those
named "undated" the same without any day of publication. Weights and limits were set on train parts and on planted copies;
nothing was set on test parts.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from eval.check import CORPUS, shared_folder
from eval.linking_scores import CHOICES, b_cubed, groups_of, leading, neighbours, pairs, precision_recall
from tawthiq.linking import link
from tawthiq.linking.copies import copy_families
from tawthiq.reading import read
from tawthiq.reading.contract import document_from_json, reading_from_json
from tawthiq.reading.prepared import readable
from tawthiq.records.incident import Linked
from tawthiq.records.links import LinkInput, Links
from tawthiq.records.reading import Document, Reading

INCIDENTS = CORPUS.parent / "incidents"


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_all(documents: Iterable[Document]) -> dict[str, Reading]:
    """What the project itself reads."""
    return {document.id: read(document) for document in documents}


def marked_reading(row: dict[str, Any]) -> Reading:
    """A reading marked by hand; a day that its marker took from the context, without words of its own, keeps no span."""
    for event in row["events"]:
        if event["when"] and event["when"]["start"] is None:
            event["when"] |= {"start": 0, "end": 0, "text": ""}
    return reading_from_json(row)


def incidents_of(
    links: Links, gold: Iterable[list[str]], over: set[str], also: Sequence[set[str]] = ()
) -> dict[str, float]:
    """B-cubed figures, and the share of automatic merges that are right, over documents whose incident is known.

    `also` holds the documents that tell an incident, in passing too: a merge of two of them is not judged by their own one.
    """
    truth_groups = list(gold)
    every = {d for incident in links.incidents for d in incident.documents} | over
    truth = neighbours(truth_groups, every)
    found: dict[str, float] = {}
    for name, choice in CHOICES.items():
        precision, recall, f = b_cubed(neighbours(groups_of(choice(links)), every), truth, over)
        if name == "leading":
            found |= {"B-cubed P": precision, "B-cubed R": recall, "B-cubed F": f}
        else:
            found[f"B-cubed F {name}"] = f
    found["B-cubed F of all events"] = b_cubed(neighbours((i.documents for i in links.incidents), every), truth, over)[
        2
    ]
    label, true_pairs = leading(links), pairs(truth_groups)
    in_passing = pairs(also) - true_pairs
    merged = pairs(
        {document for document in incident.documents if label[document] == incident.id}
        for incident in links.incidents
        if incident.linked is Linked.MERGED
    )
    known = {pair for pair in merged if (pair[0] in over or pair[1] in over) and pair not in in_passing}
    right, share = precision_recall(known, true_pairs)
    listed = sum(len(incident.documents) for incident in links.incidents)
    return found | {
        "merged pairs right": right,
        "merged share of true pairs": share,
        "incidents a document": listed / len(every),
        "documents listed": len(over & label.keys()) / len(over),
    }


TRADED = ("B-cubed P", "B-cubed F last", "merged share of true pairs", "incidents a document", "documents listed")


@dataclass(frozen=True)
class Split:
    """The documents of one split of a corpus, all of them to be linked, and which of them tell one incident.

    `groups` hold the documents whose leading subject an incident is; `also`, in the same order, those that tell it at all.
    """

    documents: list[Document]
    groups: list[list[str]]
    copies: list[list[str]]
    also: list[set[str]]

    @property
    def over(self) -> set[str]:
        """The documents whose incident is known."""
        return {identifier for group in self.groups for identifier in group}


def split_of(reports: Path, incidents: Path, split: str) -> Split:
    """One split of a corpus of reports and incidents."""
    told = [row for row in rows(reports) if row["split"] == split]
    documents = [document_from_json(row) for row in told]
    documents = [replace(document, readable=readable(document.text)) for document in documents]
    marked = json.loads(incidents.read_text(encoding="utf-8"))
    ids = {document.id for document in documents}
    of_split = [incident for incident in marked["incidents"] if incident["split"] == split]
    groups = [incident["documents"] for incident in of_split]
    also = [{*incident["documents"], *incident.get("also", ())} for incident in of_split]
    return Split(documents, groups, [family for family in marked["copies"] if set(family) <= ids], also)


def linked(split: Split, readings: Mapping[str, Reading]) -> Links:
    """The documents of a split linked as read."""
    return link([LinkInput(document, readings[document.id]) for document in split.documents])


def undated(split: Split) -> Split:
    """The same documents as if nobody knew when they were published."""
    return replace(split, documents=[replace(document, published=None) for document in split.documents])


def of_split(name: str, split: Split, marked: Mapping[str, Reading] | None = None) -> dict[str, float]:
    """Figures on one split, with readings marked by hand where there are any."""
    found: dict[str, float] = {}
    bare = undated(split)
    ways = {"own": linked(split, read_all(split.documents)), "undated": linked(bare, read_all(bare.documents))}
    if marked is not None:
        ways["gold"] = linked(split, marked)
    for way, links in ways.items():
        found |= {
            f"linking {name} {way} {k}": v for k, v in incidents_of(links, split.groups, split.over, split.also).items()
        }
    families = pairs(family.ids for family in ways["own"].copies)
    precision, recall = precision_recall(families, pairs(split.copies))
    return found | {f"linking {name} copies P": precision, f"linking {name} copies R": recall}


def of_samples(corpus: Path) -> dict[str, float]:
    """Figures on the composed reports, each split linked apart."""
    marked = {row["id"]: marked_reading(row) for row in rows(corpus / "readings.jsonl")}
    found: dict[str, float] = {}
    for name in ("train", "test"):
        found |= of_split(name, split_of(corpus / "reports.jsonl", corpus / "incidents.json", name), marked)
    return found


def incidents_split(name: str) -> Split:
    """One split of the incidents composed for linking, the reports of both authors together."""
    files = [(INCIDENTS / f"{author}_reports.jsonl", INCIDENTS / f"{author}_incidents.json") for author in ("a", "b")]
    parts = [split_of(reports, incidents, name) for reports, incidents in files]
    return Split(*([x for part in parts for x in getattr(part, field.name)] for field in fields(Split)))


def of_incidents() -> dict[str, float]:
    """Figures on the incidents composed for linking, and on their Arabic reports alone."""
    found: dict[str, float] = {}
    for name in ("train", "test"):
        split = incidents_split(name)
        found |= of_split(f"incidents {name}", split) | of_split(f"incidents {name} arabic", in_arabic(split))
    return found


def in_arabic(split: Split) -> Split:
    """The Arabic reports of a split."""
    documents = [document for document in split.documents if (document.language or "ar") == "ar"]
    ids = {document.id for document in documents}
    groups = [kept for group in split.groups if (kept := [d for d in group if d in ids])]
    return Split(documents, groups, [family for family in split.copies if set(family) <= ids], split.also)


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
    """The figures that have a floor: those of `measured` that are better the higher they are, whatever the others do.

    Precision apart from recall is one point of a trade that B-cubed F weighs, and the share that the machine merges alone
    goes down when it is made more careful; both are printed.
    """
    return {name: value for name, value in measured(corpus, shared).items() if not name.endswith(TRADED)}


def measured(corpus: Path, shared: Path | None) -> dict[str, float]:
    """Every figure; those of ../shared only where it is at hand."""
    found = of_samples(corpus) | of_incidents()
    if shared is not None:
        found |= of_planted_copies(shared) | of_gun_violence_corpus(shared)
    return found


if __name__ == "__main__":
    for name, value in measured(CORPUS, shared_folder()).items():
        print(f"{name:50} {value:.3f}")
