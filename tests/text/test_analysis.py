"""Search analysis: spellings and inflections of one word meet, and queries keep their phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.text.analysis import analyse, analyse_query, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الرقة", "الرقه"),
        ("بالرقة", "الرقة"),
        ("وللمدنيين", "المدنيين"),
        ("إدلب", "ادلب"),
        ("والقصف", "قصف"),
        ("مـدرسـة", "مدرسة"),
        ("مُدرِّسة", "مدرسة"),
        ("shelling", "shelled"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert analyse(one)[0].stem == analyse(other)[0].stem


def test_different_words_do_not_meet() -> None:
    assert stem("قصف") != stem("خطف")


def test_words_point_to_their_characters_and_marks_are_left_out() -> None:
    text = "قُتل ٣ مدنيين، أمس."
    assert [word.span.of(text) for word in analyse(text)] == ["قُتل", "٣", "مدنيين", "أمس"]
    assert analyse(text)[1].exact == "3"


def test_query_keeps_quoted_phrases() -> None:
    parts = analyse_query('قصف «مشفى الشفاء» "unclosed phrase')
    assert [(part.exact, part.phrase) for part in parts] == [
        (("قصف",), False),
        (("مشفي", "الشفاء"), True),
        (("unclosed", "phrase"), True),
    ]


@given(st.text())
def test_any_text_and_query_is_analysed(text: str) -> None:
    for word in analyse(text):
        assert word.exact
        assert word.stem
        assert 0 <= word.span.start < word.span.end <= len(text)
    analyse_query(text)
