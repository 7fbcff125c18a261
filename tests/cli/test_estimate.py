"""`tawthiq estimate`: estimate/1 on standard output, or a refusal with the reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from command_line import run
from tawthiq import estimation

TABLE = "A,B,C,n\n1,0,0,120\n0,1,0,90\n0,0,1,60\n1,1,0,40\n1,0,1,25\n0,1,1,20\n1,1,1,10\n"
KEYS = {"schema", "observed", "lists", "models", "range", "warnings"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, "utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("method", ["loglinear", "chao"])
def test_every_key_of_the_contract_is_written(table: Path, method: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("estimate", table, "--freq", "n", "--method", method) == 0
    found = told(capsys)
    assert found.keys() >= KEYS
    assert (found["schema"], found["observed"], found["lists"]) == ("tawthiq/estimate/1", 365, ["A", "B", "C"])
    low, high = found["range"]
    for model in found["models"]:
        assert model.keys() >= {"model", "estimate", "se", "low", "high"}
        assert low <= model["estimate"] <= high
    assert all(": " in warning for warning in found["warnings"])
    if method == "loglinear":
        assert [model["bic"] for model in found["models"]] == sorted(model["bic"] for model in found["models"])


def test_latent_classes_write_the_same_bytes_for_the_same_seed(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tawthiq.estimation import latent_classes  # noqa: PLC0415

    monkeypatch.setattr(latent_classes, "_MOST_ROUNDS", 2)
    monkeypatch.setattr(latent_classes, "_ROUND", 40)
    written = []
    for seed in ("3", "3", "4"):
        assert run("estimate", table, "--freq", "n", "--method", "lcm", "--seed", seed) == 0
        written.append(capsys.readouterr().out)
    assert written[0] == written[1] != written[2]
    found = json.loads(written[0])
    assert found["seed"] == 3
    assert {"r_hat", "effective_sample_size", "estimate", "low", "high"} <= found["models"][0].keys()


def test_warnings_are_told_in_arabic_where_asked(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("estimate", table, "--freq", "n", "--language", "ar", "--method", "chao") == 0
    found = told(capsys)
    assert "lower_bound: هذا حد أدنى" in found["warnings"][0]
    assert found["cautions"][0]["en"].startswith("This is a lower bound")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A,B,n\n1,0,50\n0,1,40\n1,1,30\n", "3 are needed"),
        ("A,B,C,n\n1,0,0,50\n0,1,0,40\n0,0,1,30\n1,1,0,3\n0,1,1,2\n", "more than one list"),
        ("A,B,C,n\n1,1,0,50\n0,1,0,40\n1,1,1,30\n0,0,1,9\n", "one repeats the other"),
        ("A,B,C,n\n0,0,0,50\n0,1,0,40\n", "no list names"),
        ("A,B,C\n5,1,0\n", "holds numbers"),
    ],
)
def test_a_table_that_cannot_carry_an_estimate_is_refused(
    tmp_path: Path, text: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    asked = ["--freq", "n"] if ",n\n" in text else []
    assert run("estimate", path, *asked) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert why in written.err.replace("One repeats", "one repeats")


def test_strata_are_estimated_apart_and_one_that_cannot_be_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    rows = TABLE.splitlines()
    path.write_text("\n".join([f"{rows[0]},town", *(f"{row},north" for row in rows[1:]), "1,1,0,9,south"]), "utf-8")
    assert run("estimate", path, "--freq", "n", "--strata", "town") == 3
    written = capsys.readouterr()
    found = json.loads(written.out)
    assert found["range"] is None
    assert [part["stratum"] for part in found["strata"]] == [{"town": "north"}, {"town": "south"}]
    assert found["strata"][0]["models"]
    assert "refused" in found["strata"][1]
    assert "town south" in written.err


def test_the_range_of_strata_is_the_sum_of_theirs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "table.csv"
    rows = TABLE.splitlines()
    both = [f"{row},{town}" for town in ("north", "south") for row in rows[1:]]
    path.write_text("\n".join([f"{rows[0]},town", *both]), "utf-8")
    assert run("estimate", path, "--freq", "n", "--strata", "town") == 0
    found = told(capsys)
    first, second = (part["range"] for part in found["strata"])
    assert found["range"] == pytest.approx([first[0] + second[0], first[1] + second[1]])
    assert found["observed"] == 730


def test_without_numpy_it_says_what_to_install(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(estimation, "find_spec", lambda name: None)
    assert run("estimate", table, "--freq", "n") == 2
    assert "tawthiq[estimate]" in capsys.readouterr().err


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("estimate", tmp_path / "nothing.csv") == 2
    assert "nothing.csv" in capsys.readouterr().err
    assert run("estimate") == 2
