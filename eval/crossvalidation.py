"""What readings are worth on outlets that nothing was fitted on or looked at: figures by folds of outlets.

    python -m eval.crossvalidation [--folds N] [FOLDER...]

Two questions, side by side. gold/dev (where ../shared is at hand): how far do the rules as they stand differ from outlet to
outlet; nothing is fitted. The train split of eval/corpus and of each further FOLDER: weights are fitted on all outlets but
those of a fold and measured on these, beside the figures on the reports they were fitted on. An outlet is never divided.
Reports that name no outlet are outlets of their own.
"""

import argparse
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, pstdev
from typing import Any

from eval.reading import CORPUS, ROOT, Lines, load, readings
from eval.reading_score import Figures, score

FOLDS = 5
SHOWN = ("fact", "event", "statement", "act", "place", "date", "by", "killed", "source")
Fold = list[str]


def folds_by_outlet(documents: Mapping[str, Mapping[str, Any]], count: int) -> list[Fold]:
    """Document identifiers in `count` folds of about one size, all reports of an outlet in one.

    The largest outlets are dealt first, each to the smallest fold; of equals the first: same documents, same folds.
    """
    outlets: dict[str, list[str]] = {}
    for key, document in documents.items():
        outlets.setdefault(document.get("outlet") or f"\n{key}", []).append(key)
    folds: list[Fold] = [[] for _ in range(count)]
    for _, keys in sorted(outlets.items(), key=lambda item: (-len(item[1]), item[0])):
        min(folds, key=len).extend(keys)
    return [fold for fold in folds if fold]


def spread(folds: Sequence[Fold], marked: Lines, ours: Lines) -> list[Figures]:
    """The figures of each fold."""
    return [score({key: marked[key] for key in fold}, ours) for fold in folds]


def shown(title: str, figures: Figures) -> str:
    """One line: how many documents, and F1 of each measure."""
    return f"{title:22}{figures.documents:5}  " + "  ".join(f"{figures.ratios[name].f1:.3f}" for name in SHOWN)


def heading(title: str) -> str:
    """The line above a table."""
    return f"{title:22}{'docs':>5}  " + "  ".join(f"{name[:5]:5}" for name in SHOWN)


def as_it_stands(documents: Lines, marked: Lines, count: int) -> Iterable[str]:
    """The lines on how readings as they stand vary from outlet to outlet."""
    ours = readings(documents.values())
    found = spread(folds_by_outlet(documents, count), marked, ours)
    yield heading("gold/dev, as it stands")
    for number, figures in enumerate(found, start=1):
        yield shown(f"  fold {number}", figures)
    yield shown("  all", score({key: marked[key] for key in documents}, ours))
    for name in SHOWN[:3]:
        values = [figures.ratios[name].f1 for figures in found]
        yield f"  {name}: mean of folds {mean(values):.3f}, deviation {pstdev(values):.3f}, lowest {min(values):.3f}"


def fitted_and_held_out(folders: Sequence[Path], count: int) -> Iterable[str]:
    """The lines of a k-fold by outlet on the train reports: fitted on the other outlets, measured on these."""
    from training.examples import examples  # noqa: PLC0415  fitting is loaded where it is asked for only

    found = {example.id: example for example in examples(folders)}
    marked = {key: example.reading for key, example in found.items()}
    folds = folds_by_outlet({key: {"outlet": example.outlet} for key, example in found.items()}, count)
    held_out: Lines = {}
    own: list[Figures] = []
    yield heading("train, held out")
    for number, fold in enumerate(folds, start=1):
        rest = [key for key in found if key not in set(fold)]
        left = _fitted_on([found[key] for key in rest], [found[key] for key in fold])
        held_out |= left.held_out
        own.append(score({key: marked[key] for key in rest}, left.fitted))
        yield shown(f"  fold {number}", score({key: marked[key] for key in fold}, left.held_out))
    whole = score(marked, held_out)
    yield shown("  all", whole)
    yield heading("train, fitted")
    for number, figures in enumerate(own, start=1):
        yield shown(f"  all but fold {number}", figures)
    for name in SHOWN[:2]:
        fitted = mean(figures.ratios[name].f1 for figures in own)
        yield f"  {name}: fitted {fitted:.3f}, held out {whole.ratios[name].f1:.3f}"


@dataclass(frozen=True, slots=True)
class _Fit:
    """Readings by weights fitted on some outlets: of these reports, and of the others."""

    fitted: Lines
    held_out: Lines


def _fitted_on(examples: Sequence[Any], others: Sequence[Any]) -> _Fit:
    from tawthiq.reading.contract import reading_to_json  # noqa: PLC0415
    from tawthiq.reading.events import events  # noqa: PLC0415
    from tawthiq.records.reading import Reading  # noqa: PLC0415
    from training.fitting import fit, using  # noqa: PLC0415

    def read(example: Any) -> dict[str, Any]:
        setting = example.setting
        document = setting.marked.prepared.document
        told = Reading(document.id, setting.marked.language, document.published, setting.statements, events(setting))
        return reading_to_json(told)

    tables, _ = fit(examples)
    with using(tables):
        return _Fit({one.id: read(one) for one in examples}, {one.id: read(one) for one in others})


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("folders", nargs="*", type=Path, help="corpora beside eval/corpus, such as eval/additions")
    given = parser.parse_args()
    shared = Path(os.environ.get("TAWTHIQ_SHARED", ROOT.parent / "shared")) / "gold"
    if (shared / "dev.jsonl").is_file():
        documents, marked = load(shared / "dev.jsonl"), load(shared / "dev.gold.jsonl")
        for line in as_it_stands(documents, marked, given.folds):
            print(line)
    for line in fitted_and_held_out([CORPUS, *given.folders], given.folds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
