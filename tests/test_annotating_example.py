"""The example of docs/annotating.md, compiled, put on a sheet and labelled as the page says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "annotating.md").read_text(encoding="utf-8")
EXAMPLE, SHEET, LABELS = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def annotate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "annotate.py"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def compiled(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "x.txt").write_text(text, encoding="utf-8")
    return annotate(folder, "compile", "x.txt", "--reports", "reports.jsonl", "--readings", "readings.jsonl")


def test_the_example_compiles_to_spans_of_its_text(tmp_path: Path) -> None:
    done = compiled(tmp_path, EXAMPLE)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "reports.jsonl").read_text(encoding="utf-8"))
    reading = json.loads((tmp_path / "readings.jsonl").read_text(encoding="utf-8"))
    assert (report["language"], report["split"]) == ("en", "train")
    (event,) = reading["events"]
    mentions = [event["trigger"], event["when"], *event["places"], *event["by"], *event["counts"]]
    assert all(report["text"][one["start"] : one["end"]] == one["text"] for one in mentions)
    assert (event["when"]["from"], event["when"]["to"]) == ("2026-03-03", "2026-03-03")
    assert [(count["min"], count["part_of"]) for count in event["counts"]] == [(3, False), (1, True), (10, False)]
    assert [statement["speaker"]["implicit"] for statement in reading["statements"]] == [False, True, False]


def test_the_sheet_is_that_of_the_page_and_labels_become_spans(tmp_path: Path) -> None:
    compiled(tmp_path, EXAMPLE)
    sheet = annotate(tmp_path, "sheet", "reports.jsonl", "readings.jsonl")
    assert sheet.stdout.startswith(SHEET)
    words = sheet.stdout.count("⟦")  # tables grow, so the page's line may name fewer words
    name, _, labels = LABELS.strip().partition(": ")
    assert all(re.fullmatch(r"\d+=(\d+|-)", label) for label in labels.split())
    line = f"{name}: " + " ".join(f"{number}=0" for number in range(1, words)) + f" {words}=-"
    (tmp_path / "labels.txt").write_text(line, encoding="utf-8")
    done = annotate(tmp_path, "label", "reports.jsonl", "readings.jsonl", "labels.txt", "--mentions", "mentions.jsonl")
    assert done.returncode == 0, f"{done.stderr}\n{sheet.stdout}"
    kept = json.loads((tmp_path / "mentions.jsonl").read_text(encoding="utf-8"))
    assert [mention["event"] for mention in kept["mentions"]] == [0] * (words - 1) + [None]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("hit ... among them a child ;;", "hit ... nowhere ;;"), "x001: not found in the text: nowhere"),
        (("E airstrike |", "E bombing |"), "x001: no act: bombing"),
        ((" ;; direct ;; asserts ;; implicit", ""), "x001: a statement has 5 or 6 cells"),
        (("source: 0", "source: 7"), "x001: no statement 7"),
        (("  country:", "  nation:"), "x001: no slot"),
        (("outlet: example-north | ", ""), "outlet missing"),
        (("published: 2026-03-05", "published: 5 March"), "x001: no day: 5 March"),
        (("=> 2026-03-03", "=> 2026-13-03"), "x001: no day: 2026-13-03"),
        (("= russia", "= moscow"), "x001: no party: moscow"),
        (("killed civilians", "martyred civilians"), "x001: no harm: martyred"),
        (("killed civilians", "killed folk"), "x001: no group: folk"),
        (("source: 0", "source: first"), "x001: no number of a statement: first"),
        (("| stated | single", "| stated"), "x001: an event begins with act, trigger, modality and scope"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    assert change[0] in EXAMPLE
    done = compiled(tmp_path, EXAMPLE.replace(*change))
    assert told in done.stderr
    assert done.returncode != 0
    assert not (tmp_path / "reports.jsonl").exists()
