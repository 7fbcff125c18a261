"""The texts of dossiers: both languages hold the same braces, every key is asked for, numbers agree with their nouns."""

import re
from pathlib import Path

import pytest

from tawthiq.lexicon.dossier_texts import DossierTexts, dossier_keys, number_class

AR, EN = DossierTexts("ar"), DossierTexts("en")
SOURCES = Path(__file__).resolve().parents[2] / "src" / "tawthiq" / "publication" / "dossier"
# Kinds whose codes come from records.
CODED = (
    "act", "slot", "group", "standing", "statement_kind", "place_kind", "language", "counted", "month", "fact", "event",
    "role", "sex", "age", "civilian", "state", "deed", "no_screenshot", "attached", "profile", "field", "clock",
    "collected-as", "way-out", "logged-in",
)  # fmt: skip


def test_both_languages_fill_the_same_braces() -> None:
    for key in dossier_keys():
        assert set(re.findall(r"{(\w+)}", AR.of(key))) == set(re.findall(r"{(\w+)}", EN.of(key))), key


def test_no_text_is_left_over_and_none_is_missing() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py"))
    literals = set(re.findall(r'"([a-z][\w.\-]*)"', written))
    parts = {piece for literal in literals for piece in (literal, literal.rpartition(".")[2])}
    left = [
        key
        for key in dossier_keys()
        if key.partition(".")[0] not in CODED and not {key, key.rpartition(".")[2]} & parts
    ]
    left = [key for key in left if not key.endswith((".help", ".public"))]
    assert left == []
    with pytest.raises(KeyError):
        AR.of("no-such-text")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0 شخص"),
        (1, "شخص واحد"),
        (2, "شخصان"),
        (7, "7 أشخاص"),
        (11, "11 شخصاً"),
        (100, "100 شخص"),
        (103, "103 أشخاص"),
    ],
)
def test_arabic_nouns_agree_with_their_numbers(number: int, told: str) -> None:
    assert AR.counted(number, "all") == told


def test_english_knows_one_and_many() -> None:
    assert [EN.counted(number, "children") for number in (0, 1, 2, 1200)] == [
        "0 children", "1 child", "2 children", "1,200 children",
    ]  # fmt: skip
    assert number_class(111) == "many"


def test_a_code_without_a_label_is_shown_as_it_is() -> None:
    assert AR.label("act", "airstrike") == "غارة جوية"
    assert AR.label("act", "unheard") == "unheard"
