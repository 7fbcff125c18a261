"""Cross-validation by outlet: what the fit is worth on reports of outlets that it has not seen.

    python -m training.folds FOLDER...

Outlets are dealt to folds by the digest of their name. Prints the figures on the left-out reports, and on the fitted ones.
"""

import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.reading_score import score
from tawthiq.reading.contract import reading_to_json
from tawthiq.reading.events import events
from tawthiq.records.reading import Reading
from training.examples import Example, examples
from training.fitting import fit, using

FOLDS = 5
SHOWN = ("fact", "event", "act", "place", "date", "by", "killed", "injured", "source")
Json = dict[str, Any]


def fold_of(outlet: str) -> int:
    """The fold of an outlet."""
    return hashlib.sha256(outlet.encode()).digest()[0] % FOLDS


def main(folders: Iterable[str]) -> None:
    """Print the figures."""
    found = examples(map(Path, folders))
    held_out: dict[str, Json] = {}
    fitted: dict[str, Json] = {}
    for fold in range(FOLDS):
        out = [example for example in found if fold_of(example.outlet) == fold]
        tables, _ = fit([example for example in found if fold_of(example.outlet) != fold])
        with using(tables):
            held_out |= read_all(out)
            if fold == 0:
                fitted = read_all([example for example in found if fold_of(example.outlet) != 0])
    show("held out", found, held_out)
    show("fitted", found, fitted)


def read_all(found: Sequence[Example]) -> dict[str, Json]:
    """The readings of examples by id."""
    return {example.id: read(example) for example in found}


def read(example: Example) -> Json:
    """The reading of an example."""
    document, language = example.setting.marked.prepared.document, example.setting.marked.language
    told = events(example.setting)
    return reading_to_json(Reading(document.id, language, document.published, example.setting.statements, told))


def show(name: str, found: Sequence[Example], readings: Mapping[str, Json]) -> None:
    """Print the figures of readings against the marked ones."""
    for language in ("", "ar", "en"):
        marked = {e.id: e.reading for e in found if e.id in readings and language in ("", e.setting.marked.language)}
        figures = score(marked, readings)
        print(
            name,
            language,
            " ".join(
                f"{key} {figures.ratios[key].precision:.2f}/{figures.ratios[key].recall:.2f}/{figures.ratios[key].f1:.3f}"
                for key in SHOWN
            ),
        )


if __name__ == "__main__":
    main(sys.argv[1:])
