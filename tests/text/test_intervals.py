"""Tests of tawthiq.text.intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.text.intervals import intervals
from tawthiq.text.numbers import numbers


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "span"),
    [
        ("العمر أكثر من 12 وأقل من 18", 12, 18, "أكثر من 12 وأقل من 18"),
        ("على الأكثر 40 وعلى الأقل 30", 30, 40, "على الأكثر 40 وعلى الأقل 30"),
        ("السعر لا يتجاوز 90", None, 90, "لا يتجاوز 90"),
        ("الوزن يساوي 7", 7, 7, "يساوي 7"),
        ("x>=12", 12, None, ">=12"),
        ("x < 3.5", None, 3.5, "< 3.5"),
        ("المسافة 20 ~ 30", 20, 30, "20 ~ 30"),
        ("more than 3 and less than 9", 3, 9, "more than 3 and less than 9"),
        ("من ٢ إلى ٥ أيام", 2, 5, "من ٢ إلى ٥"),
        ("بين ربع ونصف", 0.25, 0.5, "بين ربع ونصف"),
        ("مئة أو أكثر", 100, None, "مئة أو أكثر"),
        ("أكثرَ من 1/2", 0.5, None, "أكثرَ من 1/2"),
    ],
)
def test_an_interval_has_the_ends_that_its_words_and_signs_give(
    text: str, minimum: float | None, maximum: float | None, span: str
) -> None:
    (found,) = intervals(text)
    assert (found.minimum, found.maximum, found.span.of(text)) == (minimum, maximum, span)


def test_bounds_that_leave_nothing_between_them_stay_two() -> None:
    found = intervals("أكثر من 40 وأقل من 10")
    assert [(one.minimum, one.maximum) for one in found] == [(40, None), (None, 10)]


@pytest.mark.parametrize("text", ["هاتف +1-222-3333", "لديه 7 كتب", "<a2> 29"])
def test_telephones_and_plain_numbers_are_no_intervals(text: str) -> None:
    assert intervals(text) == []


def test_reports_keep_a_floor_and_a_ceiling_two() -> None:
    found = numbers("أكثر من 12 وأقل من 18", "ar")
    assert [(number.minimum, number.maximum) for number in found] == [(12, None), (0, 18)]


@given(
    st.lists(
        st.sampled_from(["أكثر من", "5", "بين", "و9", "<", ">=", "-", "~", "\u064e", "أو أقل", "to", "يساوي", "٣"])
    )
)
def test_intervals_of_any_text_stand_in_order_and_are_not_empty(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for one in intervals(text):
        assert end <= one.span.start < one.span.end <= len(text)
        assert one.minimum is not None or one.maximum is not None
        end = one.span.end
