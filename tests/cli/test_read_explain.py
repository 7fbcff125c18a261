"""`tawthiq read --explain`: as text for a terminal, as a further key of each line, and nothing of it without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sample_archive import make_folder
from tawthiq.cli.explained import FSI, PDI, isolated
from tawthiq.cli.main import tawthiq
from tawthiq.records.errors import WrongUsage

TEXT = "قتل 12 مدنياً بغارة على سوق الخضار في مدينة إدلب. وقال مدير المشفى إن السوق احترق."


def line(identifier: str = "a") -> str:
    return json.dumps({"id": identifier, "text": TEXT, "language": "ar"}, ensure_ascii=False) + "\n"


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(tawthiq, ["read", *arguments], input=given or line(), standalone_mode=False)


def test_text_names_the_row_and_its_wording_and_keeps_directions_apart() -> None:
    out = run("--explain", "--input", "-").stdout
    assert "event 0" in out
    assert "ar/act_nouns.tsv:" in out or "ar/act_verbs.tsv:" in out
    assert f"{FSI}مدير المشفى{PDI} [" in out
    assert out.count(FSI) == out.count(PDI)
    assert "weighed: " in out


def test_text_beside_readings_in_a_file(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    result = run("--explain", "text", "--input", "-", "--output", str(target))
    assert "statement 0" in result.stdout
    assert "explanation" not in json.loads(target.read_text(encoding="utf-8"))


def test_text_and_readings_never_mix_on_one_stream() -> None:
    assert "cannot share standard output" in str(run("--explain", "--input", "-", "--output", "-").exception)


def test_json_adds_one_key_and_changes_no_other() -> None:
    plain = json.loads(run("--input", "-", "--output", "-").stdout)
    full = json.loads(run("--explain", "json", "--input", "-", "--output", "-").stdout)
    explanation = full.pop("explanation")
    assert full == plain
    assert [len(explanation[key]) for key in ("statements", "events")] == [
        len(plain["statements"]),
        len(plain["events"]),
    ]
    assert {reason["about"] for reason in explanation["events"][0]} >= {"trigger", "act", "modality", "scope", "source"}


def test_in_an_archive_one_item_is_explained(tmp_path: Path) -> None:
    page = f"<html lang=ar><title>غارة على السوق</title><article><h1>غارة على السوق</h1><p>{TEXT}</p><p>{TEXT}</p></article>"
    with make_folder(tmp_path / "archive", {"a.html": page.encode()}) as folder:
        (capture,) = folder.captures()
        archive = ("--archive", str(folder.path), "read", "--item", capture.id)
    text = CliRunner().invoke(tawthiq, [*archive, "--explain"], standalone_mode=False).stdout
    assert f"{FSI}مدير المشفى{PDI} [" in text
    found = json.loads(CliRunner().invoke(tawthiq, [*archive, "--explain", "json"], standalone_mode=False).stdout)
    assert found["id"] == capture.id
    assert found["events"]


def test_an_item_that_is_no_page_is_named_with_the_reason(tmp_path: Path) -> None:
    with make_folder(tmp_path / "archive", {"picture.png": b"\x89PNG\r\n\x1a\n"}) as folder:
        (capture,) = folder.captures()
        archive = ("--archive", str(folder.path), "read", "--explain", "--item", capture.id)
    error = str(CliRunner().invoke(tawthiq, archive, standalone_mode=False).exception)
    assert "picture.png" in error
    assert "PNG picture, not a page" in error


def test_an_item_that_is_not_there_is_named(tmp_path: Path) -> None:
    make_folder(tmp_path / "archive", {}).close()
    archive = ("--archive", str(tmp_path / "archive"), "read", "--explain", "--item", "nothing")
    assert "holds no item" in str(CliRunner().invoke(tawthiq, archive, standalone_mode=False).exception)


def test_a_reader_who_has_seen_enough_ends_it_with_one_line(tmp_path: Path) -> None:
    source = tmp_path / "docs.jsonl"
    source.write_text("".join(line(str(number)) for number in range(60)), encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "tawthiq", "read", "--explain", "--input", str(source)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=120)
    os.close(writing)
    assert b"standard output: Broken pipe" in done.stderr
    assert b"fault of Tawthiq" not in done.stderr


def test_what_is_to_be_explained_must_be_named() -> None:
    assert "name the file with --input" in str(run("--explain").exception).lower()
    assert "--explain" in str(run("--item", "x").exception)
    assert "belongs to an archive" in str(run("--item", "x", "--input", "-").exception)


@pytest.mark.parametrize("option", [("--again",), ("--adapter", "local")])
def test_options_that_an_explanation_would_leave_out_are_refused(option: tuple[str, ...]) -> None:
    error = run("--explain", "--item", "x", *option).exception
    assert isinstance(error, WrongUsage)
    assert error.item == option[0]


def test_words_that_would_steer_a_terminal_or_turn_directions_are_escaped() -> None:
    shown = isolated("a\x1b[2J\u202eb\u2069c\nd")
    assert shown.startswith(FSI)
    assert shown.count(PDI) == 1
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\n" not in shown
