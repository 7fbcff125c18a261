"""`tawthiq read` on files and standard streams."""

import json
from pathlib import Path

from click.testing import CliRunner

from tawthiq.cli.main import tawthiq


def _document(identifier: str, text: str) -> str:
    return json.dumps({"id": identifier, "text": text}, ensure_ascii=False)


def test_file_to_file(tmp_path: Path) -> None:
    source, target = tmp_path / "docs.jsonl", tmp_path / "out.jsonl"
    source.write_text(_document("a", "قال شاهد إن السوق احترق.") + "\n", encoding="utf-8")
    result = CliRunner().invoke(tawthiq, ["read", "--input", str(source), "--output", str(target)])
    assert result.exit_code == 0
    (line,) = target.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["schema"] == "tawthiq/reading/1"
    assert json.loads(line)["statements"][0]["speaker"]["text"] == "شاهد"


def test_standard_streams() -> None:
    result = CliRunner().invoke(tawthiq, ["read", "--input", "-", "--output", "-"], input=_document("a", "") + "\n")
    assert json.loads(result.stdout)["id"] == "a"


def test_bad_line_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    source, target = tmp_path / "docs.jsonl", tmp_path / "out.jsonl"
    source.write_text("{\n" + _document("b", "نص") + "\n", encoding="utf-8")
    result = CliRunner().invoke(
        tawthiq, ["read", "--input", str(source), "--output", str(target)], standalone_mode=False
    )
    assert result.return_value == 3
    assert "docs.jsonl:1" in result.stderr
    assert len(target.read_text(encoding="utf-8").splitlines()) == 1


def test_missing_input_leaves_no_output(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    result = CliRunner().invoke(tawthiq, ["read", "--input", str(tmp_path / "none"), "--output", str(target)])
    assert result.exception is not None
    assert list(tmp_path.iterdir()) == []
