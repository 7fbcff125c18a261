"""What stands near what: the quick ways find the same as walking the whole list."""

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.reading.nearby import MOST, BySentence, Covering
from tawthiq.records.span import Span

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: Span(pair[0], sum(pair))), max_size=12
)


@given(st.lists(st.integers(0, 20), max_size=20), st.integers(0, 20), st.integers(0, 3), st.integers(-1, 3))
def test_items_within_reach_or_in_the_lead_are_found_in_order(
    sentences: list[int], sentence: int, reach: int, lead: int
) -> None:
    wanted = [at for at, number in enumerate(sentences) if abs(number - sentence) <= reach or number <= lead]
    assert BySentence(sentences, range(len(sentences))).within(0, sentence, reach, lead) == wanted


def test_of_an_endless_sentence_the_nearest_items_are_found() -> None:
    held = BySentence([0] * 500, range(500))
    assert held.within(300, 0, 1) == list(range(300 - MOST // 2, 300 + MOST // 2))
    assert held.within(0, 0, 1) == list(range(MOST))
    assert held.within(499, 0, 1) == list(range(500 - MOST, 500))


@given(SPANS, SPANS)
def test_covering_answers_as_each_span_would(spans: list[Span], others: list[Span]) -> None:
    covering = Covering(spans)
    for other in others:
        assert covering.contains(other) == any(span.contains(other) for span in spans)
        assert covering.overlaps(other) == any(span.overlaps(other) for span in spans)
