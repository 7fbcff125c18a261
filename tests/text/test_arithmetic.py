"""Tests of tawthiq.text.arithmetic: composed numbers of general texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.text.arithmetic import general_numbers
from tawthiq.text.numbers import numbers


def values(text: str) -> list[float]:
    return [figure.value for figure in general_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ثلاثة من عشرة طلاب", 0.3),
        ("واحد على ثمانية", 0.125),
        ("جزء من مئة", 0.01),
        ("مئة وسبعة أجزاء من عشرين", 100.35),
        ("1 in 8", 0.125),
        ("three out of ten", 0.3),
        ("2 1/4", 2.25),
        ("١/٤ ٢", 2.25),
        ("-3/4", -0.75),
        ("سبعة وعشرون خمس", 5.4),
        ("سبعة وخمس", 7.2),
        ("خمس الطريق", 0.2),
        ("خمس المسافة", 0.2),
        ("ثمن المبلغ", 0.125),
        ("خمس العشرين", 4),
        ("ستة فاصلة خمسة", 6.5),
        ("three point two", 3.2),
        ("2^3", 8),
        ("2^-1", 0.5),
        ("-1.5e3", -1500),
        (".25", 0.25),
        ("سالب واحد على أربعة", -0.25),
        ("٤ آلاف ٣ مئة و ٢١", 4321),
        ("واحد من مئة ألف مليون", 1e-11),
    ],
)
def test_a_composed_number_has_the_value_that_its_words_give(text: str, value: float) -> None:
    assert values(text)[0] == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("text", ["180ml", "رقم 1M", "٢٥مل", "أي واحد تريد؟"])
def test_a_figure_glued_to_letters_and_a_pronoun_are_no_numbers(text: str) -> None:
    assert values(text) == []


def test_five_of_things_is_no_fifth() -> None:
    assert values("خمس سيارات وسبع شاحنات") == [5, 7]


def test_a_dash_between_figures_is_no_sign() -> None:
    assert values("90 - 500") == [90, 500]


def test_division_by_nothing_gives_no_number() -> None:
    assert all(figure.kind != "fraction" for figure in general_numbers("5/0"))


def test_reports_keep_the_two_numbers_of_a_ratio() -> None:
    assert [number.minimum for number in numbers("ثلاثة من عشرة عناصر", "ar")] == [3, 10]


@given(st.text(alphabet="0123456789٠١٢٣-+^e/., ()واحدخمسمئةالفعلى\n", max_size=60))
def test_figures_of_any_text_stand_in_order_inside_it(text: str) -> None:
    end = 0
    for figure in general_numbers(text):
        assert end <= figure.span.start < figure.span.end <= len(text)
        end = figure.span.end
