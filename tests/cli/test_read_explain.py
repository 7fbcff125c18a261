"""`tawthiq read --explain`: as text for a terminal, as a further key of each line, and nothing of it without."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tawthiq.cli.explained import FSI, PDI, isolated
from tawthiq.cli.main import tawthiq

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


def test_in_an_archive_it_says_what_to_do() -> None:
    assert "Name the file with --input" in str(run("--explain").exception)


def test_words_that_would_steer_a_terminal_or_turn_directions_are_escaped() -> None:
    shown = isolated("a\x1b[2J\u202eb\u2069c\nd")
    assert shown.startswith(FSI)
    assert shown.count(PDI) == 1
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\n" not in shown
