"""Two texts side by side: nothing lost, only what one alone has is marked, and no text stalls the comparison."""

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.web.comparing import MOST_WORDS, Run, compare

TEXTS = st.text(alphabet="ab |،\nقتل", max_size=80)


def alone(runs: tuple[Run, ...]) -> list[str]:
    return [run.text.strip() for run in runs if run.alone]


def test_words_that_one_text_alone_has_are_marked() -> None:
    found = compare(
        "قال شهود إن بيتين احترقا يوم الثلاثاء في القرية.", "الرئيسية | أخبار قال شهود إن بيتين احترقا في القرية. طباعة"
    )
    assert alone(found.ours) == ["يوم الثلاثاء"]
    assert alone(found.theirs) == ["الرئيسية | أخبار", "طباعة"]


def test_spelling_punctuation_and_layout_are_no_difference() -> None:
    found = compare("قُتِل أحمد، في\nالمدينة", "قتل احمد في المدينه")
    assert alone(found.ours) == alone(found.theirs) == []


def test_a_word_of_both_at_another_place_is_marked_once_only_where_it_does_not_fit() -> None:
    found = compare("one two three four five six", "six one two three four five")
    assert (alone(found.ours), alone(found.theirs)) == (["six"], ["six"])


def test_an_empty_text_leaves_the_whole_other_one_marked() -> None:
    found = compare("", "several words of it")
    assert found.ours == ()
    assert alone(found.theirs) == ["several words of it"]


@given(TEXTS, TEXTS)
def test_the_runs_join_to_exactly_the_characters(first: str, second: str) -> None:
    found = compare(first, second)
    assert "".join(run.text for run in found.ours) == first
    assert "".join(run.text for run in found.theirs) == second


@given(TEXTS)
def test_a_text_agrees_with_itself(text: str) -> None:
    found = compare(text, text)
    assert alone(found.ours) == alone(found.theirs) == []


def test_texts_past_the_bound_are_shown_without_marks() -> None:
    long = "word " * (MOST_WORDS + 1)
    found = compare(long, "another")
    assert not found.compared
    assert found.ours == (Run(long, alone=False),)


def test_a_text_made_to_stall_difflib_is_compared_within_the_bound() -> None:
    ours = " ".join(f"x ours{number}" for number in range(MOST_WORDS // 2))
    theirs = " ".join(f"x theirs{number}" for number in range(MOST_WORDS // 2))
    assert compare(ours, theirs).compared
