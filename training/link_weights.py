"""Fits the weights by which events are linked, and the score from which incidents are merged without a person.

    python -m training.link_weights [--check]          (make train-links)

reads the train parts of eval/corpus and eval/incidents, once as found and once without days of publication, and writes the
column "weight" of lexicon/data/link_weights.tsv; the column "prior", set by hand, is the mean of the prior; --check writes
nothing. Cross-validation leaves out blocks of incidents that lie close to each other, and each collection of reports as a
whole, since weights must hold for outlets and countries that nobody has seen. Same input, same weights.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from eval.check import CORPUS, ROOT
from eval.linking import INCIDENTS, Split, incidents_split, marked_reading, read_all, rows, split_of, undated
from tawthiq.linking import pairs
from tawthiq.linking.clustering import Cluster
from tawthiq.linking.doubts import doubted
from tawthiq.linking.learning import learnt, loss
from tawthiq.linking.scoring import LIMIT, PRIOR, Weights, prior_weights
from tawthiq.records.links import LinkInput
from tawthiq.records.reading import Reading
from training.link_examples import Compared, Marked, compared, examples

TABLE = ROOT / "src/tawthiq/lexicon/data/link_weights.tsv"
FOLDS = 5
ROUNDS = 2  # the best pairs of events are chosen anew with the weights of the round before
# Both chosen by B-cubed F of documents of the collection left out: how firmly the prior holds, and how far to lean towards one
# incident beyond the odds. A proposed link that is wrong costs a look, one that is missing is not seen.
STRENGTH, LEAN = 50.0, 1.15
COLLECTIONS = ("samples", "incidents")  # by the beginnings of the names of parts
SURE = 0.98  # least precision of pairs of documents merged without a person
Joined = tuple[float, int, int]


def main(arguments: Sequence[str]) -> None:
    """Fit, cross-validate, and write the table."""
    corpora = [compared(marked) for marked in training_parts()]
    weights = fitted(corpora)
    told, upright = examples(corpora, weights), {**weights, PRIOR: weights[PRIOR] - LEAN}
    print(f"average loss {loss(prior_weights(), told):.4f} before, {loss(upright, told):.4f} fitted, lean left out")
    left_out = [joined for fold in range(FOLDS) for joined in joins(corpora, fitted(corpora, fold), fold)]
    left_out += [joined for collection in COLLECTIONS for joined in across(corpora, collection)]
    limit = limit_of(left_out, joins(corpora, weights))
    right, wrong = (sum(joined[place] for joined in left_out if joined[0] >= limit) for place in (1, 2))
    print(f"merged from {limit:.2f} on: {right} pairs right, {wrong} wrong, cross-validated")
    if "--check" not in arguments:
        write(TABLE, {**weights, LIMIT: limit})


def fitted(corpora: Sequence[Compared], left_out: int | None = None) -> Weights:
    """The weights learnt from corpora, without one fold where it is left out."""
    weights: Weights = prior_weights()
    for _ in range(ROUNDS):
        weights = learnt(prior_weights(), examples(corpora, weights, left_out), STRENGTH)
    return {**weights, PRIOR: weights[PRIOR] + LEAN}


def across(corpora: Sequence[Compared], collection: str) -> list[Joined]:
    """The joins that weights learnt from the other collections make in one."""
    inside = [corpus for corpus in corpora if corpus.marked.name.startswith(collection)]
    return joins(inside, fitted([corpus for corpus in corpora if corpus not in inside]))


def joins(corpora: Iterable[Compared], weights: Weights, fold: int | None = None) -> list[Joined]:
    """For each incident its weakest join, and how many pairs of its documents are rightly and wrongly in one incident."""
    found: list[Joined] = []
    for corpus in corpora:
        fold_of = corpus.marked.fold_of
        for cluster in corpus.clusters(weights):
            documents = sorted({corpus.document(number) for number in cluster.members})
            both = [
                (a, b) for a in documents for b in documents if a < b and fold in (None, fold_of.get(a), fold_of.get(b))
            ]
            truth = [corpus.marked.one(a, b) for a, b in both]
            if cluster.weakest is not None and both and not doubtful(corpus, cluster):
                found.append((cluster.weakest, truth.count(True), truth.count(False)))
    return found


def doubtful(corpus: Compared, cluster: Cluster) -> bool:
    """Whether linking leaves the cluster to people whatever its score (linking.doubts)."""
    found = (corpus.features[pair] for pair in combinations(sorted(cluster.members), 2) if pair in corpus.features)
    return doubted(
        [corpus.found[number] for number in cluster.members], (pairs.Compared(seen, 0.0, False) for seen in found)
    )


def limit_of(left_out: Sequence[Joined], fitted_on: Sequence[Joined]) -> float:
    """The lowest score from which left-out pairs are right in `SURE` of all cases and no fitted pair is wrong."""
    limits = sorted({round(joined[0] + 0.005, 2) for joined in [*left_out, *fitted_on]}, reverse=True)
    best = limits[0]
    for limit in limits:
        right, wrong = (sum(joined[place] for joined in left_out if joined[0] >= limit) for place in (1, 2))
        if any(joined[2] for joined in fitted_on if joined[0] >= limit):
            break
        if right and right / (right + wrong) >= SURE:
            best = limit
    return best


def training_parts() -> list[Marked]:
    """The train parts of all corpora: readings marked by hand, our own, and our own of undated reports."""
    samples = split_of(CORPUS / "reports.jsonl", CORPUS / "incidents.json", "train")
    by_hand = {row["id"]: marked_reading(row) for row in rows(CORPUS / "readings.jsonl")}
    parts = [_marked("samples, marked", samples, by_hand, [CORPUS / "incidents.json"])]
    incidents, files = incidents_split("train"), [INCIDENTS / f"{author}_incidents.json" for author in ("a", "b")]
    for name, split, found in (("samples", samples, [CORPUS / "incidents.json"]), ("incidents", incidents, files)):
        for way, documents in (("own", split), ("undated", undated(split))):
            parts.append(_marked(f"{name}, {way}", documents, read_all(documents.documents), found))
    return parts


def _marked(name: str, split: Split, readings: Mapping[str, Reading], files: Iterable[Path]) -> Marked:
    told = [row for file in files for row in json.loads(file.read_text(encoding="utf-8"))["incidents"]]
    rows_of_split = sorted((row for row in told if row["split"] == "train"), key=lambda row: str(row["code"]))
    also: dict[str, set[str]] = {}
    for row in rows_of_split:
        for document in row.get("also", ()):
            also.setdefault(document, set()).add(row["code"])
    return Marked(
        name,
        [LinkInput(document, readings[document.id]) for document in split.documents],
        {document: row["code"] for row in rows_of_split for document in row["documents"]},
        {document: frozenset(codes) for document, codes in also.items()},
        {d: number * FOLDS // len(rows_of_split) for number, row in enumerate(rows_of_split) for d in row["documents"]},
    )


def write(table: Path, weights: Weights) -> None:
    """Put the weights into their column, all else as it stands."""
    lines = table.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if len(cells) == 5 and (cells[0], cells[1]) in weights:
            lines[number] = "\t".join([*cells[:3], f"{weights[cells[0], cells[1]]:.3f}", cells[4]])
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
