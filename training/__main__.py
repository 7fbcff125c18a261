"""Fits the weights by which events get their places, times, doers and counts, are merged, and are told apart.

    python -m training FOLDER...          (make train)

reads the reports of split "train" of each folder (reports.jsonl, readings.jsonl, mentions.jsonl) and writes
lexicon/data/weights_*.tsv. Same input, same weights.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from training.examples import examples
from training.fitting import fit

DATA = Path(__file__).resolve().parents[1] / "src/tawthiq/lexicon/data"


def main(folders: Iterable[str]) -> None:
    """Fit every stage in order and write its table."""
    tables, right = fit(examples(map(Path, folders)))
    for name, table in tables.items():
        write(name, table)
        print(f"{name}: {right[name][0]} choices, {right[name][1]:.3f} right on the reports they were fitted on")


def write(name: str, table: Mapping[str, float]) -> None:
    """Write one table of weights."""
    lines = [f"# Weights of the choice \"{name}\", fitted on sample reports by `make train`; not edited by hand.",
             "feature\tweight"]  # fmt: skip
    lines += [f"{feature}\t{weight:.3f}" for feature, weight in sorted(table.items()) if abs(weight) >= 0.02]
    (DATA / f"weights_{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
