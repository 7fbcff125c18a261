"""How far two texts agree."""

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.text.agreement import token_f1

TEXTS = st.text(alphabet="اأبة abCd12.,\n«»", max_size=60)


def test_spelling_case_marks_and_layout_are_no_disagreement() -> None:
    assert token_f1("قُتل أحمد، في «المدينة»", "قتل احمد في المدينه") == 1.0
    assert token_f1("Two Homes\nburned.", "two homes burned") == 1.0


def test_order_is_no_disagreement_but_number_of_words_is() -> None:
    assert token_f1("one two two", "two one two") == 1.0
    assert token_f1("one two two", "one two") == 2 * 2 / 5


def test_nothing_agrees_with_nothing_and_with_nothing_else() -> None:
    assert token_f1("", " … ") == 1.0
    assert token_f1("", "word") == 0.0
    assert token_f1("word", "") == 0.0


@given(TEXTS, TEXTS)
def test_agreement_is_a_share_and_the_same_either_way_round(first: str, second: str) -> None:
    assert 0.0 <= token_f1(first, second) == token_f1(second, first) <= 1.0
    assert token_f1(first, first) == 1.0
