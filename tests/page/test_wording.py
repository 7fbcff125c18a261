import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.page.wording import cues_of, is_counter, menu_share, normal, phrases_of, words_of


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ("اقرأ أيضاً", "related_heading"),
        ("إقرأ أيضا:", "related_heading"),
        ("آخر تحديث: 12 آذار 2020", "updated_prefix"),
        ("تاريخ النشر: 12/03/2020", "date_prefix"),
        ("بقلم: سلمى الحمصي", "byline_prefix"),
        ("Von Anna Berg", "byline_prefix"),
        ("خيام في مخيم الزيتون (صورة أرشيفية)", "caption_words"),
        ("تصوير: خالد السالم", "caption_prefix"),
        ("تابعنا على فيسبوك", "subscribe"),
        ("250 مشاهدة", "views"),
    ],
)
def test_wording_gives_a_line_its_cue(line: str, cue: str) -> None:
    assert cue in cues_of(line)


def test_lists_of_words_give_lines_of_prose_no_cue() -> None:
    assert not cues_of("People of the town and of the villages fled from the north with what they could carry.")
    assert not cues_of("قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا.")


def test_the_comparison_form_drops_marks_vowels_and_numbers() -> None:
    assert normal("٣ تعليقاتٍ!") == normal("3 تعليقات") == "# تعليقات"


@given(st.text(max_size=300))
def test_the_comparison_form_of_a_comparison_form_is_itself(text: str) -> None:
    once = normal(text.replace("#", ""))
    assert normal(once.replace("#", "0")) == once


def test_rows_of_sections_and_counters_are_told() -> None:
    assert menu_share("الرئيسية | سياسة | رياضة") == 1.0
    assert menu_share("قال شهود إن القصف طال السوق") == 0.0
    assert is_counter("31 Retweets 12 Likes", bare=False)
    assert not is_counter("12", bare=False)


def test_words_and_phrases_are_listed_by_cue() -> None:
    assert normal("وكالة") in words_of("not_a_person")
    assert "and" in phrases_of("name_joiner")
    assert not words_of("no such cue")
