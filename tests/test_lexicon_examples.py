"""The worked examples of docs/lexicons.md, performed as they are printed there on a copy of the tables."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "lexicons.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^### (.+?)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
HEADERS = re.compile(r"^Copy the header line of these tables of `en`.*?new folder `(\w+)`: (.*?)\. A table", re.DOTALL)


def additions(example: str) -> list[tuple[str, str]]:
    """(table, line) of each addition."""
    return re.findall(r"^Add to `([^`]+)`[^\n]*:\n\n    ([^\n]+)\n", example, re.MULTILINE)


def sentence(example: str) -> str:
    (found,) = re.findall(r"^Then [^\n]*:\n\n    ([^\n]+)\n", example, re.MULTILINE)
    return found


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, whose tables may be changed."""
    skipped = shutil.ignore_patterns("__pycache__", "static", "locale", "sample_site", "*.pyc")
    shutil.copytree(ROOT / "src" / "tawthiq", tmp_path / "tawthiq", ignore=skipped)
    return tmp_path


def read(package: Path, text: str) -> dict[str, Any]:
    """The reading of one sentence by the package in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "tawthiq", "read", "--input", "-", "--output", "-", "--places", "none"],
        input=json.dumps({"id": "a", "text": text, "published": "2026-03-05"}),
        capture_output=True, encoding="utf-8", check=False, cwd=package,
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    reading: dict[str, Any] = json.loads(done.stdout)
    return reading


def perform(package: Path, example: str) -> None:
    """Do to the tables what the page says."""
    data = package / "tawthiq" / "lexicon" / "data"
    headers = HEADERS.search(example)
    if headers:
        (data / headers[1]).mkdir()
        for table in re.findall(r"`(\w+)`", headers[2]):
            lines = (data / "en" / f"{table}.tsv").read_text(encoding="utf-8").split("\n")
            header = next(line for line in lines if line.strip() and not line.startswith("#"))
            (data / headers[1] / f"{table}.tsv").write_text(f"{header}\n", encoding="utf-8")
    added = additions(example)
    assert added
    for table, line in added:
        with (data / table).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def before_and_after(package: Path, title: str) -> tuple[dict[str, Any], dict[str, Any]]:
    (example,) = [text for name, text in EXAMPLES.items() if name.startswith(title)]
    before = read(package, sentence(example))
    perform(package, example)
    return before, read(package, sentence(example))


def test_an_actor(package: Path) -> None:
    before, after = before_and_after(package, "An actor")
    assert "opposition" not in json.dumps(before)
    assert [doer["actor"] for doer in after["events"][0]["by"]] == ["opposition"]


def test_a_cue(package: Path) -> None:
    before, after = before_and_after(package, "A cue")
    assert before["statements"] == []
    (statement,) = after["statements"]
    assert statement["speaker"]["text"] == "قائد الكتيبة"
    assert statement["rule"].startswith("ar/reporting.tsv:")


def test_a_place(package: Path) -> None:
    before, after = before_and_after(package, "A place")
    assert "sy.kafr-kibrit" not in json.dumps(before)
    place = after["events"][0]["places"][0]
    assert (place["code"], place["latitude"], place["country"]) == ("sy.kafr-kibrit", 36.1, "SY")


def test_a_language(package: Path) -> None:
    before, after = before_and_after(package, "A language")
    assert (before["language"], before["events"]) == ("fr", [])
    (event,) = after["events"]
    assert event["act"] == "airstrike"
    assert event["places"][0]["text"] == "Alep"
    assert [(count["kind"], count["group"], count["min"]) for count in event["counts"]] == [("killed", "civilians", 3)]


def test_a_language_without_one_of_its_tables_says_which(package: Path) -> None:
    folder = package / "tawthiq" / "lexicon" / "data" / "fr"
    folder.mkdir()
    (folder / "act_nouns.tsv").write_text("forms\tact\tstrength\tgloss\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"fr/\w+\.tsv: the table cannot be read"):
        read(package, "Un bombardement dans la ville a fait des victimes et le quartier est sous les décombres.")
