"""Fitting: the same reports give the same weights in every process."""

import subprocess
import sys
from pathlib import Path

from test_crossvalidation import corpus

ROOT = Path(__file__).resolve().parents[1]
FIT = (
    "import sys; from pathlib import Path; from training.examples import examples; from training.fitting import fit; "
    "print(sorted((name, sorted(table.items())) for name, table in fit(examples([Path(sys.argv[1])]))[0].items()))"
)


def fitted(folder: Path, seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", FIT, str(folder)], cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.stdout


def test_the_same_reports_give_the_same_weights_whatever_the_process(tmp_path: Path) -> None:
    folder = corpus(tmp_path, 8)
    tables = fitted(folder, "1")
    assert "'single " in tables
    assert fitted(folder, "2") == tables
