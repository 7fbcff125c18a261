"""Sentences of cautions, and the object that is written."""

import re
from pathlib import Path
from string import Formatter

import pytest

import tawthiq
from estimation.published import SOUND, made
from tawthiq.estimation.contract import contract
from tawthiq.estimation.estimating import estimate
from tawthiq.lexicon.tables import Row, load
from tawthiq.records.estimate import Caution, Method

ROWS = load("estimate_cautions", ("code", "ar", "en"))


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_both_languages_of_a_caution_have_the_same_blanks(row: Row) -> None:
    assert blanks(row["ar"]) == blanks(row["en"])


def test_every_code_that_the_program_uses_has_its_sentence_and_the_other_way_round() -> None:
    sources = Path(tawthiq.__file__).parent
    files = [*(sources / "estimation").glob("*.py"), sources / "cli" / "estimating_archive.py"]
    used = {code for path in files for code in re.findall(r'Caution\(\s*"(\w+)"', path.read_text("utf-8"))}
    assert used == {row["code"] for row in ROWS}


def test_warnings_begin_with_their_code_in_the_language_asked_for() -> None:
    found, before = estimate(made(SOUND), Method.CHAO), (Caution("empty_list", (("list", "قائمة {x}"),)),)
    english, arabic, both = (contract(found, before, language) for language in ("en", "ar", "both"))
    assert english["warnings"][0] == "empty_list: List قائمة {x} holds nobody and is left out."
    assert arabic["warnings"][0].startswith("empty_list: القائمة قائمة {x}")
    assert "holds nobody" in both["warnings"][0]
    assert "تُركت" in both["warnings"][0]
    assert english["cautions"] == arabic["cautions"]


def test_numbers_are_rounded_so_that_last_bits_do_not_show() -> None:
    told = contract(estimate(made(SOUND), Method.LOGLINEAR))
    for model in told["models"]:
        assert all(round(model[key], 4) == model[key] for key in ("estimate", "se", "low", "high", "bic"))
