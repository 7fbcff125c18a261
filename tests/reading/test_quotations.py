"""Pairs of quotation marks, broken and unbalanced ones included."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.reading.quotations import quotations
from tawthiq.records.span import Span


def quoted(text: str) -> list[str]:
    """What stands in each quotation of a text."""
    return [found.inner.of(text) for found in quotations(text, (Span(0, len(text)),))]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("قال «لا أعرف» ومضى", ["لا أعرف"]),
        ("قال “لا أعرف” ومضى", ["لا أعرف"]),
        ('قال "لا أعرف" ومضى', ["لا أعرف"]),
        ("تنظيم ” الأمس ” يعلن", ["الأمس"]),
        ('صحيفة لـ"الأفق" قالت "نعم هذا صحيح"', ["الأفق", "نعم هذا صحيح"]),
        ('قال "ضربنا مواقع "الفصيل" في الجبل" وسكت', ['ضربنا مواقع "الفصيل" في الجبل']),
        ("قال »مقلوب« ومضى", ["مقلوب"]),
        ('He said "don\'t go" and left', ["don't go"]),
    ],
)
def test_pairs_are_found_by_shape_and_neighbours(text: str, inner: list[str]) -> None:
    assert quoted(text) == inner


def test_quotation_left_open_ends_with_its_line() -> None:
    assert quoted('قال "لم يعد أحد\nسطر آخر بلا علامات') == ["لم يعد أحد"]


def test_quotation_over_two_paragraphs_is_one() -> None:
    text = 'قال "خرجنا ليلاً.\nوعدنا فجراً" ثم سكت'
    assert quoted(text) == ["خرجنا ليلاً.\nوعدنا فجراً"]


@given(st.text(alphabet='«»“”"ا b.،\n', max_size=60))
def test_quotations_never_overlap_and_stay_in_the_text(text: str) -> None:
    found = quotations(text, (Span(0, len(text)),))
    for before, after in pairwise(found):
        assert before.outer.end <= after.outer.start
    assert all(one.outer.contains(one.inner) and one.outer.end <= len(text) for one in found)
