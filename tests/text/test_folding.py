"""Folding: one comparison form, and a map back to every character it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.text.folding import fold, fold_character, fold_with_map

HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "أإآٱىةؤئگیکھۀـ\u064b\u0651\u200f\u202b\u2067\u2069\u061c\ufeff\ufdfa\ufefb\ufb01٣۳%٪،٫٬«»\u0301"
        ),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("إدلب", "ادلب"),
        ("مدرسةٌ", "مدرسه"),
        ("حـــلب", "حلب"),
        ("عَفرين", "عفرين"),
        ("١٢٣ ۴۵", "123 45"),
        ("ﻻ", "لا"),
        ("\u202bحمص\u202c", "حمص"),
        ("٤٥٪", "45%"),
        ("Aleppo", "aleppo"),
        ("کوبانی", "كوباني"),
    ],
)
def test_spellings_of_one_word_fold_to_one_form(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(HOSTILE)
def test_every_folded_character_maps_back_to_the_character_it_came_from(text: str) -> None:
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    assert len(folded.origins) == len(folded.text)
    for index, origin in enumerate(folded.origins):
        assert folded.text[index] in fold_character(text[origin])


@given(HOSTILE, st.integers(0, 200), st.integers(0, 200))
def test_every_range_of_the_folded_text_maps_to_a_range_that_folds_to_it(text: str, one: int, other: int) -> None:
    folded = fold_with_map(text)
    start, end = sorted((min(one, len(folded.text)), min(other, len(folded.text))))
    span = folded.original(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    assert folded.text[start:end] in fold(span.of(text))


@given(HOSTILE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
