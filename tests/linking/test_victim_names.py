"""Names of people as keys: alike where the same person is named, and nothing that tells the name."""

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.linking.victim_names import name_keys
from tawthiq.records.span import Span


def test_a_name_written_long_and_short_shares_a_key() -> None:
    long, short = name_keys("استشهد المدني سامر خالد الحمود إثر القصف"), name_keys("وفاة الشاب سامر الحمود")
    assert long & short


def test_spelling_and_joined_writing_make_no_difference() -> None:
    assert name_keys("عبد الرحمن أحمد") & name_keys("عبدالرحمن احمد")
    assert name_keys("أسماء الضحايا:\nفاطمة بنت يوسف") & name_keys("فاطمه يوسف")


def test_each_name_of_a_list_has_keys_of_its_own() -> None:
    text = "أسماء الضحايا:\n1- ياسر محمود الزعبي\n2- ريم قاسم الزعبي\nليان ياسر"
    both = name_keys("قضى ياسر محمود الزعبي وريم قاسم الزعبي")
    assert len(name_keys(text) & both) >= 4


def test_names_joined_by_a_conjunction_are_two() -> None:
    assert name_keys("مقتل خالد العمر وفارس الخطيب") == name_keys("خالد العمر") | name_keys("فارس الخطيب")


def test_a_family_has_a_key() -> None:
    assert name_keys("مجزرة بحق عائلة الدرويش") & name_keys("تسعة من آل الدرويش")


def test_words_that_are_names_too_name_nobody_by_themselves() -> None:
    assert not name_keys("قصف مدفعي صباح الخميس على بلدة سالم والطريق العام")
    assert not name_keys("علي الطريق الدولي")


def test_a_latin_name_counts_with_an_age_only() -> None:
    assert name_keys("Nadim Harroun , 16 , was hit") & name_keys("said Nadim K. Harroun (16), a student")
    assert not name_keys("on Tuesday March 13, in Deraa")


def test_another_secret_gives_other_keys() -> None:
    assert not name_keys("سامر خالد الحمود", secret=b"one") & name_keys("سامر خالد الحمود", secret=b"two")


def test_only_the_span_is_looked_at() -> None:
    text = "خالد العمر\nفارس الخطيب"
    assert name_keys(text, Span(0, 10)) == name_keys("خالد العمر")


@given(st.text(max_size=200))
def test_any_text_gives_small_numbers(text: str) -> None:
    assert all(0 <= key < 2**56 for key in name_keys(text))
