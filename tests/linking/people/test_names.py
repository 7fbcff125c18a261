"""Names of both scripts cut into words: families of spellings meet, names that differ stay apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.linking.people.names import MOST_WORDS, comparable, name_words, sounds_of
from tawthiq.linking.people.sounds import MOST_SPELLINGS, skeleton, spellings
from tawthiq.records.person import NamePart
from tawthiq.text.folding import fold

ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآةى "
NAMES = st.one_of(
    st.text(ARABIC_LETTERS, max_size=40), st.text("abcdefghijklmnopqrstuvwxyz -'", max_size=40), st.text(max_size=60)
)


def given_of(name: str) -> str:
    return next(word.form for word in name_words(name) if word.part is NamePart.GIVEN)


def meet(one: str, other: str) -> bool:
    return bool(set(sounds_of(given_of(one))) & set(sounds_of(given_of(other))))


@pytest.mark.parametrize(
    "family",
    [
        ("محمد", "Mohammed", "Muhammad", "Mohamed", "Muhammed"),
        ("حسين", "Hussein", "Husain", "Hussain", "Husayn"),
        ("يوسف", "Youssef", "Yusuf", "Yousif", "Yousef"),
        ("عبدالرحمن", "عبد الرحمن", "Abd al-Rahman", "Abdulrahman", "Abdel Rahman", "Abdurrahman"),
        ("صلاح الدين", "Salah al-Din", "Salaheddin", "Salah Eddine"),
        ("نور الدين", "Nour al-Din", "Noureddine", "Nur al-Deen"),
        ("فاطمة", "Fatima", "Fatimah", "فاطمه"),
        ("زينب", "Zainab", "Zeinab", "Zaynab"),
        ("إبراهيم", "Ibrahim", "Ebrahim", "Ibraheem", "ابراهيم"),
        ("رشيد", "Rashid", "Rachid", "Rasheed"),
        ("جمال", "Jamal", "Gamal", "Djamal"),
        ("عائشة", "Aisha", "Aicha", "Aysha"),
        ("عبدالله", "عبد الله", "Abdullah", "Abdallah"),
    ],
)
def test_spellings_of_one_name_meet_across_scripts(family: tuple[str, ...]) -> None:
    for name in family:
        assert meet(family[0], name), name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("حسن", "حسين"), ("Hassan", "Hussein"), ("حسن", "Hussein"), ("محمد", "محمود"), ("سالم", "سليم"), ("علي", "علاء"),
        ("جمال", "جميل"), ("خالد", "خليل"), ("سعد", "سعيد"), ("أحمد", "حامد"), ("كريم", "كرم"), ("راشد", "رشيد"),
    ],
)  # fmt: skip
def test_names_that_brothers_bear_stay_apart(one: str, other: str) -> None:
    assert not meet(one, other)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("سامر نبيل طارق الزيتون", {"given": "سامر", "father": "نبيل", "grandfather": "طارق", "family": "زيتون"}),
        ("سامر نبيل الزيتون", {"given": "سامر", "father": "نبيل", "family": "زيتون"}),
        ("سامر بن نبيل آل زيتون", {"given": "سامر", "father": "نبيل", "family": "زيتون"}),
        ("Samer bin Nabil al-Zaytoun", {"given": "samer", "father": "nabil", "family": "zaytoun"}),
        ("أبو نبيل سامر الزيتون", {"kunya": "ابونبيل", "given": "سامر", "family": "زيتون"}),
        ("Samer Zaytoun (Abu Nabil)", {"kunya": "abunabil", "given": "samer", "family": "zaytoun"}),
        ("أم طارق", {"kunya": "امطارق"}),
        ("سامر أبو زيد", {"given": "سامر", "family": "ابوزيد"}),
        ("الشهيد الطفل سامر الزيتون", {"given": "سامر", "family": "زيتون"}),
        ("سامر الشيخ", {"given": "سامر", "family": "شيخ"}),
        ("Dr. John Reed Jr.", {"given": "john", "family": "reed"}),
        ("Ben Reed", {"given": "benjamin", "family": "reed"}),
    ],
)
def test_a_name_falls_into_its_parts(name: str, parts: dict[str, str]) -> None:
    assert {word.part.value: word.form for word in name_words(name)} == parts


def test_a_middle_name_in_latin_letters_is_nobodys_father() -> None:
    assert NamePart.FATHER not in {word.part for word in name_words("John Michael Reed")}


def test_short_forms_are_compared_by_the_full_name() -> None:
    assert given_of("Bill Reed") == given_of("William Reed")
    assert given_of("حمودة الزيتون") == given_of("محمد الزيتون")


@settings(deadline=None)
@given(NAMES)
def test_any_text_is_cut_the_same_way_twice_and_after_folding(name: str) -> None:
    words = name_words(name)
    assert words == name_words(name)
    assert len(words) <= 2 * MOST_WORDS
    assert all(word.form and word.sound for word in words)


@settings(deadline=None)
@given(NAMES, NAMES)
def test_meeting_is_symmetric_and_every_word_meets_itself(one: str, other: str) -> None:
    for word in name_words(one):
        assert set(sounds_of(word.form)) & set(sounds_of(word.form))
        for second in name_words(other):
            assert bool(set(sounds_of(word.form)) & set(sounds_of(second.form))) == bool(
                set(sounds_of(second.form)) & set(sounds_of(word.form))
            )


@settings(deadline=None)
@given(st.text(ARABIC_LETTERS.strip(), min_size=1, max_size=30))
def test_keys_of_arabic_words_are_bounded_and_tell_the_same_after_folding_twice(word: str) -> None:
    folded = fold(word)
    if folded:
        assert fold(folded) == folded
        assert skeleton(folded) == skeleton(fold(folded))
        assert 1 <= len(spellings(folded)) <= MOST_SPELLINGS


@settings(deadline=None)
@given(st.text("aeiouyw", min_size=1, max_size=200))
def test_a_word_of_many_vowels_has_few_spellings(word: str) -> None:
    assert 1 <= len(spellings(word)) <= MOST_SPELLINGS


@settings(deadline=None)
@given(st.text(max_size=80))
def test_the_comparable_form_is_its_own(text: str) -> None:
    once = comparable(text)
    assert comparable(once) == once
