"""Analyses of words: clitics are listed, never chosen."""

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.reading.words import forms, stems


def test_clitics_article_and_pronoun_come_off() -> None:
    assert "مدينه" in stems("وبالمدينه")
    assert "غارات" in stems("غاراتهم")
    assert "اصابه" in stems("اصابته")


def test_the_surface_form_comes_first() -> None:
    first = forms("بلده")[0]
    assert (first.stem, first.clitics, first.article) == ("بلده", "", False)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=12))
def test_every_stem_is_part_of_its_word_or_ends_in_a_restored_taa(word: str) -> None:
    for stem in stems(word):
        assert stem in word or stem[:-1] in word
