import random

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.linking.learning import LinkExample, learnt, loss
from tawthiq.linking.scoring import COPY, LIMIT, PRIOR, score, shipped_weights

SAME, OTHER = (("act", "same"), ("place", "same_area")), (("act", "kindred"), ("place", "same_area"))
EXAMPLE = st.builds(
    LinkExample,
    st.lists(st.sampled_from(sorted(set(shipped_weights()) - {PRIOR, LIMIT})), unique=True, max_size=4).map(tuple),
    st.booleans(),
)


def test_nothing_is_learnt_from_no_example() -> None:
    assert learnt(shipped_weights(), []) == shipped_weights()


def test_what_people_put_together_scores_higher_and_what_they_part_lower() -> None:
    weights = learnt(shipped_weights(), [LinkExample(SAME, True)] * 5 + [LinkExample(OTHER, False)] * 5)
    assert score(SAME, weights) > score(SAME, shipped_weights())
    assert score(OTHER, weights) < score(OTHER, shipped_weights())


def test_a_firmer_prior_learns_less() -> None:
    examples = [LinkExample(SAME, True)] * 5
    loose, firm = (score(SAME, learnt(shipped_weights(), examples, strength)) for strength in (1.0, 50.0))
    assert loose > firm > score(SAME, shipped_weights())


@given(st.lists(EXAMPLE, max_size=8))
def test_learning_fits_the_examples_no_worse_and_keeps_what_they_do_not_speak_of(examples: list[LinkExample]) -> None:
    before = shipped_weights()
    after = learnt(before, examples)
    assert loss(after, examples) <= loss(before, examples) + 1e-6
    spoken = {feature for example in examples for feature in example.features} | {PRIOR}
    assert all(after[feature] == before[feature] for feature in before if feature not in spoken or feature == COPY)
    assert after[LIMIT] == before[LIMIT]


@given(st.lists(EXAMPLE, max_size=8), st.randoms())
def test_the_order_of_examples_makes_no_difference(examples: list[LinkExample], order: random.Random) -> None:
    shuffled = order.sample(examples, len(examples))
    assert learnt(shipped_weights(), examples) == learnt(shipped_weights(), shuffled)
