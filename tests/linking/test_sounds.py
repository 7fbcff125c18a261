import pytest

from tawthiq.linking.sounds import consonants


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("bashiriya", "بشيريه"), ("janudiyah", "جانوديه"), ("nabatieh", "نبطيه"), ("khardaly", "خردلي"), ("raqqa", "رقه")],
)
def test_a_name_sounds_the_same_in_both_scripts(latin: str, arabic: str) -> None:
    assert consonants(latin) == consonants(arabic)


def test_names_with_other_consonants_differ() -> None:
    assert consonants("سرمين") != consonants("سراقب")


def test_a_word_of_vowels_has_no_sound() -> None:
    assert consonants("واو") == ""
