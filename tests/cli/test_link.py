import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.cli.main import tawthiq
from tawthiq.records.errors import WrongUsage

CORPUS = Path(__file__).resolve().parents[2] / "eval" / "corpus"
COPIES = ("s013", "s014")


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(tawthiq, ["link", *arguments], input=given, standalone_mode=False)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    lines = (CORPUS / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines if json.loads(line)["id"] in COPIES]
    path = tmp_path / "documents.jsonl"
    path.write_text("\n".join(chosen) + "\n", encoding="utf-8")
    return path


def test_a_file_of_documents_becomes_one_object_of_links(documents: Path, tmp_path: Path) -> None:
    result = run("--input", str(documents), "--output", str(tmp_path / "links.json"))
    assert result.return_value == 0
    links = json.loads((tmp_path / "links.json").read_text(encoding="utf-8"))
    assert links["schema"] == "tawthiq/links/1"
    assert [family["ids"] for family in links["copies"]] == [list(COPIES)]
    texts = {row["id"]: row["text"] for row in map(json.loads, documents.read_text(encoding="utf-8").splitlines())}
    places = [place for family in links["copies"] for passage in family["passages"] for place in passage["in"]]
    assert all(texts[place["id"]][place["start"] : place["end"]] == place["text"] for place in places)


def test_a_document_that_tells_no_single_occurrence_is_listed_apart(documents: Path) -> None:
    line = json.dumps({"id": "weather", "text": "طقس معتدل غداً على الساحل."}, ensure_ascii=False).encode()
    links = json.loads(run("--input", "-", given=documents.read_bytes() + line + b"\n").stdout)
    assert links["unlinked"] == ["weather"]
    assert {document for incident in links["incidents"] for document in incident["documents"]} == set(COPIES)


def test_bad_lines_and_repeated_identifiers_are_named_and_the_rest_is_linked(documents: Path) -> None:
    good = documents.read_bytes()
    result = run("--input", "-", given=good + b"{half a line\n" + good.splitlines()[0] + b"\n")
    assert result.return_value == 3
    assert "standard input:3" in result.stderr
    assert "standard input:4 (s013)" in result.stderr
    assert len(json.loads(result.stdout)["copies"]) == 1


def test_given_readings_are_used_and_foreign_ones_refused(documents: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (CORPUS / "readings.jsonl").read_text(encoding="utf-8").splitlines()]
    mine = {row["id"]: row for row in rows if row["id"] in COPIES}
    readings = tmp_path / "readings.jsonl"
    readings.write_text("\n".join(json.dumps(row) for row in mine.values()), encoding="utf-8")
    result = run("--input", str(documents), "--readings", str(readings))
    assert result.return_value == 0
    incidents = json.loads(result.stdout)["incidents"]
    assert any(incident["documents"] == list(COPIES) and incident["killed"]["min"] == 5 for incident in incidents)

    swapped = [{**mine["s013"], "id": "s014"}, {**mine["s014"], "id": "s013"}]
    readings.write_text("\n".join(json.dumps(row) for row in swapped), encoding="utf-8")
    result = run("--input", str(documents), "--readings", str(readings))
    assert result.return_value == 3
    assert "its reading points at characters" in result.stderr


def test_an_output_without_input_and_a_missing_file_are_wrong_usage(tmp_path: Path) -> None:
    for arguments in (("--output", "x"), ("--input", str(tmp_path / "none.jsonl"))):
        assert isinstance(run(*arguments).exception, WrongUsage)


def test_an_unwritable_target_leaves_nothing_behind(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    result = run("--input", str(documents), "--output", str(tmp_path / "folder"))
    assert isinstance(result.exception, WrongUsage)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents.jsonl", "folder"]


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=120), max_size=4))
@settings(max_examples=25, deadline=None)
def test_any_text_at_all_is_linked_or_named(texts: list[str]) -> None:
    lines = b"".join(json.dumps({"id": f"{n}", "text": text}).encode() + b"\n" for n, text in enumerate(texts))
    result = run("--input", "-", given=lines)
    assert result.exception is None
    assert result.return_value == 0, result.stderr
    assert json.loads(result.stdout)["schema"] == "tawthiq/links/1"


def test_an_identifier_that_would_steer_the_terminal_is_shown_as_escapes(tmp_path: Path) -> None:
    row = {"id": "a\u001b[2J\u202ek", "text": "x", "outlet": 5}
    (tmp_path / "documents.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    said = run("--input", str(tmp_path / "documents.jsonl"), "--output", str(tmp_path / "links.json")).stderr
    assert "outlet" in said
    assert "\u001b" not in said
    assert "\u202e" not in said
