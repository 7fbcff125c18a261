"""Numbers as reports write them: values, bounds, kinds, ranges, and the traps that only look like quantities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.text.numbers import Number, numbers


def one(text: str) -> Number:
    found = numbers(text, "ar")
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("مئة وخمسة وعشرين", 125),
        ("مائة وخمسة وعشرون", 125),
        ("ثلاثة آلاف و200", 3200),
        ("2.5 مليون", 2_500_000),
        ("مليون ونصف", 1_500_000),
        ("خمسة عشر", 15),
        ("اثنتي عشرة", 12),
        ("إحدى عشرة", 11),
        ("ثلاثمئة وواحد", 301),
        ("مئتين", 200),
        ("ألفي", 2000),
        ("خمسة آلاف وستمئة وأربعين", 5640),
        ("١٬٢٣٤", 1234),
        ("۴۵", 45),
        ("1 414 021 100", 1_414_021_100),
        ("3,5", 3.5),
        ("two hundred and five thousand", 205_000),
        ("twenty-five", 25),
        ("a hundred", 100),
        ("half a million", 500_000),
        ("three dozen", 36),
        ("one and a half million", 1_500_000),
        ("مليون ونصف المليون", 1_500_000),
        ("نصف المليون", 500_000),
    ],
)
def test_exact_number(text: str, value: float) -> None:
    number = one(text)
    assert (number.minimum, number.maximum) == (value, value)
    assert number.span.of(text) == text


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "kind", "span"),
    [
        ("مقتل نحو 12 مدنياً", 12, 12, "approximate", "نحو 12"),
        ("أكثر من عشرين قتيلاً", 20, None, "cardinal", "أكثر من عشرين"),
        ("ما لا يقل عن ثمانية", 8, None, "cardinal", "ما لا يقل عن ثمانية"),
        ("24 مدنياً على الأقل", 24, None, "cardinal", "24"),
        ("لا يتجاوز 50", 0, 50, "cardinal", "لا يتجاوز 50"),
        ("بين 20 و30 شخصاً", 20, 30, "range", "بين 20 و30"),
        ("40 إلى 50 شخصاً", 40, 50, "range", "40 إلى 50"),
        ("10-15 قتيلاً", 10, 15, "range", "10-15"),
        ("خمسة أو ستة قتلى", 5, 6, "range", "خمسة أو ستة"),
        ("five or six people", 5, 6, "range", "five or six"),
        ("4.250 عائلة", 4250, 4250, "cardinal", "4.250"),
        ("tens of people", 20, None, "approximate", "tens of"),
        ("ما بين 60 و80 ألف أسرة", 60_000, 80_000, "range", "ما بين 60 و80 ألف"),
        ("عشرات الجرحى", 20, None, "approximate", "عشرات"),
        ("عشرات الآلاف", 20_000, None, "approximate", "عشرات الآلاف"),
        ("آلاف النازحين", 2000, None, "approximate", "آلاف"),
        ("عدد من القتلى", 2, None, "approximate", "عدد من"),
        ("45٪", 45, 45, "percent", "45٪"),
        ("ثلاثين بالمئة", 30, 30, "percent", "ثلاثين بالمئة"),
        ("80 في المئة", 80, 80, "percent", "80 في المئة"),
        ("مقتل طفلين", 2, 2, "dual", "طفلين"),
        ("مقتل مدنيين", 2, None, "dual", "مدنيين"),
        ("مقتل مدنيَّين", 2, 2, "dual", "مدنيَّين"),
        ("واحداً وسبعين شهيداً", 71, 71, "cardinal", "واحداً وسبعين"),
        ("ما يربو على ثلاثين", 30, None, "cardinal", "ما يربو على ثلاثين"),
        ("الثاني عشر", 12, 12, "ordinal", "الثاني عشر"),
        ("at least nine people", 9, None, "cardinal", "at least nine"),
        ("more than a dozen people", 12, None, "cardinal", "more than a dozen"),
        ("up to a hundred civilians", 0, 100, "cardinal", "up to a hundred"),
        ("between 20 and 30 people", 20, 30, "range", "between 20 and 30"),
        ("dozens of people", 20, None, "approximate", "dozens"),
        ("the 3rd strike", 3, 3, "ordinal", "3rd"),
        ("12 percent", 12, 12, "percent", "12 percent"),
    ],
)
def test_bounds_and_kind(text: str, minimum: float, maximum: float | None, kind: str, span: str) -> None:
    number = one(text)
    assert (number.minimum, number.maximum, number.kind) == (minimum, maximum, kind)
    assert number.span.of(text) == span


def test_numbers_that_do_not_fit_under_each_other_stay_two() -> None:
    assert [number.minimum for number in numbers("300 و212", "ar")] == [300, 212]
    assert [number.minimum for number in numbers("قُتل خمسة وأصيب عشرة", "ar")] == [5, 10]


@pytest.mark.parametrize("text", ["ارتفاع الحصيلة من 14 إلى 16 قتيلاً", "The toll rose from 14 to 16"])
def test_a_figure_that_rises_is_no_range(text: str) -> None:
    assert [(number.minimum, number.maximum) for number in numbers(text, "ar")] == [(14, 14), (16, 16)]


def test_at_least_belongs_to_the_number_before_it() -> None:
    first, second = numbers("24 مدنياً على الأقل و7 جرحى", "ar")
    assert (first.maximum, second.maximum) == (None, 7)


@pytest.mark.parametrize("text", ["الفرقة 17", "اللواء 52", "القرار 2254", "هاتف 0933112233", "F-16", "رقم 4"])
def test_numbers_that_name_something_are_flagged(text: str) -> None:
    assert one(text).identifier


def test_a_definite_plural_is_everyone_and_no_number() -> None:
    assert numbers("عاد النازحين إلى المخيمات مع اللاجئين", "ar") == []


def test_a_noun_beside_two_counts_once() -> None:
    assert [(number.minimum, number.maximum) for number in numbers("قتل مسلحين اثنين", "ar")] == [(2, 2)]


def test_zero_and_a_fifth_do_not_join_a_number() -> None:
    assert [number.minimum for number in numbers("أربعة آلاف وصفر", "ar")] == [4000, 0]
    assert [number.minimum for number in numbers("ثلاثون خمس", "ar")] == [30, 5]


def test_a_floor_before_two_figures_bounds_the_first() -> None:
    assert [(number.minimum, number.maximum) for number in numbers("at least 5 or 6", "en")] == [(5, None), (6, 6)]


def test_scales_multiply() -> None:
    assert one("مئة ألف مليون").minimum == 10**11


def test_a_count_is_not_flagged() -> None:
    assert not one("مقتل 17 عنصراً").identifier


PIECES = "ثلاثة آلاف و200 مئة وخمسة عشر بين و إلى نحو على الأقل - ٥ % 1,000 10.5 طفلين two hundred and at least عشرات نصف ألف ¼"
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\u202b", "\n", "ـ", "\u064b"]), max_size=12)


@given(st.one_of(st.text(), WORDS.map(" ".join), WORDS.map("".join)))
def test_any_text_is_read_and_spans_are_in_order_and_in_range(text: str) -> None:
    end = 0
    for number in numbers(text, "ar"):
        assert end <= number.span.start < number.span.end <= len(text)
        assert number.span.contains(number.core)
        assert number.maximum is None or number.maximum >= number.minimum
        end = number.core.end
