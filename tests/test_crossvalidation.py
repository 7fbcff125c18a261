"""Cross-validation by outlet: folds divide no outlet, and what is held out is read by weights that never saw it."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from eval.crossvalidation import as_it_stands, fitted_and_held_out, folds_by_outlet
from eval.reading import CORPUS, load

outlets = st.lists(st.one_of(st.none(), st.sampled_from("abcdef")), max_size=40)


@given(outlets, st.integers(2, 6))
def test_every_report_is_in_one_fold_and_no_outlet_in_two(names: list[str | None], count: int) -> None:
    documents = {str(number): {"outlet": name} for number, name in enumerate(names)}
    folds = folds_by_outlet(documents, count)
    assert sorted(key for fold in folds for key in fold) == sorted(documents)
    for name in {name for name in names if name}:
        assert sum(any(documents[key]["outlet"] == name for key in fold) for fold in folds) == 1


@given(outlets, st.integers(2, 6))
def test_folds_are_about_one_size(names: list[str | None], count: int) -> None:
    documents = {str(number): {"outlet": name} for number, name in enumerate(names)}
    sizes = [len(fold) for fold in folds_by_outlet(documents, count)]
    largest = max((names.count(name) for name in names if name), default=1)
    assert not sizes or max(sizes) - min(sizes) <= max(largest, 1)


def corpus(folder: Path, size: int) -> Path:
    """A corpus of the first train reports."""
    reports = [entry for entry in load(CORPUS / "reports.jsonl").values() if entry["split"] == "train"][:size]
    marked = load(CORPUS / "readings.jsonl")
    for name, entries in (("reports", reports), ("readings", [marked[report["id"]] for report in reports])):
        text = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_held_out_and_fitted_figures_stand_side_by_side(tmp_path: Path) -> None:
    lines = list(fitted_and_held_out([corpus(tmp_path, 12)], 3))
    assert [line.split()[0] for line in lines if line.startswith("  ")] == [
        *["fold"] * 3,
        *["all"] * 4,
        "fact:",
        "event:",
    ]
    assert lines == list(fitted_and_held_out([tmp_path], 3))


def test_readings_as_they_stand_are_measured_fold_by_fold(tmp_path: Path) -> None:
    corpus(tmp_path, 6)
    lines = list(as_it_stands(load(tmp_path / "reports.jsonl"), load(tmp_path / "readings.jsonl"), 2))
    assert [line.split()[:2] for line in lines[1:4]] == [["fold", "1"], ["fold", "2"], ["all", "6"]]
