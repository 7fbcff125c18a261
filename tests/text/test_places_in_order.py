"""Tests of tawthiq.text.places_in_order."""

import pytest

from tawthiq.text.places_in_order import places_in_order


@pytest.mark.parametrize(
    ("text", "counted_from", "offset"),
    [
        ("الصفحة الأخيرة", "end", 0),
        ("السطر قبل الأخير", "end", -1),
        ("الثالثة من الأخيرة", "end", -2),
        ("افتح الصفحة التالية", "current", 1),
        ("the previous page", "current", -1),
        ("the second to last page", "end", -1),
        ("البيت الحادي عشر", "start", 11),
        ("الكتاب الثلاثون", "start", 30),
        ("الذكرى المئة والخامسة والعشرون", "start", 125),
        ("the twenty-first page", "start", 21),
    ],
)
def test_a_place_is_counted_from_where_its_words_say(text: str, counted_from: str, offset: int) -> None:
    assert [(place.counted_from, place.offset) for place in places_in_order(text)] == [(counted_from, offset)]


def test_a_count_is_no_place() -> None:
    assert places_in_order("ثلاثون كتابا وخمسة أقلام") == []
