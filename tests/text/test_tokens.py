"""Tokens cover all that is visible and point to their characters."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.text.tokens import tokens


def test_words_numbers_and_marks_are_told_apart() -> None:
    found = [(token.text, token.kind) for token in tokens("قُتِل 2,500 شخصاً؛ U.N. said")]
    assert found[:4] == [("قُتِل", "word"), ("2,500", "number"), ("شخصاً", "word"), ("؛", "mark")]


@given(st.text())
def test_tokens_cover_everything_but_white_space_marks_and_controls(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert text[token.start : token.end] == token.text
        assert regex.fullmatch(r"[\s\p{M}\p{Cf}]*", text[end : token.start])
        end = token.end
    assert regex.fullmatch(r"[\s\p{M}\p{Cf}]*", text[end:])


def test_letters_repeated_for_stress_are_compared_as_one() -> None:
    assert [token.folded for token in tokens("انفجااار عااااجل اللللله")] == ["انفجار", "عاجل", "الله"]


def test_letters_that_spelling_doubles_stay() -> None:
    assert [token.folded for token in tokens("الله ممتاز اللاجئين www")] == ["الله", "ممتاز", "اللاجيين", "www"]
