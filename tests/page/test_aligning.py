"""Words of one text in another: in order, exact, bounded."""

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.page.aligning import aligned, tokens

WORDS = st.lists(st.sampled_from(["حي", "قصف", "on", "the", "12", "."]), max_size=60)


@given(WORDS, WORDS)
def test_places_rise_and_hold_the_same_word(old: list[str], new: list[str]) -> None:
    found = [(word, place) for word, place in zip(old, aligned(old, new), strict=True) if place is not None]
    assert all(new[place] == word for word, place in found)
    places = [place for _, place in found]
    assert places == sorted(set(places))


@given(WORDS)
def test_a_text_is_found_whole_in_itself(words: list[str]) -> None:
    assert aligned(words, words) == list(range(len(words)))


@given(st.text())
def test_tokens_hold_everything_but_white_space(text: str) -> None:
    assert "".join(span.of(text) for span in tokens(text)) == "".join(text.split())


def test_a_long_text_with_parts_put_in_is_found_by_its_runs() -> None:
    old = [f"word{number}" for number in range(3000)]
    new = [*old[:700], *["menu"] * 500, *old[700:1900], *["ad"] * 400, *old[1900:]]
    places = aligned(old, new)
    assert places[699:701] == [699, 1200]
    assert None not in places


def test_a_text_of_one_repeated_word_ends_and_takes_nothing_from_elsewhere() -> None:
    places = aligned(["a"] * 3000, ["b"] * 3000)
    assert set(places) == {None}
