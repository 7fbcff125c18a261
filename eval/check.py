"""The quality gate: every figure of `eval/floors.json` must stand at its floor or above (`make eval`).

Each measuring module of this folder offers `figures(corpus, shared)`, a mapping of figure name to value, where `corpus` is
eval/corpus and `shared` the folder of measuring data or None where it is absent. Figures that need it are then left out
and said so. A floor is only raised: `python -m eval.check --raise` sets each floor to just below today's figure and never
lowers one.
"""

import importlib
import json
import math
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "eval" / "corpus"
FLOORS = ROOT / "eval" / "floors.json"
MODULES = ("reading", "pages", "comments", "boilerplate", "times", "recognizers", "linking", "people")
# A floor stands this far below the figure it was set from, so that a rounding does not fail a build.
MARGIN = 0.003


def shared_folder() -> Path | None:
    """The measuring data beside the repository, or None."""
    folder = Path(os.environ.get("TAWTHIQ_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "gold" / "dev.jsonl").is_file() else None


def measure(shared: Path | None) -> dict[str, float]:
    """Every figure of every measuring module."""
    found: dict[str, float] = {}
    for name in MODULES:
        found.update(importlib.import_module(f"eval.{name}").figures(CORPUS, shared))
    return found


def raised(floors: dict[str, float], found: dict[str, float]) -> dict[str, float]:
    """The floors lifted to today's figures; none is lowered, new figures get their first floor."""
    lifted = {name: math.floor((value - MARGIN) * 1000) / 1000 for name, value in found.items()}
    return {name: max(floors.get(name, 0.0), lifted.get(name, 0.0)) for name in sorted({*floors, *found})}


def shown(figure: float | None) -> str:
    """A figure to three places, or a dash."""
    return "-" if figure is None else f"{figure:.3f}"


def main() -> int:
    """Print the table of figures and floors; 1 when a figure is below its floor or is no longer measured."""
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    shared = shared_folder()
    found = measure(shared)
    failed = []
    for name in sorted({*floors, *found}):
        floor, value = floors.get(name), found.get(name)
        if value is None:
            state = "left out: ../shared is absent" if shared is None else "NOT MEASURED"
        else:
            state = "" if floor is None or value >= floor else "BELOW"
        if state in ("BELOW", "NOT MEASURED"):
            failed.append(name)
        print(f"{name:60} {shown(value):>8} floor {shown(floor):>6} {state}")
    if "--raise" in sys.argv:
        FLOORS.write_text(json.dumps(raised(floors, found), indent=1) + "\n", encoding="utf-8")
    print(f"{len(found)} figures, {len(failed)} below their floor or not measured")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
