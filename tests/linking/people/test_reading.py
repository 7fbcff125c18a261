"""What lists state: ages as ranges, births from ages, days of death, and nothing guessed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.linking.people import read_person
from tawthiq.linking.people.mentions import is_personal_name
from tawthiq.linking.people.reading import OLDEST, age_years, stated_sex
from tawthiq.records.period import Precision
from tawthiq.records.person import ListCell, NamePart, PersonRecord, PersonValue, Sex, Years


def person(**told: str) -> PersonRecord:
    values = {name: PersonValue(text, ListCell("list", 2, name)) for name, text in told.items()}
    return read_person("p", "list", {"name": PersonValue("سامر الزيتون", ListCell("list", 2, "name")), **values})


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("35", 35, 35), ("٣٥", 35, 35), ("35 عاماً", 35, 35), ("30-40", 30, 40), ("في الثلاثينات", 30, 39),
        ("in her twenties", 20, 29), ("طفل", 0, 17), ("6 أشهر", 0, 0), ("3 months", 0, 1), ("رضيعة", 0, 2),
        ("elderly", 60, 110), ("خمسة وعشرون عاماً", 25, 25), ("طفل 7", 7, 7),
    ],
)  # fmt: skip
def test_an_age_is_a_range_of_full_years(text: str, first: int, last: int) -> None:
    assert age_years(text) == Years(first, last)


@pytest.mark.parametrize("text", ["", "unknown", "غير معروف", "999", "40-30", "?"])
def test_what_is_no_age_stays_open(text: str) -> None:
    assert age_years(text) is None


def test_an_age_at_death_gives_a_range_of_years_of_birth() -> None:
    assert person(age="35", death="2016-03-12").birth_years == Years(1980, 1981)
    assert person(age="في الثلاثينات", death="2016").birth_years == Years(1976, 1986)
    assert person(age="35").birth_years is None


def test_a_year_of_birth_in_words_counts_more_than_an_age() -> None:
    assert person(birth="مواليد 1980", age="20", death="2016-03-12").birth_years == Years(1980, 1980)


def test_days_keep_their_precision() -> None:
    died = person(death="12 آذار 2016").died
    assert died
    assert (died.first, died.last) == (date(2016, 3, 12), date(2016, 3, 12))
    year = person(death="2016").died
    assert year
    assert (year.first, year.last, year.precision) == (date(2016, 1, 1), date(2016, 12, 31), Precision.YEAR)
    assert person(death="2016-13-45").died is None


def test_a_fathers_column_wins_over_the_second_word_of_the_name() -> None:
    fathers = [w.form for w in person(name="سامر نبيل الزيتون", father="طارق").words if w.part is NamePart.FATHER]
    assert fathers == ["طارق"]


def test_sex_is_what_the_list_says_and_never_guessed_from_a_name() -> None:
    assert stated_sex("أنثى") is Sex.FEMALE
    assert stated_sex("M") is Sex.MALE
    assert person(name="مريم النهر").stated_sex is None


@pytest.mark.parametrize(
    "text",
    ["أحمد سامر الزيتون", "لجين كرم البستان", "سامر بن نبيل", "أحمد الزيتون", "Mohammed Zaytoun", "Samer bin Nabil"],
)
def test_personal_names_are_known_among_wordings_of_victims(text: str) -> None:
    assert is_personal_name(text)


@pytest.mark.parametrize(
    "text", ["خمسة مدنيين", "five civilians", "عائلة كاملة", "السائق", "12 شخصاً", "two of his sons", "أحمد", ""]
)
def test_other_wordings_of_victims_are_no_names(text: str) -> None:
    assert not is_personal_name(text)


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_reading_and_all_stays_as_written(name: str, age: str, birth: str, death: str) -> None:
    read = person(name=name, age=age, birth=birth, death=death)
    assert read.value("name") == PersonValue(name, ListCell("list", 2, "name"))
    if read.age_years:
        assert 0 <= read.age_years.first <= read.age_years.last <= OLDEST
